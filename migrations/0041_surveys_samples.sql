-- The sample of a round's survey: seed, frame, who was drawn, and every attempt to reach them. Nothing of this is a record of
-- the station: only `evaluation/sample` reads it. What came of calling somebody becomes the record sampled_person.

-- One sample for each round. The seed is sealed; its SHA-256 is shown from the first day.
CREATE TABLE samples (
    id TEXT PRIMARY KEY,
    station_id TEXT NOT NULL CONSTRAINT samples_station REFERENCES records (id),
    round TEXT NOT NULL CONSTRAINT samples_once UNIQUE,
    commitment TEXT NOT NULL,
    seed BLOB NOT NULL,
    committed_by TEXT NOT NULL,
    committed_at BIGINT NOT NULL,
    strata_by TEXT,
    cut_off DATE,
    frame_digest TEXT,
    left_out TEXT,
    frozen_by TEXT,
    frozen_at BIGINT,
    wanted INTEGER,
    allocation TEXT,
    drawn_by TEXT,
    drawn_at BIGINT,
    published_by TEXT,
    published_at BIGINT,
    CONSTRAINT samples_frozen CHECK ((frozen_at IS NULL) = (frame_digest IS NULL)),
    CONSTRAINT samples_frozen_first CHECK (drawn_at IS NULL OR frozen_at IS NOT NULL),
    CONSTRAINT samples_drawn_first CHECK (published_at IS NULL OR drawn_at IS NOT NULL)
);
CREATE INDEX samples_of_station ON samples (station_id);

-- Everybody who can be drawn, under a pseudonym of this round.
CREATE TABLE sample_members (
    sample_id TEXT NOT NULL CONSTRAINT sample_members_sample REFERENCES samples (id),
    pseudonym TEXT NOT NULL,
    person_id TEXT NOT NULL CONSTRAINT sample_members_person REFERENCES records (id),
    stratum TEXT NOT NULL,
    guarded BOOLEAN NOT NULL,
    PRIMARY KEY (sample_id, pseudonym),
    CONSTRAINT sample_members_once UNIQUE (sample_id, person_id)
);

-- Who is called: those drawn in their order, then those in the place of others in the order in which it happened.
CREATE TABLE sample_drawn (
    id TEXT PRIMARY KEY,
    sample_id TEXT NOT NULL CONSTRAINT sample_drawn_sample REFERENCES samples (id),
    pseudonym TEXT NOT NULL,
    person_id TEXT NOT NULL CONSTRAINT sample_drawn_person REFERENCES records (id),
    stratum TEXT NOT NULL,
    guarded BOOLEAN NOT NULL,
    place INTEGER NOT NULL,
    replaces TEXT,
    outcome TEXT,
    closed_at BIGINT,
    CONSTRAINT sample_drawn_once UNIQUE (sample_id, pseudonym),
    CONSTRAINT sample_drawn_place UNIQUE (sample_id, place),
    CONSTRAINT sample_drawn_replaces UNIQUE (sample_id, replaces),
    CONSTRAINT sample_drawn_closed CHECK ((outcome IS NULL) = (closed_at IS NULL))
);

-- An attempt: begun by somebody, who sees the number meanwhile; then what came of it.
CREATE TABLE sample_calls (
    id TEXT PRIMARY KEY,
    sample_id TEXT NOT NULL CONSTRAINT sample_calls_sample REFERENCES samples (id),
    drawn_id TEXT NOT NULL CONSTRAINT sample_calls_drawn REFERENCES sample_drawn (id),
    begun_by TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    result TEXT,
    note TEXT NOT NULL,
    ended_at BIGINT,
    CONSTRAINT sample_calls_ended CHECK ((result IS NULL) = (ended_at IS NULL))
);
CREATE INDEX sample_calls_of ON sample_calls (sample_id);
