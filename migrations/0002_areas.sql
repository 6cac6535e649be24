-- Who covers which ground: stations, their areas, communities and service points.

CREATE TABLE stations (
    id TEXT NOT NULL CONSTRAINT stations_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT stations_station REFERENCES records (id),
    area_id TEXT CONSTRAINT stations_area REFERENCES records (id),
    community_id TEXT CONSTRAINT stations_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT stations_worker REFERENCES records (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    district TEXT NOT NULL,
    street TEXT NOT NULL,
    address TEXT NOT NULL,
    operated_since DATE NOT NULL,
    pseudonym_key BLOB NOT NULL,
    CONSTRAINT stations_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX stations_current ON stations (id) WHERE known_until = 9223372036854775807;
CREATE INDEX stations_of_station ON stations (station_id, operated_since);

CREATE TABLE areas (
    id TEXT NOT NULL CONSTRAINT areas_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT areas_station REFERENCES records (id),
    area_id TEXT CONSTRAINT areas_area REFERENCES records (id),
    community_id TEXT CONSTRAINT areas_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT areas_worker REFERENCES records (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT areas_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX areas_current ON areas (id) WHERE known_until = 9223372036854775807;
CREATE INDEX areas_of_station ON areas (station_id);

CREATE TABLE communities (
    id TEXT NOT NULL CONSTRAINT communities_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT communities_station REFERENCES records (id),
    area_id TEXT CONSTRAINT communities_area REFERENCES records (id),
    community_id TEXT CONSTRAINT communities_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT communities_worker REFERENCES records (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    region_code TEXT,
    CONSTRAINT communities_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX communities_current ON communities (id) WHERE known_until = 9223372036854775807;
CREATE INDEX communities_of_station ON communities (station_id);

CREATE TABLE service_points (
    id TEXT NOT NULL CONSTRAINT service_points_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT service_points_station REFERENCES records (id),
    area_id TEXT CONSTRAINT service_points_area REFERENCES records (id),
    community_id TEXT CONSTRAINT service_points_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT service_points_worker REFERENCES records (id),
    name TEXT NOT NULL,
    opened_on DATE NOT NULL,
    closed_on DATE,
    CONSTRAINT service_points_closed_on_after_opened_on CHECK (closed_on >= opened_on),
    CONSTRAINT service_points_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX service_points_current ON service_points (id) WHERE known_until = 9223372036854775807;
CREATE INDEX service_points_of_station ON service_points (station_id, opened_on);
