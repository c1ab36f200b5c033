//! Writing one document's rows; [`crate::read`] is its inverse.

use chancery_model::{Commitment, DateInterval, Event, Figure, FoundIn, Grain, Party, Role, Statement};
use rusqlite::{Transaction, params};

use crate::LedgerError;
use crate::add::{Entry, Hashes};
use crate::relations::pairs;

type Stored = Result<(), LedgerError>;

/// Writes a document, its text and all its records. Gives its row and the rows of its commitments.
pub(crate) fn insert_document(
    transaction: &Transaction,
    entry: &Entry,
    hashes: &Hashes,
    coder: &str,
) -> Result<(i64, Vec<i64>), LedgerError> {
    let (document, coded) = (entry.document, entry.coded);
    let words = document.text.split_whitespace().count() as i64;
    let date = document.date.map(|date| date.to_string());
    let original = document.original.as_ref();
    let found =
        (document.found != FoundIn::default()).then(|| serde_json::to_string(&document.found)).transpose()?;
    let mut insert = transaction.prepare_cached(
        "INSERT INTO documents (id, date, title, url, source, author, language, given_language, words, origin,
            text_sha256, fingerprint, coder, original_file, original_member, original_offset, original_length,
            original_digest, found)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
    )?;
    let n = insert.insert(params![
        document.id,
        date,
        document.title,
        document.url,
        document.source,
        document.author,
        coded.language,
        document.language,
        words,
        entry.origin,
        hashes.text,
        hashes.fingerprint,
        coder,
        original.map(|original| &original.file),
        original.and_then(|original| original.member.as_ref()),
        original.map(|original| original.offset as i64),
        original.map(|original| original.length as i64),
        original.map(|original| &original.digest),
        found,
    ])?;
    transaction
        .prepare_cached("INSERT INTO texts (document, text) VALUES (?1, ?2)")?
        .execute(params![n, document.text])?;
    transaction.prepare_cached("INSERT INTO search (rowid, title, text) VALUES (?1, ?2, ?3)")?.execute(params![
        n,
        document.title,
        document.text
    ])?;
    for (position, event) in coded.events.iter().enumerate() {
        insert_event(transaction, n, position, event, date.as_deref())?;
    }
    for (position, statement) in coded.statements.iter().enumerate() {
        insert_statement(transaction, n, position, statement)?;
    }
    let mut commitments = Vec::with_capacity(coded.commitments.len());
    for (position, commitment) in coded.commitments.iter().enumerate() {
        commitments.push(insert_commitment(transaction, n, position, commitment)?);
    }
    for (position, figure) in coded.figures.iter().enumerate() {
        insert_figure(transaction, n, position, figure)?;
    }
    for (position, role) in coded.roles.iter().enumerate() {
        insert_role(transaction, n, position, role)?;
    }
    crate::disputes::note_subjects(transaction, n, &document.text, coded)?;
    Ok((n, commitments))
}

/// Deletes a document with all its records; what is known across documents is the caller's to note before.
pub(crate) fn remove_document(transaction: &Transaction, n: i64) -> Stored {
    // The index has no copy of the text: it must be told what to forget while the text is still there.
    transaction
        .prepare_cached(
            "INSERT INTO search (search, rowid, title, text)
             SELECT 'delete', n, title, text FROM searchable WHERE n = ?1",
        )?
        .execute([n])?;
    transaction.prepare_cached("DELETE FROM documents WHERE n = ?1")?.execute([n])?;
    Ok(())
}

fn insert_event(
    transaction: &Transaction,
    document: i64,
    position: usize,
    event: &Event,
    published: Option<&str>,
) -> Stored {
    let date = Interval::of(event.date.as_ref());
    let day = date.start.as_deref().or(published);
    let place = event.place.as_ref();
    let mut insert = transaction.prepare_cached(
        "INSERT INTO events (document, position, id, day, type, mode, date_start, date_end, date_grain, place_name,
            place_country, place_lat, place_lon, status, statement, intensity, quad, cameo, confidence,
            sentence_start, sentence_end, trigger_start, trigger_end, entry)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
            ?23, ?24)",
    )?;
    let n = insert.insert(params![
        document,
        position as i64,
        event.id,
        day,
        event.kind.label(),
        event.mode.map(|mode| mode.label()),
        date.start,
        date.end,
        date.grain,
        place.map(|place| &place.name),
        place.and_then(|place| place.country.as_ref()),
        place.and_then(|place| place.lat),
        place.and_then(|place| place.lon),
        event.status.label(),
        event.statement,
        event.intensity,
        event.quad.label(),
        event.cameo,
        event.confidence,
        event.sentence.0,
        event.sentence.1,
        event.trigger.0,
        event.trigger.1,
        event.entry,
    ])?;
    insert_parties(transaction, n, "actor", &event.actors)?;
    insert_parties(transaction, n, "recipient", &event.recipients)?;
    for (position, context) in event.contexts.iter().enumerate() {
        transaction
            .prepare_cached("INSERT INTO event_contexts (event, position, context) VALUES (?1, ?2, ?3)")?
            .execute(params![n, position as i64, context.label()])?;
    }
    for (a, b) in pairs(event) {
        transaction
            .prepare_cached("INSERT INTO event_pairs (event, a, b, day) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![n, a, b, day])?;
    }
    Ok(())
}

