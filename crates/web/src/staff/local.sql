-- Of this site alone: nothing here follows from a fact.

CREATE TABLE IF NOT EXISTS staff_password (
    staff   TEXT NOT NULL PRIMARY KEY,
    hash    TEXT NOT NULL,  -- argon2id, with its salt and its cost
    changed BIGINT NOT NULL -- instant
);

CREATE TABLE IF NOT EXISTS staff_session (
    token   TEXT NOT NULL PRIMARY KEY, -- SHA-256 of what the cookie holds
    staff   TEXT NOT NULL,
    created BIGINT NOT NULL, -- instant
    seen    BIGINT NOT NULL, -- instant, to ten minutes
    browser TEXT NOT NULL,
    address TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS staff_session_staff ON staff_session (staff);

CREATE TABLE IF NOT EXISTS staff_attempt (
    who      TEXT NOT NULL PRIMARY KEY, -- an address, a browser, the hash of a handle: some type their password there
    failures BIGINT NOT NULL,
    latest   BIGINT NOT NULL -- instant
);

CREATE TABLE IF NOT EXISTS staff_browser (
    token TEXT NOT NULL, -- SHA-256 of what the cookie holds
    staff TEXT NOT NULL,
    since BIGINT NOT NULL, -- instant
    PRIMARY KEY (token, staff)
);
