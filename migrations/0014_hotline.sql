-- Calls of the station's hotline and the ticket each of them needs.

CREATE TABLE calls (
    id TEXT NOT NULL CONSTRAINT calls_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT calls_station REFERENCES records (id),
    area_id TEXT CONSTRAINT calls_area REFERENCES records (id),
    community_id TEXT CONSTRAINT calls_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT calls_worker REFERENCES records (id),
    direction TEXT NOT NULL CONSTRAINT calls_direction CHECK (direction IN ('inbound', 'outbound')),
    called_on DATE NOT NULL,
    answered BOOLEAN NOT NULL,
    seconds INTEGER NOT NULL CONSTRAINT calls_seconds CHECK (seconds >= 0),
    CONSTRAINT calls_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX calls_current ON calls (id) WHERE known_until = 9223372036854775807;
CREATE INDEX calls_of_station ON calls (station_id, called_on);

CREATE TABLE tickets (
    id TEXT NOT NULL CONSTRAINT tickets_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT tickets_station REFERENCES records (id),
    area_id TEXT CONSTRAINT tickets_area REFERENCES records (id),
    community_id TEXT CONSTRAINT tickets_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT tickets_worker REFERENCES records (id),
    call_id TEXT NOT NULL CONSTRAINT tickets_call_id REFERENCES records (id),
    direction TEXT NOT NULL CONSTRAINT tickets_direction CHECK (direction IN ('inbound', 'outbound')),
    opened_on DATE NOT NULL,
    filled_on DATE,
    reason TEXT,
    action TEXT,
    CONSTRAINT tickets_filled_on_after_opened_on CHECK (filled_on >= opened_on),
    CONSTRAINT tickets_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX tickets_current ON tickets (id) WHERE known_until = 9223372036854775807;
CREATE INDEX tickets_of_station ON tickets (station_id, opened_on);
