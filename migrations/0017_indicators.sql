-- The targets of a contract, each with its counting rule frozen at signing; completion, pace and forecast.

CREATE TABLE indicator_targets (
    id TEXT NOT NULL CONSTRAINT indicator_targets_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT indicator_targets_station REFERENCES records (id),
    area_id TEXT CONSTRAINT indicator_targets_area REFERENCES records (id),
    community_id TEXT CONSTRAINT indicator_targets_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT indicator_targets_worker REFERENCES records (id),
    contract_id TEXT NOT NULL CONSTRAINT indicator_targets_contract_id REFERENCES records (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    target INTEGER NOT NULL CONSTRAINT indicator_targets_target CHECK (target >= 0),
    heading TEXT NOT NULL,
    position INTEGER NOT NULL,
    rule TEXT NOT NULL,
    CONSTRAINT indicator_targets_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX indicator_targets_current ON indicator_targets (id) WHERE known_until = 9223372036854775807;
CREATE INDEX indicator_targets_of_station ON indicator_targets (station_id);
