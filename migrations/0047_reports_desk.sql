-- The wording of a report as people changed it, the errors of its text that somebody accepted, and the text of each version
-- that was kept.

CREATE TABLE report_wordings (
    id TEXT NOT NULL CONSTRAINT report_wordings_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT report_wordings_station REFERENCES records (id),
    area_id TEXT CONSTRAINT report_wordings_area REFERENCES records (id),
    community_id TEXT CONSTRAINT report_wordings_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT report_wordings_worker REFERENCES records (id),
    round TEXT NOT NULL,
    passage TEXT NOT NULL,
    template TEXT NOT NULL,
    words TEXT NOT NULL,
    written_by TEXT NOT NULL,
    writer TEXT NOT NULL,
    CONSTRAINT report_wordings_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX report_wordings_current ON report_wordings (id) WHERE known_until = 9223372036854775807;
CREATE UNIQUE INDEX report_wordings_passage ON report_wordings (round, passage)
    WHERE known_until = 9223372036854775807 AND NOT voided;

CREATE TABLE accepted_errors (
    id TEXT NOT NULL CONSTRAINT accepted_errors_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT accepted_errors_station REFERENCES records (id),
    area_id TEXT CONSTRAINT accepted_errors_area REFERENCES records (id),
    community_id TEXT CONSTRAINT accepted_errors_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT accepted_errors_worker REFERENCES records (id),
    round TEXT NOT NULL,
    rule TEXT NOT NULL,
    message TEXT NOT NULL,
    reason TEXT NOT NULL,
    accepted_by TEXT NOT NULL,
    accepter TEXT NOT NULL,
    accepted_on DATE NOT NULL,
    CONSTRAINT accepted_errors_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX accepted_errors_current ON accepted_errors (id) WHERE known_until = 9223372036854775807;
CREATE INDEX accepted_errors_of_round ON accepted_errors (round);

-- The text of a report as it was sent, as it stood before the last step, and as it was issued. Written once, never changed.
CREATE TABLE report_versions (
    id TEXT PRIMARY KEY,
    station_id TEXT NOT NULL CONSTRAINT report_versions_station REFERENCES records (id),
    round TEXT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL CONSTRAINT report_versions_kind CHECK (kind IN ('draft', 'revised', 'final')),
    content TEXT NOT NULL,
    kept_by TEXT NOT NULL,
    keeper TEXT NOT NULL,
    kept_at BIGINT NOT NULL,
    CONSTRAINT report_versions_number UNIQUE (round, number)
);
