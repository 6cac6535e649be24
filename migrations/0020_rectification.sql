-- What became of an earlier round's suggestions.

CREATE TABLE rectifications (
    id TEXT NOT NULL CONSTRAINT rectifications_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT rectifications_station REFERENCES records (id),
    area_id TEXT CONSTRAINT rectifications_area REFERENCES records (id),
    community_id TEXT CONSTRAINT rectifications_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT rectifications_worker REFERENCES records (id),
    round TEXT NOT NULL,
    code TEXT NOT NULL,
    section TEXT NOT NULL,
    area_code TEXT,
    concern TEXT NOT NULL,
    action TEXT NOT NULL,
    status TEXT NOT NULL CONSTRAINT rectifications_status CHECK (status IN ('open', 'partly', 'done')),
    proof TEXT NOT NULL,
    CONSTRAINT rectifications_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX rectifications_current ON rectifications (id) WHERE known_until = 9223372036854775807;
CREATE INDEX rectifications_of_station ON rectifications (station_id, round);
