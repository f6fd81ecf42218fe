-- The ground state. Rows are appended and never changed, but for the size of a log and bodies that were erased.

CREATE TABLE IF NOT EXISTS log (
    n BIGINT NOT NULL PRIMARY KEY, -- number of the log on this site
    origin TEXT NOT NULL,          -- simpul/<scope>/<node>/<incarnation>
    vkey TEXT NOT NULL,            -- public key of its writer
    state TEXT NOT NULL,           -- open: this site writes it; ended: it did until a restore
    size BIGINT NOT NULL           -- entries
);

CREATE TABLE IF NOT EXISTS entry (
    log BIGINT NOT NULL,
    idx BIGINT NOT NULL,  -- place in the log, from 0
    id TEXT NOT NULL,
    header BLOB NOT NULL, -- the leaf, exactly as hashed
    PRIMARY KEY (log, idx)
);
CREATE UNIQUE INDEX IF NOT EXISTS entry_id ON entry (id);

CREATE TABLE IF NOT EXISTS body (
    log BIGINT NOT NULL,
    idx BIGINT NOT NULL,
    bytes BLOB NOT NULL,  -- salt and JSON, or nonce and sealed (salt and JSON)
    PRIMARY KEY (log, idx)
);

CREATE TABLE IF NOT EXISTS blob (
    sha256 TEXT NOT NULL PRIMARY KEY, -- the file is blobs/ab/cdef… in the folder of the site
    size BIGINT NOT NULL,             -- bytes
    media TEXT NOT NULL               -- media type by its bytes
);

CREATE TABLE IF NOT EXISTS tile (
    log BIGINT NOT NULL,
    level BIGINT NOT NULL, -- 1: 256 leaves, 2: 65,536
    n BIGINT NOT NULL,     -- from the left
    root BLOB NOT NULL,
    PRIMARY KEY (log, level, n)
);

CREATE TABLE IF NOT EXISTS checkpoint (
    log BIGINT NOT NULL,
    size BIGINT NOT NULL,
    note TEXT NOT NULL,    -- signed note
    PRIMARY KEY (log, size)
);

CREATE TABLE IF NOT EXISTS given_up (
    key TEXT NOT NULL PRIMARY KEY -- what it seals stays shut for ever: a restore without names left the key behind
);

CREATE TABLE IF NOT EXISTS backup (
    n BIGINT NOT NULL PRIMARY KEY, -- always 1
    at BIGINT NOT NULL             -- instant of the newest backup that was completed: what came later is not in it
);

CREATE TABLE IF NOT EXISTS chapter (
    name TEXT NOT NULL PRIMARY KEY,
    tables TEXT NOT NULL,  -- the text that made its derived tables, to know when it changed and what to drop
    version BIGINT NOT NULL,
    state TEXT NOT NULL    -- folded, or folding while a refold is under way
);
