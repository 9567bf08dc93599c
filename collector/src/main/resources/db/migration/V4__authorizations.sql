-- Decisions become authorizations: about a vendor, product, host, URL pattern or script, for a client or a site, with limits.

-- What holds now, one row a subject and scope. Changed in place; authorization_change keeps every state it ever had.
CREATE TABLE tag_authorization (
  id            int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  client_id     int NOT NULL REFERENCES client ON DELETE CASCADE,
  site_id       int REFERENCES site ON DELETE CASCADE,    -- null: every site of the client
  pages         text NOT NULL DEFAULT 'ALL' CHECK (pages IN ('ALL', 'PAYMENT')),
  subject_kind  text NOT NULL CHECK (subject_kind IN ('VENDOR', 'PRODUCT', 'HOST', 'URL', 'SCRIPT')),
  subject       text NOT NULL CHECK (length(btrim(subject)) > 0),
  verdict       text NOT NULL CHECK (verdict IN ('APPROVED', 'REFUSED', 'PENDING')),
  reason        text CHECK (reason IN ('BUSINESS', 'TECHNICAL')), -- null: nobody said which
  justification text NOT NULL CHECK (length(btrim(justification)) > 0),
  justified_by  text NOT NULL,
  justified_at  timestamptz NOT NULL,
  decided_by    int REFERENCES person ON DELETE SET NULL,
  decided_by_name text NOT NULL,                          -- stays when the person goes
  decided_by_role text NOT NULL DEFAULT '',
  decided_at    timestamptz NOT NULL,
  owner         text NOT NULL DEFAULT '',
  deputy        text NOT NULL DEFAULT '',
  expires_on    date,                                     -- the last day, UTC; null: without end
  review_on     date,
  envelope      jsonb NOT NULL DEFAULT '{}',              -- org.tagwarden.collector.governance.EnvelopeJson
  version       int NOT NULL DEFAULT 1,
  withdrawn_at  timestamptz
);
CREATE UNIQUE INDEX tag_authorization_subject ON tag_authorization (client_id, site_id, pages, subject_kind, subject)
  NULLS NOT DISTINCT WHERE withdrawn_at IS NULL;

-- The history, only ever added to. Its newest id is the version by which intake recognises stale decisions.
CREATE TABLE authorization_change (
  id               int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  authorization_id int NOT NULL REFERENCES tag_authorization,
  client_id        int NOT NULL REFERENCES client ON DELETE CASCADE,
  site_id          int REFERENCES site ON DELETE CASCADE,
  action           text NOT NULL CHECK (action IN ('CREATED', 'CHANGED', 'WITHDRAWN')),
  verdict          text NOT NULL CHECK (verdict IN ('APPROVED', 'REFUSED', 'PENDING')),
  justification    text NOT NULL,
  by_id            int REFERENCES person ON DELETE SET NULL,
  by_name          text NOT NULL,
  by_role          text NOT NULL DEFAULT '',
  at               timestamptz NOT NULL,
  terms            jsonb NOT NULL                         -- the whole authorization as it then stood, as policies write it
);
CREATE INDEX authorization_change_of ON authorization_change (authorization_id, id DESC);
CREATE INDEX authorization_change_newest ON authorization_change (client_id, site_id, id DESC);

-- Rows go only with their client or site, and change only when a person's account is removed: both are the work of a
-- foreign key's own trigger, so that this one runs inside another.
CREATE FUNCTION keep_authorization_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() > 1 AND TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  IF pg_trigger_depth() > 1 THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'The history of authorizations is only ever added to.';
END $$;
CREATE TRIGGER authorization_change_kept BEFORE UPDATE OR DELETE ON authorization_change
  FOR EACH ROW EXECUTE FUNCTION keep_authorization_change();

-- "We want Hotjar on the shop from Monday, because...": what marketing asks for and what IT answers.
CREATE TABLE tag_request (
  id               int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id          int NOT NULL REFERENCES site ON DELETE CASCADE,
  what             text NOT NULL CHECK (length(btrim(what)) > 0),   -- the product, as the asker names it
  reason           text NOT NULL CHECK (length(btrim(reason)) > 0),
  wanted_from      date,
  asked_by         int REFERENCES person ON DELETE SET NULL,
  asked_by_name    text NOT NULL,
  asked_at         timestamptz NOT NULL,
  state            text NOT NULL CHECK (state IN ('OPEN', 'GRANTED', 'DECLINED', 'WITHDRAWN')),
  answer           text NOT NULL DEFAULT '',
  answered_by_name text,
  answered_at      timestamptz,
  authorization_id int REFERENCES tag_authorization ON DELETE SET NULL, -- what granting it brought about
  CHECK ((state = 'OPEN') = (answered_at IS NULL))
);
CREATE INDEX tag_request_site ON tag_request (site_id, state, asked_at DESC);

-- ---- the decisions so far --------------------------------------------------------------------------------------------
-- A host that nobody knows is a host, everything else that has a key is a product.
CREATE TEMPORARY TABLE old_decision ON COMMIT DROP AS
SELECT d.*, s.client_id,
       CASE WHEN d.script_sha256 IS NOT NULL THEN 'SCRIPT'
            WHEN d.tag_key ~ '^host:[a-z0-9]([a-z0-9._-]*[a-z0-9])?$' THEN 'HOST' ELSE 'PRODUCT' END AS subject_kind,
       CASE WHEN d.script_sha256 IS NOT NULL THEN encode(d.script_sha256, 'hex')
            WHEN d.tag_key ~ '^host:[a-z0-9]([a-z0-9._-]*[a-z0-9])?$' THEN substr(d.tag_key, 6) ELSE d.tag_key END AS subject
FROM decision d JOIN site s ON s.id = d.site_id;

INSERT INTO tag_authorization (client_id, site_id, subject_kind, subject, verdict, justification, justified_by, justified_at,
                               decided_by, decided_by_name, decided_at, version)
SELECT DISTINCT ON (site_id, subject_kind, subject)
       client_id, site_id, subject_kind, subject, state, justification, decided_by_name, decided_at,
       decided_by, decided_by_name, decided_at, count(*) OVER (PARTITION BY site_id, subject_kind, subject)
FROM old_decision ORDER BY site_id, subject_kind, subject, id DESC;

INSERT INTO authorization_change (id, authorization_id, client_id, site_id, action, verdict, justification, by_id, by_name, at, terms)
OVERRIDING SYSTEM VALUE
SELECT d.id, a.id, d.client_id, d.site_id,
       CASE WHEN row_number() OVER (PARTITION BY a.id ORDER BY d.id) = 1 THEN 'CREATED' ELSE 'CHANGED' END,
       d.state, d.justification, d.decided_by, d.decided_by_name, d.decided_at,
       jsonb_build_object(lower(d.subject_kind), d.subject, 'verdict', lower(d.state), 'justification', d.justification)
FROM old_decision d
JOIN tag_authorization a ON a.site_id = d.site_id AND a.subject_kind = d.subject_kind AND a.subject = d.subject
ORDER BY d.id;

SELECT setval(pg_get_serial_sequence('authorization_change', 'id'), greatest(1, (SELECT coalesce(max(id), 0) FROM decision)));

DROP TABLE decision;
