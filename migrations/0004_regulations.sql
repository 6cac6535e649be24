-- The station's own rules, with the version in force.

CREATE TABLE regulations (
    id TEXT NOT NULL CONSTRAINT regulations_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT regulations_station REFERENCES records (id),
    area_id TEXT CONSTRAINT regulations_area REFERENCES records (id),
    community_id TEXT CONSTRAINT regulations_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT regulations_worker REFERENCES records (id),
    name TEXT NOT NULL,
    edition TEXT NOT NULL,
    adopted_on DATE NOT NULL,
    repealed_on DATE,
    CONSTRAINT regulations_repealed_on_after_adopted_on CHECK (repealed_on >= adopted_on),
    CONSTRAINT regulations_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX regulations_current ON regulations (id) WHERE known_until = 9223372036854775807;
CREATE INDEX regulations_of_station ON regulations (station_id, adopted_on);
