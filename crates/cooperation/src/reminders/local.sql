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
