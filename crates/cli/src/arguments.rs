//! The command line.

use std::path::PathBuf;
use std::sync::OnceLock;

use chancery_model::{CommitmentKind, EventType, Mood, Stage, Status, publication_date};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

/// Reads news about relations between states and keeps a record that can be checked.
#[derive(Parser)]
#[command(name = "chancery", version = version(), max_term_width = 100, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

fn version() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| {
        format!("{} (ledger schema {})", env!("CARGO_PKG_VERSION"), chancery_ledger::SCHEMA_VERSION)
    })
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Code documents and write their records, without a ledger
    Code(Code),
    /// Code documents and add them to a ledger, which is made if absent
    Add(Add),
    /// List who did what to whom, each with the sentence that it rests on; latest first
    Events(Events),
    /// List who is said to have said what
    Statements(Statements),
    /// List what has been promised, agreed, done, with every stage reported
    Commitments(Commitments),
    /// List what cannot all be right: figures that exclude each other, and what one asserts and another denies
    Disputes(Disputes),
    /// Decide by hand that commitments, or reports of one, are the same undertaking
    Link(Link),
    /// Decide by hand that reports are not the undertaking with which they are listed
    Unlink(Unlink),
    /// List who holds which office
    Roles(Roles),
    /// List the happenings between two countries or bodies by date, each counted once with all its reports
    Timeline(Timeline),
    /// Set a state's relations with the powers side by side
    Balance(Balance),
    /// Write a cited report on a relation
    Brief(Brief),
    /// Show every stage's result for one sentence
    Explain(Explain),
    /// Ask a ledger in SQL, for reading only
    Sql(Sql),
    /// Write everything that a ledger knows as files
    Export(Export),
    /// Check a lexicon
    Lexicon(Lexicon),
    /// Code the sample corpus that comes with the program and show what its ledger knows
    Demo(Demo),
}

/// What is read and how it is coded.
#[derive(Args)]
pub(crate) struct Coding {
    /// Web pages, text, Markdown, PDF, tables (CSV, TSV), JSON lines, ZIP and tar archives of these, each also with
    /// gzip or zstd; folders; globs; `-` for standard input
    #[arg(value_name = "INPUT")]
    pub(crate) inputs: Vec<String>,
    /// Lay the lexicon in this folder over the program's own
    #[arg(long, value_name = "DIR")]
    pub(crate) lexicon: Option<PathBuf>,
    /// Number of coding threads [default: one a core]; the result is the same for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Largest text in bytes; a longer one is refused
    #[arg(long, value_name = "BYTES", default_value_t = chancery_sources::DEFAULT_MAX_DOCUMENT)]
    pub(crate) max_document: usize,
    /// Read every input as this, whatever its name and first bytes say
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(chancery_sources::Format::NAMES.map(|(name, _)| name)))]
    pub(crate) input_format: Option<String>,
    /// Which columns of a table hold what, as in text=body,date=published [default: found by their names]
    #[arg(long, value_name = "FIELD=COLUMN", value_delimiter = ',', value_parser = column)]
    pub(crate) columns: Vec<(String, String)>,
}

/// Fields of a document that a column may hold.
const FIELDS: [&str; 8] = ["text", "date", "title", "url", "source", "author", "language", "id"];

fn column(given: &str) -> Result<(String, String), String> {
    let (field, name) = given.split_once('=').ok_or("write FIELD=COLUMN, as in text=body")?;
    if !FIELDS.contains(&field) {
        return Err(format!("a document has no field `{field}`; it has {}", FIELDS.join(", ")));
    }
    Ok((field.to_owned(), name.to_owned()))
}

#[derive(Args)]
pub(crate) struct Code {
    #[command(flatten)]
    pub(crate) coding: Coding,
    /// One JSON object a document, or Parquet with one row a document (which needs -o)
    #[arg(long, value_enum, default_value = "jsonl")]
    pub(crate) format: CodeFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE", required_if_eq("format", "parquet"))]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum CodeFormat {
    Jsonl,
    Parquet,
}

#[derive(Args)]
pub(crate) struct Add {
    #[command(flatten)]
    pub(crate) coding: Coding,
    #[command(flatten)]
    pub(crate) ledger: LedgerPath,
    /// Code documents again that the ledger already holds
    #[arg(long)]
    pub(crate) recode: bool,
}

#[derive(Args)]
pub(crate) struct LedgerPath {
    /// The ledger
    #[arg(short = 'l', long = "ledger", value_name = "FILE")]
    pub(crate) path: PathBuf,
}

/// How much is listed and how.
#[derive(Args)]
pub(crate) struct Listed {
    /// How many at most; 0 for all [default: 50, with --json all]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u64>,
    /// One JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
    /// Only records of this document
    #[arg(long, value_name = "ID")]
    pub(crate) document: Option<String>,
}

/// First and last day.
#[derive(Args)]
pub(crate) struct Days {
    /// First day, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) since: Option<Date>,
    /// Last day, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) until: Option<Date>,
}

