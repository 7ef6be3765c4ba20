//! How a vote went, in words: what speaks against a CR comes before the approvals, so that no rejection is overlooked.

use super::change::ChangeLine;
use crate::load::BOARD;
use crate::model::{Board, CrState, Minute};
use crate::record::counted;

/// The votes of the last round begun by a time, in words: "1 vote to reject; 2 of 2 approvals".
pub fn tally(board: &Board, line: &ChangeLine, at: Minute) -> String {
    let state = line.state_at(at).unwrap_or(CrState::Draft);
    let standing = line.standing_at(at);
    let mut parts = doubts(line, at);
    if state == CrState::Draft {
        parts.push("not yet submitted".to_owned());
        return parts.join("; ");
    }
    let against = [(standing.rejections, "reject"), (standing.returns, "return"), (standing.deferrals, "defer")];
    let against = against.into_iter().filter(|(number, _)| *number > 0);
    parts.extend(against.map(|(number, what)| format!("{} to {what}", counted(number, "vote"))));
    let approvals = standing.approvals;
    if line.unread.iter().any(|path| path == BOARD) {
        return parts.join("; ");
    }
    let Some(term) = line.term_at(at, board) else {
        parts.push(format!("{}; data/board.yaml has no terms for that date", counted(approvals, "approval")));
        return parts.join("; ");
    };
    let quorum = term.quorum.0;
    // What is over needs no one's approval any more.
    let is_over = matches!(state, CrState::Rejected | CrState::Withdrawn);
    let lacks_chair = term.chair_required && !standing.chair_approves && !is_over;
    let number = if approvals <= quorum {
        format!("{approvals} of {}", counted(quorum, "approval"))
    } else {
        format!("{} ({quorum} needed)", counted(approvals, "approval"))
    };
    parts.push(format!("{number}{}", if lacks_chair { ", the chair has not approved" } else { "" }));
    parts.join("; ")
}

/// The same with what the votes decide, if they do: "returned: 1 vote to reject; 2 of 2 approvals".
pub fn verdict(board: &Board, line: &ChangeLine, at: Minute) -> String {
    let votes = tally(board, line, at);
    let says = match line.state_at(at) {
        None | Some(CrState::Draft) => CrState::Draft,
        Some(_) => line.standing_at(at).state(line.term_at(at, board)),
    };
    match says {
        // What the votes that are known come to is not how the board decided.
        _ if line.is_unsure() => format!("unknown: {votes}"),
        CrState::Draft | CrState::Submitted => votes,
        _ if !line.unsigned_at(at).is_empty() => format!("unknown: {votes}"),
        decided => format!("{decided}: {votes}"),
    }
}

/// Whether the board approved the CR by a time, and the approval still applies: its known votes carry it, none is in doubt,
/// and it was not withdrawn.
pub fn is_approved(board: &Board, line: &ChangeLine, at: Minute) -> bool {
    use CrState::{Approved, Delivered, Forwarded, InWork, Verified};
    let is_past = matches!(line.state_at(at), Some(Approved | Forwarded | InWork | Delivered | Verified));
    let is_known = !line.is_unsure() && line.unsigned_at(at).is_empty();
    is_past && is_known && line.standing_at(at).state(line.term_at(at, board)) == Approved
}

/// What leaves open how the board decided, in words.
fn doubts(line: &ChangeLine, at: Minute) -> Vec<String> {
    let (boards, votes): (Vec<&String>, Vec<&String>) = line.unread.iter().partition(|path| *path == BOARD);
    let parts = [
        (boards.len(), "the list of board members cannot be read".to_owned()),
        (votes.len(), format!("{} with errors", counted(votes.len(), "vote"))),
        (
            line.unsigned_at(at).len(),
            format!("{} without a valid signature", counted(line.unsigned_at(at).len(), "vote")),
        ),
    ];
    parts.into_iter().filter(|(number, _)| *number > 0).map(|(_, words)| words).collect()
}
