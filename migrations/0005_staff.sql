-- Workers, their certificates and posts, their monthly attendance in halves, training and supervision.

CREATE TABLE workers (
    id TEXT NOT NULL CONSTRAINT workers_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT workers_station REFERENCES records (id),
    area_id TEXT CONSTRAINT workers_area REFERENCES records (id),
    community_id TEXT CONSTRAINT workers_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT workers_worker REFERENCES records (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL CONSTRAINT workers_role CHECK (role IN ('manager', 'area_lead', 'worker')),
    in_field_since DATE NOT NULL,
    joined_on DATE NOT NULL,
    left_on DATE,
    party_member BOOLEAN NOT NULL,
    CONSTRAINT workers_left_on_after_joined_on CHECK (left_on >= joined_on),
    CONSTRAINT workers_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX workers_current ON workers (id) WHERE known_until = 9223372036854775807;
CREATE INDEX workers_of_station ON workers (station_id, in_field_since);

CREATE TABLE certificates (
    id TEXT NOT NULL CONSTRAINT certificates_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT certificates_station REFERENCES records (id),
    area_id TEXT CONSTRAINT certificates_area REFERENCES records (id),
    community_id TEXT CONSTRAINT certificates_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT certificates_worker REFERENCES records (id),
    level TEXT NOT NULL CONSTRAINT certificates_level CHECK (level IN ('none', 'assistant', 'intermediate', 'senior')),
    obtained_on DATE NOT NULL,
    expires_on DATE,
    CONSTRAINT certificates_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX certificates_current ON certificates (id) WHERE known_until = 9223372036854775807;
CREATE INDEX certificates_of_station ON certificates (station_id, obtained_on);

CREATE TABLE posts (
    id TEXT NOT NULL CONSTRAINT posts_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT posts_station REFERENCES records (id),
    area_id TEXT CONSTRAINT posts_area REFERENCES records (id),
    community_id TEXT CONSTRAINT posts_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT posts_worker REFERENCES records (id),
    role TEXT NOT NULL CONSTRAINT posts_role CHECK (role IN ('manager', 'area_lead', 'worker')),
    from_on DATE NOT NULL,
    to_on DATE,
    CONSTRAINT posts_to_on_after_from_on CHECK (to_on >= from_on),
    CONSTRAINT posts_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX posts_current ON posts (id) WHERE known_until = 9223372036854775807;
CREATE INDEX posts_of_station ON posts (station_id, from_on);

CREATE TABLE attendances (
    id TEXT NOT NULL CONSTRAINT attendances_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT attendances_station REFERENCES records (id),
    area_id TEXT CONSTRAINT attendances_area REFERENCES records (id),
    community_id TEXT CONSTRAINT attendances_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT attendances_worker REFERENCES records (id),
    half_ends_on DATE NOT NULL,
    halves INTEGER NOT NULL CONSTRAINT attendances_halves CHECK (halves >= 0),
    level TEXT NOT NULL CONSTRAINT attendances_level CHECK (level IN ('none', 'assistant', 'intermediate', 'senior')),
    CONSTRAINT attendances_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX attendances_current ON attendances (id) WHERE known_until = 9223372036854775807;
CREATE INDEX attendances_of_station ON attendances (station_id, half_ends_on);

CREATE TABLE attendance_dues (
    id TEXT NOT NULL CONSTRAINT attendance_dues_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT attendance_dues_station REFERENCES records (id),
    area_id TEXT CONSTRAINT attendance_dues_area REFERENCES records (id),
    community_id TEXT CONSTRAINT attendance_dues_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT attendance_dues_worker REFERENCES records (id),
    half_ends_on DATE NOT NULL,
    halves INTEGER NOT NULL CONSTRAINT attendance_dues_halves CHECK (halves >= 0),
    due INTEGER NOT NULL CONSTRAINT attendance_dues_due CHECK (due >= 0),
    certified_due INTEGER NOT NULL CONSTRAINT attendance_dues_certified_due CHECK (certified_due >= 0),
    CONSTRAINT attendance_dues_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX attendance_dues_current ON attendance_dues (id) WHERE known_until = 9223372036854775807;
CREATE INDEX attendance_dues_of_station ON attendance_dues (station_id, half_ends_on);

CREATE TABLE trainings (
    id TEXT NOT NULL CONSTRAINT trainings_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT trainings_station REFERENCES records (id),
    area_id TEXT CONSTRAINT trainings_area REFERENCES records (id),
    community_id TEXT CONSTRAINT trainings_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT trainings_worker REFERENCES records (id),
    held_on DATE NOT NULL,
    topic TEXT NOT NULL,
    organiser TEXT NOT NULL,
    hours INTEGER NOT NULL CONSTRAINT trainings_hours CHECK (hours >= 0),
    CONSTRAINT trainings_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX trainings_current ON trainings (id) WHERE known_until = 9223372036854775807;
CREATE INDEX trainings_of_station ON trainings (station_id, held_on);

CREATE TABLE supervisions (
    id TEXT NOT NULL CONSTRAINT supervisions_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT supervisions_station REFERENCES records (id),
    area_id TEXT CONSTRAINT supervisions_area REFERENCES records (id),
    community_id TEXT CONSTRAINT supervisions_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT supervisions_worker REFERENCES records (id),
    held_on DATE NOT NULL,
    supervisor_of_practice TEXT NOT NULL,
    external BOOLEAN NOT NULL,
    topic TEXT NOT NULL,
    hours INTEGER NOT NULL CONSTRAINT supervisions_hours CHECK (hours >= 0),
    attendances INTEGER NOT NULL CONSTRAINT supervisions_attendances CHECK (attendances >= 0),
    CONSTRAINT supervisions_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX supervisions_current ON supervisions (id) WHERE known_until = 9223372036854775807;
CREATE INDEX supervisions_of_station ON supervisions (station_id, held_on);
