CREATE TABLE minutes_text (
    place TEXT NOT NULL,
    book TEXT NOT NULL,       -- the meeting
    entry TEXT NOT NULL,
    statement TEXT NOT NULL,
    position BIGINT NOT NULL,
    speaker TEXT NOT NULL,
    original TEXT NOT NULL,   -- id, ko, en
    lang TEXT NOT NULL,
    text TEXT NOT NULL,
    base TEXT NOT NULL,       -- the entries whose place it takes, with blanks between
    undone TEXT,              -- the reversal
    PRIMARY KEY (place, book, entry)
);

CREATE TABLE minutes_said (
    place TEXT NOT NULL,
    book TEXT NOT NULL,
    entry TEXT NOT NULL,
    what TEXT NOT NULL,       -- checked, frozen, approved
    version TEXT,             -- of what was checked: the entry of the text
    hash TEXT,                -- of what was frozen or approved
    approver TEXT,            -- party:…, group:…, office:…
    undone TEXT,
    PRIMARY KEY (place, book, entry)
);
