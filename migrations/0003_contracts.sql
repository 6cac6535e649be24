-- What was agreed: parties, period, funding, staff, and the categories of people to be served.

CREATE TABLE contracts (
    id TEXT NOT NULL CONSTRAINT contracts_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT contracts_station REFERENCES records (id),
    area_id TEXT CONSTRAINT contracts_area REFERENCES records (id),
    community_id TEXT CONSTRAINT contracts_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT contracts_worker REFERENCES records (id),
    code TEXT NOT NULL,
    operator TEXT NOT NULL,
    purchaser TEXT NOT NULL,
    supervisor TEXT NOT NULL,
    signed_on DATE NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    funding BIGINT NOT NULL,
    agreed_workers INTEGER NOT NULL CONSTRAINT contracts_agreed_workers CHECK (agreed_workers >= 0),
    agreed_certified INTEGER NOT NULL CONSTRAINT contracts_agreed_certified CHECK (agreed_certified >= 0),
    CONSTRAINT contracts_ends_on_after_starts_on CHECK (ends_on >= starts_on),
    CONSTRAINT contracts_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX contracts_current ON contracts (id) WHERE known_until = 9223372036854775807;
CREATE INDEX contracts_of_station ON contracts (station_id, signed_on);

CREATE TABLE contract_categories (
    id TEXT NOT NULL CONSTRAINT contract_categories_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT contract_categories_station REFERENCES records (id),
    area_id TEXT CONSTRAINT contract_categories_area REFERENCES records (id),
    community_id TEXT CONSTRAINT contract_categories_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT contract_categories_worker REFERENCES records (id),
    contract_id TEXT NOT NULL CONSTRAINT contract_categories_contract_id REFERENCES records (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    elder BOOLEAN NOT NULL,
    CONSTRAINT contract_categories_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX contract_categories_current ON contract_categories (id) WHERE known_until = 9223372036854775807;
CREATE INDEX contract_categories_of_station ON contract_categories (station_id);
