//! `heatpack review` as Markdown, for the comment of a pull request.
//!
//! What stands in records is text, and stays text: nothing in it becomes markup, a link, a reference to an issue or
//! a mention of a person.

use super::shown;
use crate::model::{day_in_words, minute_in_words};
use crate::report::review::{Fate, Found, FoundLine, Kind, MoveLine, PackChanges, RecordLine, Review};
use crate::report::words::counted;

/// How long a text of a record may be in a line.
const LONGEST: usize = 160;

/// The review, with a line end.
pub fn review_markdown(review: &Review) -> String {
    let mut out = String::from("### What this change means\n\n");
    let since = review.base.committed.map(|at| format!(", {}", minute_in_words(at))).unwrap_or_default();
    let commit: String = review.base.commit.chars().take(10).collect();
    out.push_str(&format!(
        "Against {} ({commit}{since}), as of {}: {}\n",
        inert(&review.base.name),
        minute_in_words(review.as_of),
        counted(review.files, "file"),
    ));
    let counts: Vec<String> = review.counts.iter().map(|line| line.words()).collect();
    if !counts.is_empty() {
        out.push_str(&format!("\n{}\n", counts.join(" · ")));
    }
    records(&mut out, review);
    found(&mut out, "adds", &review.adds);
    found(&mut out, "mends", &review.mends);
    if review.adds.is_empty() && review.mends.is_empty() {
        out.push_str("\n#### What `heatpack check` says\n\nNothing else than before.\n");
    }
    packs(&mut out, &review.packs);
    out
}

fn records(out: &mut String, review: &Review) {
    out.push_str("\n#### Records\n\n");
    if review.records.total == 0 {
        out.push_str("No record means anything else than before.\n");
    }
    // Where not all are listed, what moved is counted first.
    if review.records.more() > 0 {
        review.moves.iter().for_each(|line| out.push_str(&format!("- {}\n", moves(line))));
        out.push_str(&format!("\nThe first {} of {}:\n\n", review.records.listed.len(), review.records.total));
    }
    review.records.listed.iter().for_each(|line| out.push_str(&format!("- {}\n", record(line))));
    more(out, review.records.more());
}

fn moves(line: &MoveLine) -> String {
    let number = counted(line.count, if line.kind == Kind::Ticket { "ticket" } else { "change request" });
    match (&line.from, &line.to) {
        (Some(from), Some(to)) => format!("{number}: {} → {}", inert(from), inert(to)),
        (None, Some(to)) => format!("{number} new: {}", inert(to)),
        (Some(_), None) => format!("{number} gone"),
        (None, None) => number,
    }
}

/// "HEAT-10423 (Scorecard export): with NITC → awaiting a change; clock nitc-response met (due 4 Nov, 4 Nov)".
fn record(line: &RecordLine) -> String {
    let mut parts = Vec::new();
    match (line.fate, &line.from, &line.to) {
        (Fate::Gone, ..) => parts.push("gone".to_owned()),
        (Fate::New, _, Some(to)) => parts.push(format!("new, {}", inert(to))),
        (Fate::New, _, None) => parts.push("new".to_owned()),
        // "2nd of 2 approvals, approved" says it already.
        (Fate::Changed, Some(_), Some(to))
            if line.says.first().is_some_and(|says| says.ends_with(&format!(", {to}"))) => {}
        (_, Some(from), Some(to)) if from != to => parts.push(format!("{} → {}", inert(from), inert(to))),
        (_, _, Some(to)) => parts.push(inert(to)),
        _ => {}
    }
    parts.extend(line.says.iter().map(|says| inert(says)));
    if parts.is_empty() {
        parts.push("changed".to_owned());
    }
    let title = if line.title.is_empty() { String::new() } else { format!(" ({})", inert(&line.title)) };
    format!("**{}**{title}: {}", inert(&line.id), parts.join("; "))
}

fn found(out: &mut String, verb: &str, found: &Found) {
    if found.is_empty() {
        return;
    }
    out.push_str(&format!("\n#### What it {verb}: {}\n\n", found.words()));
    found.found.listed.iter().for_each(|line| out.push_str(&format!("- {}\n", diagnostic(line))));
    more(out, found.found.more());
}

fn diagnostic(line: &FoundLine) -> String {
    let place = inert(&format!("{}:{}", line.path, line.line));
    format!("{}\\[{}\\] {place}: {}", line.level, line.rule, inert(&line.message))
}

fn packs(out: &mut String, packs: &PackChanges) {
    if packs.differ.is_empty() && packs.older == 0 {
        if packs.compared > 0 {
            out.push_str("\nEvery pack of a past meeting reads as before.\n");
        }
        return;
    }
    out.push_str("\n#### Packs of past meetings that read otherwise\n\n");
    for pack in &packs.differ {
        let parts: Vec<String> = pack.parts.iter().map(|part| inert(&part.replace('_', " "))).collect();
        out.push_str(&format!("- the {} pack of {}: {}\n", pack.kind, day_in_words(pack.scheduled), parts.join(", ")));
    }
    if packs.differ.is_empty() {
        out.push_str("None of those that were compared.\n");
    }
    if packs.older > 0 {
        out.push_str(&format!(
            "\n{} of older meetings were not compared, and may read otherwise too.\n",
            counted(packs.older, "pack")
        ));
    }
}

fn more(out: &mut String, more: usize) {
    if more > 0 {
        out.push_str(&format!("- … and {more} more\n"));
    }
}

/// A text that stays what it is in Markdown: one line, every mark escaped, nothing that a forge makes a link or a
/// mention of.
fn inert(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let line: Vec<char> = shown(text).split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    for (at, character) in line.iter().copied().enumerate() {
        if at == LONGEST {
            out.push('…');
            break;
        }
        match character {
            // A word joiner, which nobody sees, keeps a forge from taking what follows for a name or a number.
            '@' | '#' | '!' | '$' | '~' => out.extend(['\\', character, '\u{2060}']),
            // Brackets of HTML are entities everywhere; a backslash is not enough for every reader of Markdown.
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // An address is no link without its colon, or its first dot.
            ':' if line[at + 1..].starts_with(&['/', '/']) => out.push_str("\\:\u{2060}"),
            '.' if line[..at].ends_with(&['w', 'w', 'w']) => out.push_str("\\.\u{2060}"),
            '(' if line[..at].ends_with(&[']']) => out.push_str("\\("),
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '|' | '^' | '=' => {
                out.extend(['\\', character]);
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_becomes_markup() {
        assert_eq!(inert("a **b** `c` [d](e)"), r"a \*\*b\*\* \`c\` \[d\]\(e)");
        assert_eq!(inert("<b>&amp;"), "&lt;b&gt;&amp;amp;");
        assert_eq!(inert("ask @everyone about #12"), "ask \\@\u{2060}everyone about \\#\u{2060}12");
        assert_eq!(inert("two\nlines\r\n- three"), "two lines - three");
        assert_eq!(inert("https://example.org"), "https\\:\u{2060}//example.org");
        assert_eq!(inert("www.example.org"), "www\\.\u{2060}example.org");
    }

    #[test]
    fn a_long_text_is_cut_off() {
        assert_eq!(inert(&"x".repeat(500)).chars().count(), LONGEST + 1);
    }
}
