-- Of this site alone: what opens a door is no fact.

CREATE TABLE IF NOT EXISTS hall_code (
    place  TEXT NOT NULL,
    book   TEXT NOT NULL,   -- the meeting
    number BIGINT NOT NULL, -- of the slip; 0: the code on the wall
    code   TEXT NOT NULL,
    PRIMARY KEY (place, book, number)
);
