//! `import mail` as text: what each mail could be, as commands that are safe to paste into a shell.

use super::shown;
use crate::import::mail::one_line;
use crate::model::{Names, Office, minute_in_words};
use crate::render::quoted;
use crate::report::mail_in::{Arg, By, MailLine, Proposal, Role, Sender};
use crate::report::reconciliation::Value;
use crate::report::words::Words;

/// How many attachments are named.
const MOST_FILES: usize = 5;

/// The mails, each with its proposals. Where entries were made (`was_entered`), they are not commands any more.
pub fn mail_in_text(mails: &[MailLine], names: &Names, was_entered: bool) -> String {
    mails.iter().map(|mail| one(mail, names, was_entered)).collect::<Vec<_>>().join("\n")
}

/// The file, and the place in it: "desk.mbox (3)".
pub fn place(mail: &MailLine) -> String {
    let number = mail.number.map(|number| format!(" ({number})")).unwrap_or_default();
    format!("{}{number}", line(&mail.file))
}

fn one(mail: &MailLine, names: &Names, was_entered: bool) -> String {
    let sent = mail.sent.map_or_else(|| "no date".to_owned(), minute_in_words);
    let mut out =
        format!("{}: {}\n  {sent}, from {}\n", place(mail), title(&mail.subject), sender(&mail.sender, names));
    let mut push = |label: &str, text: &str| out.push_str(&format!("  {label}{}\n", line(text)));
    if let Some(record) = &mail.entered {
        push("entered already: ", record);
    } else if let Some(kind) = mail.kind.words() {
        push("set aside: ", kind);
    }
    match &mail.ticket {
        Some(found) => push("ticket: ", &format!("{}, {}; now: {}", found.id, by(found.by, names), found.state)),
        None if mail.entered.is_some() => {}
        None => push("ticket: ", "none"),
    }
    mail.notes.iter().for_each(|note| push("note: ", note));
    if !mail.attachments.is_empty() {
        let more = mail.attachments.len().saturating_sub(MOST_FILES);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let named: Vec<&str> = mail.attachments.iter().take(MOST_FILES).map(String::as_str).collect();
        push("attached, not opened: ", &format!("{}{more}", named.join(", ")));
    }
    for own in &mail.proposals {
        if own.certain && was_entered {
            let number = own.number().map(|number| format!(" {}", line(number))).unwrap_or_default();
            out.push_str(&format!("  entered: {}{number}\n", own.what));
            continue;
        }
        let label = if own.certain { "  # safe to enter (`--apply`): " } else { "  # " };
        let asked = asked(own);
        let asked = if asked.is_empty() { String::new() } else { format!("; replace {}", asked.join(" and ")) };
        out.push_str(&format!("{label}{}{asked}\n  {}\n", line(&own.why), mail_command(own)));
    }
    if mail.proposals.is_empty() && mail.entered.is_none() && mail.kind.words().is_none() {
        out.push_str("  nothing is proposed\n");
    }
    out
}

/// A text of a mail as one line.
fn line(text: &str) -> String {
    shown(&one_line(text))
}

fn title(subject: &str) -> String {
    if subject.is_empty() { "(no subject)".to_owned() } else { line(subject) }
}

fn sender(sender: &Sender, names: &Names) -> String {
    let email = sender.email.as_deref().map(line).unwrap_or_default();
    let name = line(&sender.name);
    let Some(id) = sender.id.as_ref().filter(|_| sender.role != Role::Unknown) else {
        // The name is only a claim.
        return if email.is_empty() { "unknown sender".to_owned() } else { format!("unknown sender {email}") };
    };
    let words = Words::new(names);
    let role = match sender.role {
        Role::Staff(office) => words.office(office),
        Role::Poc => "POC".to_owned(),
        Role::Caller => "not a POC".to_owned(),
        Role::Board => words.board(),
        Role::Unknown => String::new(),
    };
    format!("{name} ({id}, {role})")
}

fn by(by: By, names: &Names) -> String {
    match by {
        By::Subject => "by its number in the subject".to_owned(),
        By::NitcNumber => format!("by {}'s number", Words::new(names).office(Office::Nitc)),
        By::Header => "by the header of our letter, which it quotes".to_owned(),
        By::Text => "by its number in the text only".to_owned(),
    }
}

/// The words in capitals that the clerk replaces.
pub fn asked(proposal: &Proposal) -> Vec<String> {
    let asked = proposal.args.iter().filter_map(|arg| match arg {
        Arg::Flag(_, Value::Asked(what)) => Some(what.to_uppercase()),
        _ => None,
    });
    asked.collect()
}

/// `heatpack log HEAT-10423 acknowledged --at '2026-11-16 15:40' …`: one line, and each value one word of a POSIX shell.
pub fn mail_command(proposal: &Proposal) -> String {
    let mut out = "heatpack".to_owned();
    for arg in &proposal.args {
        out.push(' ');
        match arg {
            Arg::Word(word) => out.push_str(&quoted(&line(word))),
            Arg::Switch(name) => out.push_str(&format!("--{name}")),
            Arg::Flag(name, Value::Known(text)) => out.push_str(&format!("--{name} {}", quoted(&line(text)))),
            Arg::Flag(name, Value::Asked(what)) => out.push_str(&format!("--{name} {}", quoted(&what.to_uppercase()))),
        }
    }
    out
}
