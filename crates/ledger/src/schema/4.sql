-- Version 4: reports of commitments linked to undertakings across documents, decisions of users on such links, and what
-- each figure is about.

-- One row for reports that cannot be told apart by what identifies an undertaking. AUTOINCREMENT: a number is never
-- given twice, so that what is known of it may be kept in memory.
CREATE TABLE undertakings (
    n         INTEGER PRIMARY KEY AUTOINCREMENT,
    signature TEXT NOT NULL UNIQUE, -- JSON: parties, title words, days, …
    entry     INTEGER NOT NULL DEFAULT 0 -- the same for all that are one undertaking in the world
) STRICT;
CREATE INDEX undertakings_by_entry ON undertakings (entry);

-- Two undertakings are compared only if they share a key.
CREATE TABLE undertaking_keys (
    key         TEXT NOT NULL,
    undertaking INTEGER NOT NULL REFERENCES undertakings ON DELETE CASCADE,
    PRIMARY KEY (key, undertaking)
) STRICT, WITHOUT ROWID;
CREATE INDEX undertaking_keys_by_undertaking ON undertaking_keys (undertaking);

-- Pairs that are alike enough to be one; `a` < `b`.
CREATE TABLE undertaking_links (
    a     INTEGER NOT NULL REFERENCES undertakings ON DELETE CASCADE,
    b     INTEGER NOT NULL REFERENCES undertakings ON DELETE CASCADE,
    score INTEGER NOT NULL,         -- thousandths
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX undertaking_links_by_b ON undertaking_links (b);

ALTER TABLE commitments_coded ADD COLUMN undertaking INTEGER REFERENCES undertakings;
CREATE INDEX commitments_by_undertaking ON commitments_coded (undertaking);

-- What users decided: that reports are one undertaking, or apart. A report is known by its document, place and words, not
-- by a row, so that the decision survives another coding.
CREATE TABLE link_decisions (
    n          INTEGER PRIMARY KEY AUTOINCREMENT,
    verdict    TEXT NOT NULL CHECK (verdict IN ('same', 'apart')),
    decided_by TEXT,
    decided_on TEXT NOT NULL,
    undone     INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE link_decision_reports (
    decision   INTEGER NOT NULL REFERENCES link_decisions ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    side       INTEGER NOT NULL,    -- 'apart': reports of different sides are not one undertaking
    document   TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end   INTEGER NOT NULL,
    words_sha256 TEXT NOT NULL,     -- of the evidence
    title      TEXT NOT NULL,
    PRIMARY KEY (decision, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_decision_reports_by_document ON link_decision_reports (document);

-- What a figure is about, for finding disputes.
CREATE TABLE figure_subjects (
    figure  INTEGER PRIMARY KEY REFERENCES figures ON DELETE CASCADE,
    subject TEXT NOT NULL           -- JSON
) STRICT;
CREATE INDEX undertakings_by_pin ON undertakings (json_extract(signature, '$.pinned'))
    WHERE json_extract(signature, '$.pinned') IS NOT NULL;