#[derive(Args)]
pub(crate) struct Events {
    #[command(flatten)]
    pub(crate) ledger: LedgerPath,
    /// Only between these two, in either direction: RUS PAK
    #[arg(long, visible_alias = "between", num_args = 2, value_names = ["CODE", "CODE"])]
    pub(crate) pair: Option<Vec<String>>,
    /// Only with this actor: a code (RUS, IGO:UNO) or a name
    #[arg(long, value_name = "PARTY")]
    pub(crate) actor: Option<String>,
    /// Only with this recipient
    #[arg(long, value_name = "PARTY")]
    pub(crate) recipient: Option<String>,
    /// Only of this type
    #[arg(long = "type", value_name = "TYPE", ignore_case = true, value_parser = term(EventType::ALL, EventType::label))]
    pub(crate) kind: Option<EventType>,
    /// Only of this status
    #[arg(long, value_name = "STATUS", ignore_case = true, value_parser = term(Status::ALL, Status::label))]
    pub(crate) status: Option<Status>,
    #[command(flatten)]
    pub(crate) days: Days,
    #[command(flatten)]
    pub(crate) listed: Listed,
}

#[derive(Args)]
pub(crate) struct Demo {
    /// Folder for the articles and the ledger
    #[arg(default_value = "chancery-demo", value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

#[derive(Args)]
pub(crate) struct Statements {
    #[command(flatten)]
    pub(crate) ledger: LedgerPath,
    /// Only of this speaker: a code, a canonical name or a person
    #[arg(long, value_name = "PARTY")]
    pub(crate) speaker: Option<String>,
    /// Only said so
    #[arg(long, value_name = "MOOD", ignore_case = true, value_parser = term(Mood::ALL, Mood::label))]
    pub(crate) mood: Option<Mood>,
    #[command(flatten)]
    pub(crate) days: Days,
    #[command(flatten)]
    pub(crate) listed: Listed,
}

#[derive(Args)]
pub(crate) struct Commitments {
    #[command(flatten)]
    pub(crate) ledger: LedgerPath,
    /// Only with all these parties: RUS PAK
    #[arg(long = "party", visible_aliases = ["pair", "between"], num_args = 1.., value_name = "CODE")]
    pub(crate) parties: Vec<String>,
    /// Only with this current stage
    #[arg(long, value_name = "STAGE", ignore_case = true, value_parser = term(Stage::ALL, Stage::label))]
    pub(crate) stage: Option<Stage>,
    /// Only of this kind
    #[arg(long, value_name = "KIND", ignore_case = true, value_parser = term(CommitmentKind::ALL, CommitmentKind::label))]
    pub(crate) kind: Option<CommitmentKind>,
    /// Only of this sector: energy, trade
    #[arg(long, value_name = "SECTOR")]
    pub(crate) sector: Option<String>,
    /// Only what is overdue
    #[arg(long)]
    pub(crate) overdue: bool,
    /// Only what later articles about its parties no longer mention
    #[arg(long)]
    pub(crate) silent: bool,
    /// Only with these words in the title
    #[arg(long, value_name = "WORDS")]
    pub(crate) search: Option<String>,
    #[command(flatten)]
    pub(crate) days: Days,
    /// Show every report, not only the latest
    #[arg(long)]
    pub(crate) history: bool,
    /// Judge on this day what is overdue [default: the latest publication date in the ledger]
    #[arg(long, visible_alias = "today", value_name = "DATE", value_parser = day)]
    pub(crate) as_of: Option<Date>,
    #[command(flatten)]
    pub(crate) listed: Listed,
}

#[derive(Args)]
pub(crate) struct Disputes {
    #[command(flatten)]
    pub(crate) ledger: LedgerPath,
    /// Only with these words in what it is about or in one side's words
    #[arg(long, value_name = "WORDS")]
    pub(crate) search: Option<String>,
    #[command(flatten)]
    pub(crate) listed: Listed,
}

#[derive(Args)]
pub(crate) struct Link {
    /// Ids of commitments, or of single reports (DOCUMENT#cNUMBER)
    #[arg(value_name = "ID", required_unless_present_any = ["undo", "list"])]
    pub(crate) ids: Vec<String>,
    #[command(flatten)]
    pub(crate) deciding: Deciding,
    /// Take back this decision, of `link` or `unlink`
    #[arg(long, value_name = "NUMBER", conflicts_with = "ids")]
    pub(crate) undo: Option<i64>,
    /// List all decisions, one JSON object a line
    #[arg(long, conflicts_with_all = ["ids", "undo"])]
    pub(crate) list: bool,
}

#[derive(Args)]
pub(crate) struct Unlink {
    /// Reports to take out (DOCUMENT#cNUMBER), or commitments to take apart
    #[arg(value_name = "ID", required = true)]
    pub(crate) ids: Vec<String>,
    #[command(flatten)]
    pub(crate) deciding: Deciding,
}

/// Who decides, and when.
#[derive(Args)]
pub(crate) struct Deciding {
    #[command(flatten)]
    pub(crate) ledger: LedgerPath,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
    /// Day of the decision [default: today in UTC]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) at: Option<Date>,
}

#[derive(Args)]
pub(crate) struct Roles {
    #[command(flatten)]
    pub(crate) ledger: LedgerPath,
    /// Only persons whose name, in any spelling found, contains this
    #[arg(long, value_name = "NAME")]
    pub(crate) person: Option<String>,
    /// Only this role: ambassador
    #[arg(long, value_name = "ROLE")]
    pub(crate) role: Option<String>,
    /// Only offices of this country or body
    #[arg(long, value_name = "CODE")]
    pub(crate) of: Option<String>,
    /// Only offices in a ministry, parliament or company whose name contains this
    #[arg(long, value_name = "NAME")]
    pub(crate) body: Option<String>,
    /// Only who was in office on this day, as far as the documents show
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) at: Option<Date>,
    /// Only what is at odds with another entry
    #[arg(long)]
    pub(crate) conflicts: bool,
    #[command(flatten)]
    pub(crate) listed: Listed,
}

