CREATE TABLE ballot (
    entry TEXT NOT NULL,      -- also the id of the ballot
    place TEXT NOT NULL,
    book TEXT NOT NULL,       -- the meeting
    question TEXT NOT NULL,
    method TEXT NOT NULL,     -- hands, consensus, score, dots, pairs
    secrecy TEXT NOT NULL,    -- open, secret
    options TEXT NOT NULL,    -- a line each
    most BIGINT NOT NULL,     -- highest score, or dots of a voice
    undone TEXT,              -- the reversal
    PRIMARY KEY (place, book, entry)
);

CREATE TABLE ballot_vote (
    entry TEXT NOT NULL,      -- cast, counted by hand, or out of the box
    part BIGINT NOT NULL,     -- of a count
    ballot TEXT NOT NULL,
    voice TEXT,               -- of an open vote
    marks TEXT NOT NULL,      -- one for each option
    heads BIGINT NOT NULL,    -- how many votes with these marks
    undone TEXT,
    PRIMARY KEY (ballot, entry, part)
);

CREATE TABLE ballot_spent (
    entry TEXT NOT NULL,
    ballot TEXT NOT NULL,
    voice TEXT NOT NULL,      -- has voted, for whatever
    undone TEXT,
    PRIMARY KEY (ballot, voice, entry)
);

CREATE TABLE ballot_note (
    entry TEXT NOT NULL,
    ballot TEXT NOT NULL,
    element TEXT,             -- of a reservation; null: a count or the closing
    text TEXT NOT NULL,
    kind TEXT NOT NULL,       -- reservation, count, closing
    undone TEXT,
    PRIMARY KEY (ballot, entry)
);
