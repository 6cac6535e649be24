-- What a household file holds beyond the ground: the platform's numbers, care, housing, subsidies, contacts, needs,
-- risks, consents; who wrote a personal plan and who approved it; what was unmasked for whom and until when.

ALTER TABLE households ADD COLUMN platform_id TEXT;
ALTER TABLE households ADD COLUMN housing TEXT;
ALTER TABLE households ADD COLUMN closed_reason TEXT;
CREATE INDEX households_by_number ON households (station_id, file_number);

ALTER TABLE persons ADD COLUMN relation TEXT;
ALTER TABLE persons ADD COLUMN platform_id TEXT;
ALTER TABLE persons ADD COLUMN care TEXT;
ALTER TABLE persons ADD COLUMN marriage TEXT;
ALTER TABLE persons ADD COLUMN subsidies TEXT;
ALTER TABLE persons ADD COLUMN closed_reason TEXT;
CREATE INDEX persons_of_household ON persons (household_id);
CREATE INDEX persons_by_id_number ON persons (id_number_hash);
CREATE INDEX persons_by_phone_tail ON persons (phone_tail_hash);
CREATE INDEX persons_by_name ON persons (name, born_on);

CREATE INDEX person_categories_of_household ON person_categories (household_id);
CREATE INDEX service_levels_of_household ON service_levels (household_id);

ALTER TABLE personal_plans ADD COLUMN written_by TEXT;
ALTER TABLE personal_plans ADD COLUMN approved_by TEXT;
ALTER TABLE personal_plans ADD COLUMN approved_on DATE;
CREATE INDEX personal_plans_of_person ON personal_plans (person_id);

CREATE TABLE client_contacts (
    id TEXT NOT NULL CONSTRAINT client_contacts_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT client_contacts_station REFERENCES records (id),
    area_id TEXT CONSTRAINT client_contacts_area REFERENCES records (id),
    community_id TEXT CONSTRAINT client_contacts_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT client_contacts_worker REFERENCES records (id),
    household_id TEXT NOT NULL CONSTRAINT client_contacts_household_id REFERENCES records (id),
    name BLOB NOT NULL,
    relation TEXT NOT NULL,
    phone BLOB NOT NULL,
    CONSTRAINT client_contacts_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX client_contacts_current ON client_contacts (id) WHERE known_until = 9223372036854775807;
CREATE INDEX client_contacts_of_household ON client_contacts (household_id);

CREATE TABLE client_needs (
    id TEXT NOT NULL CONSTRAINT client_needs_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT client_needs_station REFERENCES records (id),
    area_id TEXT CONSTRAINT client_needs_area REFERENCES records (id),
    community_id TEXT CONSTRAINT client_needs_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT client_needs_worker REFERENCES records (id),
    household_id TEXT NOT NULL CONSTRAINT client_needs_household_id REFERENCES records (id),
    person_id TEXT NOT NULL CONSTRAINT client_needs_person_id REFERENCES records (id),
    found_on DATE NOT NULL,
    need TEXT NOT NULL,
    urgency TEXT NOT NULL CONSTRAINT client_needs_urgency CHECK (urgency IN ('now', 'month', 'later')),
    met_on DATE,
    CONSTRAINT client_needs_met_on_after_found_on CHECK (met_on >= found_on),
    CONSTRAINT client_needs_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX client_needs_current ON client_needs (id) WHERE known_until = 9223372036854775807;
CREATE INDEX client_needs_of_household ON client_needs (household_id);

CREATE TABLE risk_assessments (
    id TEXT NOT NULL CONSTRAINT risk_assessments_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT risk_assessments_station REFERENCES records (id),
    area_id TEXT CONSTRAINT risk_assessments_area REFERENCES records (id),
    community_id TEXT CONSTRAINT risk_assessments_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT risk_assessments_worker REFERENCES records (id),
    household_id TEXT NOT NULL CONSTRAINT risk_assessments_household_id REFERENCES records (id),
    person_id TEXT NOT NULL CONSTRAINT risk_assessments_person_id REFERENCES records (id),
    assessed_on DATE NOT NULL,
    level TEXT NOT NULL CONSTRAINT risk_assessments_level CHECK (level IN ('none', 'low', 'middle', 'high')),
    kinds TEXT NOT NULL,
    note TEXT NOT NULL,
    review_on DATE,
    CONSTRAINT risk_assessments_review_on_after_assessed_on CHECK (review_on >= assessed_on),
    CONSTRAINT risk_assessments_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX risk_assessments_current ON risk_assessments (id) WHERE known_until = 9223372036854775807;
CREATE INDEX risk_assessments_of_household ON risk_assessments (household_id);

CREATE TABLE consents (
    id TEXT NOT NULL CONSTRAINT consents_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT consents_station REFERENCES records (id),
    area_id TEXT CONSTRAINT consents_area REFERENCES records (id),
    community_id TEXT CONSTRAINT consents_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT consents_worker REFERENCES records (id),
    household_id TEXT NOT NULL CONSTRAINT consents_household_id REFERENCES records (id),
    person_id TEXT NOT NULL CONSTRAINT consents_person_id REFERENCES records (id),
    signed_on DATE NOT NULL,
    until_on DATE,
    guardian BLOB,
    guardian_relation TEXT,
    CONSTRAINT consents_until_on_after_signed_on CHECK (until_on > signed_on),
    CONSTRAINT consents_guardian_has_relation CHECK (guardian IS NULL OR guardian_relation IS NOT NULL),
    CONSTRAINT consents_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX consents_current ON consents (id) WHERE known_until = 9223372036854775807;
CREATE INDEX consents_of_household ON consents (household_id);

CREATE TABLE unmaskings (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    household_id TEXT NOT NULL CONSTRAINT unmaskings_household REFERENCES records (id),
    reason TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL
);
CREATE INDEX unmaskings_of_household ON unmaskings (household_id, from_at);
