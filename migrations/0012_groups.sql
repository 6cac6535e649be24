-- Groups, their sessions and who attended.

CREATE TABLE groups (
    id TEXT NOT NULL CONSTRAINT groups_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT groups_station REFERENCES records (id),
    area_id TEXT CONSTRAINT groups_area REFERENCES records (id),
    community_id TEXT CONSTRAINT groups_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT groups_worker REFERENCES records (id),
    programme_id TEXT CONSTRAINT groups_programme_id REFERENCES records (id),
    name TEXT NOT NULL,
    started_on DATE NOT NULL,
    aim TEXT NOT NULL,
    CONSTRAINT groups_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX groups_current ON groups (id) WHERE known_until = 9223372036854775807;
CREATE INDEX groups_of_station ON groups (station_id, started_on);

CREATE TABLE group_sessions (
    id TEXT NOT NULL CONSTRAINT group_sessions_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT group_sessions_station REFERENCES records (id),
    area_id TEXT CONSTRAINT group_sessions_area REFERENCES records (id),
    community_id TEXT CONSTRAINT group_sessions_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT group_sessions_worker REFERENCES records (id),
    group_id TEXT NOT NULL CONSTRAINT group_sessions_group_id REFERENCES records (id),
    held_on DATE NOT NULL,
    number INTEGER NOT NULL CONSTRAINT group_sessions_number CHECK (number >= 0),
    stage TEXT NOT NULL CONSTRAINT group_sessions_stage CHECK (stage IN ('preparing', 'forming', 'transition', 'mature', 'ending')),
    note TEXT NOT NULL,
    CONSTRAINT group_sessions_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX group_sessions_current ON group_sessions (id) WHERE known_until = 9223372036854775807;
CREATE INDEX group_sessions_of_station ON group_sessions (station_id, held_on);

CREATE TABLE group_attendances (
    id TEXT NOT NULL CONSTRAINT group_attendances_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT group_attendances_station REFERENCES records (id),
    area_id TEXT CONSTRAINT group_attendances_area REFERENCES records (id),
    community_id TEXT CONSTRAINT group_attendances_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT group_attendances_worker REFERENCES records (id),
    session_id TEXT NOT NULL CONSTRAINT group_attendances_session_id REFERENCES records (id),
    person_id TEXT NOT NULL CONSTRAINT group_attendances_person_id REFERENCES records (id),
    held_on DATE NOT NULL,
    CONSTRAINT group_attendances_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX group_attendances_current ON group_attendances (id) WHERE known_until = 9223372036854775807;
CREATE INDEX group_attendances_of_station ON group_attendances (station_id, held_on);
