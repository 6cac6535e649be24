-- What happened to a rectification item, step by step: rows are added and never changed.
CREATE TABLE rectification_steps (
    item_id TEXT NOT NULL CONSTRAINT rectification_steps_item REFERENCES records (id),
    number INTEGER NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT rectification_steps_station REFERENCES records (id),
    kind TEXT NOT NULL CONSTRAINT rectification_steps_kind
        CHECK (kind IN ('planned', 'claimed', 'verified', 'sent_back', 'reopened')),
    made_by TEXT CONSTRAINT rectification_steps_made_by REFERENCES users (id),
    made_at BIGINT NOT NULL,
    status TEXT,
    words TEXT NOT NULL,
    proof TEXT NOT NULL,
    comment TEXT NOT NULL,
    owner TEXT NOT NULL,
    due_on DATE,
    PRIMARY KEY (item_id, number)
);
CREATE INDEX rectification_steps_of_station ON rectification_steps (station_id, kind);

-- The last claim of each item and the last verification are still known; of a claim that was verified only that it came before.
INSERT INTO rectification_steps (item_id, number, station_id, kind, made_by, made_at, status, words, proof, comment, owner)
SELECT item_id, 1, station_id, 'claimed', claimed_by, COALESCE(claimed_at, verified_at), claimed, done, proof, comment, ''
FROM rectification_tasks WHERE claimed_at IS NOT NULL OR verified_at IS NOT NULL;

-- Whatever was sent back became open again.
INSERT INTO rectification_steps (item_id, number, station_id, kind, made_by, made_at, status, words, proof, comment, owner)
SELECT t.item_id, 2, t.station_id, CASE WHEN r.status = 'open' THEN 'sent_back' ELSE 'verified' END, t.verified_by,
    t.verified_at, CASE WHEN r.status = 'open' THEN NULL ELSE r.status END, t.opinion, '', '', ''
FROM rectification_tasks t JOIN rectifications r ON r.id = t.item_id AND r.known_until = 9223372036854775807
WHERE t.verified_at IS NOT NULL;
