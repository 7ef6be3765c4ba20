//! What the board decided, as a certificate: the result in words, the rule, and each member's vote.

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::{CrState, Member, Minute, RichText, SignatureRule};
use crate::report::site::VoteCheck;
use crate::report::unread::{UnreadFile, unread_files};
use crate::report::votes::vote_checks;
use crate::report::words::{Words, counted};
use crate::workflow::{ChangeLine, Context, is_approved, verdict};

/// The board's decision.
#[derive(Debug, Clone, Serialize)]
pub struct DecisionView {
    /// The votes carry the CR, none is in doubt, and it was not withdrawn.
    pub approved: bool,
    /// "APPROVED" or "NOT APPROVED".
    pub result: &'static str,
    /// When the vote was cast that completed the approval; null if it is not approved.
    pub approved_at: Option<Minute>,
    /// The state in words, "under CFMSCCB review".
    pub state: String,
    pub since: NaiveDate,
    /// What the votes come to: "approved: 2 of 2 approvals".
    pub votes_in_words: String,
    /// The rule that the votes are counted by; null if the records have none for the date.
    pub rule: Option<RuleView>,
    /// The members' votes in the last round, and the members without one; the chair first.
    pub members: Vec<MemberVote>,
    /// `sha256:` and the digest of the request that the votes are on.
    pub digest: String,
    /// Files that leave open how the board decided.
    pub doubtful: Vec<UnreadFile>,
}

/// How many approvals a CR needs, and whose.
#[derive(Debug, Clone, Serialize)]
pub struct RuleView {
    pub quorum: usize,
    pub chair_required: bool,
    pub signatures_required: bool,
    /// In force since then.
    pub from: NaiveDate,
    /// The rule in words.
    pub text: String,
}

/// A member and their vote.
#[derive(Debug, Clone, Serialize)]
pub struct MemberVote {
    pub id: String,
    pub name: String,
    /// The member is the chair.
    pub is_chair: bool,
    /// "approve", "reject", "return" or "defer"; null without a vote.
    pub decision: Option<String>,
    pub at: Option<Minute>,
    pub reason: Option<RichText>,
    /// It counts, and no later one of the member does.
    pub counts: bool,
    /// Why it does not, or why there is none, in words; null if it counts.
    pub why_not: Option<String>,
    /// The result of the signature check, in words; blank without a vote.
    pub signature: String,
    /// The signature was checked and is right.
    pub valid: bool,
    /// The fingerprint of the key that signed it.
    pub fingerprint: Option<String>,
}

/// The decision as of now.
pub(super) fn decision(ctx: &Context, line: &ChangeLine) -> DecisionView {
    let as_of = ctx.as_of;
    let state = line.state_at(as_of).unwrap_or(CrState::Draft);
    let approved = is_approved(ctx.board(), line, as_of);
    let completing = line
        .steps
        .iter()
        .rfind(|step| step.at <= as_of && step.after == CrState::Approved && step.before != CrState::Approved);
    DecisionView {
        approved,
        result: if approved { "APPROVED" } else { "NOT APPROVED" },
        approved_at: completing.filter(|_| approved).map(|step| step.at),
        state: Words::new(&ctx.project().settings.names).change_stands(line, state, as_of),
        since: line.in_state_since(as_of).unwrap_or(as_of).date(),
        votes_in_words: verdict(ctx.board(), line, as_of),
        rule: rule(ctx, line),
        members: members(ctx, line),
        digest: line.digest_at(as_of).to_owned(),
        doubtful: unread_files(ctx.project(), line),
    }
}

fn rule(ctx: &Context, line: &ChangeLine) -> Option<RuleView> {
    let term = line.term_at(ctx.as_of, ctx.board())?;
    let (quorum, chair_required) = (term.quorum.0, term.chair_required);
    let signatures_required = term.signatures == SignatureRule::Required;
    let chair = if chair_required { ", one of them the chair's" } else { "" };
    let signed = if signatures_required { "every vote signed" } else { "signatures optional" };
    Some(RuleView {
        quorum,
        chair_required,
        signatures_required,
        from: term.from.value.0,
        text: format!("{}{chair}, and no vote to reject or return; {signed}", counted(quorum, "approval")),
    })
}

/// Every vote of the last round, and the members who are still asked for one.
fn members(ctx: &Context, line: &ChangeLine) -> Vec<MemberVote> {
    let round = line.round_at(ctx.as_of);
    let checks = vote_checks(ctx, line);
    let cast = round.iter().filter_map(|index| checks.get(*index)).map(voted);
    let mut all: Vec<MemberVote> = cast.collect();
    let asked = line.members_at(ctx.as_of, ctx.board()).into_iter().filter(|own| !own.has_voted);
    all.extend(asked.map(|own| silent(own.member, own.is_proposer)));
    all.sort_by_key(|vote| (!vote.is_chair, vote.at.is_none(), vote.at));
    all
}

fn voted(check: &VoteCheck) -> MemberVote {
    let replaced = || (!check.stands).then(|| "replaced by a later vote of the member".to_owned());
    MemberVote {
        id: check.by.clone(),
        name: check.name.clone(),
        is_chair: check.is_chair,
        decision: Some(check.decision.clone()),
        at: Some(check.at),
        reason: check.reason.clone(),
        counts: check.stands,
        why_not: check.why_not.clone().or_else(replaced),
        signature: check.signature.clone(),
        valid: check.valid,
        fingerprint: check.fingerprint.clone(),
    }
}

fn silent(member: &Member, is_proposer: bool) -> MemberVote {
    let why = if is_proposer { "may not vote: prepared or submitted the request" } else { "no vote yet" };
    MemberVote {
        id: member.id.to_string(),
        name: member.name.0.clone(),
        is_chair: member.chair,
        decision: None,
        at: None,
        reason: None,
        counts: false,
        why_not: Some(why.to_owned()),
        signature: String::new(),
        valid: false,
        fingerprint: None,
    }
}
