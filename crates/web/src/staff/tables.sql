-- Every row is keyed by the entry that it follows from, so that entries may come in any order.

CREATE TABLE staff_account (
    entry  TEXT NOT NULL PRIMARY KEY,
    staff  TEXT NOT NULL,
    handle TEXT NOT NULL,
    lang   TEXT NOT NULL,
    opened BIGINT NOT NULL -- instant
);
CREATE INDEX staff_account_staff ON staff_account (staff);
CREATE INDEX staff_account_handle ON staff_account (handle);

CREATE TABLE staff_grant (
    entry   TEXT NOT NULL PRIMARY KEY,
    staff   TEXT NOT NULL,
    role    TEXT NOT NULL,
    place   TEXT NOT NULL,
    book    TEXT,           -- null: every book of the place
    granted BIGINT NOT NULL -- instant
);
CREATE INDEX staff_grant_staff ON staff_grant (staff);

CREATE TABLE staff_revoked (
    entry   TEXT NOT NULL PRIMARY KEY,
    granted TEXT NOT NULL -- the entry that granted the role
);
CREATE INDEX staff_revoked_granted ON staff_revoked (granted);

CREATE TABLE staff_closed (
    entry TEXT NOT NULL PRIMARY KEY,
    staff TEXT NOT NULL
);
CREATE INDEX staff_closed_staff ON staff_closed (staff);
