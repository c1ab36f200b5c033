//! `chancery link` and `chancery unlink`: what users know better than likeness does.

use std::io::Write;

use anyhow::Result;
use chancery_ledger::Ledger;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::Ending;
use crate::arguments::{Deciding, Link, Unlink};
use crate::progress::say;

/// `chancery link`.
pub(crate) fn link(arguments: &Link) -> Result<Ending> {
    let path = &arguments.deciding.ledger.path;
    if arguments.list {
        let ledger = Ledger::open_read_only(path)?;
        let mut out = std::io::stdout().lock();
        for decision in ledger.decisions()? {
            serde_json::to_writer(&mut out, &decision)?;
            out.write_all(b"\n")?;
        }
        return Ok(Ending::Done);
    }
    // opened for reading first: deciding must not make a ledger of a mistyped name
    drop(Ledger::open_read_only(path)?);
    let mut ledger = Ledger::open(path)?;
    if let Some(number) = arguments.undo {
        ledger.undo_decision(number)?;
        say(&format!("decision {number} is undone"));
        return Ok(Ending::Done);
    }
    let number = ledger.link(&arguments.ids, arguments.deciding.by.as_deref(), day(&arguments.deciding))?;
    say(&format!("decision {number}: one undertaking; `chancery link --undo {number}` takes it back"));
    Ok(Ending::Done)
}

/// `chancery unlink`.
pub(crate) fn unlink(arguments: &Unlink) -> Result<Ending> {
    let path = &arguments.deciding.ledger.path;
    drop(Ledger::open_read_only(path)?);
    let mut ledger = Ledger::open(path)?;
    let number = ledger.unlink(&arguments.ids, arguments.deciding.by.as_deref(), day(&arguments.deciding))?;
    say(&format!("decision {number}: not one undertaking; `chancery link --undo {number}` takes it back"));
    Ok(Ending::Done)
}

fn day(deciding: &Deciding) -> Date {
    deciding.at.unwrap_or_else(|| Timestamp::now().to_zoned(TimeZone::UTC).date())
}
