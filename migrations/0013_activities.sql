-- Community activities, large, small and regular, with their head-count and its basis.

CREATE TABLE activities (
    id TEXT NOT NULL CONSTRAINT activities_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT activities_station REFERENCES records (id),
    area_id TEXT CONSTRAINT activities_area REFERENCES records (id),
    community_id TEXT CONSTRAINT activities_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT activities_worker REFERENCES records (id),
    programme TEXT,
    name TEXT NOT NULL,
    size TEXT NOT NULL CONSTRAINT activities_size CHECK (size IN ('large', 'small', 'regular')),
    status TEXT NOT NULL CONSTRAINT activities_status CHECK (status IN ('planned', 'held', 'cancelled')),
    held_on DATE NOT NULL,
    place TEXT NOT NULL,
    attendances INTEGER NOT NULL CONSTRAINT activities_attendances CHECK (attendances >= 0),
    basis TEXT NOT NULL CONSTRAINT activities_basis CHECK (basis IN ('sign_in', 'counted', 'estimate')),
    summary TEXT NOT NULL,
    CONSTRAINT activities_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX activities_current ON activities (id) WHERE known_until = 9223372036854775807;
CREATE INDEX activities_of_station ON activities (station_id, held_on);
