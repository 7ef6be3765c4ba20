//! `sign` and `verify` as text for a terminal.

use super::check_text::line;
use super::show_text::{Paint, push_rows};
use super::{Findings, shown};
use crate::report::ballot::Trial;
use crate::report::site::VoteCheck;
use crate::report::votes::Verification;

/// How long a reason may be in a line.
const REASON: usize = 100;

/// A change request's votes, one below the other, and what they come to.
pub fn verify_text(found: &Verification, colors: bool) -> String {
    let paint = Paint { colors };
    let mut out = format!("{}  {}\n\n", paint.bold(&found.id), shown(&found.title));
    let mut rows = vec![("request", found.path.clone()), ("digest", found.digest.clone())];
    rows.push(("state", found.standing.clone()));
    if !found.waiting_for.is_empty() {
        rows.push(("waits for", found.waiting_for.join(", ")));
    }
    push_rows(&mut out, "  ", &rows);
    if found.votes.is_empty() {
        out.push_str("\n  nobody has voted yet\n");
    }
    for vote in &found.votes {
        out.push_str(&format!(
            "\n  {}  {}  {}\n",
            vote.at,
            paint.bold(&vote.decision),
            shown(&format!("{} ({})", vote.name, vote.by))
        ));
        push_rows(&mut out, &" ".repeat(20), &vote_rows(vote));
    }
    if found.left_out {
        out.push_str("\n  the file of a vote is at fault and left out; `heatpack check` says what is wrong with it\n");
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
        None => "yes, but not any more: a later vote, or a later `submitted`, took its place".to_owned(),
    };
    rows.push(("counts", counts));
    rows.push(("file", vote.path.clone()));
    rows
}

/// What is about to be signed. `rows` are what the vote says, in its order, in full.
pub fn ballot_text(id: &str, title: &str, rows: &[(&'static str, String)], colors: bool) -> String {
    let paint = Paint { colors };
    let mut out = format!("{}  {}\n\n", paint.bold(id), shown(title));
    let width = rows.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
    let hanging = format!("\n{}", " ".repeat(width + 4));
    let rows: Vec<_> = rows.iter().map(|(label, text)| (*label, text.trim_end().replace('\n', &hanging))).collect();
    push_rows(&mut out, "  ", &rows);
    out
}

/// Why a vote at `path` cannot be cast, a line each.
pub fn refusal_text(findings: &Findings, trial: &Trial, path: &str) -> String {
    let mut out = String::new();
    for found in &trial.refused {
        if findings.path(&found.place) == path {
            // The file is not there, so its lines are not to be looked at.
            let help = found.help.as_deref().map(|help| format!("; {help}")).unwrap_or_default();
            out.push_str(&shown(&format!("error[{}]: {}{help}\n", found.rule, found.message)));
        } else {
            out.push_str(&format!("{}\n", line(findings, found)));
        }
    }
    if let (Some(why), true) = (&trial.idle, trial.refused.is_empty()) {
        out.push_str(&shown(&format!("error: the vote would not count: {why}\n")));
    }
    out
}
