//! `heatpack mail`: drafts of mail, to be read, changed and sent by a person.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;
use clap::Subcommand;

use crate::commands::common::meeting_pack::{Kind, ended, made, renderer};
use crate::commands::common::session::Session;
use crate::disk::output;
use crate::commands::common::options::status;
use crate::model::{PersonId, parse_date};
use crate::render::{Letter, eml, shown};
use crate::report::mail::{FollowUp, Recipient, follow_ups, handovers, pack_mail, parse_recipient};
use crate::report::words::counted;
use crate::workflow::{Context, Prepared};

/// Write drafts of mail, for your mail program to open; nothing is ever sent
///
/// Example: heatpack mail follow-ups
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    FollowUps(FollowUps),
    Pack(Pack),
}

/// A draft for every POC to whom word is due by the next working day
///
/// Word is a reply, a follow-up or an answer that is to be relayed. Each draft tells of all of the
/// POC's outstanding tickets: where each stands, and what comes next. POCs without an email address
/// are named on standard error.
///
/// Example: heatpack mail follow-ups -o drafts
#[derive(Debug, clap::Args)]
struct FollowUps {
    /// The folder to write to; `output/mail` beside `data` where it is not given
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// A draft with the pack of one meeting, and what needs attention as its text
///
/// It goes to the addresses given with --to. Without them it goes to the attendees that the
/// meeting's file names; where it names none, to the staff and the board's members of that day,
/// and for a monthly meeting to the POCs as well.
///
/// Example: heatpack mail pack weekly --to "Pat Sample <pat@example.org>" -o wednesday.eml
#[derive(Debug, clap::Args)]
struct Pack {
    /// Which meeting
    #[arg(value_enum)]
    kind: Kind,
    /// The meeting's date; the next one's where it is not given
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// Who gets it: an address, or `Name <address>`; may be given several times
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    to: Vec<Recipient>,
    /// Write to this file, instead of to standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

fn address(text: &str) -> Result<Recipient, String> {
    parse_recipient(text).ok_or_else(|| "write `pat@example.org` or `Pat Sample <pat@example.org>`".to_owned())
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    match &arguments.what {
        What::FollowUps(arguments) => {
            let folder = arguments.output.clone().unwrap_or_else(|| session.seen_from_here("output/mail"));
            write_follow_ups(session, &ctx, &folder)
        }
        What::Pack(arguments) => write_pack(session, &ctx, arguments),
    }
}

fn write_follow_ups(session: &Session, ctx: &Context, folder: &Path) -> anyhow::Result<ExitCode> {
    output::not_among_records(&session.root, folder)?;
    let renderer = renderer(session)?;
    let mails = follow_ups(ctx);
    let (drafts, others): (Vec<&FollowUp>, Vec<&FollowUp>) = mails.iter().partition(|mail| mail.to.email.is_some());
    let mut told = String::new();
    let mut written = BTreeSet::new();
    for mail in &drafts {
        let letter = Letter {
            to: std::slice::from_ref(&mail.to),
            subject: &mail.subject,
            at: session.as_of,
            zone: session.project.settings.zone,
            text: &renderer.mail("mail/follow_up.txt", mail, None)?,
            html: Some(&renderer.mail("mail/follow_up.html", mail, None)?),
            attachment: None,
        };
        let id = mail.to.id.as_ref().map(ToString::to_string).unwrap_or_default();
        let path = folder.join(format!("{}-{id}.eml", mail.today));
        output::write(&path, &eml(&letter))?;
        written.insert(path.clone());
        let tickets = counted(mail.due.len() + mail.others.len(), "ticket");
        told.push_str(&format!("{}: {tickets} of {}\n", path.display(), shown(&mail.to.name)));
    }
    told.push_str(&match drafts.len() {
        0 => "no draft: no word to a POC with an email address is due by the next working day\n".to_owned(),
        some => format!("{}; nothing was sent\n", counted(some, "draft")),
    });
    std::io::stdout().lock().write_all(told.as_bytes())?;
    let earlier: Vec<String> = drafts_in(session, folder).filter(|path| !written.contains(path)).map(said).collect();
    if !earlier.is_empty() {
        say!("drafts of an earlier run, of which none is due now: delete {}", earlier.join(", "));
    }
    for mail in others {
        let ids: Vec<String> = mail.due.iter().map(|ticket| ticket.id.to_string()).collect();
        say!("{}, to be told of {}", without_mail(&mail.to), ids.join(", "));
    }
    handovers(ctx).iter().for_each(|own| say!("{}", shown(own)));
    let left_out = session.project.left_out.len();
    if left_out > 0 {
        say!("{} with errors left out: `heatpack check` says what is wrong", counted(left_out, "file"));
    }
    Ok(status(left_out))
}

/// The drafts to POCs that a folder holds.
fn drafts_in(session: &Session, folder: &Path) -> impl Iterator<Item = PathBuf> {
    let of_a_poc = |name: &str| {
        let (date, id) = name.strip_suffix(".eml")?.split_at_checked(10)?;
        let id = PersonId::parse(id.strip_prefix('-')?)?;
        (parse_date(date).is_some() && session.project.pocs.contains_key(&id)).then_some(())
    };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| of_a_poc(name).is_some()).collect();
    names.sort();
    names.into_iter().map(|name| folder.join(name))
}

fn said(path: PathBuf) -> String {
    shown(&path.display().to_string())
}

fn write_pack(session: &Session, ctx: &Context, arguments: &Pack) -> anyhow::Result<ExitCode> {
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
    let pdf = renderer.pack_pdf(&pack)?.bytes;
    let bytes = eml(&Letter {
        to: &mail.to,
        subject: &mail.subject,
        at: session.as_of,
        zone: session.project.settings.zone,
        text: &renderer.mail("mail/pack.txt", &mail, Some(&pack))?,
        html: None,
        attachment: Some((&mail.attachment, &pdf)),
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
        say!("the draft goes to nobody yet: give `--to ADDRESS`, or fill it in before you send it");
    }
    Ok(ended(&pack))
}

/// "Pat Sample (pat) gets no mail: call 202-555-0104".
fn without_mail(to: &Recipient) -> String {
    let id = to.id.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
    let why = to.otherwise.as_deref().unwrap_or("no email address is on record");
    format!("{}{id} gets no mail: {}", shown(&to.name), shown(why))
}
