//! What goes out by mail: word to each POC who is due some, and a pack to those who attend its meeting.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::story::{for_poc, handover};
use super::words::{counted, day};
use crate::load::Loaded;
use crate::model::{
    ClockKind, MeetingKind, Minute, Outcome, PersonId, Poc, RichText, Text, TicketEvent, TicketId, TicketState,
    is_within,
};
use crate::workflow::{Context, Occurrence, TicketLine, deadline, is_active};

/// Whom a mail goes to.
#[derive(Debug, Clone, Serialize)]
pub struct Recipient {
    /// As the list of those who get no mail names them; none for an address that was typed in.
    pub id: Option<PersonId>,
    pub name: String,
    /// A valid email address; `None` if there is none.
    pub email: Option<String>,
    /// How else to reach them, in words.
    pub otherwise: Option<String>,
}

/// Word to a POC of all their outstanding tickets.
#[derive(Debug, Clone, Serialize)]
pub struct FollowUp {
    pub to: Recipient,
    pub subject: String,
    /// The date of the status.
    pub today: NaiveDate,
    /// When they hear again at the latest, if they get this word today; null without such a deadline.
    pub next_word: Option<NaiveDate>,
    /// The tickets with an update due, the most urgent first.
    pub due: Vec<FollowUpTicket>,
    /// Their other outstanding tickets, the oldest first.
    pub others: Vec<FollowUpTicket>,
    pub help_desk: String,
    pub organization: String,
}

/// A ticket, as its POC is told of it.
#[derive(Debug, Clone, Serialize)]
pub struct FollowUpTicket {
    pub id: TicketId,
    pub title: String,
    /// The subject's name.
    pub subject: String,
    pub received: Minute,
    /// When the next update is due; null if no open deadline asks for one.
    pub word_due: Option<NaiveDate>,
    /// The status, a sentence.
    pub stands: String,
    /// What comes next, a sentence.
    pub next: String,
    /// What is asked of the POC, a sentence.
    pub asked: String,
    /// The answer to pass on; null if there is none.
    pub answer: Option<RichText>,
}

/// The mail of a pack: what it adds to the pack's own model.
#[derive(Debug, Clone, Serialize)]
pub struct PackMail {
    pub to: Vec<Recipient>,
    pub subject: String,
    /// The name of the PDF that goes with it.
    pub attachment: String,
}

/// One for each POC to whom word is due by the next working day, by name.
pub fn follow_ups(ctx: &Context) -> Vec<FollowUp> {
    let by = ctx.calendar().next(ctx.today());
    let mut lines: BTreeMap<&PersonId, Vec<&TicketLine>> = BTreeMap::new();
    for line in ctx.outstanding() {
        lines.entry(line.poc_at(ctx.as_of)).or_default().push(line);
    }
    let pocs = lines.into_iter().filter_map(|(id, lines)| Some((ctx.project().pocs.get(id)?, lines)));
    let mut mails: Vec<FollowUp> = pocs.filter_map(|(poc, lines)| follow_up(ctx, poc, &lines, by)).collect();
    mails.sort_by(|a, b| (&a.to.name, &a.to.id).cmp(&(&b.to.name, &b.to.id)));
    mails
}

/// The outstanding tickets that another POC should take over, a line each.
pub fn handovers(ctx: &Context) -> Vec<String> {
    ctx.outstanding().into_iter().filter_map(|line| Some(handover(ctx, line)?.to_do())).collect()
}

fn follow_up(ctx: &Context, poc: &Loaded<Poc>, lines: &[&TicketLine], by: NaiveDate) -> Option<FollowUp> {
    let tickets = lines.iter().map(|line| ticket(ctx, line));
    let (mut due, others): (Vec<_>, Vec<_>) = tickets.partition(|ticket| ticket.word_due.is_some_and(|due| due <= by));
    due.sort_by_key(|ticket| ticket.word_due);
    let subject = match due.as_slice() {
        [] => return None,
        [only] if others.is_empty() => format!("{}: {}", only.id, only.title),
        _ => {
            let ids: Vec<String> = due.iter().chain(&others).map(|ticket| ticket.id.to_string()).collect();
            let more = if ids.len() > 3 { " and more" } else { "" };
            let some = ids.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
            format!("Your {}: {some}{more}", counted(ids.len(), "ticket"))
        }
    };
    let version = ctx.project().settings.version_on(ctx.today());
    let again = deadline(ClockKind::FollowUp, &ctx.project().settings.versions[version]);
    let names = &ctx.project().settings.names;
    Some(FollowUp {
        to: recipient(&poc.id.value, &poc.name, poc.email.as_ref(), poc.phone.as_ref()),
        subject,
        today: ctx.today(),
        next_word: ctx.calendar().due(ctx.today(), again),
        due,
        others,
        help_desk: names.help_desk.clone(),
        organization: ctx.project().settings.organization.clone(),
    })
}

fn ticket(ctx: &Context, line: &TicketLine) -> FollowUpTicket {
    let own = for_poc(ctx, line);
    let research = line.last_entry(TicketEvent::Researched, ctx.as_of);
    let is_answered = ctx.state(line) == Some(TicketState::Answered);
    let answer = research.filter(|(_, entry)| is_answered && entry.outcome == Some(Outcome::Answer));
    FollowUpTicket {
        id: line.ticket.id.value,
        title: line.ticket.title.0.clone(),
        subject: ctx.project().subject_name(&line.ticket.subject.value),
        received: line.ticket.received.value,
        word_due: own.word_due,
        stands: own.stands,
        next: own.next,
        asked: own.asked,
        answer: answer.and_then(|(_, entry)| entry.note.as_ref()).map(|note| RichText::new(&note.0)),
    }
}

