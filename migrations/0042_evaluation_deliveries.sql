-- The way of a round's draft and final report: who handed it on to whom, who signed for it.
CREATE TABLE deliveries (
    round TEXT NOT NULL,
    paper TEXT NOT NULL,
    recipient TEXT NOT NULL,
    station_id TEXT NOT NULL CONSTRAINT deliveries_station REFERENCES records (id),
    sent_by TEXT NOT NULL CONSTRAINT deliveries_sent_by REFERENCES users (id),
    sent_at BIGINT NOT NULL,
    received_by TEXT CONSTRAINT deliveries_received_by REFERENCES users (id),
    received_at BIGINT,
    PRIMARY KEY (round, paper, recipient),
    CONSTRAINT deliveries_received CHECK ((received_by IS NULL) = (received_at IS NULL))
);
