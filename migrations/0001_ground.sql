-- The register of records, which every reference between records points to, and the audit chain.

CREATE TABLE records (
    id         TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,
    station_id TEXT NOT NULL
);

CREATE TABLE audit_log (
    station_id TEXT NOT NULL,
    seq        BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    actor      TEXT NOT NULL,
    verb       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    record_id  TEXT,
    records    BIGINT NOT NULL,
    digest     TEXT NOT NULL,
    reason     TEXT,
    mac        TEXT NOT NULL,
    CONSTRAINT audit_log_key PRIMARY KEY (station_id, seq)
);

CREATE TABLE audit_heads (
    station_id TEXT PRIMARY KEY,
    seq        BIGINT NOT NULL,
    mac        TEXT NOT NULL
);
