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

-- SQLite changes no constraint: the table is made anew. Nothing refers to it.
CREATE TABLE documents_with_signatures (
    id TEXT NOT NULL CONSTRAINT documents_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT documents_station REFERENCES records (id),
    area_id TEXT CONSTRAINT documents_area REFERENCES records (id),
    community_id TEXT CONSTRAINT documents_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT documents_worker REFERENCES records (id),
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL CONSTRAINT documents_subject REFERENCES records (id),
    title TEXT NOT NULL CONSTRAINT documents_title CHECK (title <> ''),
    kind TEXT NOT NULL CONSTRAINT documents_kind CHECK (kind IN (
        'sign_in_sheet', 'photo', 'plan', 'process_record', 'summary', 'agreement', 'consent', 'assessment_form',
        'certificate', 'minutes', 'regulation', 'signature', 'other')),
    file_name TEXT NOT NULL,
    content_type TEXT NOT NULL CONSTRAINT documents_content_type CHECK (content_type IN (
        'application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/heic', 'video/mp4',
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'application/msword', 'application/vnd.ms-excel', 'text/plain', 'text/csv')),
    size INTEGER NOT NULL CONSTRAINT documents_size CHECK (size > 0),
    sha256 TEXT NOT NULL CONSTRAINT documents_sha256 CHECK (length(sha256) = 64),
    signed BOOLEAN NOT NULL,
    signed_on DATE CONSTRAINT documents_signed_on CHECK (signed_on IS NULL OR signed),
    uploaded_on DATE NOT NULL,
    note TEXT,
    CONSTRAINT documents_key PRIMARY KEY (id, version)
);
INSERT INTO documents_with_signatures (id, version, known_from, known_until, voided, station_id, area_id, community_id, worker_id, subject_kind, subject_id, title, kind, file_name, content_type, size, sha256, signed, signed_on, uploaded_on, note)
SELECT id, version, known_from, known_until, voided, station_id, area_id, community_id, worker_id, subject_kind, subject_id, title, kind, file_name, content_type, size, sha256, signed, signed_on, uploaded_on, note FROM documents;
DROP TABLE documents;
ALTER TABLE documents_with_signatures RENAME TO documents;
CREATE UNIQUE INDEX documents_current ON documents (id) WHERE known_until = 9223372036854775807;
CREATE INDEX documents_of_subject ON documents (subject_id);
CREATE INDEX documents_of_station ON documents (station_id, uploaded_on);
