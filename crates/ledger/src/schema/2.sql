-- Version 2: which program and lexicon coded a document, so that a changed one codes it again; and the pairs of each
-- event, so that a relation opens its events without a walk through all parties.

ALTER TABLE documents ADD COLUMN coder TEXT;

CREATE TABLE event_pairs (
    event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
    a     TEXT NOT NULL,
    b     TEXT NOT NULL CHECK (a < b),
    day   TEXT,                     -- as in `events`
    PRIMARY KEY (event, a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_pairs_by_day ON event_pairs (a, b, day);
