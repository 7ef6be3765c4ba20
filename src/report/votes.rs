//! The votes on a change request: each vote, its signature check, whether it counts, and the result.

use serde::Serialize;

use super::pack::change_row;
use super::site::VoteCheck;
use super::unread::{UnreadFile, unread_files};
use super::words::day;
use crate::load::BOARD;
use crate::model::{CrState, Minute, RichText};
use crate::workflow::{ChangeLine, Context, SignatureState, is_unread, verdict};

/// The name of the format, and its version.
const FORMAT: &str = "heatpack.verify/1";

/// The model of `heatpack verify`: a change request and its votes.
#[derive(Debug, Serialize)]
pub struct Verification {
    pub format: &'static str,
    pub as_of: Minute,
    pub id: String,
    pub title: String,
    /// The record's file, from the project's root.
    pub path: String,
    pub state: CrState,
    /// The state in words, and since when, "approved since Tue, Nov 17, 2026".
    pub state_text: String,
    /// What the votes come to: "returned: 1 vote to reject; 2 of 2 approvals".
    pub standing: String,
    /// `sha256:` and the digest of the request that its votes are on.
    pub digest: String,
    /// The request as it is now is a different one than the board last had, though the CR is not open for edits.
    pub request_changed: bool,
    /// The digest of the request as it is now, if that is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub present_digest: Option<String>,
    /// It is past the board, and its votes do not carry that.
    pub unapproved: bool,
    /// The standing approvals of the last round.
    pub approvals: usize,
    /// How many are needed on the as-of date.
    pub quorum: usize,
    /// Members without a standing vote, while it is submitted or deferred.
    pub waiting_for: Vec<String>,
    pub votes: Vec<VoteCheck>,
    /// A file cannot be read: how the board decided is unknown.
    pub left_out: bool,
    /// Those files: votes, and the list of board members.
    pub unread: Vec<UnreadFile>,
}

impl Verification {
    /// The change request and all votes on it.
    pub fn new(ctx: &Context, line: &ChangeLine) -> Verification {
        let state = line.state_at(ctx.as_of).unwrap_or(CrState::Draft);
        let row = change_row(ctx, line, state);
        let request_changed = line.is_text_edited(ctx.as_of);
        Verification {
            format: FORMAT,
            as_of: ctx.as_of,
            id: line.cr.id.to_string(),
            title: row.title,
            path: ctx.project().file(line.cr.file).path.clone(),
            state,
            state_text: format!("{} since {}", row.state_text, day(row.since)),
            standing: verdict(ctx.board(), line, ctx.as_of),
            digest: row.digest,
            request_changed,
            present_digest: request_changed.then(|| line.cr.digest.clone()),
            unapproved: line.is_unapproved(ctx.as_of),
            approvals: row.approvals,
            quorum: row.quorum,
            waiting_for: row.waiting_for.iter().map(ToString::to_string).collect(),
            votes: vote_checks(ctx, line),
            left_out: line.is_unsure(),
            unread: unread_files(ctx.project(), line),
        }
    }

    /// Whether the votes do not carry what is on record, or one lacks the valid signature that it needs, or cannot be
    /// read at all.
    pub fn is_flawed(&self) -> bool {
        let is_flawed = |vote: &VoteCheck| vote.is_forged || vote.is_unsigned;
        self.left_out || self.request_changed || self.unapproved || self.votes.iter().any(is_flawed)
    }
}

/// Every vote that was cast by now, oldest first, and how it was verified.
pub fn vote_checks(ctx: &Context, line: &ChangeLine) -> Vec<VoteCheck> {
    let standing = line.standing_at(ctx.as_of);
    let cast = line.votes.iter().enumerate().filter(|(_, judged)| judged.vote.at.value <= ctx.as_of);
    cast.map(|(index, judged)| {
        let vote = judged.vote;
        // Without the list of members the owner of a key is unknown.
        let is_unread = is_unread(ctx.project(), ctx.board());
        let (signature, fingerprint) = match &judged.signature {
            SignatureState::Invalid(_) if is_unread => (format!("not checked: {BOARD} cannot be read"), None),
            SignatureState::None => ("not signed".to_owned(), None),
            SignatureState::Valid { fingerprint } => ("valid".to_owned(), Some(fingerprint.clone())),
            SignatureState::Invalid(why) => (format!("not valid: {why}"), None),
        };
        VoteCheck {
            by: vote.by.to_string(),
            name: ctx.project().person_name(&vote.by.value),
            is_chair: judged.member.is_some_and(|member| member.chair),
            at: vote.at.value,
            decision: vote.decision.to_string(),
            reason: vote.reason.as_ref().map(|reason| RichText::new(&reason.0)),
            path: ctx.project().file(vote.file).path.clone(),
            valid: fingerprint.is_some(),
            is_forged: !is_unread && matches!(judged.signature, SignatureState::Invalid(_)),
            is_unsigned: judged.member.is_some() && judged.unsigned,
            fingerprint,
            signature,
            counts: line.uncounted[index].is_none(),
            stands: standing.votes.get(&vote.by.value) == Some(&index),
            why_not: line.uncounted[index].clone(),
        }
    })
    .collect()
}
