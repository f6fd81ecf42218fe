CREATE TABLE meeting (
    place TEXT NOT NULL,    -- whose meeting it is
    book TEXT NOT NULL,
    entry TEXT NOT NULL,    -- of several the latest holds
    kind TEXT NOT NULL,     -- village, musrenbang, joint_committee, …
    name_id TEXT NOT NULL,
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    date TEXT NOT NULL,     -- a day, a month or a year
    starts TEXT,            -- 19:30, by the clock of zone
    zone TEXT NOT NULL,     -- jakarta, seoul
    venue TEXT NOT NULL,
    cooperation TEXT,       -- its book
    parties TEXT NOT NULL,  -- the ids of those invited, with blanks between
    elements TEXT NOT NULL, -- the same for elements of the community
    source TEXT NOT NULL,
    undone TEXT,            -- the reversal
    PRIMARY KEY (place, book, entry)
);

CREATE INDEX meeting_of_cooperation ON meeting (cooperation);

CREATE TABLE agenda_item (
    place TEXT NOT NULL,
    book TEXT NOT NULL,
    entry TEXT NOT NULL,
    position BIGINT NOT NULL, -- counted from 1
    name_id TEXT NOT NULL,
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    undone TEXT,
    PRIMARY KEY (place, book, entry)
);

CREATE TABLE meeting_ended (
    place TEXT NOT NULL,
    book TEXT NOT NULL,
    entry TEXT NOT NULL,   -- of several, and of calls, the latest holds
    outcome TEXT NOT NULL, -- held, cancelled, adjourned
    date TEXT NOT NULL,
    minutes BIGINT,        -- how long people sat
    reason TEXT NOT NULL,
    until TEXT,            -- the day to which it was adjourned
    undone TEXT,
    PRIMARY KEY (place, book, entry)
);
