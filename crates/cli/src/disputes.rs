//! `chancery disputes`: what cannot all be right, with all sides' words.

use std::io::Write;

use anyhow::Result;
use chancery_ledger::{Ledger, links};
use serde::Serialize;

use crate::Ending;
use crate::arguments::Disputes;
use crate::display::{harmless, place, write_cited};
use crate::listing::List;

/// A dispute as `--json` gives it: as exported, with the words of each piece of evidence, position by position.
#[derive(Serialize)]
struct Row<'d> {
    #[serde(flatten)]
    dispute: &'d links::Dispute,
    words: &'d [Vec<String>],
}

/// Runs the command.
pub(crate) fn run(arguments: &Disputes) -> Result<Ending> {
    let ledger = Ledger::open_read_only(&arguments.ledger.path)?;
    let document = arguments.listed.document.as_ref();
    let wanted = arguments.search.as_ref().map(|words| words.to_lowercase());
    let mut list = List::new(&arguments.listed);
    for dispute in links::disputes(&ledger)? {
        if document.is_some_and(|id| !dispute.positions.iter().any(|position| position.documents.contains(id))) {
            continue;
        }
        let words = dispute
            .positions
            .iter()
            .map(|position| {
                position.evidence.iter().map(|found| Ok(ledger.sentence(&found.document, found.span)?)).collect()
            })
            .collect::<Result<Vec<Vec<String>>>>()?;
        let told = || words.iter().flatten().chain(std::iter::once(&dispute.about));
        if wanted.as_ref().is_some_and(|wanted| !told().any(|words| words.to_lowercase().contains(wanted))) {
            continue;
        }
        let row = Row { dispute: &dispute, words: &words };
        list.write(row, |out, width| write_dispute(out, &dispute, &words, width))?;
    }
    list.finish("disputes")
}

fn write_dispute(
    out: &mut impl Write,
    dispute: &links::Dispute,
    words: &[Vec<String>],
    width: usize,
) -> std::io::Result<()> {
    writeln!(out, "{}  {}", dispute.id, harmless(&dispute.about))?;
    for (position, words) in dispute.positions.iter().zip(words) {
        let side = match (&position.assertion, position.value, &position.unit) {
            (Some(assertion), Some(_), _) => harmless(assertion),
            (_, Some(value), Some(unit)) => format!("{value} {}", harmless(unit)),
            _ => "says".to_owned(),
        };
        for (evidence, words) in position.evidence.iter().zip(words) {
            writeln!(out, "  {side}  {}", place(&evidence.document, evidence.span))?;
            write_cited(out, words, width)?;
        }
    }
    Ok(())
}
