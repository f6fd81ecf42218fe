-- Versions of articles; which one is the newest of its language follows from what each replaces.
CREATE TABLE article_version (
    place TEXT NOT NULL,
    book TEXT NOT NULL,
    paper TEXT NOT NULL,
    entry TEXT NOT NULL,
    number BIGINT NOT NULL, -- 0: the preamble
    lang TEXT NOT NULL,     -- id, ko, en
    heading TEXT NOT NULL,
    text TEXT NOT NULL,
    base TEXT NOT NULL,     -- entries that it replaces, with blanks between them
    renders TEXT,           -- the entry in another language of which it is a translation
    at BIGINT NOT NULL,     -- microseconds since 1970, by the writer's clock
    actor TEXT NOT NULL,
    undone TEXT,
    PRIMARY KEY (place, book, paper, entry)
);

CREATE TABLE article_judgement (
    place TEXT NOT NULL,
    book TEXT NOT NULL,
    paper TEXT NOT NULL,
    entry TEXT NOT NULL,
    version TEXT NOT NULL,
    worth TEXT NOT NULL,    -- draft, checked, agreed
    at BIGINT NOT NULL,     -- microseconds since 1970, by the writer's clock
    actor TEXT NOT NULL,
    undone TEXT,
    PRIMARY KEY (place, book, paper, entry)
);

CREATE TABLE article_authentic (
    place TEXT NOT NULL,
    book TEXT NOT NULL,
    paper TEXT NOT NULL,
    entry TEXT NOT NULL,
    langs TEXT NOT NULL,    -- with blanks between them
    at BIGINT NOT NULL,     -- microseconds since 1970, by the writer's clock
    undone TEXT,
    PRIMARY KEY (place, book, paper, entry)
);
