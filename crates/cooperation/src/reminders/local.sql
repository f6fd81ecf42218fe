-- Of this site alone: nothing here follows from a fact.

CREATE TABLE IF NOT EXISTS calendar_link (
    token   TEXT NOT NULL PRIMARY KEY, -- the secret part of the address; what it opens is public
    id      TEXT NOT NULL,             -- names it on the page
    staff   TEXT NOT NULL,
    place   TEXT NOT NULL,             -- the region
    lang    TEXT NOT NULL,             -- id, ko, en: of what the calendar says
    created BIGINT NOT NULL            -- instant
);
CREATE INDEX IF NOT EXISTS calendar_link_staff ON calendar_link (staff, place);

CREATE TABLE IF NOT EXISTS mail_address (
    staff   TEXT NOT NULL,
    place   TEXT NOT NULL,  -- the region
    address TEXT NOT NULL,
    lang    TEXT NOT NULL,  -- id, ko, en: of the letters
    created BIGINT NOT NULL, -- instant
    PRIMARY KEY (staff, place)
);

CREATE TABLE IF NOT EXISTS mail_letter (
    id       TEXT NOT NULL PRIMARY KEY,
    staff    TEXT NOT NULL,
    place    TEXT NOT NULL,
    day      TEXT NOT NULL,
    address  TEXT NOT NULL,
    subject  TEXT NOT NULL,
    body     TEXT NOT NULL,
    made     BIGINT NOT NULL, -- instant
    sent     BIGINT,          -- instant; null: it waits
    attempts BIGINT NOT NULL,
    problem  TEXT NOT NULL,   -- what the server said last
    UNIQUE (staff, place, day)
);
