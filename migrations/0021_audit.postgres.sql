-- From where something was done and what it changed, and the ways in which lines are looked for.
-- `detail` is JSON, field → [before, after], sealed: personal values stand in the audit only encrypted.

ALTER TABLE audit_log ADD COLUMN origin TEXT;
ALTER TABLE audit_log ADD COLUMN detail BLOB;

-- Verbs are compared byte by byte, as SQLite does, whatever the cluster's language: a prefix is a range.
ALTER TABLE audit_log ALTER COLUMN verb TYPE TEXT COLLATE "C";

CREATE INDEX audit_log_by_time    ON audit_log (at, seq, station_id);
CREATE INDEX audit_log_by_station ON audit_log (station_id, at, seq);
CREATE INDEX audit_log_by_actor   ON audit_log (actor, at, seq, station_id);
CREATE INDEX audit_log_by_verb    ON audit_log (verb, at, seq, station_id);
CREATE INDEX audit_log_by_record  ON audit_log (record_id, at, seq, station_id) WHERE record_id IS NOT NULL;
