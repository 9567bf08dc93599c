-- Mails that come back, mutes that end, and versions of what several people edit.

-- ---- mails that come back --------------------------------------------------------------------------------------------
ALTER TABLE mail_bounce
  ADD COLUMN returned boolean NOT NULL DEFAULT false; -- taken by a mail server and sent back: only people end that
CREATE INDEX alert_message_id ON alert (message_id); -- by which a mail that came back is recognised

-- ---- further kinds of messages ---------------------------------------------------------------------------------------
ALTER TABLE alert
  DROP CONSTRAINT alert_kind_check,
  ADD CONSTRAINT alert_kind_check
    CHECK (kind IN ('NOW', 'DAILY', 'WEEKLY', 'LATE', 'TAKEN', 'UNMUTED', 'REVIEW'));

-- ---- mutes that end --------------------------------------------------------------------------------------------------
ALTER TABLE finding_mute
  ADD COLUMN end_told boolean NOT NULL DEFAULT false; -- the people of the rules heard that it is over
UPDATE finding_mute SET end_told = true WHERE until <= now(); -- of those before there is nothing to tell
CREATE INDEX finding_mute_end ON finding_mute (until) WHERE NOT end_told;

-- ---- versions: whoever changes what somebody else has changed meanwhile is told so -----------------------------------
ALTER TABLE alert_rule ADD COLUMN version int NOT NULL DEFAULT 1;
ALTER TABLE ownership
  ADD COLUMN version int NOT NULL DEFAULT 1,
  ADD COLUMN review_months smallint NOT NULL DEFAULT 12 CHECK (review_months BETWEEN 1 AND 36); -- "yes" holds so long
ALTER TABLE escalation_path ADD COLUMN version int NOT NULL DEFAULT 1;
