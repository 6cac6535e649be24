-- What a visit says beyond the three texts: where and when, whom, how things stand, risk, what was explained, with whom it
-- was made; what was promised with its day; what happened to a household, stays in hospital, warnings of bad weather;
-- what was raised at once and with whom. Nothing of earlier visits changes.

ALTER TABLE visits ADD COLUMN started_at TEXT;
ALTER TABLE visits ADD COLUMN place TEXT;
ALTER TABLE visits ADD COLUMN met TEXT;
ALTER TABLE visits ADD COLUMN physical_state TEXT;
ALTER TABLE visits ADD COLUMN psychological_state TEXT;
ALTER TABLE visits ADD COLUMN social_state TEXT;
ALTER TABLE visits ADD COLUMN seen TEXT;
ALTER TABLE visits ADD COLUMN explained TEXT;
ALTER TABLE visits ADD COLUMN risk TEXT;
ALTER TABLE visits ADD COLUMN risk_kinds TEXT;
ALTER TABLE visits ADD COLUMN joint_work_id TEXT CONSTRAINT visits_joint_work_id REFERENCES records (id);
CREATE INDEX visits_by_household ON visits (household_id, kind, visited_on);
CREATE INDEX visits_of_joint_work ON visits (joint_work_id);

CREATE TABLE follow_ups (
    id TEXT NOT NULL CONSTRAINT follow_ups_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT follow_ups_station REFERENCES records (id),
    area_id TEXT CONSTRAINT follow_ups_area REFERENCES records (id),
    community_id TEXT CONSTRAINT follow_ups_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT follow_ups_worker REFERENCES records (id),
    household_id TEXT NOT NULL CONSTRAINT follow_ups_household_id REFERENCES records (id),
    person_id TEXT NOT NULL CONSTRAINT follow_ups_person_id REFERENCES records (id),
    visit_id TEXT CONSTRAINT follow_ups_visit_id REFERENCES records (id),
    what TEXT NOT NULL,
    due_on DATE NOT NULL,
    state TEXT NOT NULL CONSTRAINT follow_ups_state CHECK (state IN ('open', 'doing', 'done', 'dropped')),
    settled_on DATE,
    outcome TEXT,
    CONSTRAINT follow_ups_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX follow_ups_current ON follow_ups (id) WHERE known_until = 9223372036854775807;
CREATE INDEX follow_ups_of_household ON follow_ups (household_id);
CREATE INDEX follow_ups_by_due ON follow_ups (station_id, due_on);
CREATE INDEX follow_ups_of_visit ON follow_ups (visit_id);

CREATE TABLE major_events (
    id TEXT NOT NULL CONSTRAINT major_events_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT major_events_station REFERENCES records (id),
    area_id TEXT CONSTRAINT major_events_area REFERENCES records (id),
    community_id TEXT CONSTRAINT major_events_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT major_events_worker REFERENCES records (id),
    household_id TEXT NOT NULL CONSTRAINT major_events_household_id REFERENCES records (id),
    person_id TEXT NOT NULL CONSTRAINT major_events_person_id REFERENCES records (id),
    kind TEXT NOT NULL CONSTRAINT major_events_kind CHECK (kind IN ('bereavement', 'illness', 'injury', 'disaster', 'harm', 'livelihood', 'dispute', 'other')),
    what TEXT NOT NULL,
    happened_on DATE NOT NULL,
    known_on DATE NOT NULL,
    CONSTRAINT major_events_known_on_after_happened_on CHECK (known_on >= happened_on),
    CONSTRAINT major_events_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX major_events_current ON major_events (id) WHERE known_until = 9223372036854775807;
CREATE INDEX major_events_of_household ON major_events (household_id);
CREATE INDEX major_events_of_station ON major_events (station_id, known_on);

CREATE TABLE hospital_stays (
    id TEXT NOT NULL CONSTRAINT hospital_stays_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT hospital_stays_station REFERENCES records (id),
    area_id TEXT CONSTRAINT hospital_stays_area REFERENCES records (id),
    community_id TEXT CONSTRAINT hospital_stays_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT hospital_stays_worker REFERENCES records (id),
    household_id TEXT NOT NULL CONSTRAINT hospital_stays_household_id REFERENCES records (id),
    person_id TEXT NOT NULL CONSTRAINT hospital_stays_person_id REFERENCES records (id),
    hospital TEXT NOT NULL,
    cause TEXT NOT NULL,
    admitted_on DATE NOT NULL,
    discharged_on DATE,
    CONSTRAINT hospital_stays_discharged_on_after_admitted_on CHECK (discharged_on >= admitted_on),
    CONSTRAINT hospital_stays_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX hospital_stays_current ON hospital_stays (id) WHERE known_until = 9223372036854775807;
CREATE INDEX hospital_stays_of_household ON hospital_stays (household_id);
CREATE INDEX hospital_stays_of_station ON hospital_stays (station_id, admitted_on);

CREATE TABLE weather_warnings (
    id TEXT NOT NULL CONSTRAINT weather_warnings_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT weather_warnings_station REFERENCES records (id),
    area_id TEXT CONSTRAINT weather_warnings_area REFERENCES records (id),
    community_id TEXT CONSTRAINT weather_warnings_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT weather_warnings_worker REFERENCES records (id),
    kind TEXT NOT NULL CONSTRAINT weather_warnings_kind CHECK (kind IN ('heat', 'cold', 'rain', 'typhoon', 'other')),
    what TEXT NOT NULL,
    issued_on DATE NOT NULL,
    lifted_on DATE,
    CONSTRAINT weather_warnings_lifted_on_after_issued_on CHECK (lifted_on >= issued_on),
    CONSTRAINT weather_warnings_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX weather_warnings_current ON weather_warnings (id) WHERE known_until = 9223372036854775807;
CREATE INDEX weather_warnings_of_station ON weather_warnings (station_id, issued_on);

CREATE TABLE escalations (
    id TEXT NOT NULL CONSTRAINT escalations_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT escalations_station REFERENCES records (id),
    area_id TEXT CONSTRAINT escalations_area REFERENCES records (id),
    community_id TEXT CONSTRAINT escalations_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT escalations_worker REFERENCES records (id),
    household_id TEXT NOT NULL CONSTRAINT escalations_household_id REFERENCES records (id),
    person_id TEXT NOT NULL CONSTRAINT escalations_person_id REFERENCES records (id),
    visit_id TEXT CONSTRAINT escalations_visit_id REFERENCES records (id),
    kind TEXT NOT NULL CONSTRAINT escalations_kind CHECK (kind IN ('high_risk', 'minor_harm')),
    what TEXT NOT NULL,
    raised_on DATE NOT NULL,
    told TEXT NOT NULL,
    reported_to TEXT,
    handled_on DATE,
    handled TEXT,
    CONSTRAINT escalations_handled_on_after_raised_on CHECK (handled_on >= raised_on),
    CONSTRAINT escalations_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX escalations_current ON escalations (id) WHERE known_until = 9223372036854775807;
CREATE INDEX escalations_of_household ON escalations (household_id);
CREATE INDEX escalations_of_station ON escalations (station_id, raised_on);
