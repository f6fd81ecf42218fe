-- Names of hamlets and neighbourhoods, one row for each time that one was named; the latest holds.
CREATE TABLE place_name (
    village TEXT NOT NULL,
    place TEXT NOT NULL,
    entry TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (village, place, entry)
);
