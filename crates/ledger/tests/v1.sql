-- Version 1. Offsets are code points of the document's text, half-open. `position` counts from 0 within the parent and
-- keeps the coder's order. Unknown is NULL.

CREATE TABLE documents (
    n           INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    date        TEXT,               -- day of publication
    title       TEXT,
    url         TEXT,
    source      TEXT,
    author      TEXT,
    language    TEXT NOT NULL,      -- as coded
    given_language TEXT,            -- as the source gave it
    words       INTEGER NOT NULL,
    origin      TEXT,               -- file and line that it was read from
    text_sha256 TEXT NOT NULL,      -- of the text in UTF-8
    fingerprint BLOB NOT NULL       -- SHA-256 of every field given
) STRICT;

-- Apart from `documents`, so that listing documents does not read their texts.
CREATE TABLE texts (
    document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
    text     TEXT NOT NULL
) STRICT;

CREATE VIEW searchable AS
    SELECT documents.n, documents.title, texts.text FROM documents JOIN texts ON texts.document = documents.n;

CREATE VIRTUAL TABLE search USING fts5 (
    title, text, content = 'searchable', content_rowid = 'n', tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE TABLE events (
    n             INTEGER PRIMARY KEY,
    document      INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    position      INTEGER NOT NULL,
    id            TEXT NOT NULL,
    day           TEXT,             -- first day of the event's date, else the day of publication
    type          TEXT NOT NULL,
    mode          TEXT,
    date_start    TEXT,
    date_end      TEXT,
    date_grain    TEXT,
    place_name    TEXT,
    place_country TEXT,
    place_lat     REAL,
    place_lon     REAL,
    status        TEXT NOT NULL,
    statement     TEXT,             -- id of the statement on whose word alone it rests
    intensity     REAL NOT NULL,
    quad          TEXT NOT NULL,
    cameo         TEXT NOT NULL,
    confidence    REAL NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence_end  INTEGER NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end   INTEGER NOT NULL,
    entry         TEXT NOT NULL     -- the lexicon entry that coded it
) STRICT;
CREATE INDEX events_by_document ON events (document, position);
CREATE INDEX events_by_id ON events (id);
CREATE INDEX events_by_day ON events (day, type);

CREATE TABLE event_parties (
    event    INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
    side     TEXT NOT NULL CHECK (side IN ('actor', 'recipient')),
    position INTEGER NOT NULL,
    text     TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    name     TEXT,
    code     TEXT,
    sector   TEXT,
    person   TEXT,
    role     TEXT,
    PRIMARY KEY (event, side, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_parties_by_code ON event_parties (code, side);

CREATE TABLE event_contexts (
    event    INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
    position INTEGER NOT NULL,
    context  TEXT NOT NULL,
    PRIMARY KEY (event, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE statements (
    n             INTEGER PRIMARY KEY,
    document      INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    position      INTEGER NOT NULL,
    id            TEXT NOT NULL,
    speaker_text  TEXT,             -- all speaker columns are NULL where the text names no speaker
    speaker_start INTEGER,
    speaker_end   INTEGER,
    speaker_name  TEXT,
    speaker_code  TEXT,
    speaker_sector TEXT,
    speaker_person TEXT,
    speaker_role  TEXT,
    cue_start     INTEGER,
    cue_end       INTEGER,
    content_start INTEGER NOT NULL,
    content_end   INTEGER NOT NULL,
    quoted        INTEGER NOT NULL, -- 1 where the content is in the speaker's own words
    mood          TEXT NOT NULL
) STRICT;
CREATE INDEX statements_by_document ON statements (document, position);
CREATE INDEX statements_by_speaker ON statements (speaker_code);

-- One row for each time that a document reports a commitment; what becomes of it across documents is linked later.
CREATE TABLE commitments_coded (
    n           INTEGER PRIMARY KEY,
    document    INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    id          TEXT NOT NULL,
    title       TEXT NOT NULL,
    kind        TEXT NOT NULL,
    beneficiary TEXT,
    sectors     TEXT NOT NULL,      -- JSON array
    stage       TEXT NOT NULL,
    due_start   TEXT,
    due_end     TEXT,
    due_grain   TEXT,
    date_start  TEXT,
    date_end    TEXT,
    date_grain  TEXT,
    figures     TEXT NOT NULL,      -- JSON array of ids
    statement   TEXT,
    evidence_start INTEGER NOT NULL,
    evidence_end INTEGER NOT NULL
) STRICT;
CREATE INDEX commitments_by_document ON commitments_coded (document, position);
CREATE INDEX commitments_by_id ON commitments_coded (id);

CREATE TABLE commitment_parties (
    commitment INTEGER NOT NULL REFERENCES commitments_coded ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    code       TEXT NOT NULL,
    PRIMARY KEY (commitment, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX commitment_parties_by_code ON commitment_parties (code);

CREATE TABLE figures (
    n          INTEGER PRIMARY KEY,
    document   INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    id         TEXT NOT NULL,
    value      REAL NOT NULL,
    high       REAL,
    unit       TEXT NOT NULL,
    qualifier  TEXT NOT NULL,
    counts     TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end   INTEGER NOT NULL,
    statement  TEXT
) STRICT;
CREATE INDEX figures_by_document ON figures (document, position);

CREATE TABLE roles (
    n          INTEGER PRIMARY KEY,
    document   INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    person     TEXT NOT NULL,
    role       TEXT NOT NULL,
    of_code    TEXT,                -- country or body that the office belongs to
    to_code    TEXT,                -- country or body that the holder is accredited to
    body       TEXT,
    since      TEXT,
    span_start INTEGER NOT NULL,
    span_end   INTEGER NOT NULL
) STRICT;
CREATE INDEX roles_by_document ON roles (document, position);
CREATE INDEX roles_by_person ON roles (person);

-- Kept current in the transaction that adds or replaces a document. Intensity is summed in thousandths, so that the
-- sum is exact and does not depend on the order of adding.
CREATE TABLE relations (
    a       TEXT NOT NULL,
    b       TEXT NOT NULL CHECK (a < b),
    month   TEXT,                   -- YYYY-MM; NULL where neither event nor document is dated
    type    TEXT NOT NULL,
    quad    TEXT NOT NULL,
    status  TEXT NOT NULL,
    count   INTEGER NOT NULL CHECK (count > 0),
    intensity_thousandths INTEGER NOT NULL,
    intensity_sum REAL GENERATED ALWAYS AS (intensity_thousandths / 1000.0) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX relations_key ON relations (a, b, ifnull(month, ''), type, quad, status);
