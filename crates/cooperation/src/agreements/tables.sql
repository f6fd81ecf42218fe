CREATE TABLE cooperation (
    place TEXT NOT NULL,   -- the region that keeps it
    book TEXT NOT NULL,
    kind TEXT NOT NULL,    -- sister, friendship, institution, other
    name_id TEXT NOT NULL,
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    day TEXT NOT NULL,     -- since when there is one
    source TEXT NOT NULL,
    entry TEXT NOT NULL,
    undone TEXT,           -- the reversal
    PRIMARY KEY (place, book)
);

CREATE TABLE cooperation_party (
    place TEXT NOT NULL,
    book TEXT NOT NULL,
    party TEXT NOT NULL,
    entry TEXT NOT NULL,   -- of several the latest holds
    part TEXT NOT NULL,    -- signatory, implementer, facilitator, village, researcher
    day TEXT NOT NULL,
    undone TEXT,
    PRIMARY KEY (place, book, party, entry)
);

CREATE TABLE instrument (
    place TEXT NOT NULL,
    book TEXT NOT NULL,
    id TEXT NOT NULL,
    entry TEXT NOT NULL,   -- of several the latest holds
    kind TEXT NOT NULL,    -- letter_of_intent, memorandum, …
    parent TEXT,
    name_id TEXT NOT NULL,
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    signed TEXT,           -- null: a draft
    until TEXT,            -- the last day on which it holds
    source TEXT NOT NULL,
    undone TEXT,
    PRIMARY KEY (place, book, id, entry)
);

-- When every party had signed the frozen text of a paper.
CREATE TABLE instrument_signed (
    place TEXT NOT NULL,
    book TEXT NOT NULL,
    id TEXT NOT NULL,
    entry TEXT NOT NULL,
    day TEXT NOT NULL,
    undone TEXT,
    PRIMARY KEY (place, book, id, entry)
);
