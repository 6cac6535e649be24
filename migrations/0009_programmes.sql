-- The programmes that records belong to: 暖心·安居, 助航, 星星点灯, 红·社先锋 and others.

CREATE TABLE programmes (
    id TEXT NOT NULL CONSTRAINT programmes_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT programmes_station REFERENCES records (id),
    area_id TEXT CONSTRAINT programmes_area REFERENCES records (id),
    community_id TEXT CONSTRAINT programmes_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT programmes_worker REFERENCES records (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    aim TEXT NOT NULL,
    started_on DATE NOT NULL,
    ended_on DATE,
    CONSTRAINT programmes_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX programmes_current ON programmes (id) WHERE known_until = 9223372036854775807;
CREATE INDEX programmes_of_station ON programmes (station_id, started_on);
