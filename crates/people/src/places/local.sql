-- The national list of places (Kemendagri), loaded from its official file. It follows from no fact: the file does.
CREATE TABLE IF NOT EXISTS region (
    code TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
);

-- From which file it was loaded; at most one row.
CREATE TABLE IF NOT EXISTS region_source (
    sha256 TEXT NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    rows BIGINT NOT NULL -- places in it
);
