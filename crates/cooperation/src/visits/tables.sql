CREATE TABLE visit (
    place TEXT NOT NULL,     -- the region that keeps the cooperation
    book TEXT NOT NULL,
    id TEXT NOT NULL,
    entry TEXT NOT NULL,
    kind TEXT NOT NULL,      -- visit, delegation, exchange, anniversary, training
    day_from TEXT NOT NULL,
    day_to TEXT NOT NULL,
    location TEXT NOT NULL,
    guest TEXT NOT NULL,     -- the party that came
    host TEXT NOT NULL,
    purpose_id TEXT NOT NULL,
    purpose_ko TEXT NOT NULL,
    purpose_en TEXT NOT NULL,
    outcome_id TEXT NOT NULL,
    outcome_ko TEXT NOT NULL,
    outcome_en TEXT NOT NULL,
    people BIGINT,           -- persons
    women BIGINT,            -- persons, of those
    source TEXT NOT NULL,
    undone TEXT,             -- the reversal
    PRIMARY KEY (place, book, id, entry)
);
