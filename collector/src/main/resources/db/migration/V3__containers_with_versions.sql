-- Which container of a tag manager deployed a tag, and which version of it was published.
ALTER TABLE tag
  ADD COLUMN container_id text,                             -- of the container that deployed it; null: none did, or unnamed
  ADD COLUMN versions     jsonb NOT NULL DEFAULT '{}';      -- what it published itself: account id -> version, as last seen
