-- Tagwarden's spine. Figures behind the shapes: docs/decisions. Big tables lead with site_id, so that a cluster can
-- distribute them by site, and are partitioned by time, so that retention is dropping a partition.

-- ---- access ---------------------------------------------------------------------------------------------------------
CREATE TABLE client (
  id         int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name       text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL
);

CREATE TABLE person (
  id            int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email         text NOT NULL,
  name          text NOT NULL,
  password_hash text,                               -- argon2id; null until the person has set one
  created_at    timestamptz NOT NULL,
  disabled_at   timestamptz
);
CREATE UNIQUE INDEX person_email ON person (lower(email));

-- A role holds for one client, or, with client_id null, for all of them (the agency's own staff).
CREATE TABLE membership (
  person_id int NOT NULL REFERENCES person ON DELETE CASCADE,
  client_id int REFERENCES client ON DELETE CASCADE,
  role      text NOT NULL CHECK (role IN ('viewer', 'requester', 'approver', 'admin', 'auditor')),
  UNIQUE NULLS NOT DISTINCT (person_id, client_id)
);

CREATE TABLE web_session (
  token_sha256 bytea PRIMARY KEY,
  person_id    int NOT NULL REFERENCES person ON DELETE CASCADE,
  csrf         text NOT NULL,
  created_at   timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL
);

-- role 'scanner' may take jobs and hand in reports and nothing else.
CREATE TABLE api_token (
  id           int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  token_sha256 bytea NOT NULL UNIQUE,
  name         text NOT NULL,
  client_id    int REFERENCES client ON DELETE CASCADE, -- null: all clients
  role         text NOT NULL CHECK (role IN ('scanner', 'viewer', 'requester', 'approver', 'admin', 'auditor')),
  created_by   int REFERENCES person ON DELETE SET NULL,
  created_at   timestamptz NOT NULL,
  expires_at   timestamptz,
  last_used_at timestamptz
);

-- One-time links: set-up of the first person, a sign-in without password (demo), invitations and password resets.
CREATE TABLE one_time_link (
  token_sha256 bytea PRIMARY KEY,
  purpose      text NOT NULL CHECK (purpose IN ('setup', 'sign-in', 'invite', 'reset')),
  person_id    int REFERENCES person ON DELETE CASCADE,
  created_at   timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  used_at      timestamptz
);

-- ---- sites and scans ------------------------------------------------------------------------------------------------
CREATE TABLE site (
  id           int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  client_id    int NOT NULL REFERENCES client ON DELETE CASCADE,
  name         text NOT NULL,
  base_url     text NOT NULL,                       -- https://shop.example
  first_party  text[] NOT NULL DEFAULT '{}',        -- further registrable domains that are the site's own
  page_kind    text NOT NULL DEFAULT 'LIST' CHECK (page_kind IN ('LIST', 'SITEMAP', 'CRAWL')),
  page_urls    text[] NOT NULL,
  page_limit   int NOT NULL DEFAULT 20 CHECK (page_limit BETWEEN 1 AND 10000),
  options      jsonb NOT NULL DEFAULT '{}',         -- org.tagwarden.report.VisitOptions, missing keys default
  lighthouse   boolean NOT NULL DEFAULT true,
  alert_emails text[] NOT NULL DEFAULT '{}',
  created_at   timestamptz NOT NULL,
  archived_at  timestamptz,
  UNIQUE (client_id, name)
);

CREATE TABLE scan_schedule (
  id             int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id        int NOT NULL REFERENCES site ON DELETE CASCADE,
  kind           text NOT NULL DEFAULT 'VISITS' CHECK (kind IN ('VISITS', 'LIGHTHOUSE')),
  cron           text NOT NULL,                     -- five fields, Unix order
  time_zone      text NOT NULL,                     -- IANA name
  jitter_seconds int NOT NULL DEFAULT 0 CHECK (jitter_seconds BETWEEN 0 AND 3600),
  blackouts      jsonb NOT NULL DEFAULT '[]',       -- [{"from":"08:00","to":"10:00","days":["MON"]}] in time_zone
  enabled        boolean NOT NULL DEFAULT true,
  next_run_at    timestamptz,
  last_run_at    timestamptz,
  UNIQUE (site_id, kind)
);
CREATE INDEX scan_schedule_due ON scan_schedule (next_run_at) WHERE enabled;

-- One scan = one audit run over a site. Its job is the unit that a scanner leases.
CREATE TABLE scan (
  id            uuid PRIMARY KEY,
  site_id       int NOT NULL REFERENCES site ON DELETE CASCADE,
  kind          text NOT NULL CHECK (kind IN ('VISITS', 'LIGHTHOUSE')),
  cause         text NOT NULL CHECK (cause IN ('SCHEDULE', 'NOW', 'CATCH_UP')),
  requested_by  int REFERENCES person ON DELETE SET NULL,
  due_at        timestamptz NOT NULL,               -- when the schedule wanted it
  created_at    timestamptz NOT NULL,
  started_at    timestamptz,
  finished_at   timestamptz,
  state         text NOT NULL CHECK (state IN ('WAITING', 'RUNNING', 'DONE', 'PARKED')),
  visits        int NOT NULL DEFAULT 0,
  failed_visits int NOT NULL DEFAULT 0,
  problem       text                                -- why it was parked, or what went wrong, for people
);
CREATE INDEX scan_of_site ON scan (site_id, created_at DESC);

CREATE TABLE scan_job (
  id            uuid PRIMARY KEY,
  scan_id       uuid NOT NULL REFERENCES scan ON DELETE CASCADE,
  site_id       int NOT NULL REFERENCES site ON DELETE CASCADE,
  kind          text NOT NULL CHECK (kind IN ('VISITS', 'LIGHTHOUSE')),
  state         text NOT NULL CHECK (state IN ('WAITING', 'LEASED', 'DONE', 'PARKED')),
  not_before    timestamptz NOT NULL,
  tries         int NOT NULL DEFAULT 0,
  lease_until   timestamptz,
  leased_by     text,                               -- scanner name
  last_problem  text,
  created_at    timestamptz NOT NULL
);
CREATE INDEX scan_job_ready ON scan_job (not_before) WHERE state = 'WAITING';
CREATE INDEX scan_job_leased ON scan_job (lease_until) WHERE state = 'LEASED';

CREATE TABLE scanner (
  name         text PRIMARY KEY,
  version      text,
  browser      text,
  last_seen_at timestamptz NOT NULL
);

-- ---- what was seen --------------------------------------------------------------------------------------------------
CREATE TABLE page (
  id      int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id int NOT NULL REFERENCES site ON DELETE CASCADE,
  url     text NOT NULL,
  first_seen timestamptz NOT NULL,
  last_seen  timestamptz NOT NULL,
  UNIQUE (site_id, url)
);

-- Dictionaries: a URL, a host, a script is stored once and referred to by number.
CREATE TABLE host (
  id   int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE
);

CREATE TABLE resource (
  id      int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  url     text NOT NULL,                            -- normalised: no fragment, volatile query values as *
  url_md5 uuid NOT NULL UNIQUE,                     -- md5(url)::uuid; the url itself is too long for an index
  host_id int NOT NULL REFERENCES host,
  type    text NOT NULL
);

CREATE TABLE script_version (
  id         int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sha256     bytea NOT NULL UNIQUE,
  length     bigint NOT NULL,
  body       bytea,                                 -- zstd of the UTF-8 text; null when it never reached us
  first_seen timestamptz NOT NULL
);

-- A visit is one row with parallel arrays, about 23 bytes a request (docs/decisions/storage.md).
CREATE TABLE page_visit (
  site_id     int NOT NULL,
  id          uuid NOT NULL,
  scan_id     uuid NOT NULL,
  page_id     int NOT NULL,
  started_at  timestamptz NOT NULL,
  outcome     text NOT NULL,
  consent     text NOT NULL,
  device      text NOT NULL,
  duration_ms int NOT NULL,
  resource_ids int[] NOT NULL,
  statuses    smallint[] NOT NULL,                  -- 0: no response
  wire_bytes  int[] NOT NULL,
  start_ms    int[] NOT NULL,
  total_ms    int[] NOT NULL,
  tag_ids     int[] NOT NULL,                       -- 0: first party
  requests    int NOT NULL,
  third_party_requests int NOT NULL,
  bytes       bigint NOT NULL,
  third_party_bytes bigint NOT NULL,
  ttfb_ms     real, dom_ms real, load_ms real, fcp_ms real, lcp_ms real, cls real, blocking_ms real,
  problems    jsonb NOT NULL DEFAULT '[]',          -- org.tagwarden.report.Problem
  scanner     text NOT NULL,
  PRIMARY KEY (site_id, started_at, id)
) PARTITION BY RANGE (started_at);
CREATE TABLE page_visit_default PARTITION OF page_visit DEFAULT;
CREATE INDEX page_visit_scan ON page_visit (scan_id);
CREATE INDEX page_visit_page ON page_visit (site_id, page_id, started_at DESC);

-- Idempotency across partitions: a visit id is stored once, whatever its time.
CREATE TABLE visit_seen (
  visit_id uuid PRIMARY KEY,
  site_id  int NOT NULL,
  stored_at timestamptz NOT NULL
);

-- The whole visit as it arrived (zstd of a one-visit scan report without bodies), for the retention time.
CREATE TABLE visit_report (
  site_id    int NOT NULL,
  visit_id   uuid NOT NULL,
  started_at timestamptz NOT NULL,
  report     bytea NOT NULL,
  PRIMARY KEY (site_id, started_at, visit_id)
) PARTITION BY RANGE (started_at);
CREATE TABLE visit_report_default PARTITION OF visit_report DEFAULT;
CREATE INDEX visit_report_visit ON visit_report (visit_id);

-- What a page carries now: "which pages carry this script" is one GIN look-up.
CREATE TABLE page_state (
  page_id      int PRIMARY KEY REFERENCES page ON DELETE CASCADE,
  site_id      int NOT NULL,
  visit_id     uuid NOT NULL,
  seen_at      timestamptz NOT NULL,
  resource_ids int[] NOT NULL,
  tag_ids      int[] NOT NULL,
  script_ids   int[] NOT NULL
);
CREATE INDEX page_state_site ON page_state (site_id);
CREATE INDEX page_state_resources ON page_state USING gin (resource_ids);
CREATE INDEX page_state_tags ON page_state USING gin (tag_ids);
CREATE INDEX page_state_scripts ON page_state USING gin (script_ids);

-- ---- the inventory --------------------------------------------------------------------------------------------------
CREATE TABLE tag (
  id           int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id      int NOT NULL REFERENCES site ON DELETE CASCADE,
  key          text NOT NULL,                       -- org.tagwarden.collector.vendors.Tag.key
  vendor       text NOT NULL,
  product      text NOT NULL,
  category     text NOT NULL,
  known        boolean NOT NULL,
  account_ids  text[] NOT NULL DEFAULT '{}',
  hosts        text[] NOT NULL DEFAULT '{}',
  load_method  text NOT NULL,                       -- as last seen
  loader_key   text,
  loader_url   text,
  pages        int NOT NULL DEFAULT 0,              -- pages whose page_state holds it now; 0: gone
  first_seen   timestamptz NOT NULL,
  last_seen    timestamptz NOT NULL,
  UNIQUE (site_id, key)
);

-- Which scripts a tag (or, with tag_id null, the site itself) ran.
CREATE TABLE site_script (
  site_id    int NOT NULL REFERENCES site ON DELETE CASCADE,
  script_id  int NOT NULL REFERENCES script_version,
  resource_id int REFERENCES resource,              -- null for inline and evaluated scripts
  tag_id     int REFERENCES tag ON DELETE CASCADE,
  kind       text NOT NULL,
  first_seen timestamptz NOT NULL,
  last_seen  timestamptz NOT NULL,
  PRIMARY KEY (site_id, script_id)
);
CREATE INDEX site_script_tag ON site_script (tag_id);

-- The roll-up behind every curve.
CREATE TABLE tag_day (
  site_id     int NOT NULL,
  day         date NOT NULL,                        -- UTC
  tag_id      int NOT NULL,
  firings     int NOT NULL,                         -- page visits in which it fired
  pages       int NOT NULL,                         -- most pages that carried it at one time of the day
  requests    bigint NOT NULL,
  bytes       bigint NOT NULL,
  load_ms     bigint NOT NULL,                      -- sum of its requests' durations
  cpu_ms      real NOT NULL DEFAULT 0,              -- from Lighthouse, where it named the tag's vendor
  blocking_ms real NOT NULL DEFAULT 0,
  PRIMARY KEY (site_id, day, tag_id)
) PARTITION BY RANGE (day);
CREATE TABLE tag_day_default PARTITION OF tag_day DEFAULT;

CREATE TABLE site_day (
  site_id   int NOT NULL,
  day       date NOT NULL,
  visits    int NOT NULL,
  tags      int NOT NULL,                           -- distinct tags that fired
  vendors   int NOT NULL,
  requests  bigint NOT NULL,
  third_party_requests bigint NOT NULL,
  bytes     bigint NOT NULL,
  third_party_bytes bigint NOT NULL,
  open_low int NOT NULL DEFAULT 0, open_medium int NOT NULL DEFAULT 0,
  open_high int NOT NULL DEFAULT 0, open_critical int NOT NULL DEFAULT 0,
  PRIMARY KEY (site_id, day)
);

CREATE TABLE lighthouse_run (
  id          uuid PRIMARY KEY,
  site_id     int NOT NULL REFERENCES site ON DELETE CASCADE,
  scan_id     uuid NOT NULL,
  page_id     int NOT NULL REFERENCES page ON DELETE CASCADE,
  started_at  timestamptz NOT NULL,
  version     text NOT NULL,
  score       real, lcp_ms real, fcp_ms real, tbt_ms real, cls real, ttfb_ms real, speed_index_ms real,
  bytes       bigint,
  third_party_ms real,
  entities    jsonb NOT NULL DEFAULT '[]',
  problem     text
);
CREATE INDEX lighthouse_run_site ON lighthouse_run (site_id, started_at DESC);

-- ---- decisions, findings, alerts ------------------------------------------------------------------------------------
-- The history of decisions; the newest row of a subject counts.
CREATE TABLE decision (
  id            int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id       int NOT NULL REFERENCES site ON DELETE CASCADE,
  tag_key       text,                               -- exactly one of tag_key and script_sha256
  script_sha256 bytea,
  state         text NOT NULL CHECK (state IN ('APPROVED', 'REFUSED', 'PENDING')),
  justification text NOT NULL CHECK (length(btrim(justification)) > 0),
  decided_by    int REFERENCES person ON DELETE SET NULL,
  decided_by_name text NOT NULL,                    -- stays when the person goes
  decided_at    timestamptz NOT NULL,
  CHECK ((tag_key IS NULL) <> (script_sha256 IS NULL))
);
CREATE INDEX decision_subject ON decision (site_id, tag_key, decided_at DESC);
CREATE INDEX decision_script ON decision (site_id, script_sha256, decided_at DESC) WHERE script_sha256 IS NOT NULL;

CREATE TABLE finding (
  id          int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id     int NOT NULL REFERENCES site ON DELETE CASCADE,
  check_id    text NOT NULL,
  subject     text NOT NULL,
  tag_id      int REFERENCES tag ON DELETE SET NULL,
  severity    text NOT NULL CHECK (severity IN ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
  summary     text NOT NULL,
  evidence    jsonb NOT NULL,                       -- lines of text, as last seen
  remedy      text NOT NULL,
  state       text NOT NULL CHECK (state IN ('OPEN', 'RESOLVED')),
  pages       int[] NOT NULL DEFAULT '{}',          -- page ids on which it is failing
  first_visit uuid NOT NULL,                        -- where the evidence of the opening is
  opened_at   timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  resolved_at timestamptz,
  UNIQUE (site_id, check_id, subject)
);
CREATE INDEX finding_open ON finding (site_id, state, severity);

-- Every change of a finding's state; alerts are made from these rows.
CREATE TABLE finding_change (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  finding_id int NOT NULL REFERENCES finding ON DELETE CASCADE,
  change     text NOT NULL CHECK (change IN ('OPENED', 'WORSENED', 'REOPENED', 'RESOLVED')),
  at         timestamptz NOT NULL,
  visit_id   uuid
);

CREATE INDEX finding_change_finding ON finding_change (finding_id, at DESC);

CREATE TABLE alert (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  change_id   bigint NOT NULL REFERENCES finding_change ON DELETE CASCADE,
  site_id     int NOT NULL REFERENCES site ON DELETE CASCADE,
  channel     text NOT NULL,                        -- "email"
  recipient   text NOT NULL,
  message_id  text NOT NULL,                        -- stable, so that a repeated delivery is recognised
  state       text NOT NULL CHECK (state IN ('WAITING', 'SENDING', 'SENT', 'FAILED')),
  tries       int NOT NULL DEFAULT 0,
  not_before  timestamptz NOT NULL,
  claimed_until timestamptz,
  sent_at     timestamptz,
  last_problem text,
  created_at  timestamptz NOT NULL,
  UNIQUE (change_id, channel, recipient)
);
CREATE INDEX alert_site ON alert (site_id, created_at DESC);
CREATE INDEX alert_ready ON alert (not_before) WHERE state IN ('WAITING', 'SENDING');

CREATE TABLE audit_entry (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at        timestamptz NOT NULL,
  who       text NOT NULL,
  client_id int,
  action    text NOT NULL,
  subject   text NOT NULL,
  detail    jsonb NOT NULL DEFAULT '{}'
);
