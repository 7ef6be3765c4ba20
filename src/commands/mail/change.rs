//! `heatpack mail cr`: the letter about a change request that its state asks for.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;

use super::out::{Draft, Target, refuse, write};
use crate::commands::common::evidence::Evidence;
use crate::commands::common::lookup;
use crate::commands::common::meeting_pack::renderer;
use crate::commands::common::session::Session;
use crate::commands::common::unread;
use crate::render::{Attachment, Renderer, zip};
use crate::report::mail::change_letter;
use crate::report::unread::doubtful_files;
use crate::workflow::Context;

/// Draft the letter that a change request needs next
///
/// Under board review: to the members whose votes are missing, with the document of the CR and the command that each of
/// them runs. Approved: to NITC, with the document and the evidence. Nothing is sent.
///
/// Exit status 1: the CR is in another state, or the result of its votes is unknown.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack mail cr CR-2026-007")]
pub struct Arguments {
    /// Change request, for example CR-2026-007
    cr: String,
    /// File to attach; repeatable
    #[arg(long, value_name = "FILE")]
    attach: Vec<PathBuf>,
    #[command(flatten)]
    target: Target,
}

/// Runs the command.
pub fn execute(session: &Session, ctx: &Context, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let line = lookup::change_typed(ctx, &arguments.cr)?;
    let id = &line.cr.id.value;
    if unread::is_refused(id, &doubtful_files(&session.project, line, session.as_of), "draft the letter") {
        return Ok(ExitCode::from(1));
    }
    let mut letter = match change_letter(ctx, line, arguments.target.to.clone()) {
        Ok(letter) => letter,
        Err(unfit) => return Ok(refuse(&unfit)),
    };
    let renderer = renderer(session)?;
    let evidence = Evidence::new(session, ctx, line);
    let mut attachments = attachments_of_cr(&evidence, &renderer, letter.asks_for_votes)?;
    for path in &arguments.attach {
        attachments.push(attached(path)?);
    }
    letter.attachments = attachments.iter().map(|file| file.name.clone()).collect();
    let kind = if letter.asks_for_votes { "vote" } else { "forward_change" };
    let draft = Draft {
        to: &letter.to,
        subject: &letter.subject,
        text: &renderer.mail(&format!("mail/{kind}.txt"), &letter, None)?,
        html: &renderer.mail(&format!("mail/{kind}.html"), &letter, None)?,
        attachments: &attachments,
        about: &letter.about,
    };
    write(session, &arguments.target, &format!("cr-{id}"), &draft)
}

/// What goes with a letter about a CR: its document, and to NITC its evidence too.
fn attachments_of_cr(
    evidence: &Evidence,
    renderer: &Renderer,
    asks_for_votes: bool,
) -> anyhow::Result<Vec<Attachment>> {
    let id = &evidence.document.id;
    let file = |ending: &str, bytes: Vec<u8>| Attachment {
        name: format!("{id}.{ending}"),
        bytes,
        media_type: format!("application/{ending}"),
    };
    let mut files = vec![file("pdf", evidence.pdf(renderer)?)];
    if !asks_for_votes {
        files.push(file("zip", zip(id, &evidence.bundle(renderer)?)?));
    }
    Ok(files)
}

/// A file that was given.
fn attached(path: &Path) -> anyhow::Result<Attachment> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let media_type = match ending.as_str() {
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "html" => "text/html",
        "csv" => "text/csv",
        "txt" => "text/plain",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        _ => "application/octet-stream",
    };
    Ok(Attachment { name, bytes, media_type: media_type.to_owned() })
}
