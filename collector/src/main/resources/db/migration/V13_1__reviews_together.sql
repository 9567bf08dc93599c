-- What falls due together is one question to its owner, authorizations included.

-- The mail that asked about it; whoever is named anew was asked by none.
ALTER TABLE ownership ADD COLUMN review_alert bigint REFERENCES alert ON DELETE SET NULL;
UPDATE ownership o
SET review_alert = (SELECT max(a.id) FROM alert a WHERE a.ownership_id = o.id AND a.kind = 'REVIEW');
ALTER TABLE alert DROP COLUMN ownership_id;

ALTER TABLE tag_authorization
  ADD COLUMN reminded_for  date,        -- the review that its owner was asked about
  ADD COLUMN review_alert  bigint REFERENCES alert ON DELETE SET NULL,
  ADD COLUMN not_needed_at timestamptz; -- when its owner said that it is no longer needed
CREATE INDEX ownership_review ON ownership (review_alert) WHERE review_alert IS NOT NULL;
CREATE INDEX tag_authorization_review ON tag_authorization (review_alert) WHERE review_alert IS NOT NULL;
