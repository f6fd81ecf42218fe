-- No name, card number or telephone stands in any of these tables.

-- What was said of where a household lives, one row for each entry.
CREATE TABLE household_said (
    village TEXT NOT NULL,
    household TEXT NOT NULL,
    entry TEXT NOT NULL,
    what TEXT NOT NULL,  -- registered, moved, closed
    hamlet TEXT,
    rt TEXT,
    key TEXT,            -- of a registration
    day TEXT NOT NULL,
    PRIMARY KEY (village, household, entry)
);

-- A household as it is now: what follows from its rows above.
CREATE TABLE household (
    village TEXT NOT NULL,
    household TEXT NOT NULL,
    hamlet TEXT NOT NULL,
    rt TEXT,
    key TEXT NOT NULL,
    since TEXT NOT NULL, -- day
    closed TEXT,         -- day
    PRIMARY KEY (village, household)
);

-- How many households live in a hamlet, closed ones left out.
CREATE TABLE household_count (
    village TEXT NOT NULL,
    hamlet TEXT NOT NULL,
    households BIGINT NOT NULL, -- never 0: such a row is taken away
    PRIMARY KEY (village, hamlet)
);

-- Which sealed entries name a household; the latest holds.
CREATE TABLE household_name (
    village TEXT NOT NULL,
    household TEXT NOT NULL,
    entry TEXT NOT NULL,
    PRIMARY KEY (village, household, entry)
);
CREATE INDEX household_name_entry ON household_name (entry);

CREATE TABLE person (
    village TEXT NOT NULL,
    person TEXT NOT NULL,
    household TEXT,
    key TEXT NOT NULL,
    since TEXT NOT NULL, -- day
    entry TEXT NOT NULL,
    PRIMARY KEY (village, person)
);

-- Which sealed entries name a person; the latest holds.
CREATE TABLE person_name (
    village TEXT NOT NULL,
    person TEXT NOT NULL,
    entry TEXT NOT NULL,
    PRIMARY KEY (village, person, entry)
);
CREATE INDEX person_name_entry ON person_name (entry);
