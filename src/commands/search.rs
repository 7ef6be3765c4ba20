//! `heatpack search`: the records that have some words, the best first.

use std::io::Write;
use std::process::ExitCode;

use clap::ValueEnum;

use crate::commands::common::session::Session;
use crate::commands::common::terminal;
use crate::render::{search_json, search_text};
use crate::report::find;
use crate::workflow::{Context, Prepared};

/// Find records by words, numbers or names
///
/// Searches tickets, change requests, POCs, subjects, packs and action items, as the search box of the site does. Finds
/// other forms of a word, and words with one wrong letter. Skips records with errors.
///
/// Exit status 0 even if nothing is found.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack search scorecard export\n  heatpack search 10423")]
pub struct Arguments {
    /// Words, numbers or names; the last one can be incomplete
    #[arg(required = true, value_name = "WORD")]
    words: Vec<String>,
    /// Output format
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Most results to show
    #[arg(long, value_name = "NUMBER", default_value = "10", value_parser = clap::value_parser!(u16).range(1..))]
    limit: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Text for people
    Text,
    /// JSON for programs
    Json,
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let records = find::records(&ctx);
    let typed = arguments.words.join(" ");
    let found = find::index(&records).find(&typed);
    let width = terminal::width();
    let results = find::hits(&records, &found, arguments.limit.into(), width.saturating_sub(8).max(20));
    let mut stdout = std::io::stdout().lock();
    let text = match arguments.format {
        Format::Text => search_text(&typed, &found, &results, width, session.colors(&stdout)),
        Format::Json => search_json(&typed, &found, &results),
    };
    stdout.write_all(text.as_bytes())?;
    stdout.flush()?;
    let skipped = session.project.left_out.len();
    if skipped > 0 {
        let files = if skipped == 1 { "1 file with errors was" } else { &format!("{skipped} files with errors were") };
        say!("note: {files} not searched; `heatpack check` lists the errors");
    }
    Ok(ExitCode::SUCCESS)
}
