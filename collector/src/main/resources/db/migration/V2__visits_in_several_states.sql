-- Several consent states per page, journeys, screenshots, settle time from history, progress of a running scan.

-- ---- what a site's scanners are told ---------------------------------------------------------------------------------
ALTER TABLE site
  ADD COLUMN page_rules    jsonb NOT NULL DEFAULT '{}',     -- org.tagwarden.report.PageRules, missing keys default
  ADD COLUMN settle_auto   boolean NOT NULL DEFAULT true,   -- options.settleMs counts only when this is false
  ADD COLUMN recipe_text   text NOT NULL DEFAULT '',        -- YAML as written; parsed in options.recipe
  ADD COLUMN journeys_text text NOT NULL DEFAULT '',        -- YAML as written; parsed in journeys
  ADD COLUMN sign_in_text  text NOT NULL DEFAULT '',        -- YAML as written; parsed in sign_in
  ADD COLUMN journeys      jsonb NOT NULL DEFAULT '[]',     -- org.tagwarden.report.Journey
  ADD COLUMN sign_in       jsonb;                           -- org.tagwarden.report.Journey

UPDATE site SET options = (options - 'consent') || jsonb_build_object('consents', jsonb_build_array(options -> 'consent'))
WHERE options ? 'consent';

-- Whoever chose another settle time than the usual one keeps it.
UPDATE site SET settle_auto = false WHERE (options ->> 'settleMs')::bigint <> 3500;

-- ---- scans -----------------------------------------------------------------------------------------------------------
ALTER TABLE scan
  ADD COLUMN settle_ms     int,                             -- what its scanner was told; null before it was claimed
  ADD COLUMN pages_found   int,                             -- progress, as the scanner last said
  ADD COLUMN pages_visited int,
  ADD COLUMN current_page  text;

-- ---- visits ----------------------------------------------------------------------------------------------------------
ALTER TABLE page_visit
  ADD COLUMN journey      text NOT NULL DEFAULT '',         -- '': a page visited by itself
  ADD COLUMN journey_page smallint NOT NULL DEFAULT 0,
  ADD COLUMN payment      boolean NOT NULL DEFAULT false,   -- marked by the journey as one where people pay
  ADD COLUMN choice_made  boolean NOT NULL DEFAULT false,   -- the consent banner was answered
  ADD COLUMN late_ms      int,                              -- latest first firing after load or choice, see settling
  ADD COLUMN settle_short boolean NOT NULL DEFAULT false;   -- something fired too close to the end

-- A page is seen in several ways: in each consent state, and as a step of journeys. Each has a state of its own, so that
-- what fires only after "accept all" does not come and go with every other visit.
ALTER TABLE page_state DROP CONSTRAINT page_state_pkey;
ALTER TABLE page_state
  ADD COLUMN id             int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ADD COLUMN consent        text NOT NULL DEFAULT 'NONE',
  ADD COLUMN journey        text NOT NULL DEFAULT '',
  ADD COLUMN journey_page   smallint NOT NULL DEFAULT 0,
  ADD COLUMN choice_made    boolean NOT NULL DEFAULT false, -- the last visit that counts as a whole one made a choice
  ADD COLUMN choice_missed  smallint NOT NULL DEFAULT 0,    -- visits since then that should have and did not
  ADD COLUMN payment        boolean NOT NULL DEFAULT false,
  ADD COLUMN early_tag_ids  int[] NOT NULL DEFAULT '{}';    -- tags that asked for something before any choice
UPDATE page_state s SET consent = v.consent, early_tag_ids = s.tag_ids
FROM page_visit v WHERE v.site_id = s.site_id AND v.started_at = s.seen_at AND v.id = s.visit_id;
ALTER TABLE page_state ADD CONSTRAINT page_state_of_page UNIQUE (page_id, consent, journey, journey_page);

-- The states of pages on which a finding is failing; "pages" are the pages of these.
ALTER TABLE finding ADD COLUMN states int[] NOT NULL DEFAULT '{}';
UPDATE finding f SET states = ARRAY(SELECT s.id FROM page_state s WHERE s.page_id = ANY (f.pages) ORDER BY s.id)
WHERE f.state = 'OPEN';

-- ---- screenshots -----------------------------------------------------------------------------------------------------
-- An image is stored once per hash; it goes when no kept visit shows it any more.
CREATE TABLE screenshot (
  sha256     bytea PRIMARY KEY,
  mime_type  text NOT NULL,
  image      bytea NOT NULL,
  shown_last timestamptz NOT NULL                           -- the newest visit that shows it
);
CREATE INDEX screenshot_shown ON screenshot (shown_last);

-- Which visit shows which image: without such a row of their site nobody gets to see it.
CREATE TABLE visit_screenshot (
  site_id    int NOT NULL REFERENCES site ON DELETE CASCADE,
  visit_id   uuid NOT NULL,
  sha256     bytea NOT NULL,
  moment     text NOT NULL,
  width      int NOT NULL,
  height     int NOT NULL,
  started_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, visit_id, sha256, moment)
);
CREATE INDEX visit_screenshot_old ON visit_screenshot (started_at);
