-- Names of groups, one row for each time that one was named; the latest holds.
CREATE TABLE group_name (
    village TEXT NOT NULL,
    id TEXT NOT NULL,   -- the group
    entry TEXT NOT NULL,
    kind TEXT NOT NULL, -- school, farmers_group, …
    name TEXT NOT NULL,
    PRIMARY KEY (village, id, entry)
);
