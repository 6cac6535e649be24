-- Whom a call of the hotline was with: a household and, where it is known, a person of it. Nothing for callers without
-- a file. The ticket of the call is the call's, so it is not said again there.

ALTER TABLE calls ADD COLUMN household_id TEXT CONSTRAINT calls_household_id REFERENCES records (id);
ALTER TABLE calls ADD COLUMN person_id TEXT CONSTRAINT calls_person_id REFERENCES records (id);
CREATE INDEX calls_of_household ON calls (household_id);
CREATE INDEX calls_of_person ON calls (person_id);
CREATE INDEX tickets_of_call ON tickets (call_id);
