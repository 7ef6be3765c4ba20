//! The board's votes, and what they and the log make of a change request, by docs/explanation/states.md.

use chrono::NaiveDate;

use crate::Result;
use crate::calendar::{self, Moment, show};
use crate::change_request::{ChangeRequest, CrEntry, CrState};
use crate::clocks::{Kind, Stop};
use crate::people::{self, seat};
use crate::script::Line;
use crate::sign;
use crate::yaml::{Yaml, wrapped};

const QUORUM: usize = 2;

/// Before this date a vote needed no signature.
fn signatures_required() -> NaiveDate {
    calendar::date(2026, 1, 1)
}

/// One vote by one member.
pub struct Vote {
    pub at: Moment,
    pub by: String,
    pub decision: String,
    reason: Option<String>,
    /// On the request as it was before its last edit.
    pub early: bool,
    signed: bool,
}

impl Vote {
    /// `vote member decision [early] [unsigned] | reason`
    pub fn parse(at: Moment, line: &Line) -> Result<Vote> {
        let [_, by, decision, flags @ ..] = &line.words[..] else {
            return Err("a vote is `vote member decision`".into());
        };
        let flag = |name: &str| flags.iter().any(|f| f == name);
        let (early, signed) = (flag("early"), !flag("unsigned"));
        if seat(by, at.date()).is_none() {
            return Err(format!("{by} was not of the board on {}", at.date()).into());
        }
        if !["approve", "reject", "return", "defer"].contains(&decision.as_str()) {
            return Err(format!("no decision {decision:?}").into());
        }
        if decision != "approve" && line.note.is_none() {
            return Err(format!("a vote to {decision} asks for a reason").into());
        }
        if !signed && at.date() >= signatures_required() {
            return Err(format!("the vote of {} must be signed", show(at)).into());
        }
        Ok(Vote { at, by: by.clone(), decision: decision.clone(), reason: line.note.clone(), early, signed })
    }

    pub fn yaml(&self, cr: &str, digest: &str, expand: &dyn Fn(&str) -> String) -> Result<String> {
        let reason = self.reason.as_deref().map(expand);
        let mut y = Yaml::default();
        y.scalar("", "cr", cr).scalar("", "by", &self.by).scalar("", "at", &show(self.at));
        y.scalar("", "decision", &self.decision);
        if let Some(reason) = &reason {
            y.block("", "reason", reason);
        }
        if !self.signed {
            return Ok(y.finish());
        }
        let reason_digest = sign::sha256(&reason.as_deref().map(wrapped).unwrap_or_default());
        let text = format!(
            "heatpack decision v1\ncr {cr}\ndigest {digest}\ndecision {}\nby {}\nat {}\nreason {reason_digest}\n",
            self.decision,
            self.by,
            show(self.at),
        );
        y.scalar("", "digest", digest).line("signature: |");
        for line in sign::signature(&self.by, &text)?.lines() {
            y.line(&format!("  {line}"));
        }
        Ok(y.finish())
    }
}

/// Works out the states of a change request and its clocks, and fails at the first slip.
pub fn decide(cr: &mut ChangeRequest) -> Result<()> {
    cr.votes.sort_by_key(|vote| vote.at);
    let mut steps: Vec<(Moment, Option<usize>, Option<usize>)> = Vec::new();
    steps.extend(cr.votes.iter().enumerate().map(|(i, vote)| (vote.at, Some(i), None)));
    steps.extend(cr.log.iter().enumerate().map(|(i, entry)| (entry.at, None, Some(i))));
    steps.sort_by_key(|(at, ..)| *at);
    let mut state = CrState::Draft;
    for (at, vote, entry) in steps {
        let before = state;
        state = match (vote, entry) {
            (Some(i), _) => after_vote(cr, &cr.votes[i], state)?,
            (None, Some(i)) => after_entry(cr, &cr.log[i], state).map_err(|e| format!("{}: {e}", show(at)))?,
            (None, None) => state,
        };
        if state == CrState::Approved && before != state {
            cr.clocks.start(Kind::ForwardCr, at);
        } else if before == CrState::Approved && state != before {
            let how = if state == CrState::Forwarded { Stop::Done } else { Stop::FellAway };
            cr.clocks.stop(&[Kind::ForwardCr], at, how);
        }
        cr.timeline.push((at, state));
    }
    Ok(())
}

