//! What the meeting is asked to decide: CRs before the board, gaps in the roster, tickets that are old.

use serde::Serialize;

use super::actions::ActionRow;
use super::changes::ChangeRow;
use super::mentions::{Mentioned, Mentions};
use super::scope::Scope;
use super::tiles::since;
use crate::model::{Decision, MeetingKind, RichText};
use crate::report::words::counted;
use crate::workflow::TicketLine;

/// What the meeting is asked to decide.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Decisions {
    /// How many there are.
    pub count: usize,
    /// The first of each kind.
    pub asked: Vec<DecisionAsked>,
    /// What is not among them, in sentences.
    pub more: Vec<String>,
}

/// A decision that the meeting is asked for.
#[derive(Debug, Clone, Serialize)]
pub struct DecisionAsked {
    /// The CR's or ticket's id; blank for a gap in the roster.
    pub record: String,
    pub title: String,
    /// What it does, the beginning of its description; blank if the title says it.
    pub about: String,
    /// Effort, risk, votes, who is missing, since when and why it waits: each a short text.
    pub facts: Vec<String>,
    /// The answers to choose from.
    pub answers: Vec<&'static str>,
}

impl Mentions for Decisions {
    fn mention(&self, mentioned: &mut Mentioned) {
        self.asked.iter().for_each(|asked| mentioned.record(&asked.record));
    }
}

/// A ticket of this age is brought to the meeting.
const OLD: i64 = 61;
/// How many of each kind page one names.
const NAMED: usize = 4;
/// How many characters of a description and of a reason it shows.
const ABOUT: usize = 110;
const REASON: usize = 150;

/// The decisions. `gaps` are those of the roster, each with the name of its subject; `actions` are not done.
pub fn decisions(scope: &Scope, changes: &[ChangeRow], gaps: &[(String, String)], actions: &[&ActionRow]) -> Decisions {
    let waiting: Vec<&ChangeRow> = changes.iter().filter(|row| row.state.waits_for_votes()).collect();
    let gaps = if scope.kind == MeetingKind::Monthly { gaps } else { &[] };
    let old: Vec<&TicketLine> =
        scope.ctx.outstanding().into_iter().filter(|line| is_asked(scope, line, &waiting)).collect();
    let mut asked: Vec<DecisionAsked> = waiting.iter().take(NAMED).map(|row| of_change(scope, row)).collect();
    asked.extend(gaps.iter().take(NAMED).map(|(subject, gap)| of_gap(scope, subject, gap, actions)));
    asked.extend(old.iter().take(NAMED).map(|line| of_ticket(scope, line)));
    let more = [
        (waiting.len(), "more change request", "for a decision by the board"),
        (gaps.len(), "more gap", "in the POC roster"),
        (old.len(), "more ticket", "61 days old or older, to continue or close"),
    ];
    let more = more.into_iter().filter(|(all, ..)| *all > NAMED);
    Decisions {
        count: waiting.len() + gaps.len() + old.len(),
        asked,
        more: more.map(|(all, what, which)| format!("{} {which}.", counted(all - NAMED, what))).collect(),
    }
}

/// Whether a ticket is old, and no CR that it waits for is itself to be decided on.
fn is_asked(scope: &Scope, line: &TicketLine, waiting: &[&ChangeRow]) -> bool {
    let ctx = scope.ctx;
    let mut changes = line.waits_for_at(ctx.as_of, &ctx.prepared.changes);
    line.age_at(ctx.today()) >= OLD && !changes.any(|id| waiting.iter().any(|row| row.id == *id))
}

fn of_change(scope: &Scope, row: &ChangeRow) -> DecisionAsked {
    let mut facts = Vec::new();
    facts.extend(row.effort.as_ref().map(|effort| format!("Effort: {effort}")));
    facts.extend(row.risk.as_ref().map(|risk| format!("Risk: {risk}")));
    facts.push(format!("Votes: {}", row.standing));
    if !row.missing.is_empty() {
        facts.push(format!("Missing: {}", row.missing));
    }
    facts.push(format!(
        "Waiting since {} ({})",
        since(row.since, scope.ctx.today()),
        counted(row.days.max(0) as usize, "day")
    ));
    let reasons = row.votes.iter().filter(|vote| vote.stands && vote.decision != Decision::Approve);
    facts.extend(reasons.filter_map(|vote| {
        let reason = vote.reason.as_ref()?.plain(REASON);
        let (decided, by) = (scope.words().decision(vote.decision), scope.ctx.project().person_name(&vote.by));
        Some(format!("{by} {decided} it: {}", reason.trim_end_matches('.')))
    }));
    DecisionAsked {
        record: row.id.to_string(),
        title: row.title.clone(),
        about: row.description.as_ref().map(|text: &RichText| text.plain(ABOUT)).unwrap_or_default(),
        facts,
        answers: vec!["approve", "return", "defer", "reject"],
    }
}

fn of_gap(scope: &Scope, subject: &str, gap: &str, actions: &[&ActionRow]) -> DecisionAsked {
    let own = actions.iter().filter(|action| is_of(action, subject));
    let facts = own.map(|action| {
        let when = match action.days_late {
            0 => format!("due {}", since(action.due, scope.ctx.today())),
            days => format!("{} late", counted(days.max(0) as usize, "day")),
        };
        format!("Action item {} ({}, {when})", action.id, action.owner)
    });
    DecisionAsked {
        record: String::new(),
        title: format!("POC roster: {gap}"),
        about: String::new(),
        facts: facts.collect(),
        answers: vec!["designate", "defer"],
    }
}

/// Whether an action item is on the gaps of a subject.
pub(super) fn is_of(action: &ActionRow, subject: &str) -> bool {
    names(&action.what, subject)
}

/// Whether a text names a subject: in full, or by the last two words of its name.
fn names(text: &str, subject: &str) -> bool {
    let words: Vec<&str> = subject.split_whitespace().collect();
    let last = words[words.len().saturating_sub(2)..].join(" ").to_lowercase();
    !last.is_empty() && text.to_lowercase().contains(&last)
}

fn of_ticket(scope: &Scope, line: &TicketLine) -> DecisionAsked {
    let ctx = scope.ctx;
    let owner = ctx.holder(line).map(|holder| scope.words().holder(holder)).unwrap_or_default();
    let changes: Vec<String> = line.waits_for_at(ctx.as_of, &ctx.prepared.changes).map(ToString::to_string).collect();
    let mut facts = vec![counted(line.age_at(ctx.today()).max(0) as usize, "day") + " old", format!("Owner: {owner}")];
    if !changes.is_empty() {
        facts.push(format!("Waiting for {}", changes.join(", ")));
    }
    DecisionAsked {
        record: line.ticket.id.to_string(),
        title: line.ticket.title.0.clone(),
        about: String::new(),
        facts,
        answers: vec!["continue", "close"],
    }
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_text_names_a_subject_by_its_last_words() {
        assert!(names("Name a backup for Travel Vouchers", "Travel Vouchers"));
        assert!(names("Successor for Human Capital from November 1", "Strategic Management of Human Capital"));
        assert!(names("a backup for the SCORECARD", "Scorecard"));
        assert!(!names("Ask the other modules for documents", "Travel Vouchers"));
        assert!(!names("Anything", ""));
    }
}