/// The mail of a pack, to the given addresses, or else to those who attend the meeting.
pub fn pack_mail(ctx: &Context, kind: MeetingKind, index: usize, given: Vec<Recipient>) -> Option<PackMail> {
    let meeting = ctx.meetings(kind).get(index)?;
    Some(PackMail {
        to: if given.is_empty() { attendees(ctx, meeting) } else { given },
        subject: format!("{}, {}", meeting.name, day(meeting.held.date())),
        attachment: format!("{kind}-{}.pdf", meeting.scheduled),
    })
}

/// The people whom the meeting's file names. If it names no attendees: the staff and the board's members of its date,
/// and for a monthly meeting those who are designated POCs then.
fn attendees(ctx: &Context, meeting: &Occurrence) -> Vec<Recipient> {
    let (project, date) = (ctx.project(), meeting.held.date());
    let named = meeting.record.map(|record| record.record.attendees.as_slice()).unwrap_or_default();
    let chair = meeting.record.and_then(|record| record.record.chair.as_ref());
    let mut found: BTreeMap<&PersonId, Recipient> = BTreeMap::new();
    let is_asked = |id: &PersonId, by_default: bool| {
        let is_named = named.iter().chain(chair).any(|person| person.value == *id);
        is_named || (named.is_empty() && by_default)
    };
    for staff in &project.staff {
        if is_asked(&staff.id.value, is_within(date, staff.from, staff.until)) {
            keep(&mut found, &staff.id.value, recipient(&staff.id.value, &staff.name, staff.email.as_ref(), None));
        }
    }
    for member in &project.board.members {
        if is_asked(&member.id.value, is_within(date, member.from, member.until)) {
            keep(&mut found, &member.id.value, recipient(&member.id.value, &member.name, member.email.as_ref(), None));
        }
    }
    for poc in project.pocs.values() {
        let is_active = poc.designations.iter().any(|own| is_active(own, date));
        if is_asked(&poc.id.value, is_active && meeting.kind == MeetingKind::Monthly) {
            let own = recipient(&poc.id.value, &poc.name, poc.email.as_ref(), poc.phone.as_ref());
            keep(&mut found, &poc.id.value, own);
        }
    }
    let mut all: Vec<Recipient> = found.into_values().collect();
    all.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    all
}

/// A person has one id in all files: the first entry with an address applies.
fn keep<'i>(found: &mut BTreeMap<&'i PersonId, Recipient>, id: &'i PersonId, own: Recipient) {
    let before = found.entry(id).or_insert_with(|| own.clone());
    if before.email.is_none() && own.email.is_some() {
        *before = own;
    }
}

fn recipient(id: &PersonId, name: &Text, email: Option<&Text>, phone: Option<&Text>) -> Recipient {
    let otherwise = match (email.filter(|email| !is_address(&email.0)), phone) {
        (Some(email), _) => Some(format!("`{}` is not a valid email address", email.0)),
        (None, Some(phone)) => Some(format!("call {}", phone.0)),
        (None, None) => None,
    };
    Recipient {
        id: Some(id.clone()),
        name: name.0.clone(),
        email: email.map(|email| email.0.clone()).filter(|email| is_address(email)),
        otherwise,
    }
}

/// Reads `pat@example.org` or `Pat Sample <pat@example.org>`.
pub fn parse_recipient(text: &str) -> Option<Recipient> {
    let text = text.trim();
    let (name, email) = match text.strip_suffix('>').and_then(|text| text.split_once('<')) {
        Some((name, email)) => (name.trim().trim_matches('"'), email.trim()),
        None => ("", text),
    };
    let sound = is_address(email) && !name.chars().any(char::is_control);
    sound.then(|| Recipient { id: None, name: name.to_owned(), email: Some(email.to_owned()), otherwise: None })
}

/// Whether mail programs take a text for one address: no list, no comment, nothing that begins a header of its own.
pub fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let atoms =
        |text: &str, fits: fn(u8) -> bool| text.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(fits));
    text.len() <= 254
        && local.len() <= 64
        && atoms(local, |byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte))
        && atoms(domain, |byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_and_nothing_else() {
        for good in ["pat@example.org", "p.o'hara+x@mail.example.org", "a@b"] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "",
            "pat",
            "pat@",
            "@example.org",
            "pat@example..org",
            ".p@example.org",
            "a@b, c@d",
            "a@b>\r\nBcc: <c@d",
            "a b@c",
            "a@b@c",
            "pat@exämple.org",
            "\"a\"@b",
            "a@b\u{0}",
            "<a@b>",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }

    #[test]
    fn a_recipient_is_an_address_with_or_without_a_name() {
        let read = |text| parse_recipient(text).map(|to| (to.name, to.email.unwrap_or_default()));
        let both = |name: &str, email: &str| Some((name.to_owned(), email.to_owned()));
        assert_eq!(read(" pat@example.org "), both("", "pat@example.org"));
        assert_eq!(read("Pat \u{e9} <pat@example.org>"), both("Pat \u{e9}", "pat@example.org"));
        assert_eq!(read("\"Sample, Pat\" <pat@example.org>"), both("Sample, Pat", "pat@example.org"));
        assert_eq!(read("Pat\nBcc: x <pat@example.org>"), None);
        assert_eq!(read("pat"), None);
    }
}
