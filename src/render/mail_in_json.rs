//! `import mail --format json`.

use serde::Serialize;

use super::mail_in_text::{asked, mail_command};
use crate::model::{Minute, Office};
use crate::report::mail_in::{By, MailLine, Proposal, Role};

/// The format and its version.
const FORMAT: &str = "heatpack.import-mail/1";

#[derive(Serialize)]
struct Output<'o> {
    format: &'static str,
    as_of: String,
    mails: Vec<Mail<'o>>,
    unreadable: &'o [(String, String)],
}

#[derive(Serialize)]
struct Mail<'o> {
    file: &'o str,
    number: Option<usize>,
    digest: &'o str,
    subject: &'o str,
    sent: Option<String>,
    from: Sender<'o>,
    ticket: Option<Ticket>,
    kind: Option<&'static str>,
    entered_already: Option<&'o str>,
    notes: &'o [String],
    attachments: &'o [String],
    proposals: Vec<Command<'o>>,
}

#[derive(Serialize)]
struct Sender<'o> {
    email: Option<&'o str>,
    id: Option<String>,
    role: &'static str,
}

#[derive(Serialize)]
struct Ticket {
    id: String,
    by: &'static str,
    state: String,
}

#[derive(Serialize)]
struct Command<'o> {
    what: &'static str,
    ticket: Option<String>,
    command: String,
    replace: Vec<String>,
    why: &'o str,
    safe: bool,
    entered: bool,
}

/// The mails as JSON. The files that cannot be read come with the reason.
pub fn mail_in_json(mails: &[MailLine], unreadable: &[(String, String)], as_of: Minute, was_entered: bool) -> String {
    let mails = mails.iter().map(|mail| of_mail(mail, was_entered)).collect();
    super::to_json(&Output { format: FORMAT, as_of: iso(as_of), mails, unreadable })
}

fn iso(at: Minute) -> String {
    at.to_string().replace(' ', "T")
}

fn of_mail(mail: &MailLine, was_entered: bool) -> Mail<'_> {
    let sender = &mail.sender;
    let role = match sender.role {
        Role::Staff(Office::HelpDesk) => "help-desk",
        Role::Staff(Office::Nitc) => "nitc",
        Role::Staff(Office::AcfoFs) => "acfo-fs",
        Role::Poc => "poc",
        Role::Caller => "caller",
        Role::Board => "board",
        Role::Unknown => "unknown",
    };
    let ticket = mail.ticket.as_ref().map(|found| Ticket {
        id: found.id.to_string(),
        by: match found.by {
            By::Subject => "subject",
            By::NitcNumber => "nitc-number",
            By::Header => "header",
            By::Text => "text",
        },
        state: found.state.clone(),
    });
    Mail {
        file: &mail.file,
        number: mail.number,
        digest: &mail.digest,
        subject: &mail.subject,
        sent: mail.sent.map(iso),
        from: Sender { email: sender.email.as_deref(), id: sender.id.as_ref().map(ToString::to_string), role },
        ticket,
        kind: mail.kind.words(),
        entered_already: mail.entered.as_deref(),
        notes: &mail.notes,
        attachments: &mail.attachments,
        proposals: mail.proposals.iter().map(|own| command(own, was_entered)).collect(),
    }
}

fn command(own: &Proposal, was_entered: bool) -> Command<'_> {
    Command {
        what: own.what,
        ticket: own.ticket.map(|id| id.to_string()),
        command: mail_command(own),
        replace: asked(own),
        why: &own.why,
        safe: own.certain,
        entered: own.certain && was_entered,
    }
}
