CREATE TABLE party_leader (
    place TEXT NOT NULL,
    party TEXT NOT NULL,
    entry TEXT NOT NULL,
    name TEXT NOT NULL,
    office TEXT NOT NULL,
    since TEXT NOT NULL,
    source TEXT NOT NULL,
    undone TEXT,                     -- the reversal
    PRIMARY KEY (place, party, entry)
);

CREATE TABLE health_rules (
    place TEXT NOT NULL,
    day_from TEXT NOT NULL,          -- the first day that is judged by them
    entry TEXT NOT NULL,             -- of several of one day the latest holds
    silent_days BIGINT NOT NULL,     -- days
    start_days BIGINT NOT NULL,      -- days
    dynamic_percent BIGINT NOT NULL, -- percent
    visits_wanted BIGINT NOT NULL,   -- visits in two years
    weights TEXT NOT NULL,           -- weights of the signals, as JSON
    source TEXT NOT NULL,
    undone TEXT,
    PRIMARY KEY (place, day_from, entry)
);
