-- Papers as they were issued: their files lie among the uploaded ones, by their hash.
CREATE TABLE issued_papers (
    id TEXT PRIMARY KEY,
    station_id TEXT NOT NULL CONSTRAINT issued_papers_station REFERENCES records (id),
    round TEXT NOT NULL,
    paper TEXT NOT NULL,
    seal TEXT NOT NULL,
    manifest_sha256 TEXT NOT NULL,
    issued_by TEXT NOT NULL CONSTRAINT issued_papers_by REFERENCES users (id),
    issued_at BIGINT NOT NULL,
    CONSTRAINT issued_papers_once UNIQUE (round, paper)
);
CREATE INDEX issued_papers_by_seal ON issued_papers (seal);

CREATE TABLE issued_files (
    paper_id TEXT NOT NULL CONSTRAINT issued_files_paper REFERENCES issued_papers (id),
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    PRIMARY KEY (paper_id, name)
);
