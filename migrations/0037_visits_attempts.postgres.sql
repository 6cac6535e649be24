-- Visits and calls at which nobody was met, beside visits and never among them; and signatures among documents.

CREATE TABLE visit_attempts (
    id TEXT NOT NULL CONSTRAINT visit_attempts_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT visit_attempts_station REFERENCES records (id),
    area_id TEXT CONSTRAINT visit_attempts_area REFERENCES records (id),
    community_id TEXT CONSTRAINT visit_attempts_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT visit_attempts_worker REFERENCES records (id),
    household_id TEXT NOT NULL CONSTRAINT visit_attempts_household_id REFERENCES records (id),
    kind TEXT NOT NULL CONSTRAINT visit_attempts_kind CHECK (kind IN ('home', 'phone')),
    tried_on DATE NOT NULL,
    started_at TEXT,
    unmet TEXT NOT NULL CONSTRAINT visit_attempts_unmet CHECK (unmet IN ('no_answer', 'not_reached', 'away', 'declined')),
    note TEXT,
    CONSTRAINT visit_attempts_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX visit_attempts_current ON visit_attempts (id) WHERE known_until = 9223372036854775807;
CREATE INDEX visit_attempts_of_household ON visit_attempts (household_id, tried_on);
CREATE INDEX visit_attempts_of_station ON visit_attempts (station_id, tried_on);

ALTER TABLE documents DROP CONSTRAINT documents_kind;
ALTER TABLE documents ADD CONSTRAINT documents_kind CHECK (kind IN (
    'sign_in_sheet', 'photo', 'plan', 'process_record', 'summary', 'agreement', 'consent', 'assessment_form',
    'certificate', 'minutes', 'regulation', 'signature', 'other'));
