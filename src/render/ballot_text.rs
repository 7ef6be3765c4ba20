//! `sign` as text for a terminal: what is signed, how to sign it elsewhere, why it is rejected.

use super::check_text::line;
use super::show_text::{Paint, push_rows};
use super::{Findings, shown};
use crate::model::{CrId, Member, Text};
use crate::workflow::{Ballot, NAMESPACE};

/// What a vote says, label and text, in its own order. `key` is what it is signed with, `path` its file.
pub fn ballot_rows(
    ballot: &Ballot,
    member: &Member,
    request: &str,
    key: Option<String>,
    path: &str,
) -> Vec<(&'static str, String)> {
    let chair = if member.chair { ", the chair" } else { "" };
    let mut rows = vec![
        ("request", request.to_owned()),
        ("digest", ballot.digest.clone()),
        ("decision", ballot.decision.to_string()),
        ("by", format!("{} ({}){chair}", member.name.0, ballot.by)),
        ("at", ballot.at.to_string()),
    ];
    rows.extend(ballot.reason.clone().map(|reason| ("reason", reason)));
    rows.extend(key.map(|key| ("key", key)));
    rows.push(("file", path.to_owned()));
    rows
}

/// What is about to be signed. `rows` are what the vote says, in its order, in full.
pub fn ballot_text(cr: &CrId, title: &Text, rows: &[(&'static str, String)], colors: bool) -> String {
    let paint = Paint { colors };
    let mut out = format!("{}  {}\n\n", paint.bold(cr.as_str()), shown(title.as_str()));
    let width = rows.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
    let hanging = format!("\n{}", " ".repeat(width + 4));
    let rows: Vec<_> = rows.iter().map(|(label, text)| (*label, text.trim_end().replace('\n', &hanging))).collect();
    push_rows(&mut out, "  ", &rows);
    out
}

/// How to sign the text that was printed, and how to save the vote. `request` is the file that holds the request.
pub fn elsewhere_text(ballot: &Ballot, request: &str) -> String {
    let mut back = vec!["heatpack".to_owned(), "sign".to_owned(), ballot.cr.to_string()];
    let mut add = |option: &str, value: &str| back.extend([option.to_owned(), quoted(value)]);
    add("--decision", ballot.decision.as_str());
    add("--as", ballot.by.as_str());
    add("--at", &ballot.at.to_string());
    if let Some(reason) = &ballot.reason {
        add("--reason", reason);
    }
    format!(
        "1. Save the text above unchanged, for example as vote.txt (`heatpack sign … --print > vote.txt`).\n\
         2. Send the member vote.txt and {request}, which holds the whole request.\n\
         3. The member reads the request, compares its digest with the one in vote.txt, and signs:\n\n  \
         ssh-keygen -Y sign -n {NAMESPACE} -f KEY vote.txt\n\n\
         4. With the vote.txt.sig that they send back, save the vote:\n\n  {} --signature vote.txt.sig\n",
        back.join(" ")
    )
}

/// A word of a command line, for a shell.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// Why a vote at `path` is rejected: the errors, or if there are none, why it would not count.
pub fn refusal_text(findings: &Findings, path: &str, idle: Option<&str>) -> String {
    let mut out = String::new();
    for found in &findings.diagnostics {
        if findings.path(&found.place) == path {
            // The file is not there, so no one can look at its lines.
            let help = found.help_in_file().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
            out.push_str(&shown(&format!("error[{}]: {}{help}\n", found.rule, found.message)));
        } else {
            out.push_str(&format!("{}\n", line(findings, found)));
        }
    }
    if let (Some(why), true) = (idle, findings.diagnostics.is_empty()) {
        out.push_str(&shown(&format!("error: the vote would not count: {why}\n")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_are_quoted_for_a_shell() {
        assert_eq!(quoted("CR-2026-007"), "CR-2026-007");
        assert_eq!(quoted("2026-11-17 14:05"), "'2026-11-17 14:05'");
        assert_eq!(quoted("it's $(x) `y`"), r"'it'\''s $(x) `y`'");
        assert_eq!(quoted(""), "''");
    }
}
