-- The waste bank. Every key begins with the village; entry is the fact that a row follows from.

CREATE TABLE waste_bank (
    village TEXT NOT NULL,
    bank TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,      -- unit, main
    main TEXT,               -- the main bank that it sells to
    day TEXT NOT NULL,
    entry TEXT NOT NULL,
    undone TEXT,             -- the reversal
    PRIMARY KEY (village, bank)
);

CREATE TABLE waste_sort (
    village TEXT NOT NULL,
    bank TEXT NOT NULL,
    sort TEXT NOT NULL,
    entry TEXT NOT NULL,     -- of several the latest holds
    parent TEXT,
    name_id TEXT NOT NULL,
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    unit TEXT NOT NULL,      -- g, pcs
    carbon BIGINT,           -- grams of CO2 equivalent avoided for a kilogram
    carbon_source TEXT,
    destination TEXT NOT NULL,
    retired BIGINT NOT NULL, -- 1: no longer taken
    undone TEXT,
    PRIMARY KEY (village, bank, sort, entry)
);

CREATE TABLE waste_price (
    village TEXT NOT NULL,
    bank TEXT NOT NULL,
    side TEXT NOT NULL,      -- buying, selling
    from_day TEXT NOT NULL,
    entry TEXT NOT NULL,     -- of several lists for one day the latest holds
    sort TEXT NOT NULL,
    unit TEXT NOT NULL,      -- g: rupiah for a kilogram; pcs: rupiah for a piece
    rupiah BIGINT NOT NULL,
    undone TEXT,
    PRIMARY KEY (village, bank, side, from_day, entry, sort)
);

CREATE TABLE waste_share (
    village TEXT NOT NULL,
    bank TEXT NOT NULL,
    from_day TEXT NOT NULL,
    entry TEXT NOT NULL,
    sort TEXT,               -- null: for every sort without a share of its own
    share BIGINT NOT NULL,   -- basis points
    undone TEXT,
    PRIMARY KEY (village, bank, from_day, entry)
);

CREATE TABLE waste_rule (
    village TEXT NOT NULL,
    bank TEXT NOT NULL,
    from_day TEXT NOT NULL,
    entry TEXT NOT NULL,
    kept_min BIGINT NOT NULL,         -- rupiah
    first_after_days BIGINT NOT NULL, -- days after joining
    undone TEXT,
    PRIMARY KEY (village, bank, from_day, entry)
);

CREATE TABLE waste_member (
    village TEXT NOT NULL,
    bank TEXT NOT NULL,
    member TEXT NOT NULL,
    number BIGINT NOT NULL,
    holder_kind TEXT NOT NULL, -- household, person, group
    holder TEXT NOT NULL,
    day TEXT NOT NULL,
    opening BIGINT NOT NULL,   -- rupiah
    entry TEXT NOT NULL,
    undone TEXT,
    PRIMARY KEY (village, bank, member)
);
CREATE INDEX waste_member_number ON waste_member (village, bank, number);

CREATE TABLE waste_line (
    village TEXT NOT NULL,
    bank TEXT NOT NULL,
    day TEXT NOT NULL,
    entry TEXT NOT NULL,
    n BIGINT NOT NULL,
    member TEXT NOT NULL,
    sort TEXT NOT NULL,
    unit TEXT NOT NULL,
    qty BIGINT NOT NULL,     -- grams or pieces
    price BIGINT NOT NULL,   -- rupiah for a kilogram or a piece
    worth BIGINT NOT NULL,   -- rupiah
    share BIGINT NOT NULL,   -- rupiah, of the worth, kept by the managers
    undone TEXT,
    PRIMARY KEY (village, bank, day, entry, n)
);

-- What a savings book shows: one row for a fact, one more for its reversal.
CREATE TABLE waste_movement (
    village TEXT NOT NULL,
    bank TEXT NOT NULL,
    member TEXT NOT NULL,
    day TEXT NOT NULL,
    entry TEXT NOT NULL,
    turn TEXT NOT NULL,      -- empty, or the reversal
    kind TEXT NOT NULL,      -- joined, weighed_in, withdrawn, advanced
    amount BIGINT NOT NULL,  -- rupiah; what is saved goes up, what is taken out goes down
    owed BIGINT NOT NULL,    -- rupiah; change of the advance that is owed
    undone TEXT,
    PRIMARY KEY (village, bank, member, day, entry, turn)
);

-- Payouts to many: one row for each who was paid.
CREATE TABLE waste_payout (
    village TEXT NOT NULL,
    bank TEXT NOT NULL,
    payout TEXT NOT NULL,    -- the payout; its day where the fact does not tell payouts apart
    entry TEXT NOT NULL,
    day TEXT NOT NULL,
    member TEXT NOT NULL,
    amount BIGINT NOT NULL,  -- rupiah
    undone TEXT,
    PRIMARY KEY (village, bank, payout, entry)
);

CREATE TABLE waste_sale (
    village TEXT NOT NULL,
    bank TEXT NOT NULL,
    day TEXT NOT NULL,
    entry TEXT NOT NULL,
    n BIGINT NOT NULL,
    collector TEXT NOT NULL,
    sort TEXT NOT NULL,
    unit TEXT NOT NULL,
    qty BIGINT NOT NULL,     -- grams or pieces
    price BIGINT NOT NULL,   -- rupiah for a kilogram or a piece
    revenue BIGINT NOT NULL, -- rupiah
    shrunk BIGINT NOT NULL,  -- grams or pieces lost before the store was empty
    undone TEXT,
    PRIMARY KEY (village, bank, day, entry, n)
);

CREATE TABLE waste_cash_move (
    village TEXT NOT NULL,
    bank TEXT NOT NULL,
    entry TEXT NOT NULL,
    day TEXT NOT NULL,
    purpose TEXT NOT NULL,
    amount BIGINT NOT NULL,  -- rupiah
    note TEXT NOT NULL,
    undone TEXT,
    PRIMARY KEY (village, bank, entry)
);

CREATE TABLE waste_closing (
    village TEXT NOT NULL,
    bank TEXT NOT NULL,
    day TEXT NOT NULL,       -- the last day that is closed by it
    entry TEXT NOT NULL,
    kind TEXT NOT NULL,      -- day, month
    cash_book BIGINT NOT NULL,
    cash_counted BIGINT,     -- rupiah; null for a month
    owed BIGINT,             -- rupiah owed to members; null for a day
    undone TEXT,
    PRIMARY KEY (village, bank, day, entry)
);

-- Sums kept when a fact is written, so that a page is fast at any size.
CREATE TABLE waste_month (
    village TEXT NOT NULL,
    bank TEXT NOT NULL,
    sort TEXT NOT NULL,
    unit TEXT NOT NULL,
    ym BIGINT NOT NULL,
    qty_in BIGINT NOT NULL,   -- grams or pieces weighed in
    worth BIGINT NOT NULL,    -- rupiah
    share BIGINT NOT NULL,    -- rupiah
    qty_sold BIGINT NOT NULL, -- grams or pieces
    revenue BIGINT NOT NULL,  -- rupiah
    shrunk BIGINT NOT NULL,   -- grams or pieces
    PRIMARY KEY (village, bank, sort, unit, ym)
);

CREATE TABLE waste_member_month (
    village TEXT NOT NULL,
    bank TEXT NOT NULL,
    ym BIGINT NOT NULL,
    member TEXT NOT NULL,
    weigh_ins BIGINT NOT NULL,
    credited BIGINT NOT NULL, -- rupiah
    PRIMARY KEY (village, bank, ym, member)
);
