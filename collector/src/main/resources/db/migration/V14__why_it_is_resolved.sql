-- Why a finding is resolved, and what came of looking again.

-- A sentence for people. '': no visit shows it any more.
ALTER TABLE finding_change ADD COLUMN reason text NOT NULL DEFAULT '';

-- NOT_SEEN: it was looked at again, and did not show.
ALTER TABLE held_change
  DROP CONSTRAINT held_change_result_check,
  ADD CONSTRAINT held_change_result_check CHECK (result IN ('CONFIRMED', 'NOT_SEEN', 'TIMED_OUT'));
