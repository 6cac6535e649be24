-- Volunteers, backbones, teams and what they did.

CREATE TABLE volunteers (
    id TEXT NOT NULL CONSTRAINT volunteers_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT volunteers_station REFERENCES records (id),
    area_id TEXT CONSTRAINT volunteers_area REFERENCES records (id),
    community_id TEXT CONSTRAINT volunteers_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT volunteers_worker REFERENCES records (id),
    name TEXT NOT NULL,
    registered_on DATE NOT NULL,
    phone BLOB,
    CONSTRAINT volunteers_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX volunteers_current ON volunteers (id) WHERE known_until = 9223372036854775807;
CREATE INDEX volunteers_of_station ON volunteers (station_id, registered_on);

CREATE TABLE volunteer_teams (
    id TEXT NOT NULL CONSTRAINT volunteer_teams_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT volunteer_teams_station REFERENCES records (id),
    area_id TEXT CONSTRAINT volunteer_teams_area REFERENCES records (id),
    community_id TEXT CONSTRAINT volunteer_teams_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT volunteer_teams_worker REFERENCES records (id),
    name TEXT NOT NULL,
    founded_on DATE NOT NULL,
    active BOOLEAN NOT NULL,
    CONSTRAINT volunteer_teams_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX volunteer_teams_current ON volunteer_teams (id) WHERE known_until = 9223372036854775807;
CREATE INDEX volunteer_teams_of_station ON volunteer_teams (station_id, founded_on);

CREATE TABLE volunteer_backbones (
    id TEXT NOT NULL CONSTRAINT volunteer_backbones_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT volunteer_backbones_station REFERENCES records (id),
    area_id TEXT CONSTRAINT volunteer_backbones_area REFERENCES records (id),
    community_id TEXT CONSTRAINT volunteer_backbones_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT volunteer_backbones_worker REFERENCES records (id),
    volunteer_id TEXT NOT NULL CONSTRAINT volunteer_backbones_volunteer_id REFERENCES records (id),
    assessed_on DATE NOT NULL,
    cultivation_plan TEXT NOT NULL,
    followed_up_on DATE,
    CONSTRAINT volunteer_backbones_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX volunteer_backbones_current ON volunteer_backbones (id) WHERE known_until = 9223372036854775807;
CREATE INDEX volunteer_backbones_of_station ON volunteer_backbones (station_id, assessed_on);

CREATE TABLE volunteer_services (
    id TEXT NOT NULL CONSTRAINT volunteer_services_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT volunteer_services_station REFERENCES records (id),
    area_id TEXT CONSTRAINT volunteer_services_area REFERENCES records (id),
    community_id TEXT CONSTRAINT volunteer_services_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT volunteer_services_worker REFERENCES records (id),
    team_id TEXT CONSTRAINT volunteer_services_team_id REFERENCES records (id),
    name TEXT NOT NULL,
    held_on DATE NOT NULL,
    attendances INTEGER NOT NULL CONSTRAINT volunteer_services_attendances CHECK (attendances >= 0),
    hours INTEGER NOT NULL CONSTRAINT volunteer_services_hours CHECK (hours >= 0),
    CONSTRAINT volunteer_services_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX volunteer_services_current ON volunteer_services (id) WHERE known_until = 9223372036854775807;
CREATE INDEX volunteer_services_of_station ON volunteer_services (station_id, held_on);
