-- Home and phone visits: whom, when, how they are, what was promised.

CREATE TABLE visits (
    id TEXT NOT NULL CONSTRAINT visits_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT visits_station REFERENCES records (id),
    area_id TEXT CONSTRAINT visits_area REFERENCES records (id),
    community_id TEXT CONSTRAINT visits_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT visits_worker REFERENCES records (id),
    household_id TEXT NOT NULL CONSTRAINT visits_household_id REFERENCES records (id),
    person_id TEXT NOT NULL CONSTRAINT visits_person_id REFERENCES records (id),
    kind TEXT NOT NULL CONSTRAINT visits_kind CHECK (kind IN ('home', 'phone')),
    visited_on DATE NOT NULL,
    minutes INTEGER NOT NULL CONSTRAINT visits_minutes CHECK (minutes >= 0),
    physical TEXT NOT NULL,
    psychological TEXT NOT NULL,
    social TEXT NOT NULL,
    follow_up TEXT,
    greeting_only BOOLEAN NOT NULL,
    CONSTRAINT visits_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX visits_current ON visits (id) WHERE known_until = 9223372036854775807;
CREATE INDEX visits_of_station ON visits (station_id, visited_on);
