-- Where records are found by words: tokens separated by spaces, made by `db::search`, the same on both databases.
-- A full-text table over them follows each change; a backup holds `search_entries` alone.

CREATE TABLE search_entries (
    number     INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL,
    record_id  TEXT NOT NULL,
    station_id TEXT NOT NULL,
    terms      TEXT NOT NULL,
    CONSTRAINT search_entries_key UNIQUE (kind, record_id)
);

CREATE VIRTUAL TABLE search_terms USING fts5(
    terms, content = 'search_entries', content_rowid = 'number', tokenize = 'ascii', prefix = '2 3 4'
);

CREATE TRIGGER search_entries_added AFTER INSERT ON search_entries BEGIN
    INSERT INTO search_terms (rowid, terms) VALUES (new.number, new.terms);
END;

CREATE TRIGGER search_entries_changed AFTER UPDATE ON search_entries BEGIN
    INSERT INTO search_terms (search_terms, rowid, terms) VALUES ('delete', old.number, old.terms);
    INSERT INTO search_terms (rowid, terms) VALUES (new.number, new.terms);
END;

CREATE TRIGGER search_entries_removed AFTER DELETE ON search_entries BEGIN
    INSERT INTO search_terms (search_terms, rowid, terms) VALUES ('delete', old.number, old.terms);
END;
