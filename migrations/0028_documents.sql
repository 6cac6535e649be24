-- Files attached as evidence to records of any kind; what is in them is kept outside the database, by its hash.

CREATE TABLE documents (
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
        'certificate', 'minutes', 'regulation', 'other')),
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
CREATE UNIQUE INDEX documents_current ON documents (id) WHERE known_until = 9223372036854775807;
CREATE INDEX documents_of_subject ON documents (subject_id);
CREATE INDEX documents_of_station ON documents (station_id, uploaded_on);
