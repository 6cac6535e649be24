-- What experts note at an item before the panel's findings are written; and what the parties say to the draft.

CREATE TABLE finding_drafts (
    id TEXT PRIMARY KEY,
    station_id TEXT NOT NULL CONSTRAINT finding_drafts_station REFERENCES records (id),
    round TEXT NOT NULL,
    seat_id TEXT NOT NULL CONSTRAINT finding_drafts_seat REFERENCES seats (id),
    cell TEXT NOT NULL,
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    suggestion TEXT NOT NULL,
    evidence TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    taken_as TEXT
);
CREATE INDEX finding_drafts_of_round ON finding_drafts (round);

-- One answer of each party; it becomes a record of the round when the report is issued.
CREATE TABLE feedback_answers (
    round TEXT NOT NULL,
    party TEXT NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT feedback_answers_station REFERENCES records (id),
    answer TEXT NOT NULL,
    note TEXT NOT NULL,
    answered_by TEXT NOT NULL CONSTRAINT feedback_answers_by REFERENCES users (id),
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (round, party)
);

-- An objection, tied to a finding, an item or a passage; each is ruled on, with what was changed.
CREATE TABLE objections (
    id TEXT PRIMARY KEY,
    station_id TEXT NOT NULL CONSTRAINT objections_station REFERENCES records (id),
    round TEXT NOT NULL,
    party TEXT NOT NULL,
    about TEXT NOT NULL,
    about_code TEXT NOT NULL,
    words TEXT NOT NULL,
    raised_by TEXT NOT NULL CONSTRAINT objections_raised_by REFERENCES users (id),
    raised_at BIGINT NOT NULL,
    ruling TEXT,
    reason TEXT NOT NULL,
    change TEXT NOT NULL,
    ruled_by TEXT,
    ruled_at BIGINT,
    CONSTRAINT objections_ruled CHECK ((ruling IS NULL) = (ruled_at IS NULL)),
    CONSTRAINT objections_two_people CHECK (ruled_by <> raised_by)
);
CREATE INDEX objections_of_round ON objections (round);

-- Telephones and addresses of those who work at a station, as keyed hashes only: they are compared with those of experts.
CREATE TABLE worker_contacts (
    worker_id TEXT PRIMARY KEY CONSTRAINT worker_contacts_worker REFERENCES records (id),
    station_id TEXT NOT NULL CONSTRAINT worker_contacts_station REFERENCES records (id),
    phone_hash TEXT NOT NULL,
    address_hash TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX worker_contacts_of_station ON worker_contacts (station_id);
