//! Votes, with the checks that need no events: membership, term and signature.

use crate::load::LoadedVote;
use crate::model::{Board, Member, SignatureRule, Term};

use super::SignatureState;
use super::signature;

/// A vote, with the checks that need no other record.
#[derive(Debug, Clone)]
pub struct JudgedVote<'p> {
    pub vote: &'p LoadedVote,
    /// The voter, if they were a member on that date.
    pub member: Option<&'p Member>,
    /// The terms in force on that date.
    pub term: Option<&'p Term>,
    pub signature: SignatureState,
    /// A signature or digest is missing where one is required.
    pub unsigned: bool,
}

impl<'p> JudgedVote<'p> {
    /// Judges a vote by a board.
    pub fn new(board: &'p Board, vote: &'p LoadedVote) -> JudgedVote<'p> {
        let date = vote.at.date();
        let member = board.members_on(date).into_iter().find(|member| member.id.value == vote.by.value);
        let term = board.term_on(date);
        let required = term.is_none_or(|term| term.signatures == SignatureRule::Required);
        JudgedVote {
            vote,
            member,
            term,
            signature: signature::verify(vote, member),
            unsigned: required && (vote.signature.is_none() || vote.digest.is_none()),
        }
    }

    /// Why it can never count, as text; `None` if it can.
    pub fn flaw(&self) -> Option<String> {
        if self.member.is_none() {
            return Some("not a member of the board on that date".to_owned());
        }
        if self.unsigned {
            return Some("not signed, or without the digest of the request".to_owned());
        }
        match &self.signature {
            SignatureState::Invalid(why) => Some(format!("the signature is not valid: {why}")),
            SignatureState::None | SignatureState::Valid { .. } => None,
        }
    }
}
