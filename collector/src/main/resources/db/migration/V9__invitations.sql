-- Invitations that say nothing about accounts; secrets of second factors are sealed.

-- An invitation is for an address, whether somebody has an account by it or not: the account is looked for, or made, when
-- whoever reads its mail accepts. It goes when it is accepted or withdrawn; the audit log keeps what became of it.
CREATE TABLE invitation (
  id              int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  token_sha256    bytea NOT NULL UNIQUE,
  email           text NOT NULL CHECK (email = lower(email)),
  name            text NOT NULL,
  client_id       int REFERENCES client ON DELETE CASCADE,   -- null: all clients
  role            text NOT NULL CHECK (role IN ('viewer', 'requester', 'approver', 'admin', 'auditor')),
  invited_by      int REFERENCES person ON DELETE CASCADE,   -- whose right to invite it rests on; null: the program's
  invited_by_name text NOT NULL,
  created_at      timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL,
  UNIQUE NULLS NOT DISTINCT (email, client_id)
);

-- AES-256-GCM under a key that lies beside the data and not in the database; what stands in clear is sealed at the next
-- start, which has the key.
ALTER TABLE person_totp
  ADD COLUMN sealed bytea,
  ALTER COLUMN secret DROP NOT NULL,
  ADD CONSTRAINT person_totp_secret_once CHECK (num_nonnulls(secret, sealed) = 1);
