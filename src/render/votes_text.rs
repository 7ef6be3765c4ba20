//! `verify` as text for a terminal: each vote, its signature, and whether it counts.

use super::show_text::{Paint, push_rows};
use super::shown;
use crate::report::site::VoteCheck;
use crate::report::unread::UnreadFile;
use crate::report::votes::Verification;

/// Files that cannot be used as they are, each with what is wrong with it in a line of its own.
pub fn unread_text(files: &[UnreadFile], indent: &str) -> String {
    let line = |file: &UnreadFile| format!("{indent}{}: {}\n", shown(&file.path), shown(&file.why));
    files.iter().map(line).collect()
}

/// How long a reason may be in a line.
const REASON: usize = 100;

/// A change request's votes, one below the other, and their result.
pub fn verify_text(found: &Verification, colors: bool) -> String {
    let paint = Paint { colors };
    let mut out = format!("{}  {}\n\n", paint.bold(&found.id), shown(&found.title));
    let mut rows = vec![("request", found.path.clone()), ("digest", found.digest.clone())];
    rows.extend(found.present_digest.clone().map(|digest| ("digest now", digest)));
    rows.push(("state", found.state_text.clone()));
    rows.push(("votes", found.standing.clone()));
    if !found.waiting_for.is_empty() {
        rows.push(("waiting for", found.waiting_for.join(", ")));
    }
    push_rows(&mut out, "  ", &rows);
    if !found.unread.is_empty() {
        out.push_str("\n  the result is unknown until these files are fixed:\n");
        out.push_str(&unread_text(&found.unread, "  "));
    }
    if found.request_changed {
        out.push_str("\n  the request was edited after it was submitted: no vote is on its present text\n");
    }
    if found.unapproved {
        out.push_str("\n  not approved: it was forwarded without the board's approval\n");
    }
    if found.votes.is_empty() && found.unread.is_empty() {
        out.push_str("\n  no votes yet\n");
    }
    for vote in &found.votes {
        out.push_str(&format!(
            "\n  {}  {}  {}\n",
            vote.at,
            paint.bold(&vote.decision),
            shown(&format!("{} ({}){}", vote.name, vote.by, if vote.is_chair { ", chair" } else { "" }))
        ));
        push_rows(&mut out, &" ".repeat(20), &vote_rows(vote));
    }
    out
}

fn vote_rows(vote: &VoteCheck) -> Vec<(&'static str, String)> {
    let mut rows = Vec::new();
    if let Some(reason) = &vote.reason {
        rows.push(("reason", reason.plain(REASON)));
    }
    rows.extend(vote.fingerprint.clone().map(|key| ("key", key)));
    rows.push(("signature", vote.signature.clone()));
    let counts = match &vote.why_not {
        Some(why) => format!("no: {why}"),
        None if vote.stands => "yes".to_owned(),
        None => "no longer: replaced by a later vote or resubmission".to_owned(),
    };
    rows.push(("counts", counts));
    rows.push(("file", vote.path.clone()));
    rows
}
