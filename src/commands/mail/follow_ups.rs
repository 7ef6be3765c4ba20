//! `heatpack mail follow-ups`: an update for each POC who is due one.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::out::{when_sent, without_mail};
use crate::commands::common::meeting_pack::renderer;
use crate::commands::common::options::status;
use crate::commands::common::session::Session;
use crate::disk::output;
use crate::model::{PersonId, parse_date};
use crate::render::{Letter, eml, shown};
use crate::report::mail::{FollowUp, follow_ups, handovers};
use crate::report::words::counted;
use crate::workflow::Context;

/// Draft an update for each POC who is due one by the next working day
///
/// An update is a reply, a follow-up or an answer. Each draft has all outstanding tickets of the POC: the status, what
/// is new, and the next step. Lists POCs without an email address on standard error.
///
/// Exit status 1: a file with errors was skipped.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack mail follow-ups -o drafts")]
pub struct Arguments {
    /// Output folder [default: output/mail]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// Runs the command.
pub fn execute(session: &Session, ctx: &Context, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let folder = &arguments.output.clone().unwrap_or_else(|| session.seen_from_here("output/mail"));
    output::not_among_records(&session.root, folder)?;
    let renderer = renderer(session)?;
    let mails = follow_ups(ctx);
    let (drafts, others): (Vec<&FollowUp>, Vec<&FollowUp>) = mails.iter().partition(|mail| mail.to.email.is_some());
    let mut told = String::new();
    let mut written = Vec::new();
    for mail in &drafts {
        let letter = Letter {
            to: std::slice::from_ref(&mail.to),
            subject: &mail.subject,
            at: session.as_of,
            zone: session.project.settings.zone,
            text: &renderer.mail("mail/follow_up.txt", mail, None)?,
            html: Some(&renderer.mail("mail/follow_up.html", mail, None)?),
            attachments: &[],
            about: &mail.about,
        };
        let id = mail.to.id.as_ref().map(ToString::to_string).unwrap_or_default();
        let path = folder.join(format!("{}-{id}.eml", mail.today));
        output::write(&path, &eml(&letter))?;
        let tickets = counted(mail.due.len() + mail.others.len(), "ticket");
        told.push_str(&format!("{}: {tickets} of {}\n", shown(&path.display().to_string()), shown(&mail.to.name)));
        written.push(path);
    }
    told.push_str(&match drafts.len() {
        0 => "no draft: no update to a POC with an email address is due by the next working day\n".to_owned(),
        some => format!("{}; nothing was sent\n", counted(some, "draft")),
    });
    if !written.is_empty() {
        told.push_str(&when_sent(&written));
    }
    std::io::stdout().lock().write_all(told.as_bytes())?;
    let written: BTreeSet<PathBuf> = written.into_iter().collect();
    let earlier: Vec<String> = drafts_in(session, folder).filter(|path| !written.contains(path)).map(said).collect();
    if !earlier.is_empty() {
        say!("drafts of an earlier run, of which none is due now: delete {}", earlier.join(", "));
    }
    for mail in others {
        let ids: Vec<String> = mail.due.iter().map(|ticket| ticket.id.to_string()).collect();
        say!("{}, to be told of {}", without_mail(&mail.to), ids.join(", "));
        say!("when told: heatpack log {} follow-up", ids.join(" "));
    }
    handovers(ctx).iter().for_each(|own| say!("{}", shown(own)));
    let left_out = session.project.left_out.len();
    if left_out > 0 {
        say!("{} with errors skipped: run `heatpack check`", counted(left_out, "file"));
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
