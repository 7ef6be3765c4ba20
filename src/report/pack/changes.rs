//! Change requests: each unfinished one, and those finished in the period.

use chrono::NaiveDate;
use serde::Serialize;

use super::heading::Heading;
use super::mentions::{Mentioned, Mentions};
use super::scope::Scope;
use crate::model::{
    ChangeEvent, ClockKind, CrId, CrState, Decision, Member, Minute, PersonId, RichText, SubjectId, TicketId,
};
use crate::report::words::{Words, day};
use crate::workflow::{ChangeLine, Context, StandingVotes, tally};

/// What the packs call the section.
pub(super) const HEADING: Heading = Heading::new("changes", "Change requests");

/// A change request.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeRow {
    pub id: CrId,
    pub state: CrState,
    /// The state in words, "before the CFMSCCB".
    pub state_text: String,
    /// Standing approvals of the last round.
    pub approvals: usize,
    /// The quorum in force at the as-of date.
    pub quorum: usize,
    /// Members without a standing vote, while it is submitted or deferred.
    pub waiting_for: Vec<PersonId>,
    pub title: String,
    pub subject: SubjectId,
    pub tickets: Vec<TicketId>,
    pub prepared_by: PersonId,
    pub priority: Option<String>,
    pub risk: Option<String>,
    /// "25 days", as the request has it; null once the meeting is over, since a later edit must not change its pack.
    pub effort: Option<String>,
    /// What it does, in its own words; null once the meeting is over.
    pub description: Option<RichText>,
    /// It was finished in the period (else it is unfinished).
    pub finished: bool,
    /// The members in `waiting_for` by name, the chair first: "Reese Chenille (chair), Noor Placewright".
    pub missing: String,
    /// The votes in words: "1 vote to reject; 2 of 3 approvals".
    pub standing: String,
    /// The owner, in words; blank when finished.
    pub waits_on: String,
    /// Since when it is in this state.
    pub since: NaiveDate,
    /// Calendar days since then.
    pub days: i64,
    /// `sha256:` and the digest of the request that its votes are on.
    pub digest: String,
    /// The date by which ACFO-FS must forward it, while that deadline is open.
    pub due: Option<NaiveDate>,
    /// All votes of its last round, oldest first.
    pub votes: Vec<VoteRow>,
    /// What it was delivered in.
    pub release: Option<String>,
}

/// A vote on a change request.
#[derive(Debug, Clone, Serialize)]
pub struct VoteRow {
    pub by: PersonId,
    pub at: Minute,
    pub decision: Decision,
    /// It counts, and no later one of the same member does.
    pub stands: bool,
    /// Why it does not count, in words; null if it does.
    pub not_counted: Option<String>,
    /// The reason that the member gave.
    pub reason: Option<RichText>,
}

impl Mentions for ChangeRow {
    fn mention(&self, mentioned: &mut Mentioned) {
        mentioned.tickets.extend(&self.tickets);
        mentioned.subjects.insert(self.subject.clone());
        mentioned.people.insert(self.prepared_by.clone());
        mentioned.people.extend(self.waiting_for.iter().chain(self.votes.iter().map(|vote| &vote.by)).cloned());
    }
}

/// The change requests of a pack, by id.
pub fn changes(scope: &Scope) -> Vec<ChangeRow> {
    let rows = scope.ctx.changes().filter_map(|line| {
        let state = line.state_at(scope.ctx.as_of)?;
        let finished = state.is_finished();
        let ended = line.in_state_since(scope.ctx.as_of).is_some_and(|at| scope.happened(at));
        let mut row = (!finished || ended).then(|| change_row(scope.ctx, line, state))?;
        if !scope.preliminary {
            (row.effort, row.description) = (None, None);
        }
        Some(row)
    });
    rows.collect()
}

/// Builds the row of a change request.
pub fn change_row(ctx: &Context, line: &ChangeLine, state: CrState) -> ChangeRow {
    let words = Words::new(&ctx.project().settings.names);
    let as_of = ctx.as_of;
    let standing = line.standing_at(as_of);
    let term = ctx.board().term_on(ctx.today());
    let since = line.in_state_since(as_of).unwrap_or(as_of).date();
    let release = line.steps.iter().rfind(|step| step.at <= as_of && line.is(step, ChangeEvent::Delivered));
    let asked: Vec<&Member> = line
        .members_at(as_of, ctx.board())
        .into_iter()
        .filter(|own| !own.has_voted && !own.is_proposer)
        .map(|own| own.member)
        .collect();
    let due = line.clocks.iter().find(|clock| clock.kind == ClockKind::ForwardCr && clock.runs_at(as_of));
    ChangeRow {
        id: line.cr.id.value.clone(),
        state,
        state_text: words.change_stands(line, state, as_of),
        approvals: standing.approvals,
        quorum: term.map_or(0, |term| term.quorum.0),
        waiting_for: asked.iter().map(|member| member.id.value.clone()).collect(),
        missing: missing(asked),
        title: line.cr.title.0.clone(),
        subject: line.cr.subject.value.clone(),
        tickets: line.cr.tickets.iter().map(|ticket| ticket.value).collect(),
        prepared_by: line.cr.prepared_by.value.clone(),
        priority: line.cr.priority.map(|priority| priority.to_string()),
        risk: line.cr.risk.map(|risk| risk.to_string()),
        effort: line.cr.effort.as_ref().map(|effort| effort.0.clone()),
        description: line.cr.description.as_ref().map(|text| RichText::new(&text.0)),
        finished: state.is_finished(),
        standing: tally(ctx.board(), line, as_of),
        waits_on: words.change_holder(state),
        since,
        days: (ctx.today() - since).num_days(),
        digest: line.digest_at(as_of).to_owned(),
        due: due.map(|clock| clock.due),
        votes: line.round_at(as_of).into_iter().map(|vote| vote_row(line, vote, &standing)).collect(),
        release: release.and_then(|step| line.entry(step)?.release.as_ref()).map(|release| release.0.clone()),
    }
}

/// The names of members, the chair's first.
fn missing(members: Vec<&Member>) -> String {
    let (chairs, others): (Vec<&Member>, Vec<&Member>) = members.into_iter().partition(|member| member.chair);
    let chairs = chairs.into_iter().map(|member| format!("{} (chair)", member.name.0));
    let names: Vec<String> = chairs.chain(others.into_iter().map(|member| member.name.0.clone())).collect();
    names.join(", ")
}

/// What the votes come to, where the state does not stand beside it: while they are cast the votes, "deferred Thu
/// Nov 12, 2026: 1 vote to defer; 1 of 2 approvals"; then what was decided and since when.
pub fn state_and_votes(row: &ChangeRow) -> String {
    match row.state {
        CrState::Draft | CrState::Submitted => row.standing.clone(),
        CrState::Deferred | CrState::Returned => format!("{} {}: {}", row.state, day(row.since), row.standing),
        _ => format!("{} since {}", row.state_text, day(row.since)),
    }
}

fn vote_row(line: &ChangeLine, index: usize, standing: &StandingVotes) -> VoteRow {
    let vote = line.votes[index].vote;
    VoteRow {
        by: vote.by.value.clone(),
        at: Minute(vote.at.value.0),
        decision: vote.decision.value,
        stands: standing.votes.get(&vote.by.value) == Some(&index),
        not_counted: line.uncounted[index].clone(),
        reason: vote.reason.as_ref().map(|reason| RichText::new(&reason.0)),
    }
}
