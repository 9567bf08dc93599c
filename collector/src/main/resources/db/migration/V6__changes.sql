-- What a site is known to hold, how often it shows, and what changed.

-- ---- how a page was watched ------------------------------------------------------------------------------------------
-- One row a page and way of visiting it. A journey's page counts by its place, for its address often changes (an order's
-- number): page_id is 0 there.
CREATE TABLE watch (
  id           int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id      int NOT NULL REFERENCES site ON DELETE CASCADE,
  page_id      int NOT NULL,
  consent      text NOT NULL,
  device       text NOT NULL,
  journey      text NOT NULL,
  journey_page smallint NOT NULL,
  visits       int NOT NULL,                          -- whole ones, in the order of their time
  inherited    boolean NOT NULL,                      -- the site was known well when this page was first seen
  UNIQUE (site_id, page_id, consent, device, journey, journey_page)
);

-- How often a finding or a watched thing shows there. A row changes only when something is missed or comes back.
CREATE TABLE showing (
  watch_id    int NOT NULL REFERENCES watch ON DELETE CASCADE,
  what        text NOT NULL CHECK (what IN ('FINDING', 'WATCHED')),
  subject_id  int NOT NULL,                           -- finding.id or watched.id
  first_visit int NOT NULL,                           -- watch.visits when it first showed
  missed      int NOT NULL,                           -- visits between its first and last showing without it
  missing_since int NOT NULL,                         -- the first visit after its last showing; 0 while it shows
  gone        boolean NOT NULL,                       -- its absence is sure
  PRIMARY KEY (watch_id, what, subject_id)
);
CREATE INDEX showing_subject ON showing (what, subject_id);

-- ---- what is known ---------------------------------------------------------------------------------------------------
-- What remains of a script's text without what is volatile; read once a version.
CREATE TABLE script_text (
  sha256      bytea PRIMARY KEY,
  fingerprint bytea NOT NULL,
  skeleton    bytea NOT NULL,
  hosts       text[] NOT NULL,
  constructs  text[] NOT NULL
);

-- A thing that a site shows: kind, subject, value (org.tagwarden.collector.changes.Trait). OPEN: a change that nobody
-- has accepted yet.
CREATE TABLE watched (
  id            int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id       int NOT NULL REFERENCES site ON DELETE CASCADE,
  key           uuid NOT NULL,                        -- of kind, page, subject and value
  kind          text NOT NULL,
  subject       text NOT NULL,
  value         text NOT NULL,
  page_id       int NOT NULL,                         -- 0: the same on every page
  family        text NOT NULL,                        -- what it changes with: see Trait.family
  tag_key       text,
  state         text NOT NULL CHECK (state IN ('BASELINE', 'OPEN')),
  first_seen    timestamptz NOT NULL,
  last_seen     timestamptz NOT NULL,                 -- to the day
  first_visit   uuid NOT NULL,
  script_sha256 bytea,
  body          bytea,                                -- zstd of an inline script's text; others are in script_version
  told          jsonb,                                -- the finding of an OPEN one
  UNIQUE (site_id, key)
);
CREATE INDEX watched_subject ON watched (site_id, kind, subject);
CREATE INDEX watched_family ON watched (site_id, kind, family, first_seen);
CREATE INDEX watched_open ON watched (site_id) WHERE state = 'OPEN';

-- ---- what changed ----------------------------------------------------------------------------------------------------
CREATE TABLE site_change (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id         int NOT NULL REFERENCES site ON DELETE CASCADE,
  at              timestamptz NOT NULL,
  visit_id        uuid NOT NULL,
  page_id         int NOT NULL,
  kind            text NOT NULL,
  subject         text NOT NULL,
  tag_key         text,
  what            text NOT NULL CHECK (what IN ('NEW', 'CHANGED', 'GONE', 'RETURNED')),
  before          text,
  after           text,
  note            text NOT NULL,                      -- for people: why it is no finding of its own
  before_id       int REFERENCES watched ON DELETE SET NULL,
  after_id        int REFERENCES watched ON DELETE SET NULL,
  check_id        text,                               -- the finding that tells of it
  finding_subject text
);
CREATE INDEX site_change_site ON site_change (site_id, at DESC, id DESC);

-- Who accepted a change, and why.
CREATE TABLE accepted_change (
  id               int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id          int NOT NULL REFERENCES site ON DELETE CASCADE,
  finding_id       int NOT NULL REFERENCES finding ON DELETE CASCADE,
  justification    text NOT NULL CHECK (length(btrim(justification)) > 0),
  accepted_by      int REFERENCES person ON DELETE SET NULL,
  accepted_by_name text NOT NULL,                     -- stays when the person goes
  accepted_at      timestamptz NOT NULL
);
CREATE INDEX accepted_change_finding ON accepted_change (finding_id, accepted_at DESC);

-- ---- confirmation ----------------------------------------------------------------------------------------------------
-- A scan that looks again at one thing: its pages and options stand over the site's own.
ALTER TABLE scan DROP CONSTRAINT scan_cause_check;
ALTER TABLE scan
  ADD CONSTRAINT scan_cause_check CHECK (cause IN ('SCHEDULE', 'NOW', 'CATCH_UP', 'CONFIRM')),
  ADD COLUMN pages   text[],                          -- null: the site's
  ADD COLUMN options jsonb;                           -- org.tagwarden.report.VisitOptions, what differs from the site's

-- A change that nobody is told of before another visit has shown it, too, or the time is up.
CREATE TABLE held_change (
  change_id bigint PRIMARY KEY REFERENCES finding_change ON DELETE CASCADE,
  site_id   int NOT NULL REFERENCES site ON DELETE CASCADE,
  subject   text NOT NULL,                            -- the finding's
  visit_id  uuid NOT NULL,                            -- that showed it first
  held_at   timestamptz NOT NULL,
  until     timestamptz NOT NULL,
  result    text CHECK (result IN ('CONFIRMED', 'TIMED_OUT')),
  ended_at  timestamptz
);
CREATE INDEX held_change_open ON held_change (until) WHERE result IS NULL;
