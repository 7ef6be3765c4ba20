//! Where drafts go, and what is printed of them.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::commands::common::session::Session;
use crate::disk::output;
use crate::render::{Attachment, Letter, eml, quoted, shown};
use crate::report::mail::{About, Recipient, Unfit, parse_recipient};

/// The options of a letter that goes into one file.
#[derive(Debug, clap::Args)]
pub struct Target {
    /// Recipient instead of the default: an address, or `Name <address>`; repeatable
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    pub to: Vec<Recipient>,
    /// Output file [default: output/mail/DATE-….eml]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Reads the value of `--to`.
pub fn address(text: &str) -> Result<Recipient, String> {
    parse_recipient(text).ok_or_else(|| "write `pat@example.org` or `Pat Sample <pat@example.org>`".to_owned())
}

/// The parts of a letter that its template does not make.
pub struct Draft<'d> {
    pub to: &'d [Recipient],
    pub subject: &'d str,
    pub text: &'d str,
    pub html: &'d str,
    pub attachments: &'d [Attachment],
    pub about: &'d About,
}

/// Writes a letter to the file that the target names, or to `output/mail/DATE-what.eml`, and prints what comes next.
pub fn write(session: &Session, target: &Target, what: &str, draft: &Draft) -> anyhow::Result<ExitCode> {
    let today = session.as_of.date();
    let by_default = || session.seen_from_here("output/mail").join(format!("{today}-{what}.eml"));
    let path = target.output.clone().unwrap_or_else(by_default);
    output::not_among_records(&session.root, &path)?;
    let bytes = eml(&Letter {
        to: draft.to,
        subject: draft.subject,
        at: session.as_of,
        zone: session.project.settings.zone,
        text: draft.text,
        html: Some(draft.html),
        attachments: draft.attachments,
        about: draft.about,
    });
    output::write_to(&path, &bytes)?;
    let names: Vec<String> = draft.to.iter().filter(|to| to.email.is_some()).map(called).collect();
    let mut text = format!("{}: to {}\n", shown(&path.display().to_string()), list(&names));
    text.push_str("1 draft; nothing was sent\n");
    if !draft.about.records.is_empty() {
        text.push_str(&when_sent(&[path]));
    }
    std::io::stdout().lock().write_all(text.as_bytes())?;
    draft.to.iter().filter(|to| to.email.is_none()).for_each(|to| say!("{}", without_mail(to)));
    if names.is_empty() {
        say!("the draft has no recipient: use `--to ADDRESS`, or fill it in before you send it");
    }
    Ok(ExitCode::SUCCESS)
}

/// "when sent: heatpack sent output/mail/2026-11-18-pat.eml".
pub fn when_sent(paths: &[PathBuf]) -> String {
    let paths: Vec<String> = paths.iter().map(|path| typed(path)).collect();
    format!("when sent: heatpack sent {}\n", paths.join(" "))
}

fn typed(path: &Path) -> String {
    quoted(&shown(&path.display().to_string()))
}

/// Prints why no letter fits.
pub fn refuse(unfit: &Unfit) -> ExitCode {
    say!("error: {}", shown(&unfit.why));
    say!("help: {}", shown(&unfit.help));
    ExitCode::from(1)
}

/// "Pat Sample (pat) gets no mail: call 202-555-0104".
pub fn without_mail(to: &Recipient) -> String {
    let id = to.id.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
    let why = to.otherwise.as_deref().unwrap_or("no email address is on record");
    format!("{}{id} gets no mail: {}", shown(&to.name), shown(why))
}

/// The name of a recipient, or the address if there is none.
fn called(to: &Recipient) -> String {
    match to.name.is_empty() {
        true => shown(to.email.as_deref().unwrap_or_default()),
        false => shown(&to.name),
    }
}

fn list(names: &[String]) -> String {
    match names {
        [] => "no one yet".to_owned(),
        names => names.join(", "),
    }
}
