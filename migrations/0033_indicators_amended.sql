-- From which day a target holds as it was amended, by a supplement to the contract: the days before it are held against
-- the version before.

ALTER TABLE indicator_targets ADD COLUMN amended_on DATE;
