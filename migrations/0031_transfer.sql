-- Workbooks that were sent in: what was read of each, sealed as a whole, and every record that importing it wrote, with
-- its version before and after, so that undoing sees what somebody changed since.

CREATE TABLE transfers (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    content BLOB NOT NULL,
    state TEXT NOT NULL CONSTRAINT transfers_state CHECK (state IN ('open', 'applied', 'undone'))
);
CREATE INDEX transfers_by ON transfers (made_by, made_at);

-- `version_before` is missing for a record that was entered; `undone` is missing until the import is undone, and then
-- says whether this record was brought back.
CREATE TABLE transfer_records (
    transfer_id TEXT NOT NULL CONSTRAINT transfer_records_transfer REFERENCES transfers (id),
    record_id TEXT NOT NULL CONSTRAINT transfer_records_record REFERENCES records (id),
    station_id TEXT NOT NULL,
    version_before INTEGER,
    version_after INTEGER NOT NULL,
    undone BOOLEAN,
    CONSTRAINT transfer_records_key PRIMARY KEY (transfer_id, record_id)
);