fn last_submitted(cr: &ChangeRequest, before: Moment) -> Option<Moment> {
    cr.log.iter().rev().filter(|e| e.line.event() == "submitted" && e.at < before).map(|e| e.at).next()
}

fn after_vote(cr: &ChangeRequest, vote: &Vote, state: CrState) -> Result<CrState> {
    let proposers = cr.log.iter().filter(|e| e.line.event() == "submitted").filter_map(|e| e.line.words.get(1));
    if proposers.chain([&cr.field("prepared_by").to_owned()]).any(|id| *id == vote.by) {
        return Err(format!("{} votes on what they propose", vote.by).into());
    }
    if !(CrState::Returned..=CrState::Approved).contains(&state) {
        return Err(format!("a vote at {} while {state:?}", show(vote.at)).into());
    }
    Ok(votes_say(cr, vote.at))
}

/// The state that the standing votes give.
fn votes_say(cr: &ChangeRequest, at: Moment) -> CrState {
    let Some(since) = last_submitted(cr, at) else {
        return CrState::Draft;
    };
    let is_early = cr.is_early_at(since);
    let counting = || cr.votes.iter().filter(|v| v.at > since && v.at <= at && v.early == is_early);
    let standing: Vec<&Vote> = counting().filter(|v| counting().all(|w| w.by != v.by || w.at <= v.at)).collect();
    let count = |decision: &str| standing.iter().filter(|v| v.decision == decision).count();
    let chair = standing.iter().any(|v| v.decision == "approve" && seat(&v.by, v.at.date()).is_some_and(|m| m.chair));
    let carried = count("approve") >= QUORUM && chair;
    if carried && count("reject") + count("return") == 0 {
        CrState::Approved
    } else if count("reject") >= QUORUM {
        CrState::Rejected
    } else if count("return") > 0 || (carried && count("reject") > 0) {
        CrState::Returned
    } else if count("defer") > 0 {
        CrState::Deferred
    } else {
        CrState::Submitted
    }
}

fn after_entry(cr: &ChangeRequest, entry: &CrEntry, state: CrState) -> Result<CrState> {
    use CrState::*;
    let event = entry.line.event();
    let (office, allowed, next): (&str, &[CrState], CrState) = match event {
        "submitted" => ("acfo-fs", &[Draft, Submitted, Approved, Returned, Deferred], Submitted),
        "forwarded" => ("acfo-fs", &[Approved], Forwarded),
        "started" => ("nitc", &[Forwarded], InWork),
        "delivered" => ("nitc", &[InWork], Delivered),
        "verified" => ("help-desk", &[Delivered], Verified),
        "failed" => ("help-desk", &[Delivered], InWork),
        "withdrawn" => ("acfo-fs", &[Draft, Submitted, Approved, Returned, Deferred, Forwarded], Withdrawn),
        "note" => ("", &[], state),
        other => return Err(format!("no such event as {other:?}").into()),
    };
    let by = entry.line.argument()?;
    let present = |office: &str| people::office_on(office, entry.at.date()).iter().any(|s| s.id == by);
    let may = if event == "note" { people::is_known(by) } else { present(office) };
    if !may {
        return Err(format!("{by} could not do `{event}`").into());
    }
    let excused = entry.exception.as_ref().is_some_and(|x| event == "forwarded" && x.rule == "forwarded-unapproved");
    if event != "note" && allowed.contains(&state) == excused {
        return Err(format!("`{event}` while {state:?}").into());
    }
    if event == "submitted" && !cr.is_complete() {
        return Err("submitted though incomplete".into());
    }
    Ok(next)
}
