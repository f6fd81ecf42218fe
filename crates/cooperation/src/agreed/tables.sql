CREATE TABLE agreed_text (
    place TEXT NOT NULL,
    book TEXT NOT NULL,
    paper TEXT NOT NULL,
    entry TEXT NOT NULL,
    name_id TEXT NOT NULL,
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    authentic TEXT NOT NULL, -- languages, with blanks between them
    versions TEXT NOT NULL,  -- entries that wrote the articles, with blanks between them
    sha256 TEXT NOT NULL,    -- of the canonical rendering, 64 hexadecimal digits
    parties TEXT NOT NULL,   -- those that sign, with blanks between them
    at BIGINT NOT NULL,      -- microseconds since 1970, by the writer's clock
    undone TEXT,
    PRIMARY KEY (place, book, paper, entry)
);

CREATE TABLE agreed_signature (
    place TEXT NOT NULL,
    book TEXT NOT NULL,
    paper TEXT NOT NULL,
    entry TEXT NOT NULL,
    frozen TEXT NOT NULL,    -- the entry that froze the text
    sha256 TEXT NOT NULL,    -- what was signed
    party TEXT NOT NULL,
    at BIGINT NOT NULL,      -- microseconds since 1970, by the writer's clock
    actor TEXT NOT NULL,
    undone TEXT,
    PRIMARY KEY (place, book, paper, entry)
);
