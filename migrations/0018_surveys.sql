-- The satisfaction survey: whom it drew, who was reached, and the answers, kept apart from identities.

CREATE TABLE sampled_persons (
    id TEXT NOT NULL CONSTRAINT sampled_persons_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT sampled_persons_station REFERENCES records (id),
    area_id TEXT CONSTRAINT sampled_persons_area REFERENCES records (id),
    community_id TEXT CONSTRAINT sampled_persons_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT sampled_persons_worker REFERENCES records (id),
    person_id TEXT NOT NULL CONSTRAINT sampled_persons_person_id REFERENCES records (id),
    round TEXT NOT NULL,
    called_on DATE NOT NULL,
    attempts INTEGER NOT NULL CONSTRAINT sampled_persons_attempts CHECK (attempts >= 0),
    outcome TEXT NOT NULL CONSTRAINT sampled_persons_outcome CHECK (outcome IN ('answered', 'unreached', 'refused')),
    CONSTRAINT sampled_persons_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX sampled_persons_current ON sampled_persons (id) WHERE known_until = 9223372036854775807;
CREATE INDEX sampled_persons_of_station ON sampled_persons (station_id, round);

CREATE TABLE survey_answers (
    id TEXT NOT NULL CONSTRAINT survey_answers_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT survey_answers_station REFERENCES records (id),
    area_id TEXT CONSTRAINT survey_answers_area REFERENCES records (id),
    community_id TEXT CONSTRAINT survey_answers_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT survey_answers_worker REFERENCES records (id),
    round TEXT NOT NULL,
    answered_on DATE NOT NULL,
    problem_solved INTEGER NOT NULL CONSTRAINT survey_answers_problem_solved CHECK (problem_solved >= 0),
    abilities INTEGER NOT NULL CONSTRAINT survey_answers_abilities CHECK (abilities >= 0),
    support_network INTEGER NOT NULL CONSTRAINT survey_answers_support_network CHECK (support_network >= 0),
    points INTEGER NOT NULL CONSTRAINT survey_answers_points CHECK (points >= 0),
    points_possible INTEGER NOT NULL CONSTRAINT survey_answers_points_possible CHECK (points_possible >= 0),
    wants_more_care BOOLEAN NOT NULL,
    CONSTRAINT survey_answers_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX survey_answers_current ON survey_answers (id) WHERE known_until = 9223372036854775807;
CREATE INDEX survey_answers_of_station ON survey_answers (station_id, round);
