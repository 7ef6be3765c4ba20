//! `heatpack pack`: one meeting's pack.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::ValueEnum;

use crate::commands::common::meeting_pack::{Kind, ended, made, renderer};
use crate::commands::common::session::Session;
use crate::disk::output;
use crate::render;
use crate::report::pack::Pack;
use crate::report::site::NameBook;
use crate::workflow::{Context, Prepared};

/// Build the pack of one meeting
///
/// Builds the pack of the next meeting, or with --on of the one scheduled for or held on that date. Never changes the
/// records.
///
/// Exit status 1: the records have errors; the pack lists the skipped files.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack pack weekly -o wednesday.pdf\n  heatpack pack monthly --on 2026-11-12 -o november.html")]
pub struct Arguments {
    /// Kind of meeting
    #[arg(value_enum)]
    kind: Kind,
    /// Date of the meeting [default: next meeting]
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// Output format [default: from FILE, else html]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Output file [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One self-contained page
    #[value(alias = "htm")]
    Html,
    /// A tagged PDF to print and hand out
    Pdf,
    /// JSON for programs
    Json,
    /// The tickets as a spreadsheet
    Csv,
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let format = format(arguments)?;
    if let Some(path) = &arguments.output {
        output::not_among_records(&session.root, path)?;
    }
    let mut stdout = std::io::stdout().lock();
    if format == Format::Pdf && arguments.output.is_none() && stdout.is_terminal() {
        bail!("a PDF cannot go to a terminal: use `-o weekly.pdf`");
    }
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let (_, pack) = made(session, &ctx, arguments.kind.into(), arguments.on.as_deref())?;
    let bytes = render(session, &pack, format)?;
    match &arguments.output {
        Some(path) => drop(output::write_to(path, &bytes)?),
        None => {
            stdout.write_all(&bytes)?;
            stdout.flush()?;
        }
    }
    Ok(ended(&pack))
}

/// The format: --format, or the ending of the file's name. A name without the right ending would open in the wrong
/// program, so it is rejected.
fn format(arguments: &Arguments) -> anyhow::Result<Format> {
    let Some(path) = &arguments.output else { return Ok(arguments.format.unwrap_or(Format::Html)) };
    let ending = path.extension().map(|ending| ending.to_string_lossy().into_owned());
    let of_name = ending.as_deref().and_then(|ending| Format::from_str(ending, true).ok());
    let name = render::shown(&path.display().to_string());
    match (arguments.format, of_name) {
        (Some(said), Some(named)) if said != named => {
            let better = path.with_extension(word(said));
            let better = render::shown(&better.display().to_string());
            bail!("--format {} does not fit `{name}`: use `-o {better}`, or omit --format", word(said));
        }
        (Some(format), _) | (None, Some(format)) => Ok(format),
        (None, None) => {
            let endings: Vec<String> = Format::value_variants().iter().map(|one| format!(".{}", word(*one))).collect();
            let of = match ending {
                Some(ending) => format!("a pack cannot be written as `.{}`", render::shown(&ending)),
                None => format!("the name `{name}` has no ending for a format"),
            };
            bail!("{of}: end the name in {}, or use --format", endings.join(", "));
        }
    }
}

/// A format as one types it, and as names of files end.
fn word(format: Format) -> String {
    format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

fn render(session: &Session, pack: &Pack, format: Format) -> anyhow::Result<Vec<u8>> {
    Ok(match format {
        Format::Json => render::pack_json(pack).into_bytes(),
        Format::Csv => render::csv(pack).context("cannot write the table")?.into_bytes(),
        Format::Html => renderer(session)?.pack_html(pack, None, &NameBook::default())?.into_bytes(),
        Format::Pdf => renderer(session)?.pack_pdf(pack)?.bytes,
    })
}