#[derive(Args)]
pub(crate) struct Timeline {
    /// A country or body: code (PAK, IGO:UNO) or name (Pakistan)
    #[arg(value_name = "A")]
    pub(crate) one: String,
    /// The other
    #[arg(value_name = "B")]
    pub(crate) other: String,
    #[command(flatten)]
    pub(crate) ledger: LedgerPath,
    /// Only of this type
    #[arg(long = "type", value_name = "TYPE", ignore_case = true, value_parser = term(EventType::ALL, EventType::label))]
    pub(crate) kind: Option<EventType>,
    /// Only of this status
    #[arg(long, value_name = "STATUS", ignore_case = true, value_parser = term(Status::ALL, Status::label))]
    pub(crate) status: Option<Status>,
    #[command(flatten)]
    pub(crate) days: Days,
    #[command(flatten)]
    pub(crate) listed: Listed,
}

#[derive(Args)]
pub(crate) struct Balance {
    /// The state: code (PAK) or name (Pakistan)
    pub(crate) state: String,
    #[command(flatten)]
    pub(crate) ledger: LedgerPath,
    /// The powers to compare, codes or names, with commas between them
    #[arg(long = "with", value_name = "POWERS", value_delimiter = ',', default_value = "CHN,USA,RUS")]
    pub(crate) powers: Vec<String>,
    /// One table line for each month or year
    #[arg(long, value_enum, default_value = "year")]
    pub(crate) by: BalanceBy,
    #[command(flatten)]
    pub(crate) days: Days,
    /// One JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum BalanceBy {
    Month,
    Year,
}

#[derive(Args)]
pub(crate) struct Brief {
    /// A country or body: code (PAK, IGO:UNO) or name (Pakistan)
    #[arg(value_name = "A")]
    pub(crate) one: String,
    /// The other
    #[arg(value_name = "B")]
    pub(crate) other: String,
    #[command(flatten)]
    pub(crate) ledger: LedgerPath,
    #[command(flatten)]
    pub(crate) days: Days,
    /// Judge on this day what is overdue or silent [default: the latest publication date in the ledger]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_of: Option<Date>,
    /// Form of the report [default: by the name of FILE, else md]
    #[arg(long = "as", value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<BriefAs>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// How many happenings are told
    #[arg(long, value_name = "N", default_value_t = 25)]
    pub(crate) happenings: usize,
    /// The same as one JSON object
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BriefAs {
    /// Markdown
    Md,
    /// One HTML page with nothing outside it
    Html,
}

#[derive(Args)]
pub(crate) struct Explain {
    /// The sentence
    pub(crate) text: String,
    /// Day of publication, against which "on Tuesday" is read
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) date: Option<Date>,
    /// Lay the lexicon in this folder over the program's own
    #[arg(long, value_name = "DIR")]
    pub(crate) lexicon: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Sql {
    /// One SELECT
    pub(crate) query: String,
    #[command(flatten)]
    pub(crate) ledger: LedgerPath,
    /// One JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
    /// CSV with a header
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
}

#[derive(Args)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) ledger: LedgerPath,
    /// Format of the files
    #[arg(long = "as", value_enum, default_value = "jsonl", value_name = "FORMAT")]
    pub(crate) format: ExportAs,
    /// Folder to write them to, made if absent
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: PathBuf,
    /// Judge on this day what is overdue [default: the latest publication date in the ledger]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_of: Option<Date>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum ExportAs {
    Jsonl,
    Csv,
    Parquet,
}

#[derive(Args)]
pub(crate) struct Lexicon {
    #[command(subcommand)]
    pub(crate) command: LexiconCommand,
}

#[derive(Subcommand)]
pub(crate) enum LexiconCommand {
    /// Read a folder of lexicon files laid over the program's own, and name every bad entry
    Check {
        /// The folder
        folder: PathBuf,
    },
}

fn day(given: &str) -> Result<Date, String> {
    publication_date(given).map_err(|error| error.to_string())
}

/// Reads a term of one of the model's vocabularies; help and errors list all of them.
fn term<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    label: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(|term| label(*term))).map(move |given| {
        let found = all.iter().find(|term| label(**term).eq_ignore_ascii_case(&given));
        *found.expect("clap admits only the terms listed")
    })
}
