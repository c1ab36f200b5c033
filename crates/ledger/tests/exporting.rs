//! Exports are read again with everything in them.

mod common;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;

use arrow_array::{Array, ListArray, RecordBatch, StringArray, StructArray};
use chancery_ledger::{CodedFile, ExportFormat, KINDS, Ledger};
use chancery_model::{Coded, Event};
use common::{add, sample};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;

fn ledger(folder: &Path, order: impl Iterator<Item = u64>) -> Ledger {
    let mut ledger = Ledger::open(folder.join("l.ledger")).unwrap();
    for i in order {
        add(&mut ledger, &[sample(i, 0)]);
    }
    ledger
}

fn lines(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn batches(path: &Path) -> Vec<RecordBatch> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap().build().unwrap();
    reader.map(Result::unwrap).collect()
}

#[test]
fn every_format_has_the_same_rows_and_no_field_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger(folder.path(), 0..40);
    let export = |format: ExportFormat| {
        let to = folder.path().join(format.extension());
        ledger.export(&to, format, None).unwrap()
    };
    let counts = export(ExportFormat::JsonLines);
    assert_eq!(counts.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), KINDS);
    assert_eq!(export(ExportFormat::Csv), counts);
    assert_eq!(export(ExportFormat::Parquet), counts);
    for (kind, count) in counts {
        let json = lines(&folder.path().join(format!("jsonl/{kind}.jsonl")));
        assert_eq!(json.len() as u64, count, "{kind}");
        let keys: BTreeSet<String> = json.iter().flat_map(|row| row.as_object().unwrap().keys().cloned()).collect();
        let mut csv = csv::Reader::from_path(folder.path().join(format!("csv/{kind}.csv"))).unwrap();
        let header: BTreeSet<String> = csv.headers().unwrap().iter().map(str::to_owned).collect();
        assert!(keys.is_subset(&header), "{kind}: {keys:?} {header:?}");
        assert_eq!(csv.records().map(Result::unwrap).count() as u64, count, "{kind}");
        let parquet = batches(&folder.path().join(format!("parquet/{kind}.parquet")));
        assert_eq!(parquet.iter().map(RecordBatch::num_rows).sum::<usize>() as u64, count, "{kind}");
    }
    assert!(fs::read_dir(folder.path().join("csv")).unwrap().count() == KINDS.len());
}

#[test]
fn json_lines_are_the_records_themselves() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger(folder.path(), 0..20);
    ledger.export(folder.path(), ExportFormat::JsonLines, None).unwrap();
    let exported: Vec<Event> = lines(&folder.path().join("events.jsonl"))
        .into_iter()
        .map(|row| serde_json::from_value(row).unwrap())
        .collect();
    let expected: Vec<Event> = (0..20).flat_map(|i| sample(i, 0).1.events).collect();
    assert_eq!(exported, expected);
}

#[test]
fn parquet_has_nested_columns_of_their_own_type() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger(folder.path(), 0..20);
    ledger.export(folder.path(), ExportFormat::Parquet, None).unwrap();
    let events = &batches(&folder.path().join("events.parquet"))[0];
    let actors = events.column_by_name("actors").unwrap().as_any().downcast_ref::<ListArray>().unwrap();
    let first = actors.value(0);
    let codes = first.as_any().downcast_ref::<StructArray>().unwrap().column_by_name("code").unwrap().clone();
    let codes = codes.as_any().downcast_ref::<StringArray>().unwrap();
    let expected = (0..20).flat_map(|i| sample(i, 0).1.events).next().unwrap();
    let codes: Vec<Option<&str>> = codes.iter().collect();
    assert_eq!(codes, expected.actors.iter().map(|party| party.code.as_deref()).collect::<Vec<_>>());
}

#[test]
fn the_order_of_adding_changes_no_byte_of_an_export() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for format in [ExportFormat::JsonLines, ExportFormat::Parquet] {
        ledger(one.path(), 0..30).export(one.path(), format, None).unwrap();
        ledger(other.path(), (0..30).rev()).export(other.path(), format, None).unwrap();
        for kind in KINDS {
            let file = format!("{kind}.{}", format.extension());
            assert!(
                fs::read(one.path().join(&file)).unwrap() == fs::read(other.path().join(&file)).unwrap(),
                "{file}"
            );
        }
    }
}

#[test]
fn coded_documents_are_one_row_each() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("coded.parquet");
    let mut file = CodedFile::create(&path).unwrap();
    let coded: Vec<Coded> = (0..9).map(|i| sample(i, 0).1).collect();
    coded.iter().for_each(|coded| file.write(coded).unwrap());
    assert_eq!(file.finish().unwrap(), 9);
    let batch = &batches(&path)[0];
    let events = batch.column_by_name("events").unwrap().as_any().downcast_ref::<ListArray>().unwrap();
    let lengths: Vec<usize> = (0..9).map(|i| events.value(i).len()).collect();
    assert_eq!(lengths, coded.iter().map(|coded| coded.events.len()).collect::<Vec<_>>());
}
