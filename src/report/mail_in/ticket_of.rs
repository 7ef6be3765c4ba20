//! Which ticket a mail is about. Two candidates are none.

use std::collections::BTreeSet;

use super::line::{By, Role, Sender};
use super::recorded::Recorded;
use crate::import::mail::Mail;
use crate::model::{Office, TicketId};
use crate::report::mail::Mark;
use crate::workflow::Context;

/// What a mail says of its ticket.
#[derive(Debug, Default)]
pub struct Which {
    pub ticket: Option<(TicketId, By)>,
    /// It names one or several, none of which can be taken.
    pub is_doubtful: bool,
    pub notes: Vec<String>,
}

/// The ticket by the number in the subject, by NITC's number, by our own header, in this order. What comes later must
/// not contradict what comes first.
pub fn ticket_of(ctx: &Context, recorded: &Recorded, mail: &Mail, sender: &Sender) -> Which {
    let subject = ids_in(&mail.subject);
    let number = by_number(recorded, &mail.subject);
    let marks: BTreeSet<TicketId> =
        mail.marks.iter().filter_map(|mark| TicketId::parse(&Mark::parse(mark)?.id)).collect();
    let marks: BTreeSet<TicketId> = marks.into_iter().filter(|id| ctx.prepared.tickets.contains_key(id)).collect();
    let sources = [(By::Subject, subject), (By::NitcNumber, number), (By::Header, marks)];
    let mut which = which(&sources);
    if which.ticket.is_none() && !which.is_doubtful {
        which = in_text(ctx, recorded, mail, sender);
    }
    let Some((id, _)) = which.ticket.filter(|(id, _)| !ctx.prepared.tickets.contains_key(id)) else { return which };
    let why = if ctx.is_left_out(id) { "has errors: `heatpack check` lists them" } else { "is not in these records" };
    Which { ticket: None, is_doubtful: true, notes: vec![format!("{id} {why}")] }
}

/// The one candidate of the first source that has any, if no other source contradicts it.
fn which(sources: &[(By, BTreeSet<TicketId>)]) -> Which {
    let Some((by, candidates)) = sources.iter().find(|(_, found)| !found.is_empty()) else { return Which::default() };
    let all: BTreeSet<TicketId> = sources.iter().flat_map(|(_, found)| found).copied().collect();
    let one = candidates.first().copied().filter(|_| candidates.len() == 1);
    // A letter can be about several tickets; an answer to it is about one of them.
    let one = one.filter(|one| sources.iter().all(|(_, found)| found.is_empty() || found.contains(one)));
    match one {
        Some(one) => Which { ticket: Some((one, *by)), ..Which::default() },
        None => {
            let names: Vec<String> = all.iter().map(TicketId::to_string).collect();
            let notes = vec![format!("it names {}: no ticket is assumed", names.join(" and "))];
            Which { ticket: None, is_doubtful: true, notes }
        }
    }
}

/// The ticket by a number in the new text. It counts only in a mail of NITC, or of the ticket's own POC.
fn in_text(ctx: &Context, recorded: &Recorded, mail: &Mail, sender: &Sender) -> Which {
    let text = mail.paragraphs.join("\n");
    let found = which(&[(By::Text, ids_in(&text)), (By::Text, by_number(recorded, &text))]);
    let may_mean = |id: &TicketId| match sender.role {
        Role::Staff(Office::Nitc) => true,
        Role::Poc | Role::Caller => {
            let line = ctx.prepared.tickets.get(id);
            line.is_some_and(|line| sender.id.as_ref() == Some(line.poc_at(ctx.as_of)))
        }
        _ => false,
    };
    match found.ticket {
        Some((id, _)) if !may_mean(&id) => {
            Which { notes: vec![format!("its text mentions {id}, which is not in the subject")], ..Which::default() }
        }
        _ => found,
    }
}

/// The tickets whose numbers a text has: `[HEAT-10423]`, `HEAT 10423`, `heat-10423`.
pub fn ids_in(text: &str) -> BTreeSet<TicketId> {
    let mut found = BTreeSet::new();
    let lower = text.to_ascii_lowercase();
    for (at, _) in lower.match_indices("heat") {
        let is_word = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let rest = &text[at + 4..];
        // "the heat 10 minutes later" is no ticket.
        let may_have_blank = text[at..].starts_with("HEAT");
        let digits =
            rest.trim_start_matches(|c| "-_#:\u{2010}\u{2011}\u{2013}".contains(c) || may_have_blank && c == ' ');
        let between = rest.chars().count() - digits.chars().count();
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let is_end = digits[end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        if is_word && between <= 3 && (1..=9).contains(&end) && is_end {
            found.extend(TicketId::parse(&format!("HEAT-{}", &digits[..end])));
        }
        if found.len() > 20 {
            break;
        }
    }
    found
}

/// The tickets of the numbers of NITC that a text has.
fn by_number(recorded: &Recorded, text: &str) -> BTreeSet<TicketId> {
    let words = text.to_lowercase();
    let is_part = |c: char| c.is_alphanumeric() || "-_/.#".contains(c);
    let words = words.split(|c| !is_part(c)).map(|word| word.trim_matches(['-', '.', '/', '#', '_']));
    let known = words.filter(|word| word.len() >= 3).take(5000).filter_map(|word| recorded.numbers.get(word));
    known.flatten().copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_as_people_write_them() {
        let of = |text: &str| ids_in(text).iter().map(TicketId::to_string).collect::<Vec<_>>().join(" ");
        assert_eq!(of("RE: [HEAT-10423] Export"), "HEAT-10423");
        assert_eq!(of("heat-1 and HEAT 2, HEAT#3 (HEAT\u{2011}4)"), "HEAT-1 HEAT-2 HEAT-3 HEAT-4");
        for none in
            ["wheat-12", "heat 10 minutes", "HEAT-", "HEAT-007", "HEAT-12a", "HEAT-1234567890", "THE HEATING 12"]
        {
            assert_eq!(of(none), "", "{none}");
        }
    }
}
