//! Which columns each exported kind has, in order, and what they hold.

use Type::{Day, Float, Int, List, Struct, Text, Truth};

/// A column or a field of a struct; every one may be null.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) holds: Type,
}

/// What a column holds.
#[derive(Debug)]
pub(crate) enum Type {
    Text,
    Int,
    Float,
    Truth,
    /// A calendar day.
    Day,
    List(&'static Type),
    Struct(&'static [Column]),
}

/// The columns of a kind; `coded` is a whole document's records in one row.
pub(crate) fn columns_of(kind: &str) -> &'static [Column] {
    match kind {
        "documents" => DOCUMENT,
        "events" => EVENT,
        "statements" => STATEMENT,
        "figures" => FIGURE,
        "roles" => ROLE,
        "commitments" => COMMITMENT_ENTRY,
        "disputes" => DISPUTE,
        "stories" => STORY,
        "relations" => RELATION,
        "register" => REGISTER,
        "coded" => CODED,
        other => unreachable!("no kind `{other}`"),
    }
}

macro_rules! columns {
    ($(#[$meta:meta])* $name:ident: $($column:literal $holds:expr),+ $(,)?) => {
        $(#[$meta])*
        const $name: &[Column] = &[$(Column { name: $column, holds: $holds }),+];
    };
}

/// A place in the text: `[start, end]`, in code points.
const EXTENT: Type = List(&Int);
const TEXTS: Type = List(&Text);

columns! { INTERVAL: "start" Day, "end" Day, "grain" Text }
columns! { PLACE: "name" Text, "country" Text, "lat" Float, "lon" Float }
columns! {
    PARTY: "text" Text, "span" EXTENT, "name" Text, "code" Text, "sector" Text, "person" Text, "role" Text,
}
columns! {
    ORIGINAL: "file" Text, "member" Text, "offset" Int, "length" Int, "digest" Text,
}
columns! {
    FOUND: "title" Text, "date" Text, "author" Text, "source" Text, "url" Text, "language" Text,
}
columns! {
    DOCUMENT: "id" Text, "date" Day, "title" Text, "url" Text, "source" Text, "author" Text, "language" Text,
    "words" Int, "origin" Text, "text_sha256" Text, "coder" Text, "original" Struct(ORIGINAL),
    "found" Struct(FOUND), "text" Text,
}
columns! {
    EVENT: "document" Text, "id" Text, "type" Text, "mode" Text, "contexts" TEXTS, "actors" List(&Struct(PARTY)),
    "recipients" List(&Struct(PARTY)), "date" Struct(INTERVAL), "place" Struct(PLACE), "status" Text,
    "statement" Text, "intensity" Float, "quad" Text, "cameo" Text, "confidence" Float, "sentence" EXTENT,
    "trigger" EXTENT, "entry" Text,
}
columns! {
    STATEMENT: "document" Text, "id" Text, "speaker" Struct(PARTY), "cue" EXTENT, "content" EXTENT, "quoted" Truth,
    "mood" Text,
}
columns! {
    COMMITMENT: "id" Text, "title" Text, "kind" Text, "parties" TEXTS, "beneficiary" Text, "sectors" TEXTS,
    "stage" Text, "due" Struct(INTERVAL), "date" Struct(INTERVAL), "figures" TEXTS, "statement" Text,
    "evidence" EXTENT,
}
columns! {
    FIGURE: "document" Text, "id" Text, "value" Float, "high" Float, "unit" Text, "qualifier" Text, "counts" Text,
    "span" EXTENT, "statement" Text,
}
columns! {
    ROLE: "document" Text, "person" Text, "role" Text, "of" Text, "to" Text, "body" Text, "since" Day,
    "span" EXTENT,
}
columns! {
    STAGE: "stage" Text, "date" Struct(INTERVAL), "document" Text, "evidence" EXTENT, "statement" Text,
}
columns! {
    COMMITMENT_ENTRY: "id" Text, "title" Text, "kind" Text, "parties" TEXTS, "sectors" TEXTS, "current" Text,
    "due" Struct(INTERVAL), "overdue" Truth, "silent_since" Day, "stages" List(&Struct(STAGE)),
}
columns! { EVIDENCE: "document" Text, "span" EXTENT }
columns! {
    POSITION: "value" Float, "assertion" Text, "unit" Text, "documents" TEXTS, "evidence" List(&Struct(EVIDENCE)),
    "statements" TEXTS,
}
columns! { DISPUTE: "id" Text, "about" Text, "positions" List(&Struct(POSITION)) }
columns! { STORY_DOCUMENT: "id" Text, "reprint_of" Text, "copied" List(&EXTENT) }
columns! { STORY: "id" Text, "first_date" Day, "documents" List(&Struct(STORY_DOCUMENT)) }
columns! {
    RELATION: "a" Text, "b" Text, "month" Text, "type" Text, "quad" Text, "status" Text, "count" Int,
    "intensity_sum" Float,
}
columns! {
    CITATION: "published" Day, "document" Text, "span" EXTENT, "words" Text, "person" Text,
}
columns! { CONFLICT: "kind" Text, "with" Text, "says" Text }
columns! {
    REGISTER: "id" Text, "person" Text, "variants" TEXTS, "role" Text, "of" Text, "to" Text, "bodies" TEXTS,
    "since" Day, "first_seen" Day, "last_seen" Day, "conflicts" List(&Struct(CONFLICT)),
    "citations" List(&Struct(CITATION)),
}
columns! {
    /// Here the records' own `document` stays null: the row is the document.
    CODED: "id" Text, "date" Day, "language" Text, "events" List(&Struct(EVENT)),
    "statements" List(&Struct(STATEMENT)), "commitments" List(&Struct(COMMITMENT)),
    "figures" List(&Struct(FIGURE)), "roles" List(&Struct(ROLE)),
}
