-- Evaluation schemes as they were proposed and adopted: the whole text, so that a later change of a file moves nothing.

CREATE TABLE schemes (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    version TEXT NOT NULL,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    content TEXT NOT NULL,
    proposed_by TEXT NOT NULL CONSTRAINT schemes_proposed_by REFERENCES users (id),
    proposed_at BIGINT NOT NULL,
    adopted_by TEXT CONSTRAINT schemes_adopted_by REFERENCES users (id),
    adopted_at BIGINT,
    CONSTRAINT schemes_version UNIQUE (code, version),
    CONSTRAINT schemes_adopted CHECK ((adopted_by IS NULL) = (adopted_at IS NULL)),
    CONSTRAINT schemes_two_people CHECK (adopted_by <> proposed_by)
);
