-- Telephones on which somebody works without a signal, what they sent, and what waits for a person to accept it.

-- The token is the SHA-256 of the cookie's value, which is stored nowhere.
CREATE TABLE devices (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL CONSTRAINT devices_user REFERENCES users (id),
    name TEXT NOT NULL,
    token TEXT NOT NULL CONSTRAINT devices_token UNIQUE,
    made_at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ended_at BIGINT,
    ended_by TEXT,
    agent TEXT NOT NULL,
    CONSTRAINT devices_until_after_made_at CHECK (until > made_at)
);
CREATE INDEX devices_of_user ON devices (user_id, made_at);

-- What was taken from a device: an entry that comes again is answered as the first time and written no second time.
CREATE TABLE app_entries (
    id TEXT PRIMARY KEY,
    device_id TEXT NOT NULL CONSTRAINT app_entries_device REFERENCES devices (id),
    user_id TEXT NOT NULL CONSTRAINT app_entries_user REFERENCES users (id),
    household_id TEXT NOT NULL CONSTRAINT app_entries_household REFERENCES records (id),
    kind TEXT NOT NULL,
    record_id TEXT NOT NULL CONSTRAINT app_entries_record REFERENCES records (id),
    version INTEGER NOT NULL,
    digest TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX app_entries_of_device ON app_entries (device_id, at);

-- Entries of a device that is no longer trusted: the content is sealed with the data key, and written nowhere until
-- somebody accepts it.
CREATE TABLE app_quarantine (
    id TEXT PRIMARY KEY,
    device_id TEXT NOT NULL CONSTRAINT app_quarantine_device REFERENCES devices (id),
    user_id TEXT NOT NULL CONSTRAINT app_quarantine_user REFERENCES users (id),
    station_id TEXT NOT NULL CONSTRAINT app_quarantine_station REFERENCES records (id),
    area_id TEXT CONSTRAINT app_quarantine_area REFERENCES records (id),
    community_id TEXT CONSTRAINT app_quarantine_community REFERENCES records (id),
    household_id TEXT NOT NULL CONSTRAINT app_quarantine_household REFERENCES records (id),
    digest TEXT NOT NULL,
    size INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    address TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    state TEXT NOT NULL CONSTRAINT app_quarantine_state CHECK (state IN ('waiting', 'accepted', 'rejected')),
    decided_by TEXT CONSTRAINT app_quarantine_decided_by REFERENCES users (id),
    decided_at BIGINT,
    reason TEXT,
    CONSTRAINT app_quarantine_decided CHECK ((state = 'waiting') = (decided_at IS NULL))
);
CREATE INDEX app_quarantine_waiting ON app_quarantine (station_id, state, received_at);
CREATE INDEX app_quarantine_of_device ON app_quarantine (device_id, state);
