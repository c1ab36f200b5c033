-- Version 5: who copied from whom, and what happened, however many documents report it.

-- A sample of each text's shingles of words. `born` is the document's day in days since 1970, or 2^40 for none; `outlet`
-- a hash of its source's name. Kept by hand, since an index by document would be as large again.
CREATE TABLE fingerprints (
    hash     INTEGER NOT NULL,
    born     INTEGER NOT NULL,
    document INTEGER NOT NULL,
    outlet   INTEGER NOT NULL,
    PRIMARY KEY (hash, born, document)
) STRICT, WITHOUT ROWID;

-- Fingerprints that an outlet prints day after day.
CREATE TABLE standing (hash INTEGER PRIMARY KEY) STRICT;

CREATE TABLE copies (
    document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
    source   INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    words    INTEGER NOT NULL           -- that both have in the same place
) STRICT;
CREATE INDEX copies_by_source ON copies (source);

CREATE TABLE passages (
    document     INTEGER NOT NULL REFERENCES copies ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    copy_start   INTEGER NOT NULL,
    copy_end     INTEGER NOT NULL,
    source_start INTEGER NOT NULL,
    source_end   INTEGER NOT NULL,
    words        INTEGER NOT NULL,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;

-- Each event for each of its pairs (`b` is '' where there is one party only). Reports of one happening are of one
-- block: the same pair, type, status and direction, by a hash. `day` and `born` count days since 1970.
CREATE TABLE reports (
    block     INTEGER NOT NULL,
    day       INTEGER NOT NULL,
    born      INTEGER NOT NULL,
    id        TEXT NOT NULL,            -- of the event
    event     INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
    a         TEXT NOT NULL,
    b         TEXT NOT NULL,
    terms     BLOB NOT NULL,            -- what tells happenings apart: four bytes of a stem's hash, one of its weight
    happening INTEGER,                  -- the event that reports it first; never NULL outside a transaction
    PRIMARY KEY (block, day, born, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reports_by_event ON reports (event);
CREATE INDEX reports_by_happening ON reports (happening);

-- Counted by happening from now on; filled again by the program.
DELETE FROM relations;
