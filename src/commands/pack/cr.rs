//! `heatpack pack cr`: a change request as a document, with the board's decision.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;

use super::output;
use crate::commands::common::evidence::Evidence;
use crate::commands::common::lookup;
use crate::commands::common::meeting_pack::renderer;
use crate::commands::common::options::status;
use crate::commands::common::session::Session;
use crate::render;
use crate::workflow::{Context, Prepared};

/// Make a document of a change request and its approval
///
/// Shows the decision and every vote, the request as it was signed, its tickets
/// and its history. The PDF holds the evidence as attachments: save them to an
/// empty folder and run `sh verify.sh` there, without heatpack.
///
/// Exit status 1: a file with errors leaves open how the board decided, or no
/// commit here has the request that was decided on.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  heatpack pack cr CR-2026-007 -o CR-2026-007.pdf\n  heatpack pack cr CR-2026-007 --format json"
)]
pub struct Arguments {
    /// Change request, for example CR-2026-007
    cr: String,
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
    /// A tagged, archival PDF with the evidence attached
    Pdf,
    /// JSON for programs
    Json,
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let path = arguments.output.as_deref();
    let format = output::format(arguments.format, path)?;
    output::check_place(session, path, (format == Format::Pdf).then(|| ("a PDF", "CR-2026-007.pdf".to_owned())))?;
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let line = lookup::change_typed(&ctx, &arguments.cr)?;
    let evidence = Evidence::new(session, &ctx, line);
    let document = &evidence.document;
    let bytes = match format {
        Format::Json => render::pack_json(document).into_bytes(),
        Format::Html => renderer(session)?.document_html(document)?.into_bytes(),
        Format::Pdf => evidence.pdf(&renderer(session)?)?,
    };
    output::write(path, &bytes)?;
    Ok(status(evidence.gaps()))
}
