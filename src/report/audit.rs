//! What an auditor needs to verify the votes on a change request without heatpack: texts, signatures, keys, requests.

use std::collections::{BTreeMap, BTreeSet};

use super::unread::{UnreadFile, doubtful_files};
use crate::load::{BOARD, Request};
use crate::model::{ChangeEvent, Decision, Member, MemberKey, Minute};
use crate::workflow::{ChangeLine, Context, JudgedVote, is_approved, signed_text};

/// The votes on a change request and everything that they are checked against.
#[derive(Debug)]
pub struct Audit {
    pub cr: String,
    pub title: String,
    pub as_of: Minute,
    /// The name of the time zone in which votes state their times.
    pub zone: String,
    /// Every vote cast by the as-of time, the oldest first.
    pub votes: Vec<AuditVote>,
    /// Files that leave open how the board decided: votes that cannot be read or lack a valid signature, and the list of
    /// board members.
    pub doubtful: Vec<UnreadFile>,
    /// Who could sign and when: one line for each key of each member's period.
    pub signers: Vec<Signer>,
    /// The requests that are known, of those that the board was asked to decide on or that a vote names: digest in
    /// hexadecimal digits, and canonical JSON.
    pub requests: BTreeMap<String, String>,
    /// Digests, in hexadecimal digits, whose requests are not known.
    pub unknown: BTreeSet<String>,
    /// What the votes must contain, if the board approved.
    pub approval: Option<Approval>,
    /// The list of board members, as its file is: the votes were checked against it.
    pub board: Option<String>,
    /// The same as it was in the commit with the last vote, if it was edited since.
    pub board_at_vote: Option<BoardVersion>,
}

/// What makes an approval.
#[derive(Debug)]
pub struct Approval {
    /// The approvals needed.
    pub quorum: usize,
    /// The chair, if the approval of the chair is needed.
    pub chair: Option<String>,
}

/// An earlier version of the list of board members.
#[derive(Debug)]
pub struct BoardVersion {
    /// The commit, in full.
    pub commit: String,
    pub text: String,
}

/// A vote.
#[derive(Debug)]
pub struct AuditVote {
    /// The name of its files, without an ending: no other vote on the change request has it.
    pub name: String,
    /// The record's file, from the project's root.
    pub path: String,
    /// When it was cast, in UTC, `202611171905`.
    pub utc: String,
    pub weight: Weight,
    /// Why it does not count, in words.
    pub why_not: Option<String>,
    /// The text that is signed; `None` if the vote names no digest.
    pub text: Option<String>,
    /// The reason, whose digest is part of that text; blank if there is none.
    pub reason: String,
    /// OpenSSH's signature.
    pub signature: Option<String>,
}

/// What heatpack makes of a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// It counts.
    Counts,
    /// It counted until a later vote of the member, or a later round, took its place.
    Replaced,
    /// It does not count.
    Nothing,
}

impl Weight {
    /// The word for it in the list of votes.
    pub fn as_str(self) -> &'static str {
        match self {
            Weight::Counts => "counts",
            Weight::Replaced => "replaced",
            Weight::Nothing => "ignored",
        }
    }
}

/// A key, whose it is, and when it could sign.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Signer {
    pub by: String,
    /// The first minute, in UTC.
    pub after: Option<String>,
    /// The last minute, in UTC.
    pub before: Option<String>,
    /// `ssh-ed25519 AAAA…`, without a comment.
    pub key: String,
}

impl Audit {
    /// The votes on `line`'s change request; `requests` are all versions of it that are known.
    pub fn new(ctx: &Context, line: &ChangeLine, requests: &[Request]) -> Audit {
        let standing = line.standing_at(ctx.as_of);
        let cast = line.votes.iter().enumerate().filter(|(_, judged)| judged.vote.at.value <= ctx.as_of);
        let votes: Vec<AuditVote> = cast
            .map(|(index, judged)| {
                let weight = match &line.uncounted[index] {
                    Some(_) => Weight::Nothing,
                    None if standing.votes.get(&judged.vote.by.value) == Some(&index) => Weight::Counts,
                    None => Weight::Replaced,
                };
                vote(ctx, judged, index, weight, line.uncounted[index].clone())
            })
            .collect();
        let wanted = wanted(line, ctx.as_of);
        let known: BTreeMap<&str, &Request> = requests.iter().map(|own| (hex(&own.digest), own)).collect();
        let (here, unknown): (BTreeSet<&str>, BTreeSet<&str>) =
            wanted.into_iter().partition(|digest| known.contains_key(digest));
        let requests = here.into_iter().filter_map(|digest| Some((digest, known.get(digest)?)));
        Audit {
            cr: line.cr.id.to_string(),
            title: line.cr.title.0.clone(),
            as_of: ctx.as_of,
            zone: ctx.project().settings.zone.name().to_owned(),
            votes,
            doubtful: doubtful_files(ctx.project(), line, ctx.as_of),
            signers: signers(ctx),
            requests: requests.map(|(digest, own)| (digest.to_owned(), own.canonical.clone())).collect(),
            unknown: unknown.into_iter().map(str::to_owned).collect(),
            approval: approval(ctx, line),
            board: board_file(ctx),
            board_at_vote: None,
        }
    }

