-- Sessions whose roles follow the groups of a sign-in server ask it again.
ALTER TABLE web_session ADD COLUMN ask_again_at timestamptz; -- null: roles are given by hand

-- A second factor that was begun is finished soon, or begun again.
ALTER TABLE person_totp ADD COLUMN begun_at timestamptz;

-- What the audit log was, as the server signed it: whoever owns the database can write it anew with fitting hashes, but has
-- not the key. The newest seal lies beside the data as well, where the database does not reach.
CREATE TABLE audit_seal (
  seq       bigint PRIMARY KEY,                        -- the newest entry then
  hash      bytea NOT NULL CHECK (length(hash) = 32),  -- and its hash
  at        timestamptz NOT NULL,
  key       bytea NOT NULL CHECK (length(key) = 32),   -- SHA-256 of the public key
  signature bytea NOT NULL CHECK (length(signature) = 64)
);
CREATE FUNCTION audit_seal_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The seals of the audit log are only ever added to: % is refused.', TG_OP
    USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_seal_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
  FOR EACH STATEMENT EXECUTE FUNCTION audit_seal_stays();
