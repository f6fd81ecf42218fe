-- Names of parties, one row for each time that one was named; the latest holds.
CREATE TABLE party (
    place TEXT NOT NULL,   -- the region whose list it is
    id TEXT NOT NULL,
    entry TEXT NOT NULL,
    kind TEXT NOT NULL,    -- region, foundation, village, …
    country TEXT NOT NULL, -- ISO 3166-1, two letters
    code TEXT NOT NULL,
    name_id TEXT NOT NULL,
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (place, id, entry)
);

-- Who may sign for a party; of several rows about one account the latest holds.
CREATE TABLE party_signer (
    place TEXT NOT NULL,
    party TEXT NOT NULL,
    staff TEXT NOT NULL,
    entry TEXT NOT NULL,
    at BIGINT NOT NULL,    -- microseconds since 1970, by the writer's clock
    signs BIGINT NOT NULL, -- 1: named, 0: dismissed
    undone TEXT,
    PRIMARY KEY (place, party, staff, entry)
);

-- Persons whom one reaches at a party. Their names lie in no table.
CREATE TABLE party_contact (
    place TEXT NOT NULL,
    party TEXT NOT NULL,
    contact TEXT NOT NULL,
    key TEXT NOT NULL,     -- the key that their name is sealed with
    entry TEXT NOT NULL,
    PRIMARY KEY (place, party, contact)
);

-- The entries that name them, sealed; the latest holds. Erasing takes them away.
CREATE TABLE party_contact_name (
    place TEXT NOT NULL,
    contact TEXT NOT NULL,
    entry TEXT NOT NULL,
    at BIGINT NOT NULL,    -- microseconds since 1970, by the writer's clock
    PRIMARY KEY (entry)
);

CREATE INDEX party_contact_name_by_contact ON party_contact_name (place, contact, at);
