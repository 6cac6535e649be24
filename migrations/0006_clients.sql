-- Households and the persons in them: files, categories, service levels, personal plans, and the roster of who should have a file.

CREATE TABLE households (
    id TEXT NOT NULL CONSTRAINT households_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT households_station REFERENCES records (id),
    area_id TEXT CONSTRAINT households_area REFERENCES records (id),
    community_id TEXT CONSTRAINT households_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT households_worker REFERENCES records (id),
    file_number TEXT NOT NULL,
    building TEXT NOT NULL,
    door BLOB NOT NULL,
    residence TEXT NOT NULL CONSTRAINT households_residence CHECK (residence IN ('present', 'registered_absent', 'resident_only')),
    opened_on DATE NOT NULL,
    closed_on DATE,
    CONSTRAINT households_closed_on_after_opened_on CHECK (closed_on >= opened_on),
    CONSTRAINT households_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX households_current ON households (id) WHERE known_until = 9223372036854775807;
CREATE INDEX households_of_station ON households (station_id, opened_on);

CREATE TABLE persons (
    id TEXT NOT NULL CONSTRAINT persons_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT persons_station REFERENCES records (id),
    area_id TEXT CONSTRAINT persons_area REFERENCES records (id),
    community_id TEXT CONSTRAINT persons_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT persons_worker REFERENCES records (id),
    household_id TEXT NOT NULL CONSTRAINT persons_household_id REFERENCES records (id),
    name TEXT NOT NULL,
    sex TEXT NOT NULL CONSTRAINT persons_sex CHECK (sex IN ('female', 'male')),
    born_on DATE NOT NULL,
    id_number BLOB NOT NULL,
    id_number_hash TEXT NOT NULL,
    phone BLOB,
    phone_tail_hash TEXT,
    filed_on DATE NOT NULL,
    closed_on DATE,
    CONSTRAINT persons_closed_on_after_filed_on CHECK (closed_on >= filed_on),
    CONSTRAINT persons_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX persons_current ON persons (id) WHERE known_until = 9223372036854775807;
CREATE INDEX persons_of_station ON persons (station_id, born_on);

CREATE TABLE person_categories (
    id TEXT NOT NULL CONSTRAINT person_categories_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT person_categories_station REFERENCES records (id),
    area_id TEXT CONSTRAINT person_categories_area REFERENCES records (id),
    community_id TEXT CONSTRAINT person_categories_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT person_categories_worker REFERENCES records (id),
    person_id TEXT NOT NULL CONSTRAINT person_categories_person_id REFERENCES records (id),
    household_id TEXT NOT NULL CONSTRAINT person_categories_household_id REFERENCES records (id),
    category TEXT NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE,
    CONSTRAINT person_categories_to_on_after_from_on CHECK (to_on >= from_on),
    CONSTRAINT person_categories_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX person_categories_current ON person_categories (id) WHERE known_until = 9223372036854775807;
CREATE INDEX person_categories_of_station ON person_categories (station_id, from_on);

CREATE TABLE service_levels (
    id TEXT NOT NULL CONSTRAINT service_levels_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT service_levels_station REFERENCES records (id),
    area_id TEXT CONSTRAINT service_levels_area REFERENCES records (id),
    community_id TEXT CONSTRAINT service_levels_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT service_levels_worker REFERENCES records (id),
    household_id TEXT NOT NULL CONSTRAINT service_levels_household_id REFERENCES records (id),
    level TEXT NOT NULL CONSTRAINT service_levels_level CHECK (level IN ('one', 'two', 'three', 'four', 'five', 'six')),
    from_on DATE NOT NULL,
    to_on DATE,
    reason TEXT NOT NULL,
    regrade_due_on DATE,
    CONSTRAINT service_levels_to_on_after_from_on CHECK (to_on >= from_on),
    CONSTRAINT service_levels_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX service_levels_current ON service_levels (id) WHERE known_until = 9223372036854775807;
CREATE INDEX service_levels_of_station ON service_levels (station_id, from_on);

CREATE TABLE personal_plans (
    id TEXT NOT NULL CONSTRAINT personal_plans_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT personal_plans_station REFERENCES records (id),
    area_id TEXT CONSTRAINT personal_plans_area REFERENCES records (id),
    community_id TEXT CONSTRAINT personal_plans_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT personal_plans_worker REFERENCES records (id),
    person_id TEXT NOT NULL CONSTRAINT personal_plans_person_id REFERENCES records (id),
    made_on DATE NOT NULL,
    needs TEXT NOT NULL,
    goals TEXT NOT NULL,
    measures TEXT NOT NULL,
    review_on DATE NOT NULL,
    outcome TEXT,
    CONSTRAINT personal_plans_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX personal_plans_current ON personal_plans (id) WHERE known_until = 9223372036854775807;
CREATE INDEX personal_plans_of_station ON personal_plans (station_id, made_on);

CREATE TABLE roster_entries (
    id TEXT NOT NULL CONSTRAINT roster_entries_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT roster_entries_station REFERENCES records (id),
    area_id TEXT CONSTRAINT roster_entries_area REFERENCES records (id),
    community_id TEXT CONSTRAINT roster_entries_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT roster_entries_worker REFERENCES records (id),
    household_id TEXT CONSTRAINT roster_entries_household_id REFERENCES records (id),
    file_number TEXT NOT NULL,
    listed_on DATE NOT NULL,
    delisted_on DATE,
    CONSTRAINT roster_entries_delisted_on_after_listed_on CHECK (delisted_on >= listed_on),
    CONSTRAINT roster_entries_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX roster_entries_current ON roster_entries (id) WHERE known_until = 9223372036854775807;
CREATE INDEX roster_entries_of_station ON roster_entries (station_id, listed_on);
