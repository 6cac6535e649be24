-- Who signed an answer to the draft, by name; and that a party said nothing until the last day, which is told as such.
-- SQLite changes no constraint: the table is made anew. Nothing refers to it.
CREATE TABLE feedbacks_signed (
    id TEXT NOT NULL CONSTRAINT feedbacks_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT feedbacks_station REFERENCES records (id),
    area_id TEXT CONSTRAINT feedbacks_area REFERENCES records (id),
    community_id TEXT CONSTRAINT feedbacks_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT feedbacks_worker REFERENCES records (id),
    round TEXT NOT NULL,
    step TEXT NOT NULL CONSTRAINT feedbacks_step CHECK (step IN ('on_spot', 'draft')),
    party TEXT NOT NULL,
    answer TEXT NOT NULL CONSTRAINT feedbacks_answer CHECK (answer IN ('no_objection', 'objection', 'silent')),
    answered_on DATE NOT NULL,
    note TEXT NOT NULL,
    signer TEXT,
    CONSTRAINT feedbacks_key PRIMARY KEY (id, version)
);
INSERT INTO feedbacks_signed (id, version, known_from, known_until, voided, station_id, area_id, community_id, worker_id, round, step, party, answer, answered_on, note)
SELECT id, version, known_from, known_until, voided, station_id, area_id, community_id, worker_id, round, step, party, answer, answered_on, note FROM feedbacks;
DROP TABLE feedbacks;
ALTER TABLE feedbacks_signed RENAME TO feedbacks;
CREATE UNIQUE INDEX feedbacks_current ON feedbacks (id) WHERE known_until = 9223372036854775807;
CREATE INDEX feedbacks_of_station ON feedbacks (station_id, round);

-- What an objection is about as the draft had it: under which heading, and in which words.
ALTER TABLE objections ADD COLUMN about_place TEXT NOT NULL DEFAULT '';
ALTER TABLE objections ADD COLUMN about_text TEXT NOT NULL DEFAULT '';
