//! `heatpack mail pack`: a meeting's pack for those who attend it.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;

use super::out::{address, without_mail};
use crate::commands::common::meeting_pack::{Kind, ended, made, renderer};
use crate::commands::common::session::Session;
use crate::disk::output;
use crate::render::{Attachment, Letter, eml};
use crate::report::mail::{About, Recipient, pack_mail};
use crate::workflow::Context;

/// Draft the letter with a meeting's pack
///
/// Its text is what needs attention; the PDF is attached. It goes to the attendees in the meeting's file, or else to
/// the staff and the board members of that day, and for a monthly meeting to the POCs too.
///
/// Exit status 1: the records have errors.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack mail pack weekly --to \"Pat Sample <pat@example.org>\" -o wednesday.eml")]
pub struct Arguments {
    /// Kind of meeting
    #[arg(value_enum)]
    kind: Kind,
    /// Date of the meeting [default: the next one]
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// Recipient instead of the default: an address, or `Name <address>`; repeatable
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    to: Vec<Recipient>,
    /// Output file [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs the command.
pub fn execute(session: &Session, ctx: &Context, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut stdout = std::io::stdout().lock();
    if arguments.output.is_none() && stdout.is_terminal() {
        bail!("a mail with a PDF is not for a terminal: name a file with `-o weekly.eml`");
    }
    if let Some(path) = &arguments.output {
        output::not_among_records(&session.root, path)?;
    }
    let kind = arguments.kind.into();
    let (index, pack) = made(session, ctx, kind, arguments.on.as_deref())?;
    let Some(mail) = pack_mail(ctx, kind, index, arguments.to.clone()) else { bail!("there is no such meeting") };
    let renderer = renderer(session)?;
    let pdf = Attachment {
        name: mail.attachment.clone(),
        bytes: renderer.pack_pdf(&pack)?.bytes,
        media_type: "application/pdf".to_owned(),
    };
    let bytes = eml(&Letter {
        to: &mail.to,
        subject: &mail.subject,
        at: session.as_of,
        zone: session.project.settings.zone,
        text: &renderer.mail("mail/pack.txt", &mail, Some(&pack))?,
        html: None,
        attachments: &[pdf],
        about: &About::nothing(),
    });
    match &arguments.output {
        Some(path) => drop(output::write_to(path, &bytes)?),
        None => {
            stdout.write_all(&bytes)?;
            stdout.flush()?;
        }
    }
    mail.to.iter().filter(|to| to.email.is_none()).for_each(|to| say!("{}", without_mail(to)));
    if mail.to.iter().all(|to| to.email.is_none()) {
        say!("the draft has no recipient: use `--to ADDRESS`, or fill it in before you send it");
    }
    Ok(ended(&pack))
}
