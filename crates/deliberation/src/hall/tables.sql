CREATE TABLE hall (
    entry TEXT NOT NULL,      -- of several the latest holds
    place TEXT NOT NULL,
    book TEXT NOT NULL,       -- the meeting
    admission TEXT,           -- free, slips; null: closed
    most BIGINT NOT NULL,     -- voices
    undone TEXT,              -- the reversal
    PRIMARY KEY (place, book, entry)
);

CREATE TABLE hall_slips (
    entry TEXT NOT NULL,
    place TEXT NOT NULL,
    book TEXT NOT NULL,
    first BIGINT NOT NULL,    -- number
    last BIGINT NOT NULL,     -- number
    undone TEXT,
    PRIMARY KEY (place, book, entry)
);

CREATE TABLE hall_voice (
    place TEXT NOT NULL,
    book TEXT NOT NULL,
    voice TEXT NOT NULL,      -- hall:…
    entry TEXT NOT NULL,
    slip BIGINT,              -- number
    element TEXT,
    undone TEXT,
    PRIMARY KEY (place, book, voice, entry)
);
