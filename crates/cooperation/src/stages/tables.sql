CREATE TABLE stage_done (
    place TEXT NOT NULL,    -- the region that keeps the cooperation
    book TEXT NOT NULL,
    track TEXT NOT NULL,    -- id, kr
    step TEXT NOT NULL,     -- its code in the procedure
    day TEXT NOT NULL,
    entry TEXT NOT NULL,
    paper TEXT NOT NULL,    -- the paper that shows it; empty where the step needs none
    document TEXT,          -- the document that is that paper
    skipped TEXT,           -- the reason for leaving it out
    undone TEXT,            -- the reversal
    PRIMARY KEY (place, book, track, step, day, entry)
);
