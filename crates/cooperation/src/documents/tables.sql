CREATE TABLE document (
    place TEXT NOT NULL,    -- the region that keeps the cooperation
    book TEXT NOT NULL,
    entry TEXT NOT NULL,
    about TEXT NOT NULL,    -- cooperation, paper:<id>, entry:<id>
    sha256 TEXT NOT NULL,
    size BIGINT NOT NULL,   -- bytes
    media TEXT NOT NULL,    -- media type by its bytes
    opens TEXT NOT NULL,    -- shown, saved
    name TEXT NOT NULL,     -- of the sender's file
    title TEXT NOT NULL,
    language TEXT,          -- id, ko, en
    pages BIGINT,
    at BIGINT NOT NULL,     -- when it was attached
    actor TEXT NOT NULL,    -- by whom
    undone TEXT,            -- the reversal
    PRIMARY KEY (place, book, entry)
);
