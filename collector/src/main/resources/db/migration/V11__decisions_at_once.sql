-- One change is one finding; decisions are followed at once; authorizations know their owners.

-- ---- one change, one finding -----------------------------------------------------------------------------------------
-- cause: of a tag that came as a change, the finding that speaks for all that is wrong with it until somebody decides.
ALTER TABLE watched
  ADD COLUMN cause_check   text,
  ADD COLUMN cause_subject text,
  ADD COLUMN accepted boolean NOT NULL DEFAULT false; -- somebody said that it is as it should be
CREATE INDEX watched_contact ON watched (site_id, tag_key) WHERE kind = 'CONTACT' AND (state = 'OPEN' OR accepted);

-- When a page was last seen in this way: what nobody visits any more says nothing about what is there.
ALTER TABLE watch ADD COLUMN last_at timestamptz NOT NULL DEFAULT now();

-- ---- decisions are followed at once ----------------------------------------------------------------------------------
-- Sites whose last visits are to be judged again, because a decision about their tags was changed or has lapsed. Written
-- with the decision, claimed by a loop, gone when that is done.
CREATE TABLE rejudgement (
  site_id  int PRIMARY KEY REFERENCES site ON DELETE CASCADE,
  tag_ids  int[],                                     -- which tags the decisions are about; null: any
  since    timestamptz NOT NULL,
  version  int NOT NULL DEFAULT 1,                    -- counts decisions, so that none gets lost while it is done
  not_before timestamptz NOT NULL                     -- a claim, or the next try, moves it
);
ALTER TABLE tag_authorization ADD COLUMN lapse_followed_on date; -- the day to which its terms were followed

-- ---- who looks after an authorization --------------------------------------------------------------------------------
-- Beside the words that somebody wrote: the contact they mean, null when they mean none that is known.
ALTER TABLE tag_authorization
  ADD COLUMN owner_email  text,
  ADD COLUMN deputy_email text;

-- The address in the words, or that of the only contact of this client whose name they are.
CREATE FUNCTION contact_email(of_client int, said text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    lower(substring(said FROM '[^\s@,;<>]+@[^\s@,;<>]+')),
    (SELECT min(c.email) FROM (
       SELECT lower(o.email) AS email FROM ownership o JOIN site s ON s.id = o.site_id
       WHERE s.client_id = of_client AND lower(o.name) = lower(btrim(said))
       UNION
       SELECT lower(p.email) FROM person p JOIN membership m ON m.person_id = p.id
       WHERE (m.client_id = of_client OR m.client_id IS NULL) AND lower(p.name) = lower(btrim(said))) c
     HAVING count(*) = 1))
$$;
UPDATE tag_authorization
SET owner_email = contact_email(client_id, owner), deputy_email = contact_email(client_id, deputy)
WHERE owner <> '' OR deputy <> '';
CREATE INDEX tag_authorization_keeper ON tag_authorization (client_id) WHERE owner_email IS NOT NULL OR deputy_email IS NOT NULL;
