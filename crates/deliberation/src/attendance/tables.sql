CREATE TABLE attendance_count (
    place TEXT NOT NULL,
    book TEXT NOT NULL,       -- the meeting
    element TEXT NOT NULL,
    sex TEXT NOT NULL,        -- women, men, untold
    age TEXT NOT NULL,        -- untold, child, youth, adult, old
    disability TEXT NOT NULL, -- untold, without, with
    entry TEXT NOT NULL,      -- of several the latest holds
    heads BIGINT NOT NULL,
    undone TEXT,              -- the reversal
    PRIMARY KEY (place, book, element, sex, age, disability, entry)
);

CREATE TABLE attendance_person (
    place TEXT NOT NULL,
    book TEXT NOT NULL,
    entry TEXT NOT NULL,
    who TEXT NOT NULL,        -- person:…, household:…, group:…, party:…
    proxy_of TEXT,            -- whom they stand for beside themselves
    element TEXT NOT NULL,
    sex TEXT NOT NULL,
    age TEXT NOT NULL,
    disability TEXT NOT NULL,
    undone TEXT,
    PRIMARY KEY (place, book, entry)
);

CREATE TABLE attendance_entitled (
    place TEXT NOT NULL,
    book TEXT NOT NULL,
    entry TEXT NOT NULL,      -- of several the latest holds
    entitled BIGINT NOT NULL, -- heads
    reach TEXT,               -- more_than, at_least; null: no rule of its own
    parts BIGINT,
    whole BIGINT,
    proxies TEXT,             -- count, ignored
    undone TEXT,
    PRIMARY KEY (place, book, entry)
);

CREATE TABLE quorum_rule (
    place TEXT NOT NULL,
    kind TEXT NOT NULL,       -- the kind of meeting
    from_day TEXT NOT NULL,   -- from when on; of several the latest holds
    entry TEXT NOT NULL,
    reach TEXT NOT NULL,
    parts BIGINT NOT NULL,
    whole BIGINT NOT NULL,
    proxies TEXT NOT NULL,
    source TEXT NOT NULL,
    undone TEXT,
    PRIMARY KEY (place, kind, from_day, entry)
);
