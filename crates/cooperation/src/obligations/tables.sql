CREATE TABLE obligation (
    place TEXT NOT NULL,   -- the region that keeps the cooperation
    book TEXT NOT NULL,
    id TEXT NOT NULL,
    entry TEXT NOT NULL,
    debtor TEXT NOT NULL,  -- the party that owes
    creditor TEXT NOT NULL,
    name_id TEXT NOT NULL,
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    paper TEXT,            -- the paper that says so
    article TEXT NOT NULL,
    due TEXT,              -- when it falls due the first time; null: no day is named
    every_months BIGINT,   -- months; null: once
    until TEXT,            -- the last day on which it can fall due
    shown_by TEXT NOT NULL,
    source TEXT NOT NULL,
    undone TEXT,           -- the reversal
    PRIMARY KEY (place, book, id, entry)
);

CREATE TABLE obligation_deed (
    place TEXT NOT NULL,
    book TEXT NOT NULL,
    obligation TEXT NOT NULL,
    entry TEXT NOT NULL,
    kind TEXT NOT NULL,    -- met, waiver_asked, waiver_consented
    nth BIGINT NOT NULL,   -- which time, counted from 1
    day TEXT NOT NULL,
    party TEXT,            -- who asked, who consented
    about TEXT,            -- the entry that shows it; of a consent, the one that asked
    note TEXT NOT NULL,    -- what shows it; of a request, its reason
    undone TEXT,
    PRIMARY KEY (place, book, obligation, entry)
);
