-- A round of evaluation: its panel, days on site, scores, findings and feedback.

CREATE TABLE rounds (
    id TEXT NOT NULL CONSTRAINT rounds_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT rounds_station REFERENCES records (id),
    area_id TEXT CONSTRAINT rounds_area REFERENCES records (id),
    community_id TEXT CONSTRAINT rounds_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT rounds_worker REFERENCES records (id),
    code TEXT NOT NULL,
    contract_id TEXT NOT NULL CONSTRAINT rounds_contract_id REFERENCES records (id),
    kind TEXT NOT NULL CONSTRAINT rounds_kind CHECK (kind IN ('mid_term', 'final')),
    stage TEXT NOT NULL CONSTRAINT rounds_stage CHECK (stage IN ('preparing', 'self_review', 'on_site', 'drafting', 'feedback', 'issued')),
    scheme TEXT NOT NULL,
    previous TEXT,
    records_until DATE NOT NULL,
    evaluated_on DATE NOT NULL,
    known_at BIGINT NOT NULL,
    evaluator TEXT NOT NULL,
    supervision_centre TEXT NOT NULL,
    CONSTRAINT rounds_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX rounds_current ON rounds (id) WHERE known_until = 9223372036854775807;
CREATE INDEX rounds_of_station ON rounds (station_id, records_until);

CREATE TABLE panel_members (
    id TEXT NOT NULL CONSTRAINT panel_members_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT panel_members_station REFERENCES records (id),
    area_id TEXT CONSTRAINT panel_members_area REFERENCES records (id),
    community_id TEXT CONSTRAINT panel_members_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT panel_members_worker REFERENCES records (id),
    round TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    role TEXT NOT NULL CONSTRAINT panel_members_role CHECK (role IN ('expert', 'staff')),
    skill TEXT NOT NULL,
    CONSTRAINT panel_members_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX panel_members_current ON panel_members (id) WHERE known_until = 9223372036854775807;
CREATE INDEX panel_members_of_station ON panel_members (station_id, round);

CREATE TABLE on_site_days (
    id TEXT NOT NULL CONSTRAINT on_site_days_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT on_site_days_station REFERENCES records (id),
    area_id TEXT CONSTRAINT on_site_days_area REFERENCES records (id),
    community_id TEXT CONSTRAINT on_site_days_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT on_site_days_worker REFERENCES records (id),
    round TEXT NOT NULL,
    held_on DATE NOT NULL,
    CONSTRAINT on_site_days_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX on_site_days_current ON on_site_days (id) WHERE known_until = 9223372036854775807;
CREATE INDEX on_site_days_of_station ON on_site_days (station_id, round);

CREATE TABLE expert_scores (
    id TEXT NOT NULL CONSTRAINT expert_scores_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT expert_scores_station REFERENCES records (id),
    area_id TEXT CONSTRAINT expert_scores_area REFERENCES records (id),
    community_id TEXT CONSTRAINT expert_scores_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT expert_scores_worker REFERENCES records (id),
    round TEXT NOT NULL,
    expert TEXT NOT NULL,
    item TEXT NOT NULL,
    score BIGINT NOT NULL,
    sealed_on DATE NOT NULL,
    CONSTRAINT expert_scores_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX expert_scores_current ON expert_scores (id) WHERE known_until = 9223372036854775807;
CREATE INDEX expert_scores_of_station ON expert_scores (station_id, round);

CREATE TABLE party_scores (
    id TEXT NOT NULL CONSTRAINT party_scores_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT party_scores_station REFERENCES records (id),
    area_id TEXT CONSTRAINT party_scores_area REFERENCES records (id),
    community_id TEXT CONSTRAINT party_scores_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT party_scores_worker REFERENCES records (id),
    round TEXT NOT NULL,
    party TEXT NOT NULL,
    score BIGINT NOT NULL,
    sealed_on DATE NOT NULL,
    CONSTRAINT party_scores_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX party_scores_current ON party_scores (id) WHERE known_until = 9223372036854775807;
CREATE INDEX party_scores_of_station ON party_scores (station_id, round);

CREATE TABLE findings (
    id TEXT NOT NULL CONSTRAINT findings_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT findings_station REFERENCES records (id),
    area_id TEXT CONSTRAINT findings_area REFERENCES records (id),
    community_id TEXT CONSTRAINT findings_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT findings_worker REFERENCES records (id),
    round TEXT NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT findings_kind CHECK (kind IN ('strength', 'concern', 'recommendation')),
    section TEXT NOT NULL,
    area_code TEXT,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    suggestion TEXT,
    evidence TEXT NOT NULL,
    CONSTRAINT findings_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX findings_current ON findings (id) WHERE known_until = 9223372036854775807;
CREATE INDEX findings_of_station ON findings (station_id, round);

CREATE TABLE feedbacks (
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
    answer TEXT NOT NULL CONSTRAINT feedbacks_answer CHECK (answer IN ('no_objection', 'objection')),
    answered_on DATE NOT NULL,
    note TEXT NOT NULL,
    CONSTRAINT feedbacks_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX feedbacks_current ON feedbacks (id) WHERE known_until = 9223372036854775807;
CREATE INDEX feedbacks_of_station ON feedbacks (station_id, round);

CREATE TABLE past_figures (
    id TEXT NOT NULL CONSTRAINT past_figures_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT past_figures_station REFERENCES records (id),
    area_id TEXT CONSTRAINT past_figures_area REFERENCES records (id),
    community_id TEXT CONSTRAINT past_figures_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT past_figures_worker REFERENCES records (id),
    round TEXT NOT NULL,
    figure TEXT NOT NULL,
    value BIGINT NOT NULL,
    CONSTRAINT past_figures_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX past_figures_current ON past_figures (id) WHERE known_until = 9223372036854775807;
CREATE INDEX past_figures_of_station ON past_figures (station_id, round);
