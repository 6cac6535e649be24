-- Partner organisations, community charity funds, their drives and income.

CREATE TABLE partners (
    id TEXT NOT NULL CONSTRAINT partners_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT partners_station REFERENCES records (id),
    area_id TEXT CONSTRAINT partners_area REFERENCES records (id),
    community_id TEXT CONSTRAINT partners_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT partners_worker REFERENCES records (id),
    name TEXT NOT NULL,
    tier TEXT NOT NULL CONSTRAINT partners_tier CHECK (tier IN ('core', 'regular', 'occasional')),
    joined_on DATE NOT NULL,
    left_on DATE,
    CONSTRAINT partners_left_on_after_joined_on CHECK (left_on >= joined_on),
    CONSTRAINT partners_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX partners_current ON partners (id) WHERE known_until = 9223372036854775807;
CREATE INDEX partners_of_station ON partners (station_id, joined_on);

CREATE TABLE community_funds (
    id TEXT NOT NULL CONSTRAINT community_funds_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT community_funds_station REFERENCES records (id),
    area_id TEXT CONSTRAINT community_funds_area REFERENCES records (id),
    community_id TEXT CONSTRAINT community_funds_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT community_funds_worker REFERENCES records (id),
    name TEXT NOT NULL,
    founded_on DATE NOT NULL,
    dissolved_on DATE,
    worker_on_committee BOOLEAN NOT NULL,
    CONSTRAINT community_funds_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX community_funds_current ON community_funds (id) WHERE known_until = 9223372036854775807;
CREATE INDEX community_funds_of_station ON community_funds (station_id, founded_on);

CREATE TABLE fund_drives (
    id TEXT NOT NULL CONSTRAINT fund_drives_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT fund_drives_station REFERENCES records (id),
    area_id TEXT CONSTRAINT fund_drives_area REFERENCES records (id),
    community_id TEXT CONSTRAINT fund_drives_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT fund_drives_worker REFERENCES records (id),
    fund_id TEXT NOT NULL CONSTRAINT fund_drives_fund_id REFERENCES records (id),
    name TEXT NOT NULL,
    held_on DATE NOT NULL,
    CONSTRAINT fund_drives_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX fund_drives_current ON fund_drives (id) WHERE known_until = 9223372036854775807;
CREATE INDEX fund_drives_of_station ON fund_drives (station_id, held_on);

CREATE TABLE fund_incomes (
    id TEXT NOT NULL CONSTRAINT fund_incomes_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT fund_incomes_station REFERENCES records (id),
    area_id TEXT CONSTRAINT fund_incomes_area REFERENCES records (id),
    community_id TEXT CONSTRAINT fund_incomes_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT fund_incomes_worker REFERENCES records (id),
    fund_id TEXT NOT NULL CONSTRAINT fund_incomes_fund_id REFERENCES records (id),
    received_on DATE NOT NULL,
    amount BIGINT NOT NULL,
    source TEXT NOT NULL,
    CONSTRAINT fund_incomes_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX fund_incomes_current ON fund_incomes (id) WHERE known_until = 9223372036854775807;
CREATE INDEX fund_incomes_of_station ON fund_incomes (station_id, received_on);
