-- Who may score a round, and what keeps somebody from it. Nothing of this is a record of the station: a score that is not
-- sealed, or a seat that is not cleared, must be found in no list, count, search or export.

-- The scheme of a round, as it was adopted: a later version changes nothing of it.
CREATE TABLE round_schemes (
    round TEXT PRIMARY KEY,
    scheme_id TEXT NOT NULL CONSTRAINT round_schemes_scheme REFERENCES schemes (id)
);

-- The register of experts. Telephone and address are kept as keyed hashes only, to be compared.
CREATE TABLE experts (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL CONSTRAINT experts_user REFERENCES users (id) CONSTRAINT experts_one_each UNIQUE,
    name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    qualification TEXT NOT NULL,
    skills TEXT NOT NULL,
    phone_hash TEXT NOT NULL,
    address_hash TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL
);

-- To whom an expert is tied, and how.
CREATE TABLE expert_ties (
    id TEXT PRIMARY KEY,
    expert_id TEXT NOT NULL CONSTRAINT expert_ties_expert REFERENCES experts (id),
    kind TEXT NOT NULL,
    organisation TEXT NOT NULL,
    detail TEXT NOT NULL,
    from_on DATE,
    until_on DATE,
    CONSTRAINT expert_ties_in_order CHECK (until_on >= from_on)
);
CREATE INDEX expert_ties_of ON expert_ties (expert_id);

-- A seat of a panel. It is open until it is cleared, and over once it has ended.
CREATE TABLE seats (
    id TEXT PRIMARY KEY,
    station_id TEXT NOT NULL CONSTRAINT seats_station REFERENCES records (id),
    round TEXT NOT NULL,
    expert_id TEXT NOT NULL CONSTRAINT seats_expert REFERENCES experts (id),
    user_id TEXT NOT NULL CONSTRAINT seats_user REFERENCES users (id),
    code TEXT NOT NULL,
    role TEXT NOT NULL,
    replaces TEXT CONSTRAINT seats_replaces REFERENCES seats (id),
    invited_by TEXT NOT NULL,
    invited_at BIGINT NOT NULL,
    undertaken_at BIGINT,
    declared_at BIGINT,
    cleared_at BIGINT,
    cleared_by TEXT,
    member_id TEXT,
    grant_id TEXT,
    ended_at BIGINT,
    ending TEXT,
    CONSTRAINT seats_code UNIQUE (round, code),
    CONSTRAINT seats_once UNIQUE (round, expert_id),
    CONSTRAINT seats_undertaken_first CHECK (declared_at IS NULL OR undertaken_at IS NOT NULL),
    CONSTRAINT seats_declared_first CHECK (cleared_at IS NULL OR declared_at IS NOT NULL),
    CONSTRAINT seats_ending CHECK ((ended_at IS NULL) = (ending IS NULL))
);
CREATE INDEX seats_of_user ON seats (user_id);
CREATE INDEX seats_of_station ON seats (station_id);

-- What speaks against somebody on a panel: declared, found in the data, or brought forward by the station; or against how
-- the panel works, which is about no seat. Each is ruled on.
CREATE TABLE challenges (
    id TEXT PRIMARY KEY,
    station_id TEXT NOT NULL CONSTRAINT challenges_station REFERENCES records (id),
    round TEXT NOT NULL,
    seat_id TEXT CONSTRAINT challenges_seat REFERENCES seats (id),
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    ground TEXT NOT NULL,
    raised_by TEXT NOT NULL,
    raised_at BIGINT NOT NULL,
    ruling TEXT,
    reason TEXT NOT NULL,
    ruled_by TEXT,
    ruled_at BIGINT,
    CONSTRAINT challenges_ruled CHECK ((ruling IS NULL) = (ruled_at IS NULL)),
    CONSTRAINT challenges_two_people CHECK (ruled_by <> raised_by)
);
CREATE INDEX challenges_of ON challenges (round);

-- What a station answers to each item of the scheme.
CREATE TABLE self_answers (
    round TEXT NOT NULL,
    item TEXT NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT self_answers_station REFERENCES records (id),
    answer TEXT NOT NULL,
    evidence TEXT NOT NULL,
    score BIGINT,
    changed_by TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (round, item)
);

-- A sheet of scores: an expert's or a party's, and after a discussion another one. Nobody but its owner reads it before
-- it is sealed, and nobody writes it afterwards.
CREATE TABLE score_sheets (
    id TEXT PRIMARY KEY,
    station_id TEXT NOT NULL CONSTRAINT score_sheets_station REFERENCES records (id),
    round TEXT NOT NULL,
    seat_id TEXT CONSTRAINT score_sheets_seat REFERENCES seats (id),
    party TEXT,
    turn INTEGER NOT NULL,
    opened_at BIGINT NOT NULL,
    sealed_at BIGINT,
    sealed_by TEXT,
    digest TEXT,
    CONSTRAINT score_sheets_of_seat UNIQUE (seat_id, turn),
    CONSTRAINT score_sheets_of_party UNIQUE (round, party, turn),
    CONSTRAINT score_sheets_owner CHECK ((seat_id IS NULL) <> (party IS NULL)),
    CONSTRAINT score_sheets_sealed CHECK ((sealed_at IS NULL) = (digest IS NULL))
);
CREATE INDEX score_sheets_of_round ON score_sheets (round);

-- What stands on a sheet, by item or item@area: the score in hundredths, what the rule measured, why the two differ.
CREATE TABLE score_entries (
    sheet_id TEXT NOT NULL CONSTRAINT score_entries_sheet REFERENCES score_sheets (id),
    cell TEXT NOT NULL,
    score BIGINT,
    measured BIGINT,
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    asked_again BOOLEAN NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (sheet_id, cell)
);

-- Deductions, bonuses and vetoes that were found in a round, each with its ground.
CREATE TABLE round_limits (
    id TEXT PRIMARY KEY,
    station_id TEXT NOT NULL CONSTRAINT round_limits_station REFERENCES records (id),
    round TEXT NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    times INTEGER NOT NULL,
    note TEXT NOT NULL,
    found_by TEXT NOT NULL,
    found_at BIGINT NOT NULL,
    CONSTRAINT round_limits_once UNIQUE (round, kind, code)
);
