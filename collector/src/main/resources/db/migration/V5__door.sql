-- The audit log becomes a chain; second factor, single sign-on, tokens for one site.

-- ---- the audit log ---------------------------------------------------------------------------------------------------
-- Append-only, each entry chained to the one before it: hash = SHA-256 over the hash before (in hex, zeros for the first),
-- a line feed, and audit_text. "tagwarden audit verify" computes the same from an export.
ALTER TABLE audit_entry
  ADD COLUMN before jsonb,                                   -- what changed, as it was and as it is
  ADD COLUMN after  jsonb,
  ADD COLUMN way    text NOT NULL DEFAULT 'program' CHECK (way IN ('session', 'token', 'link', 'program')),
  ADD COLUMN way_id int,                                     -- the person of the session or link, or the token
  ADD COLUMN address text,                                   -- where the call came from
  ADD COLUMN seq    bigint UNIQUE,                           -- without gaps, in the order of the commits
  ADD COLUMN hash   bytea CHECK (length(hash) = 32);
CREATE INDEX audit_entry_who ON audit_entry (who, seq);
CREATE INDEX audit_entry_client ON audit_entry (client_id, seq);
CREATE INDEX audit_entry_at ON audit_entry (at);

-- What is hashed, and exported as it is. Never to be changed: older hashes are made of it.
CREATE FUNCTION audit_text(e audit_entry) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'seq', e.seq,
    'at', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'who', e.who, 'way', e.way, 'way_id', e.way_id, 'address', e.address,
    'client_id', e.client_id, 'action', e.action, 'subject', e.subject,
    'detail', e.detail, 'before', e.before, 'after', e.after)::text
$$;

CREATE FUNCTION audit_hash(previous bytea, e audit_entry) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(convert_to(encode(coalesce(previous, decode(repeat('00', 32), 'hex')), 'hex') || chr(10) || audit_text(e), 'UTF8'))
$$;

-- Links what was written before the chain existed, in the order in which it was written.
DO $$
DECLARE
  e audit_entry;
  n bigint := 0;
  last bytea;
BEGIN
  FOR e IN SELECT * FROM audit_entry ORDER BY id LOOP
    n := n + 1;
    e.seq := n;
    last := audit_hash(last, e);
    UPDATE audit_entry SET seq = n, hash = last WHERE id = e.id;
  END LOOP;
END $$;

-- Runs at the end of the transaction: the lock that makes the chain one line is held for the commit only, so that
-- whoever holds other locks never waits for it with them in another order.
CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  e audit_entry;
  last record;
BEGIN
  PERFORM pg_advisory_xact_lock(1635087732, 1);
  SELECT seq, hash INTO last FROM audit_entry WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1;
  SELECT * INTO STRICT e FROM audit_entry WHERE id = NEW.id;
  e.seq := coalesce(last.seq, 0) + 1;
  UPDATE audit_entry SET seq = e.seq, hash = audit_hash(last.hash, e) WHERE id = e.id;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audit_chain AFTER INSERT ON audit_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_chain();

CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.seq := NULL;
    NEW.hash := NULL;
    RETURN NEW;
  END IF;
  -- The one change that there is: an entry of this transaction gets its place in the chain.
  IF TG_OP = 'UPDATE' THEN
    IF OLD.seq IS NULL AND NEW.seq IS NOT NULL AND NEW.hash IS NOT NULL
        AND to_jsonb(NEW) - 'seq' - 'hash' = to_jsonb(OLD) - 'seq' - 'hash' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'The audit log is only ever added to: % is refused.', TG_OP
    USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_append_only BEFORE INSERT OR UPDATE OR DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_append_only();
CREATE TRIGGER audit_never_emptied BEFORE TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();

-- ---- the door --------------------------------------------------------------------------------------------------------
-- 'half': the password was right, the code of the second factor is still to come.
ALTER TABLE one_time_link
  DROP CONSTRAINT one_time_link_purpose_check,
  ADD CONSTRAINT one_time_link_purpose_check CHECK (purpose IN ('setup', 'sign-in', 'invite', 'reset', 'half'));
CREATE INDEX one_time_link_person ON one_time_link (person_id);

CREATE TABLE person_totp (
  person_id    int PRIMARY KEY REFERENCES person ON DELETE CASCADE,
  secret       bytea NOT NULL,                               -- has to be known to check a code: not a hash
  confirmed_at timestamptz,                                  -- null: shown, but no code was given yet
  last_step    bigint NOT NULL DEFAULT 0                     -- the half minute of the newest code used: none works twice
);

CREATE TABLE recovery_code (
  person_id   int NOT NULL REFERENCES person ON DELETE CASCADE,
  code_sha256 bytea NOT NULL,
  used_at     timestamptz,
  PRIMARY KEY (person_id, code_sha256)
);

-- Whom a sign-in server (OIDC) means.
CREATE TABLE person_identity (
  issuer    text NOT NULL,
  subject   text NOT NULL,
  person_id int NOT NULL REFERENCES person ON DELETE CASCADE,
  PRIMARY KEY (issuer, subject)
);
CREATE INDEX person_identity_person ON person_identity (person_id);

-- A token for one site of its client.
ALTER TABLE api_token
  ADD COLUMN site_id int REFERENCES site ON DELETE CASCADE,
  ADD CONSTRAINT api_token_site_has_client CHECK (site_id IS NULL OR client_id IS NOT NULL);
