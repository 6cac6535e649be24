-- What the panel does on site: agenda, checklist, interviews, observations, and who confirms the record of a day.
CREATE TABLE site_notes (
    id TEXT NOT NULL CONSTRAINT site_notes_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT site_notes_station REFERENCES records (id),
    area_id TEXT CONSTRAINT site_notes_area REFERENCES records (id),
    community_id TEXT CONSTRAINT site_notes_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT site_notes_worker REFERENCES records (id),
    round TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT site_notes_kind CHECK (kind IN ('agenda', 'check', 'interview', 'observation', 'closing')),
    held_on DATE NOT NULL,
    hour TEXT,
    whom TEXT,
    words TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT site_notes_state CHECK (state IN ('open', 'done', 'differs')),
    CONSTRAINT site_notes_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX site_notes_current ON site_notes (id) WHERE known_until = 9223372036854775807;
CREATE INDEX site_notes_of_station ON site_notes (station_id, round);
