-- Opinions and complaints about the station's work, with what was answered.

CREATE TABLE opinions (
    id TEXT NOT NULL CONSTRAINT opinions_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT opinions_station REFERENCES records (id),
    area_id TEXT CONSTRAINT opinions_area REFERENCES records (id),
    community_id TEXT CONSTRAINT opinions_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT opinions_worker REFERENCES records (id),
    given_on DATE NOT NULL,
    channel TEXT NOT NULL CONSTRAINT opinions_channel CHECK (channel IN ('meeting', 'call', 'visit', 'complaint')),
    complaint BOOLEAN NOT NULL,
    content TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_on DATE,
    CONSTRAINT opinions_answered_on_after_given_on CHECK (answered_on >= given_on),
    CONSTRAINT opinions_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX opinions_current ON opinions (id) WHERE known_until = 9223372036854775807;
CREATE INDEX opinions_of_station ON opinions (station_id, given_on);