    /// Adds the list of board members of a commit, if it is a different one.
    pub fn add_board_at_vote(&mut self, version: Option<BoardVersion>) {
        self.board_at_vote = version.filter(|own| self.board.as_ref() != Some(&own.text));
    }
}

/// What the approving votes must come to; `None` if the board did not approve.
fn approval(ctx: &Context, line: &ChangeLine) -> Option<Approval> {
    let term = line.term_at(ctx.as_of, ctx.board()).filter(|_| is_approved(ctx.board(), line, ctx.as_of))?;
    let standing = line.standing_at(ctx.as_of);
    let votes = standing.votes.values().map(|index| &line.votes[*index]);
    let chair = votes
        .filter(|vote| vote.vote.decision.value == Decision::Approve)
        .find_map(|vote| vote.member.filter(|member| member.chair).map(|member| member.id.to_string()));
    Some(Approval { quorum: term.quorum.0, chair: chair.filter(|_| term.chair_required) })
}

/// The text of the list that the votes were checked against; `None` if that is not the project's own.
fn board_file(ctx: &Context) -> Option<String> {
    let project = ctx.project();
    let is_own = std::ptr::eq(ctx.board(), &project.board);
    project.files.iter().find(|file| file.path == BOARD).filter(|_| is_own).map(|file| file.text.to_string())
}

fn vote(ctx: &Context, judged: &JudgedVote, index: usize, weight: Weight, why_not: Option<String>) -> AuditVote {
    let vote = judged.vote;
    let path = ctx.project().file(vote.file).path.clone();
    let begins = format!("{}-{}", vote.at.date(), vote.by.value);
    // A file out of its place may be called anything, and its vote is told apart all the same.
    let stem = path.rsplit('/').next().and_then(|name| name.strip_suffix(".yaml")).unwrap_or_default();
    let is_plain = stem.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let name = if is_plain && stem.starts_with(&begins) { stem.to_owned() } else { format!("{begins}-file-{index}") };
    let signature = vote.signature.as_ref().map(|signature| format!("{}\n", signature.value.0.trim()));
    AuditVote {
        name,
        path,
        utc: utc(ctx, vote.at.value),
        weight,
        why_not,
        text: signed_text(vote),
        reason: vote.reason.as_ref().map(|reason| reason.0.clone()).unwrap_or_default(),
        signature,
    }
}

/// The digests of the rounds and of the votes on them, in hexadecimal digits.
fn wanted<'l>(line: &'l ChangeLine, as_of: Minute) -> BTreeSet<&'l str> {
    let votes = line.votes.iter().filter(|judged| judged.vote.at.value <= as_of);
    let votes = votes.filter_map(|judged| judged.vote.digest.as_ref());
    let submitted = |entry: &&crate::model::Entry<ChangeEvent>| {
        entry.event.value == ChangeEvent::Submitted && entry.at.value <= as_of
    };
    let rounds = line.cr.record.log.iter().filter(submitted).filter_map(|entry| entry.digest.as_ref());
    votes.chain(rounds).map(|digest| hex(&digest.value.0)).collect()
}

fn hex(digest: &str) -> &str {
    digest.trim_start_matches("sha256:")
}

/// Every key of every member, a line for each time in which it could sign.
fn signers(ctx: &Context) -> Vec<Signer> {
    let board = ctx.board();
    let keys = board.members.iter().flat_map(|member| member.keys.iter().map(move |key| (member, key)));
    let mut signers: Vec<Signer> = keys.filter_map(|(member, key)| signer(ctx, member, key)).collect();
    signers.sort();
    signers.dedup();
    signers
}

/// When a member could sign with a key: while both of them are valid. `None` if that is never.
fn signer(ctx: &Context, member: &Member, key: &MemberKey) -> Option<Signer> {
    let day = |day: Option<crate::model::Spanned<crate::model::Day>>| day.map(|day| day.value.0);
    let last = |until: Option<crate::model::Spanned<crate::model::Until>>| until.map(|until| until.value.0);
    let from = day(member.from).max(day(key.from));
    let until = [last(member.until), last(key.until)].into_iter().flatten().min();
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        return None;
    }
    let mut key = key.key.value.key.clone();
    key.set_comment("");
    // No vote is dated later, and not every program that reads the list knows later years.
    let until = until.filter(|until| crate::model::is_in_range(*until));
    Some(Signer {
        by: member.id.value.to_string(),
        after: from.map(|from| utc(ctx, Minute::start_of(from))),
        before: until.map(|until| utc(ctx, Minute::end_of(until))),
        key: key.to_openssh().ok()?.trim().to_owned(),
    })
}

/// A minute of the project's time zone in UTC, as `ssh-keygen` takes it.
fn utc(ctx: &Context, at: Minute) -> String {
    at.in_utc(ctx.project().settings.zone).format("%Y%m%d%H%M").to_string()
}
