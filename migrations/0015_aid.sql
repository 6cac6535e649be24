-- Supplies and resources passed on, and adaptations of homes for safety.

CREATE TABLE aids (
    id TEXT NOT NULL CONSTRAINT aids_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT aids_station REFERENCES records (id),
    area_id TEXT CONSTRAINT aids_area REFERENCES records (id),
    community_id TEXT CONSTRAINT aids_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT aids_worker REFERENCES records (id),
    programme TEXT,
    given_on DATE NOT NULL,
    kind TEXT NOT NULL CONSTRAINT aids_kind CHECK (kind IN ('supplies', 'resource')),
    what TEXT NOT NULL,
    attendances INTEGER NOT NULL CONSTRAINT aids_attendances CHECK (attendances >= 0),
    value BIGINT NOT NULL,
    CONSTRAINT aids_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX aids_current ON aids (id) WHERE known_until = 9223372036854775807;
CREATE INDEX aids_of_station ON aids (station_id, given_on);

CREATE TABLE home_adaptations (
    id TEXT NOT NULL CONSTRAINT home_adaptations_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT home_adaptations_station REFERENCES records (id),
    area_id TEXT CONSTRAINT home_adaptations_area REFERENCES records (id),
    community_id TEXT CONSTRAINT home_adaptations_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT home_adaptations_worker REFERENCES records (id),
    household_id TEXT CONSTRAINT home_adaptations_household_id REFERENCES records (id),
    kind TEXT NOT NULL CONSTRAINT home_adaptations_kind CHECK (kind IN ('home', 'stair_handrail')),
    found_on DATE NOT NULL,
    done_on DATE,
    need TEXT NOT NULL,
    buildings INTEGER NOT NULL CONSTRAINT home_adaptations_buildings CHECK (buildings >= 0),
    elders INTEGER NOT NULL CONSTRAINT home_adaptations_elders CHECK (elders >= 0),
    CONSTRAINT home_adaptations_done_on_after_found_on CHECK (done_on >= found_on),
    CONSTRAINT home_adaptations_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX home_adaptations_current ON home_adaptations (id) WHERE known_until = 9223372036854775807;
CREATE INDEX home_adaptations_of_station ON home_adaptations (station_id, found_on);
