-- Posts, media reports, recognitions and brochures.

CREATE TABLE publicity_posts (
    id TEXT NOT NULL CONSTRAINT publicity_posts_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT publicity_posts_station REFERENCES records (id),
    area_id TEXT CONSTRAINT publicity_posts_area REFERENCES records (id),
    community_id TEXT CONSTRAINT publicity_posts_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT publicity_posts_worker REFERENCES records (id),
    posted_on DATE NOT NULL,
    channel TEXT NOT NULL,
    title TEXT NOT NULL,
    views INTEGER NOT NULL CONSTRAINT publicity_posts_views CHECK (views >= 0),
    CONSTRAINT publicity_posts_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX publicity_posts_current ON publicity_posts (id) WHERE known_until = 9223372036854775807;
CREATE INDEX publicity_posts_of_station ON publicity_posts (station_id, posted_on);

CREATE TABLE media_reports (
    id TEXT NOT NULL CONSTRAINT media_reports_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT media_reports_station REFERENCES records (id),
    area_id TEXT CONSTRAINT media_reports_area REFERENCES records (id),
    community_id TEXT CONSTRAINT media_reports_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT media_reports_worker REFERENCES records (id),
    published_on DATE NOT NULL,
    medium TEXT NOT NULL,
    level TEXT NOT NULL CONSTRAINT media_reports_level CHECK (level IN ('city_or_above', 'district')),
    title TEXT NOT NULL,
    CONSTRAINT media_reports_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX media_reports_current ON media_reports (id) WHERE known_until = 9223372036854775807;
CREATE INDEX media_reports_of_station ON media_reports (station_id, published_on);

CREATE TABLE recognitions (
    id TEXT NOT NULL CONSTRAINT recognitions_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT recognitions_station REFERENCES records (id),
    area_id TEXT CONSTRAINT recognitions_area REFERENCES records (id),
    community_id TEXT CONSTRAINT recognitions_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT recognitions_worker REFERENCES records (id),
    received_on DATE NOT NULL,
    kind TEXT NOT NULL CONSTRAINT recognitions_kind CHECK (kind IN ('thank_you_letter', 'banner', 'commendation')),
    giver TEXT NOT NULL,
    CONSTRAINT recognitions_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX recognitions_current ON recognitions (id) WHERE known_until = 9223372036854775807;
CREATE INDEX recognitions_of_station ON recognitions (station_id, received_on);

CREATE TABLE brochure_rounds (
    id TEXT NOT NULL CONSTRAINT brochure_rounds_record REFERENCES records (id),
    version INTEGER NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    voided BOOLEAN NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT brochure_rounds_station REFERENCES records (id),
    area_id TEXT CONSTRAINT brochure_rounds_area REFERENCES records (id),
    community_id TEXT CONSTRAINT brochure_rounds_community REFERENCES records (id),
    worker_id TEXT CONSTRAINT brochure_rounds_worker REFERENCES records (id),
    given_on DATE NOT NULL,
    copies INTEGER NOT NULL CONSTRAINT brochure_rounds_copies CHECK (copies >= 0),
    topic TEXT NOT NULL,
    CONSTRAINT brochure_rounds_key PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX brochure_rounds_current ON brochure_rounds (id) WHERE known_until = 9223372036854775807;
CREATE INDEX brochure_rounds_of_station ON brochure_rounds (station_id, given_on);
