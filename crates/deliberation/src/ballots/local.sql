-- The box of secret ballots: how many votes with which marks, beside no voice and in no order. Closing copies it into a fact.

CREATE TABLE IF NOT EXISTS ballot_box (
    ballot TEXT NOT NULL,
    marks  TEXT NOT NULL,
    heads  BIGINT NOT NULL,
    PRIMARY KEY (ballot, marks)
);
