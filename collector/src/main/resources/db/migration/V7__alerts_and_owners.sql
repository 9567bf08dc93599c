-- Alerts by rules, grouped per site; acknowledging and muting; owners and escalation paths.

-- ---- messages --------------------------------------------------------------------------------------------------------
-- An alert is one message, with as many changes of findings as came together before it was claimed.
CREATE TABLE alert_item (
  alert_id  bigint NOT NULL REFERENCES alert ON DELETE CASCADE,
  change_id bigint NOT NULL REFERENCES finding_change ON DELETE CASCADE,
  PRIMARY KEY (alert_id, change_id)
);
INSERT INTO alert_item (alert_id, change_id) SELECT id, change_id FROM alert;
CREATE INDEX alert_item_change ON alert_item (change_id);

-- Where a client's messages may go besides the addresses of its sites. Never a secret: addresses and keys that are one are
-- written as "secret:NAME" and looked up in the server's environment or secrets folder when a message is sent.
CREATE TABLE alert_destination (
  id         int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  client_id  int NOT NULL REFERENCES client ON DELETE CASCADE,
  name       text NOT NULL,
  channel    text NOT NULL,
  address    text NOT NULL,                         -- a mail address, a URL, or secret:NAME
  signing    text,                                  -- secret:NAME of the key that signs webhooks
  created_at timestamptz NOT NULL,
  UNIQUE (client_id, name)
);

ALTER TABLE alert DROP COLUMN change_id;
ALTER TABLE alert
  ADD COLUMN kind text NOT NULL DEFAULT 'NOW' CHECK (kind IN ('NOW', 'DAILY', 'WEEKLY', 'LATE', 'REVIEW')),
  ADD COLUMN destination_id int REFERENCES alert_destination ON DELETE CASCADE;

-- Many messages of the first version may wait for one recipient; they go out as they are.
UPDATE alert SET tries = 1 WHERE state = 'WAITING' AND tries = 0;
-- The one message that still takes in further changes: nobody has claimed it yet.
CREATE UNIQUE INDEX alert_open ON alert (site_id, channel, recipient, kind)
  WHERE state = 'WAITING' AND tries = 0 AND kind <> 'REVIEW';

