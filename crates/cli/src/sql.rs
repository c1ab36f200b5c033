//! `chancery sql`: the user's own questions.

use std::cell::RefCell;
use std::io::{self, BufWriter, StdoutLock, Write};

use anyhow::Result;
use chancery_ledger::{Cell, Ledger};

use crate::Ending;
use crate::arguments::Sql;
use crate::display::harmless;

/// A result as it is written.
enum Output {
    Table(Box<Table>),
    JsonLines { out: BufWriter<StdoutLock<'static>>, names: Vec<String> },
    Csv(Box<csv::Writer<StdoutLock<'static>>>),
}

/// Rows kept back until enough are seen to know how wide the columns are.
struct Table {
    out: BufWriter<StdoutLock<'static>>,
    waiting: Vec<Vec<Cell>>,
    names: Vec<String>,
    widths: Vec<usize>,
}

/// Rows that decide the widths of a table.
const MEASURED_ROWS: usize = 1000;
/// Characters of a cell that a table shows; `--json` and `--csv` give all.
const CELL_WIDTH: usize = 60;

/// Runs the command.
pub(crate) fn run(arguments: &Sql) -> Result<Ending> {
    let mut ledger = Ledger::open_read_only(&arguments.ledger.path)?;
    let out = io::stdout().lock();
    let output = if arguments.json {
        Output::JsonLines { out: BufWriter::new(out), names: Vec::new() }
    } else if arguments.csv {
        Output::Csv(Box::new(csv::Writer::from_writer(out)))
    } else {
        let out = BufWriter::new(out);
        Output::Table(Box::new(Table { out, waiting: Vec::new(), names: Vec::new(), widths: Vec::new() }))
    };
    let output = RefCell::new(output);
    ledger.query(
        &arguments.query,
        |names| output.borrow_mut().begin(names),
        |cells| output.borrow_mut().write(cells),
    )?;
    output.into_inner().finish()?;
    Ok(Ending::Done)
}

impl Output {
    fn begin(&mut self, columns: &[String]) -> Result<()> {
        match self {
            Output::Table(table) => columns.clone_into(&mut table.names),
            Output::JsonLines { names, .. } => columns.clone_into(names),
            Output::Csv(writer) => writer.write_record(columns)?,
        }
        Ok(())
    }

    fn write(&mut self, cells: Vec<Cell>) -> Result<()> {
        match self {
            Output::Table(table) => table.write(cells),
            Output::JsonLines { out, names } => {
                out.write_all(b"{")?;
                for (i, (name, cell)) in names.iter().zip(&cells).enumerate() {
                    if i > 0 {
                        out.write_all(b",")?;
                    }
                    serde_json::to_writer(&mut *out, name)?;
                    out.write_all(b":")?;
                    serde_json::to_writer(&mut *out, cell)?;
                }
                Ok(out.write_all(b"}\n")?)
            }
            Output::Csv(writer) => Ok(writer.write_record(cells.iter().map(plain))?),
        }
    }

    fn finish(self) -> Result<()> {
        match self {
            Output::Table(mut table) => table.finish(),
            Output::JsonLines { mut out, .. } => Ok(out.flush()?),
            Output::Csv(mut writer) => Ok(writer.flush()?),
        }
    }
}

impl Table {
    fn write(&mut self, cells: Vec<Cell>) -> Result<()> {
        self.waiting.push(cells);
        if self.waiting.len() >= MEASURED_ROWS { self.write_waiting() } else { Ok(()) }
    }

    fn finish(&mut self) -> Result<()> {
        self.write_waiting()?;
        Ok(self.out.flush()?)
    }

    fn write_waiting(&mut self) -> Result<()> {
        if self.widths.is_empty() {
            self.widths = self.names.iter().map(|name| name.chars().count()).collect();
            for (i, cell) in self.waiting.iter().flat_map(|row| row.iter().enumerate()) {
                self.widths[i] = self.widths[i].max(shown(cell).chars().count());
            }
            let names: Vec<String> = self.names.clone();
            self.write_line(&names.iter().map(|name| (name.clone(), false)).collect::<Vec<_>>())?;
            let rules = self.widths.iter().map(|width| ("-".repeat(*width), false)).collect::<Vec<_>>();
            self.write_line(&rules)?;
        }
        for row in std::mem::take(&mut self.waiting) {
            let cells: Vec<(String, bool)> =
                row.iter().map(|cell| (shown(cell), matches!(cell, Cell::Integer(_) | Cell::Real(_)))).collect();
            self.write_line(&cells)?;
        }
        Ok(())
    }

    /// Cells, and whether each stands to the right.
    fn write_line(&mut self, cells: &[(String, bool)]) -> Result<()> {
        let mut line = String::new();
        for ((cell, right), width) in cells.iter().zip(&self.widths) {
            let cell = if *right { format!("{cell:>width$}") } else { format!("{cell:<width$}") };
            line.push_str(&cell);
            line.push_str("  ");
        }
        Ok(writeln!(self.out, "{}", line.trim_end())?)
    }
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Integer(number) => number.to_string(),
        Cell::Real(number) => number.to_string(),
        Cell::Text(text) => text.clone(),
    }
}

fn shown(cell: &Cell) -> String {
    let text = harmless(&plain(cell));
    match text.char_indices().nth(CELL_WIDTH) {
        Some(_) => text.chars().take(CELL_WIDTH - 1).chain(['…']).collect(),
        None => text,
    }
}
