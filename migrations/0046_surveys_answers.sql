-- What people answered to a round's survey, apart from who they are. Only `evaluation/survey` and `evaluation/sample` read this.

-- The questionnaire word for word, bound when the frame is frozen; the close; when the old pages were wiped; the sums.
ALTER TABLE samples ADD COLUMN questionnaire TEXT;
ALTER TABLE samples ADD COLUMN closed_by TEXT;
ALTER TABLE samples ADD COLUMN closed_at BIGINT;
ALTER TABLE samples ADD COLUMN wiped_at BIGINT;
ALTER TABLE samples ADD COLUMN result TEXT;

-- What an interviewer notes of a call is sealed.
ALTER TABLE sample_calls DROP COLUMN note;
ALTER TABLE sample_calls ADD COLUMN note BLOB;

-- While the survey is open all answers of a round stand in one sealed value, in no order and without a person, written whole
-- at each answer: there is no row of an answer that a time, a place or a transaction could be told of. Closing takes it away.
CREATE TABLE survey_boxes (
    sample_id TEXT PRIMARY KEY CONSTRAINT survey_boxes_sample REFERENCES samples (id),
    content BLOB NOT NULL
);

-- A result that was wrong: what it was, what it became, and why.
CREATE TABLE sample_corrections (
    id TEXT PRIMARY KEY,
    sample_id TEXT NOT NULL CONSTRAINT sample_corrections_sample REFERENCES samples (id),
    drawn_id TEXT NOT NULL CONSTRAINT sample_corrections_drawn REFERENCES sample_drawn (id),
    was TEXT NOT NULL,
    became TEXT NOT NULL,
    reason BLOB NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE INDEX sample_corrections_of ON sample_corrections (sample_id);

-- Who wishes for more care and agreed that the station is told: by the person, without any answer.
CREATE TABLE survey_wishes (
    id TEXT PRIMARY KEY,
    station_id TEXT NOT NULL CONSTRAINT survey_wishes_station REFERENCES records (id),
    area_id TEXT CONSTRAINT survey_wishes_area REFERENCES records (id),
    community_id TEXT CONSTRAINT survey_wishes_community REFERENCES records (id),
    sample_id TEXT NOT NULL CONSTRAINT survey_wishes_sample REFERENCES samples (id),
    person_id TEXT NOT NULL CONSTRAINT survey_wishes_person REFERENCES records (id),
    wish BLOB,
    consented_on DATE NOT NULL,
    passed_on DATE,
    done BLOB,
    done_by TEXT,
    done_at BIGINT,
    CONSTRAINT survey_wishes_once UNIQUE (sample_id, person_id),
    CONSTRAINT survey_wishes_done CHECK ((done_at IS NULL) = (done_by IS NULL))
);
CREATE INDEX survey_wishes_of_station ON survey_wishes (station_id);
