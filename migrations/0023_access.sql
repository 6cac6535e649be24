-- Users, what they are granted, where they are signed in, and what keeps guessing slow.

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL CONSTRAINT users_name UNIQUE,
    display_name TEXT NOT NULL,
    worker_id TEXT CONSTRAINT users_worker REFERENCES records (id),
    password TEXT,
    second BLOB,
    second_set BOOLEAN NOT NULL,
    second_step BIGINT NOT NULL,
    recovery TEXT NOT NULL,
    failures INTEGER NOT NULL,
    locked_until BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    disabled_at BIGINT
);

CREATE TABLE grants (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL CONSTRAINT grants_user REFERENCES users (id),
    role TEXT NOT NULL,
    reach TEXT NOT NULL CONSTRAINT grants_reach CHECK (reach IN ('city', 'district', 'street', 'station', 'area', 'community')),
    district TEXT,
    street TEXT,
    station_id TEXT CONSTRAINT grants_station REFERENCES records (id),
    place_id TEXT CONSTRAINT grants_place REFERENCES records (id),
    from_on DATE NOT NULL,
    to_on DATE,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    CONSTRAINT grants_to_on_after_from_on CHECK (to_on >= from_on),
    CONSTRAINT grants_district CHECK (reach NOT IN ('district', 'street') OR district IS NOT NULL),
    CONSTRAINT grants_street CHECK (reach <> 'street' OR street IS NOT NULL),
    CONSTRAINT grants_place_given CHECK (reach NOT IN ('station', 'area', 'community') OR station_id IS NOT NULL AND place_id IS NOT NULL)
);
CREATE INDEX grants_of_user ON grants (user_id);

-- The id is the SHA-256 of the cookie's value, which is stored nowhere.
CREATE TABLE logins (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL CONSTRAINT logins_user REFERENCES users (id),
    complete BOOLEAN NOT NULL,
    made_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ended_at BIGINT,
    address TEXT NOT NULL,
    agent TEXT NOT NULL
);
CREATE INDEX logins_of_user ON logins (user_id, made_at);

CREATE TABLE invitations (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL CONSTRAINT invitations_user REFERENCES users (id),
    until BIGINT NOT NULL,
    used_at BIGINT
);

CREATE TABLE sign_in_failures (
    id TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX sign_in_failures_of_address ON sign_in_failures (address, at);

-- A form sent twice writes once: the second is led to where the first was.
CREATE TABLE submissions (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    location TEXT NOT NULL,
    at BIGINT NOT NULL
);
