-- The finding of the round before that has come back.
ALTER TABLE findings ADD COLUMN returns TEXT;