-- ---- rules -----------------------------------------------------------------------------------------------------------
-- Without any rule for its site a change is told as org.tagwarden.collector.alerts.AlertRule.STANDARD says.
CREATE TABLE alert_rule (
  id             int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  client_id      int NOT NULL REFERENCES client ON DELETE CASCADE,
  site_id        int REFERENCES site ON DELETE CASCADE, -- null: every site of the client
  least_severity text NOT NULL CHECK (least_severity IN ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
  checks         text[] NOT NULL DEFAULT '{}',      -- empty: every check
  changes        text[] NOT NULL,                   -- OPENED (also when it came back), WORSENED, RESOLVED
  tell           text NOT NULL CHECK (tell IN ('SITE', 'OWNER', 'DESTINATION')),
  destination_id int REFERENCES alert_destination ON DELETE CASCADE,
  rhythm         text NOT NULL CHECK (rhythm IN ('NOW', 'DAILY', 'WEEKLY')),
  digest_day     smallint NOT NULL DEFAULT 1 CHECK (digest_day BETWEEN 1 AND 7), -- ISO: 1 is Monday
  digest_time    time NOT NULL DEFAULT '08:00',
  quiet_from     time,                              -- both or none; may pass midnight
  quiet_until    time,
  time_zone      text NOT NULL,
  created_at     timestamptz NOT NULL,
  CHECK ((tell = 'DESTINATION') = (destination_id IS NOT NULL)),
  CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
);
CREATE INDEX alert_rule_client ON alert_rule (client_id);

-- Who asked not to get a site's mails any more.
CREATE TABLE alert_opt_out (
  site_id int NOT NULL REFERENCES site ON DELETE CASCADE,
  email   text NOT NULL,                            -- lower case
  at      timestamptz NOT NULL,
  PRIMARY KEY (site_id, email)
);

-- Addresses that a mail server refused for good; the row goes when one is accepted again.
CREATE TABLE mail_bounce (
  email  text PRIMARY KEY,                          -- lower case
  at     timestamptz NOT NULL,
  reason text NOT NULL
);

-- ---- acknowledging and muting ----------------------------------------------------------------------------------------
-- Counts while it is younger than the finding's last opening or worsening.
CREATE TABLE finding_acknowledgement (
  finding_id int PRIMARY KEY REFERENCES finding ON DELETE CASCADE,
  by_name    text NOT NULL,
  at         timestamptz NOT NULL
);

-- Holds until its end, and while the finding is not more severe than it was then.
CREATE TABLE finding_mute (
  finding_id int PRIMARY KEY REFERENCES finding ON DELETE CASCADE,
  severity   text NOT NULL CHECK (severity IN ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
  reason     text NOT NULL CHECK (length(btrim(reason)) > 0),
  until      timestamptz NOT NULL,
  by_name    text NOT NULL,
  at         timestamptz NOT NULL
);

-- ---- owners ----------------------------------------------------------------------------------------------------------
CREATE TABLE ownership (
  id         int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id    int NOT NULL REFERENCES site ON DELETE CASCADE,
  tag_key    text NOT NULL DEFAULT '',              -- '': the site itself
  duty       text NOT NULL CHECK (duty IN ('BUSINESS', 'IT')),
  rank       text NOT NULL CHECK (rank IN ('OWNER', 'DEPUTY')),
  name       text NOT NULL,
  email      text NOT NULL,
  review_on  date NOT NULL,                         -- until then somebody has to say that it still holds
  set_at     timestamptz NOT NULL,
  reminded_for  date,                               -- the review that the owner was asked about
  not_needed_at timestamptz,                        -- when the owner said that it is no longer needed
  UNIQUE (site_id, tag_key, duty, rank)
);
CREATE INDEX ownership_email ON ownership (lower(email));
ALTER TABLE alert ADD COLUMN ownership_id int REFERENCES ownership ON DELETE SET NULL; -- what a REVIEW asks about

-- A client's rules for what may be deployed: every version is kept, the highest one holds.
CREATE TABLE deployment_standard (
  client_id int NOT NULL REFERENCES client ON DELETE CASCADE,
  version   int NOT NULL CHECK (version > 0),
  text      text NOT NULL,                          -- Markdown
  by_name   text NOT NULL,
  at        timestamptz NOT NULL,
  PRIMARY KEY (client_id, version)
);

CREATE TABLE escalation_path (
  id          int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  client_id   int NOT NULL REFERENCES client ON DELETE CASCADE,
  site_id     int REFERENCES site ON DELETE CASCADE, -- null: every site of the client without a path of its own
  time_zone   text NOT NULL,
  work_days   smallint[] NOT NULL,                  -- ISO: 1 is Monday
  work_from   time NOT NULL,
  work_until  time NOT NULL,
  always_from text CHECK (always_from IN ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL')), -- from this severity every hour counts
  steps       jsonb NOT NULL,                       -- org.tagwarden.collector.owners.EscalationStep, in their order
  CHECK (work_from < work_until),
  UNIQUE NULLS NOT DISTINCT (client_id, site_id)
);

-- How far a finding has come on its path. Gone when it is acknowledged, muted or resolved.
CREATE TABLE escalation (
  finding_id int PRIMARY KEY REFERENCES finding ON DELETE CASCADE,
  change_id  bigint NOT NULL REFERENCES finding_change ON DELETE CASCADE,
  step       int NOT NULL,                          -- the one that was told last, from 0
  since      timestamptz NOT NULL,
  next_at    timestamptz                            -- null: nobody is left
);
CREATE INDEX escalation_due ON escalation (next_at) WHERE next_at IS NOT NULL;
