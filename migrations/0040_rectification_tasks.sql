-- What a station plans and claims about a concern of an issued round, and who verified it. The record of the concern itself
-- (rectifications) says only what was verified.

CREATE TABLE rectification_tasks (
    item_id TEXT PRIMARY KEY CONSTRAINT rectification_tasks_item REFERENCES records (id),
    station_id TEXT NOT NULL CONSTRAINT rectification_tasks_station REFERENCES records (id),
    suggestion TEXT NOT NULL,
    owner TEXT NOT NULL,
    plan TEXT NOT NULL,
    due_on DATE,
    claimed TEXT,
    done TEXT NOT NULL,
    proof TEXT NOT NULL,
    comment TEXT NOT NULL,
    claimed_by TEXT CONSTRAINT rectification_tasks_claimed_by REFERENCES users (id),
    claimed_at BIGINT,
    verified_by TEXT CONSTRAINT rectification_tasks_verified_by REFERENCES users (id),
    verified_at BIGINT,
    opinion TEXT NOT NULL,
    reopened INTEGER NOT NULL,
    CONSTRAINT rectification_tasks_claim CHECK ((claimed IS NULL) = (claimed_at IS NULL)),
    CONSTRAINT rectification_tasks_two_people CHECK (verified_by <> claimed_by)
);
CREATE INDEX rectification_tasks_of_station ON rectification_tasks (station_id);
