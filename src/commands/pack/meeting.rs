//! `heatpack pack weekly` and `monthly`: one meeting's pack.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::ValueEnum;

use super::output;
use crate::commands::common::meeting_pack::{ended, made, renderer};
use crate::commands::common::session::Session;
use crate::model::{MeetingKind, PersonId};
use crate::render;
use crate::report::pack::Pack;
use crate::report::site::NameBook;
use crate::workflow::{Context, Prepared};

/// What `pack weekly` and `pack monthly` take.
#[derive(Debug, clap::Args)]
pub struct Arguments {
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

/// What `pack monthly` takes.
#[derive(Debug, clap::Args)]
pub struct MonthlyArguments {
    #[command(flatten)]
    pub meeting: Arguments,
    /// Only the page of the POC with this id
    #[arg(long, value_name = "ID")]
    pub poc: Option<String>,
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
    /// An Excel workbook with the tickets, deadlines, CRs and action items
    Xlsx,
}

/// Runs the command. With `poc` it makes only the page of that POC.
pub fn execute(
    session: &Session,
    kind: MeetingKind,
    arguments: &Arguments,
    poc: Option<&str>,
) -> anyhow::Result<ExitCode> {
    let path = arguments.output.as_deref();
    let format = output::format(arguments.format, path)?;
    output::check_place(session, path, binary(kind, format))?;
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let (_, mut pack) = made(session, &ctx, kind, arguments.on.as_deref())?;
    let bytes = match poc {
        None => render(session, &pack, format)?,
        Some(id) => {
            keep_page(session, &mut pack, id)?;
            render_page(session, &pack, format)?
        }
    };
    output::write(path, &bytes)?;
    Ok(ended(&pack))
}

/// Keeps of the POC pages only that of the POC with this id.
fn keep_page(session: &Session, pack: &mut Pack, id: &str) -> anyhow::Result<()> {
    let known = PersonId::parse(id).filter(|id| session.project.pocs.contains_key(id));
    let Some(id) = known else { bail!("no POC has the id `{}`", render::shown(id)) };
    let Some(monthly) = &mut pack.monthly else { bail!("only the monthly pack has POC pages") };
    monthly.poc_pages.retain(|page| page.poc == id);
    if monthly.poc_pages.is_empty() {
        bail!("`{id}` has no page in this pack: no outstanding or closed tickets, gaps or new answers");
    }
    Ok(())
}

fn render_page(session: &Session, pack: &Pack, format: Format) -> anyhow::Result<Vec<u8>> {
    let page = pack.monthly.as_ref().and_then(|monthly| monthly.poc_pages.first());
    Ok(match format {
        Format::Json => render::pack_json(&page).into_bytes(),
        Format::Csv | Format::Xlsx => bail!("the page of a POC cannot be a table: use html, pdf or json"),
        Format::Html => renderer(session)?.poc_html(pack)?.into_bytes(),
        Format::Pdf => renderer(session)?.poc_pdf(pack)?.bytes,
    })
}

/// What a format is that no terminal shows, and a name for it.
fn binary(kind: MeetingKind, format: Format) -> Option<(&'static str, String)> {
    match format {
        Format::Pdf => Some(("a PDF", format!("{kind}.pdf"))),
        Format::Xlsx => Some(("a workbook", format!("{kind}.xlsx"))),
        Format::Html | Format::Json | Format::Csv => None,
    }
}

fn render(session: &Session, pack: &Pack, format: Format) -> anyhow::Result<Vec<u8>> {
    Ok(match format {
        Format::Json => render::pack_json(pack).into_bytes(),
        Format::Csv => render::csv(pack).context("cannot write the table")?.into_bytes(),
        Format::Xlsx => render::xlsx(pack).context("cannot write the workbook")?,
        Format::Html => renderer(session)?.pack_html(pack, None, &NameBook::default())?.into_bytes(),
        Format::Pdf => renderer(session)?.pack_pdf(pack)?.bytes,
    })
}
