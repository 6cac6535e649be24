-- What social workers and administrative workers of a community did together.

CREATE TABLE joint_works (
    id TEXT NOT NULL CONSTRAINT joint_works_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT joint_works_station REFERENCES records (id),
    area_id TEXT CONSTRAINT joint_works_area REFERENCES records (id),
    community_id TEXT CONSTRAINT joint_works_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT joint_works_worker REFERENCES records (id),
    done_on DATE NOT NULL,
    kind TEXT NOT NULL CONSTRAINT joint_works_kind
        CHECK (kind IN ('joint_visit', 'referral', 'case_meeting', 'joint_activity', 'training')),
    what TEXT NOT NULL,
    administrative_workers INTEGER NOT NULL CONSTRAINT joint_works_administrative_workers CHECK (administrative_workers >= 0),
    households_visited INTEGER NOT NULL CONSTRAINT joint_works_households_visited CHECK (households_visited >= 0),
    CONSTRAINT joint_works_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX joint_works_current ON joint_works (id) WHERE known_until = 9223372036854775807;
CREATE INDEX joint_works_of_station ON joint_works (station_id, done_on);
