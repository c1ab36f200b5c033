//! Which files are opened, migrated and refused.

mod common;

use std::fs;

use chancery_ledger::{Cell, Ledger, LedgerError, SCHEMA_VERSION};
use common::{add, sample};
use rusqlite::Connection;

/// A ledger as version 1 made it, with one document and two events.
const V1: &str = include_str!("v1.sql");
const V1_CONTENT: &str = "
    INSERT INTO documents VALUES (1, 'old', '2026-02-13', 'Title', NULL, NULL, NULL, 'en', NULL, 4, NULL, 'ab', x'ab');
    INSERT INTO texts VALUES (1, 'Moscow and Islamabad agreed.');
    INSERT INTO search (rowid, title, text) VALUES (1, 'Title', 'Moscow and Islamabad agreed.');
    INSERT INTO events (n, document, position, id, day, type, status, intensity, quad, cameo, confidence,
        sentence_start, sentence_end, trigger_start, trigger_end, entry) VALUES
        (1, 1, 0, 'old#e1', '2026-02-13', 'AGREE', 'actual', 2.5, 'verbal cooperation', '057', 0.8, 0, 28, 21, 27, 'x'),
        (2, 1, 1, 'old#e2', '2026-02-13', 'AGREE', 'actual', 2.5, 'verbal cooperation', '057', 0.8, 0, 28, 21, 27, 'x');
    INSERT INTO event_parties (event, side, position, text, span_start, span_end, code) VALUES
        (1, 'actor', 0, 'Moscow', 0, 6, 'RUS'), (1, 'actor', 1, 'Islamabad', 11, 20, 'PAK'),
        (2, 'actor', 0, 'Moscow', 0, 6, 'RUS'), (2, 'actor', 1, 'Islamabad', 11, 20, 'PAK'),
        (2, 'recipient', 0, 'Beijing', 0, 6, 'CHN');
    INSERT INTO relations (a, b, month, type, quad, status, count, intensity_thousandths) VALUES
        ('PAK', 'RUS', '2026-02', 'AGREE', 'verbal cooperation', 'actual', 1, 2500),
        ('CHN', 'RUS', '2026-02', 'AGREE', 'verbal cooperation', 'actual', 1, 2500),
        ('CHN', 'PAK', '2026-02', 'AGREE', 'verbal cooperation', 'actual', 1, 2500);
    PRAGMA application_id = 0x4348414e;
    PRAGMA user_version = 1;";

#[test]
fn a_ledger_of_version_1_is_migrated_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("v1.ledger");
    Connection::open(&path).unwrap().execute_batch(&format!("{V1}{V1_CONTENT}")).unwrap();
    assert!(matches!(Ledger::open_read_only(&path), Err(LedgerError::Older { found: 1, .. })));

    let mut ledger = Ledger::open(&path).unwrap();
    let mut pairs = Vec::new();
    let sql = "SELECT event, a, b, day FROM event_pairs ORDER BY event, a, b";
    let row = |cells: Vec<Cell>| {
        pairs.push(format!("{cells:?}"));
        Ok::<(), LedgerError>(())
    };
    ledger.query(sql, |_| Ok(()), row).unwrap();
    assert_eq!(pairs.len(), 3, "{pairs:?}");
    assert!(pairs[0].contains("PAK") && pairs[0].contains("2026-02-13"), "{pairs:?}");
    drop(ledger);

    let mut ledger = Ledger::open(&path).unwrap();
    assert_eq!(ledger.head("old").unwrap().unwrap().coder, None);
    let (mut document, coded) = sample(1, 0);
    document.id = "old".into();
    assert_eq!(add(&mut ledger, &[(document, coded)]).replaced, 1);
    assert_eq!(ledger.relations().unwrap(), ledger.recomputed_relations().unwrap());
    assert_eq!(ledger.damage().unwrap(), Vec::<String>::new());
}

#[test]
fn a_newer_ledger_is_refused_and_left_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.ledger");
    drop(Ledger::open(&path).unwrap());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", SCHEMA_VERSION + 1).unwrap();
    let before = fs::read(&path).unwrap();
    for error in [Ledger::open(&path).err().unwrap(), Ledger::open_read_only(&path).err().unwrap()] {
        let message = error.to_string();
        assert!(
            message.contains(&format!("schema version {}", SCHEMA_VERSION + 1))
                && message.contains("newer Chancery"),
            "{message}"
        );
    }
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn files_that_are_no_ledger_are_refused_and_left_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    fs::write(&text, "Moscow agreed. ".repeat(200)).unwrap();
    let other = folder.path().join("other.sqlite");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (a); INSERT INTO t VALUES (1);").unwrap();
    for path in [text, other] {
        let before = fs::read(&path).unwrap();
        assert!(matches!(Ledger::open(&path), Err(LedgerError::NotALedger(_))));
        assert!(matches!(Ledger::open_read_only(&path), Err(LedgerError::NotALedger(_))));
        assert_eq!(fs::read(&path).unwrap(), before);
    }
    assert!(matches!(Ledger::open_read_only(folder.path().join("absent")), Err(LedgerError::Missing(_))));
}

#[test]
fn the_users_sql_reads_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.ledger");
    add(&mut Ledger::open(&path).unwrap(), &[sample(1, 0)]);
    let mut ledger = Ledger::open_read_only(&path).unwrap();
    let mut run = |sql: &str| ledger.query::<LedgerError>(sql, |_| Ok(()), |_| Ok(()));
    let attach = format!("ATTACH '{}' AS other", folder.path().join("other").display());
    for sql in [
        "DELETE FROM documents",
        "INSERT INTO search (search) VALUES ('rebuild')",
        "CREATE TABLE t (a)",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA query_only = 0",
        "VACUUM",
        "BEGIN",
        &attach,
        "SELECT 1; SELECT 2",
        "",
    ] {
        let error = run(sql).unwrap_err();
        assert!(matches!(error, LedgerError::NotReadOnly(_)), "{sql}: {error}");
    }
    run("SELECT rowid, snippet(search, 1, '[', ']', '', 8) FROM search WHERE search MATCH 'words'").unwrap();
    run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT * FROM n").unwrap();
    run("PRAGMA table_info(events)").unwrap();
    assert!(!folder.path().join("other").exists());
}

#[test]
fn processes_take_turns() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.ledger");
    std::thread::scope(|scope| {
        for worker in 0..4u64 {
            let path = &path;
            scope.spawn(move || {
                let mut ledger = Ledger::open(path).unwrap();
                for batch in 0..8 {
                    // Half of what each adds is the others' as well.
                    let first = batch * 10 + 5 * worker;
                    add(&mut ledger, &(first..first + 10).map(|i| sample(i, 0)).collect::<Vec<_>>());
                }
            });
        }
    });
    let ledger = Ledger::open_read_only(&path).unwrap();
    let mut documents = 0;
    ledger
        .for_each_document(|_| {
            documents += 1;
            Ok(())
        })
        .unwrap();
    assert_eq!(documents, 95);
    assert_eq!(ledger.relations().unwrap(), ledger.recomputed_relations().unwrap());
    assert_eq!(ledger.damage().unwrap(), Vec::<String>::new());
}
