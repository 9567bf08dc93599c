-- Requests for tags are told by mail: to those who decide, and the answer to who asked.

ALTER TABLE alert
  DROP CONSTRAINT alert_kind_check,
  ADD CONSTRAINT alert_kind_check
    CHECK (kind IN ('NOW', 'DAILY', 'WEEKLY', 'LATE', 'TAKEN', 'UNMUTED', 'REVIEW', 'ASKED', 'ANSWERED')),
  ADD COLUMN request_id int REFERENCES tag_request ON DELETE CASCADE; -- what ASKED and ANSWERED are about
CREATE INDEX alert_request ON alert (request_id) WHERE request_id IS NOT NULL;

-- A message about a review or a request takes in nothing more: each is about one thing.
DROP INDEX alert_open;
CREATE UNIQUE INDEX alert_open ON alert (site_id, channel, recipient, kind)
  WHERE state = 'WAITING' AND tries = 0 AND kind NOT IN ('REVIEW', 'ASKED', 'ANSWERED');
