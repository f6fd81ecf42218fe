-- What follows from the entries whatever their chapter: reversals, erasures, entries set aside, and the books.

CREATE TABLE reversal (
    target TEXT NOT NULL,  -- the entry that is taken back
    entry TEXT NOT NULL,   -- the reversal; of several the smallest counts
    day TEXT NOT NULL,     -- day of the books on which it counts
    reason TEXT NOT NULL,
    PRIMARY KEY (target, entry)
);

CREATE TABLE sealed (
    key TEXT NOT NULL,
    log BIGINT NOT NULL,
    idx BIGINT NOT NULL,
    PRIMARY KEY (key, log, idx)
);

CREATE TABLE erased (
    key TEXT NOT NULL PRIMARY KEY,
    entry TEXT NOT NULL    -- the order to erase
);

CREATE TABLE attached (
    sha256 TEXT NOT NULL,  -- an attachment, whether or not its file is here
    log BIGINT NOT NULL,   -- the entry that names it
    idx BIGINT NOT NULL,
    PRIMARY KEY (sha256, log, idx)
);

CREATE TABLE parked (
    log BIGINT NOT NULL,
    idx BIGINT NOT NULL,
    why TEXT NOT NULL,     -- kind: unknown to this version; body: not here or not to be opened
    kind TEXT NOT NULL,
    PRIMARY KEY (log, idx)
);

CREATE TABLE account (
    village TEXT NOT NULL,
    book TEXT NOT NULL,
    path TEXT NOT NULL,      -- cash, member/<id>, stock/<sort>
    unit TEXT NOT NULL,      -- IDR, KRW, USD (cents), g, pcs
    guard TEXT NOT NULL,     -- debit: never below zero by command; credit: never above; none
    balance BIGINT NOT NULL, -- debits less credits, in the unit
    PRIMARY KEY (village, book, path, unit)
);

-- One debit, one credit, one unit: the sum over all accounts of a unit is zero whatever rows are here.
CREATE TABLE transfer (
    village TEXT NOT NULL,
    book TEXT NOT NULL,
    entry TEXT NOT NULL,     -- the fact it follows from
    turn TEXT NOT NULL,      -- empty, or the reversal that takes it back
    n BIGINT NOT NULL,       -- within the entry
    day TEXT NOT NULL,       -- of the books
    debit TEXT NOT NULL,
    credit TEXT NOT NULL,
    unit TEXT NOT NULL,
    qty BIGINT NOT NULL CHECK (qty > 0),
    PRIMARY KEY (village, book, entry, turn, n),
    CHECK (debit <> credit)
);
CREATE INDEX transfer_cash_in ON transfer (village, book, day, entry) WHERE debit = 'cash';
CREATE INDEX transfer_cash_out ON transfer (village, book, day, entry) WHERE credit = 'cash';
