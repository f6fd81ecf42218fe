CREATE TABLE proposal (
    entry TEXT NOT NULL,      -- also the id of the proposal
    place TEXT NOT NULL,
    lang TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    cost BIGINT,              -- rupiah
    element TEXT NOT NULL,    -- from which element of the community
    way TEXT NOT NULL,        -- own, paper
    undone TEXT,              -- the reversal
    PRIMARY KEY (entry)
);

CREATE INDEX proposal_of_place ON proposal (place);

CREATE TABLE proposal_note (
    entry TEXT NOT NULL,
    place TEXT NOT NULL,
    proposal TEXT NOT NULL,
    kind TEXT NOT NULL,       -- amendment, question, answer
    question TEXT,            -- that an answer answers
    lang TEXT NOT NULL,
    text TEXT NOT NULL,
    reasons TEXT NOT NULL,    -- of an amendment
    undone TEXT,
    PRIMARY KEY (entry)
);

CREATE INDEX note_of_proposal ON proposal_note (proposal);

CREATE TABLE proposal_support (
    entry TEXT NOT NULL,
    place TEXT NOT NULL,
    proposal TEXT NOT NULL,
    voice TEXT NOT NULL,      -- staff:…, hall:…; counts once
    undone TEXT,
    PRIMARY KEY (entry)
);

CREATE INDEX support_of_place ON proposal_support (place, proposal, voice);

CREATE TABLE proposal_step (
    entry TEXT NOT NULL,      -- of several the latest holds
    place TEXT NOT NULL,
    proposal TEXT NOT NULL,
    meeting TEXT,             -- null: withdrawn
    item TEXT,                -- of its agenda
    reason TEXT NOT NULL,     -- why it was withdrawn
    undone TEXT,
    PRIMARY KEY (entry)
);

CREATE INDEX step_of_place ON proposal_step (place);
