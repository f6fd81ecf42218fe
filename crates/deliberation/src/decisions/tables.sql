CREATE TABLE decision (
    place TEXT NOT NULL,
    book TEXT NOT NULL,      -- the meeting
    entry TEXT NOT NULL,     -- also the id of the decision
    item TEXT,               -- of the agenda
    text_id TEXT NOT NULL,
    text_ko TEXT NOT NULL,
    text_en TEXT NOT NULL,
    reasons TEXT NOT NULL,
    dissent TEXT NOT NULL,
    owner TEXT,              -- party:…, group:…, office:…
    due TEXT,
    instrument TEXT,         -- the paper that it carries out
    article TEXT NOT NULL,   -- by its number
    proposal TEXT,
    obligation TEXT,
    undone TEXT,             -- the reversal
    PRIMARY KEY (place, book, entry)
);

CREATE INDEX decision_of_paper ON decision (instrument);

CREATE TABLE follow_up (
    place TEXT NOT NULL,
    book TEXT NOT NULL,
    entry TEXT NOT NULL,     -- also the id of the follow-up
    decision TEXT NOT NULL,
    text_id TEXT NOT NULL,
    text_ko TEXT NOT NULL,
    text_en TEXT NOT NULL,
    owner TEXT NOT NULL,
    due TEXT NOT NULL,
    undone TEXT,
    PRIMARY KEY (place, book, entry)
);

CREATE TABLE follow_up_closed (
    place TEXT NOT NULL,
    book TEXT NOT NULL,
    follow_up TEXT NOT NULL,
    entry TEXT NOT NULL,     -- of several the first holds
    day TEXT NOT NULL,
    evidence TEXT NOT NULL,
    undone TEXT,
    PRIMARY KEY (place, book, follow_up, entry)
);