fn insert_parties(transaction: &Transaction, event: i64, side: &str, parties: &[Party]) -> Stored {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO event_parties (event, side, position, text, span_start, span_end, name, code, sector, person, role)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    for (position, party) in parties.iter().enumerate() {
        insert.execute(params![
            event,
            side,
            position as i64,
            party.text,
            party.span.0,
            party.span.1,
            party.name,
            party.code,
            party.sector.map(|sector| sector.label()),
            party.person,
            party.role,
        ])?;
    }
    Ok(())
}

fn insert_statement(transaction: &Transaction, document: i64, position: usize, statement: &Statement) -> Stored {
    let speaker = statement.speaker.as_ref();
    let mut insert = transaction.prepare_cached(
        "INSERT INTO statements (document, position, id, speaker_text, speaker_start, speaker_end, speaker_name,
            speaker_code, speaker_sector, speaker_person, speaker_role, cue_start, cue_end, content_start, content_end,
            quoted, mood)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
    )?;
    insert.execute(params![
        document,
        position as i64,
        statement.id,
        speaker.map(|party| &party.text),
        speaker.map(|party| party.span.0),
        speaker.map(|party| party.span.1),
        speaker.and_then(|party| party.name.as_ref()),
        speaker.and_then(|party| party.code.as_ref()),
        speaker.and_then(|party| party.sector).map(|sector| sector.label()),
        speaker.and_then(|party| party.person.as_ref()),
        speaker.and_then(|party| party.role.as_ref()),
        statement.cue.map(|cue| cue.0),
        statement.cue.map(|cue| cue.1),
        statement.content.0,
        statement.content.1,
        statement.quoted,
        statement.mood.label(),
    ])?;
    Ok(())
}

fn insert_commitment(
    transaction: &Transaction,
    document: i64,
    position: usize,
    commitment: &Commitment,
) -> Result<i64, LedgerError> {
    let (due, date) = (Interval::of(commitment.due.as_ref()), Interval::of(commitment.date.as_ref()));
    let mut insert = transaction.prepare_cached(
        "INSERT INTO commitments_coded (document, position, id, title, kind, beneficiary, sectors, stage, due_start,
            due_end, due_grain, date_start, date_end, date_grain, figures, statement, evidence_start, evidence_end)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
    )?;
    let n = insert.insert(params![
        document,
        position as i64,
        commitment.id,
        commitment.title,
        commitment.kind.label(),
        commitment.beneficiary,
        serde_json::to_string(&commitment.sectors)?,
        commitment.stage.label(),
        due.start,
        due.end,
        due.grain,
        date.start,
        date.end,
        date.grain,
        serde_json::to_string(&commitment.figures)?,
        commitment.statement,
        commitment.evidence.0,
        commitment.evidence.1,
    ])?;
    for (position, code) in commitment.parties.iter().enumerate() {
        transaction
            .prepare_cached("INSERT INTO commitment_parties (commitment, position, code) VALUES (?1, ?2, ?3)")?
            .execute(params![n, position as i64, code])?;
    }
    Ok(n)
}

fn insert_figure(transaction: &Transaction, document: i64, position: usize, figure: &Figure) -> Stored {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO figures (document, position, id, value, high, unit, qualifier, counts, span_start, span_end,
            statement) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    insert.execute(params![
        document,
        position as i64,
        figure.id,
        figure.value,
        figure.high,
        figure.unit,
        figure.qualifier.label(),
        figure.counts,
        figure.span.0,
        figure.span.1,
        figure.statement,
    ])?;
    Ok(())
}

fn insert_role(transaction: &Transaction, document: i64, position: usize, role: &Role) -> Stored {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO roles (document, position, person, role, of_code, to_code, body, since, span_start, span_end)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    insert.execute(params![
        document,
        position as i64,
        role.person,
        role.role,
        role.of,
        role.to,
        role.body,
        role.since.map(|day| day.to_string()),
        role.span.0,
        role.span.1,
    ])?;
    Ok(())
}

/// The three columns of a date.
#[derive(Default)]
struct Interval {
    start: Option<String>,
    end: Option<String>,
    grain: Option<&'static str>,
}

impl Interval {
    fn of(date: Option<&DateInterval>) -> Interval {
        date.map_or_else(Interval::default, |date| Interval {
            start: Some(date.start.to_string()),
            end: Some(date.end.to_string()),
            grain: Some(grain_label(date.grain)),
        })
    }
}

fn grain_label(grain: Grain) -> &'static str {
    match grain {
        Grain::Day => "day",
        Grain::Week => "week",
        Grain::Month => "month",
        Grain::Quarter => "quarter",
        Grain::Season => "season",
        Grain::Year => "year",
        Grain::Decade => "decade",
        Grain::Century => "century",
    }
}
