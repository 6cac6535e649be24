-- Imports of the official roster: what was read of the file, sealed as a whole, and every record that applying its
-- differences wrote, with its version before and after, so that undoing sees what somebody changed since.

CREATE TABLE roster_imports (
    id TEXT PRIMARY KEY,
    station_id TEXT NOT NULL CONSTRAINT roster_imports_station REFERENCES records (id),
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    content BLOB NOT NULL,
    row_count INTEGER NOT NULL,
    faulty_count INTEGER NOT NULL,
    state TEXT NOT NULL CONSTRAINT roster_imports_state CHECK (state IN ('open', 'applied', 'undone'))
);
CREATE INDEX roster_imports_of_station ON roster_imports (station_id, made_at);

-- `version_before` is missing for a record that was entered; `sentence` stands once for each difference; `undone` is
-- missing until the import is undone, and then says whether this record was brought back.
CREATE TABLE roster_changes (
    id TEXT PRIMARY KEY,
    import_id TEXT NOT NULL CONSTRAINT roster_changes_import REFERENCES roster_imports (id),
    made_at BIGINT NOT NULL,
    difference TEXT NOT NULL,
    sentence BLOB,
    kind TEXT NOT NULL,
    record_id TEXT NOT NULL CONSTRAINT roster_changes_record REFERENCES records (id),
    version_before INTEGER,
    version_after INTEGER NOT NULL,
    undone BOOLEAN
);
CREATE INDEX roster_changes_of_import ON roster_changes (import_id, made_at);
