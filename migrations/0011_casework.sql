-- Cases: intake, sessions, closure; cases carried over from an earlier contract.

CREATE TABLE cases (
    id TEXT NOT NULL CONSTRAINT cases_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT cases_station REFERENCES records (id),
    area_id TEXT CONSTRAINT cases_area REFERENCES records (id),
    community_id TEXT CONSTRAINT cases_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT cases_worker REFERENCES records (id),
    person_id TEXT NOT NULL CONSTRAINT cases_person_id REFERENCES records (id),
    household_id TEXT NOT NULL CONSTRAINT cases_household_id REFERENCES records (id),
    number TEXT NOT NULL,
    opened_on DATE NOT NULL,
    one_to_one BOOLEAN NOT NULL,
    problem TEXT NOT NULL,
    plan TEXT NOT NULL,
    CONSTRAINT cases_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX cases_current ON cases (id) WHERE known_until = 9223372036854775807;
CREATE INDEX cases_of_station ON cases (station_id, opened_on);

CREATE TABLE case_sessions (
    id TEXT NOT NULL CONSTRAINT case_sessions_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT case_sessions_station REFERENCES records (id),
    area_id TEXT CONSTRAINT case_sessions_area REFERENCES records (id),
    community_id TEXT CONSTRAINT case_sessions_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT case_sessions_worker REFERENCES records (id),
    case_id TEXT NOT NULL CONSTRAINT case_sessions_case_id REFERENCES records (id),
    held_on DATE NOT NULL,
    minutes INTEGER NOT NULL CONSTRAINT case_sessions_minutes CHECK (minutes >= 0),
    note TEXT NOT NULL,
    CONSTRAINT case_sessions_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX case_sessions_current ON case_sessions (id) WHERE known_until = 9223372036854775807;
CREATE INDEX case_sessions_of_station ON case_sessions (station_id, held_on);

CREATE TABLE case_closures (
    id TEXT NOT NULL CONSTRAINT case_closures_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT case_closures_station REFERENCES records (id),
    area_id TEXT CONSTRAINT case_closures_area REFERENCES records (id),
    community_id TEXT CONSTRAINT case_closures_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT case_closures_worker REFERENCES records (id),
    case_id TEXT NOT NULL CONSTRAINT case_closures_case_id REFERENCES records (id),
    closed_on DATE NOT NULL,
    outcome TEXT NOT NULL CONSTRAINT case_closures_outcome CHECK (outcome IN ('reached', 'partly', 'ended')),
    note TEXT NOT NULL,
    CONSTRAINT case_closures_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX case_closures_current ON case_closures (id) WHERE known_until = 9223372036854775807;
CREATE INDEX case_closures_of_station ON case_closures (station_id, closed_on);
