-- Who should put a concern right, and by when, as the panel proposes it.
ALTER TABLE findings ADD COLUMN owner TEXT;
ALTER TABLE findings ADD COLUMN due_on DATE;
