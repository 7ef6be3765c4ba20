//! `heatpack review` as Markdown, for the comment of a pull request.
//!
//! The text of records stays text: nothing in it becomes markup, a link, a reference to an issue or
//! a mention of a person.

use super::shown;
use crate::model::minute_in_words;
use crate::report::review::{Fate, Found, FoundLine, Kind, MoveLine, PackChanges, RecordLine, Review};
use crate::report::words::counted;

/// How long a text of a record may be in a line.
const LONGEST: usize = 160;

/// The review, with a line end.
pub fn review_markdown(review: &Review) -> String {
    let mut out = String::from("### Effect of this pull request\n\n");
    let since = review.base.committed.map(|at| format!(", {}", minute_in_words(at))).unwrap_or_default();
    let commit: String = review.base.commit.chars().take(10).collect();
    out.push_str(&format!(
        "Compared with {} ({commit}{since}), as of {}: {}\n",
        inert(&review.base.name),
        minute_in_words(review.as_of),
        counted(review.files, "file"),
    ));
    let counts: Vec<String> = review.counts.iter().map(|line| line.words()).collect();
    if !counts.is_empty() {
        out.push_str(&format!("\n{}\n", counts.join(" · ")));
    }
    records(&mut out, review);
    found(&mut out, "added", &review.adds);
    found(&mut out, "fixed", &review.mends);
    if review.adds.is_empty() && review.mends.is_empty() {
        out.push_str("\n#### Findings of `heatpack check`\n\nNo change in findings.\n");
    }
    packs(&mut out, &review.packs);
    out
}

fn records(out: &mut String, review: &Review) {
    out.push_str("\n#### Records\n\n");
    if review.records.total == 0 {
        out.push_str("No state, vote or deadline changes.\n");
    }
    // If not all are listed, the counts of changed states come first.
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
        (Some(_), None) => format!("{number} removed"),
        (None, None) => number,
    }
}

/// "HEAT-10423 (Scorecard export): with NITC → waiting for a code change; nitc-response deadline met (due Nov 4, Nov 4)".
fn record(line: &RecordLine) -> String {
    let mut parts = Vec::new();
    match (line.fate, &line.from, &line.to) {
        (Fate::Gone, ..) => parts.push("removed".to_owned()),
        (Fate::New, _, Some(to)) => parts.push(format!("new, {}", inert(to))),
        (Fate::New, _, None) => parts.push("new".to_owned()),
        // "approved: 2 of 2 approvals" already names the state.
        (Fate::Changed, Some(_), Some(to))
            if line.says.first().is_some_and(|says| says.starts_with(&format!("{to}: "))) => {}
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
    out.push_str(&format!("\n#### Findings {verb}: {}\n\n", found.words()));
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
            out.push_str("\nNo pack of a past meeting changes.\n");
        }
        return;
    }
    out.push_str("\n#### Past packs that change\n\n");
    for pack in &packs.differ {
        let parts: Vec<String> = pack.parts.iter().map(|part| inert(&part.replace('_', " "))).collect();
        out.push_str(&format!("- the {} pack of {}: {}\n", pack.kind, inert(&pack.held), parts.join(", ")));
    }
    if packs.differ.is_empty() {
        out.push_str("None of the compared packs.\n");
    }
    if packs.older > 0 {
        out.push_str(&format!(
            "\n{} of older meetings were not compared and may change too.\n",
            counted(packs.older, "pack")
        ));
    }
}

fn more(out: &mut String, more: usize) {
    if more > 0 {
        out.push_str(&format!("- … and {more} more\n"));
    }
}

/// An invisible character that joins words: it keeps GitHub and GitLab from reading the text on both of its
/// sides as one name, number or address. A backslash would not: they look for these after the Markdown is parsed.
const JOINER: char = '\u{2060}';

/// So many hexadecimal digits together may be read as a commit by GitHub or GitLab.
const SHORTEST_COMMIT: usize = 7;

/// A text that stays what it is in Markdown: one line, every mark escaped, nothing that a forge makes a link or a
/// mention of.
fn inert(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let line: Vec<char> = shown(text).split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    let commits = commits(&line);
    for (at, character) in line.iter().copied().enumerate() {
        if at == LONGEST {
            out.push('…');
            break;
        }
        let (before, after) = (&line[..at], &line[at + 1..]);
        match character {
            // `@name`, `#12`, `owner/name#12`, `!12`, `$12`, `~label`, `%milestone`, `^alert`, `[kind:12]`, `*kind:12`.
            '@' | '#' | '!' | '$' | '~' | '^' | '[' | '*' => out.extend(['\\', character, JOINER]),
            '%' => out.extend(['%', JOINER]),
            // Brackets of HTML are entities everywhere; a backslash is not enough for every reader of Markdown.
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.extend("&amp;".chars().chain([JOINER])),
            // An address is no link without its colon, or its first dot; `:smile:` is no picture without its first colon.
            ':' if after.starts_with(&['/', '/']) || is_picture(after) => out.extend(['\\', ':', JOINER]),
            '.' if ends_with_word(before, "www") => out.extend([JOINER, '\\', '.', JOINER]),
            // `GH-12`, and `GL-12` of the other.
            '-' if ends_with_word(before, "gh") || ends_with_word(before, "gl") => out.extend(['-', JOINER]),
            '(' if before.ends_with(&[']']) => out.push_str("\\("),
            '\\' | '`' | '_' | ']' | '{' | '}' | '|' | '=' => out.extend(['\\', character]),
            other => out.push(other),
        }
        if commits
            .iter()
            .any(|(start, end)| (*start..end - 1).contains(&at) && (at - start) % (SHORTEST_COMMIT - 1) == 5)
        {
            out.push(JOINER);
        }
    }
    out
}

/// The runs of letters and digits that may be a commit: where each begins, and where it has ended.
fn commits(line: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let length = line[at..].iter().take_while(|c| c.is_ascii_alphanumeric()).count();
        if length >= SHORTEST_COMMIT && line[at..at + length].iter().all(char::is_ascii_hexdigit) {
            found.push((at, at + length));
        }
        at += length.max(1);
    }
    found
}

/// Whether a text that ends here ends with a word, whatever its case.
fn ends_with_word(before: &[char], word: &str) -> bool {
    let length = word.chars().count();
    let Some(start) = before.len().checked_sub(length) else { return false };
    let is_it = before[start..].iter().zip(word.chars()).all(|(own, other)| own.to_ascii_lowercase() == other);
    is_it && !before[..start].last().is_some_and(|c| c.is_alphanumeric())
}

/// Whether what follows a colon makes it the name of a little picture: `smile:`, `+1:`.
fn is_picture(after: &[char]) -> bool {
    let length = after.iter().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-')).count();
    length > 0 && after.get(length) == Some(&':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_becomes_markup() {
        let unseen = |text: &str| inert(text).replace(JOINER, "");
        assert_eq!(unseen("a **b** `c` [d](e)"), r"a \*\*b\*\* \`c\` \[d\]\(e)");
        assert_eq!(unseen("<b>&amp;"), "&lt;b&gt;&amp;amp;");
        assert_eq!(inert("ask @everyone about #12"), "ask \\@\u{2060}everyone about \\#\u{2060}12");
        assert_eq!(inert("two\nlines\r\n- three"), "two lines - three");
        assert_eq!(inert("https://example.org"), "https\\:\u{2060}//example.org");
        assert_eq!(inert("www.example.org"), "www\u{2060}\\.\u{2060}example.org");
    }

    #[test]
    fn commits_are_never_seven_digits_together() {
        let pieces = |text: &str| inert(text).split(JOINER).map(str::len).collect::<Vec<_>>();
        assert_eq!(pieces("abc123"), [6]);
        assert_eq!(pieces("abc1234"), [6, 1]);
        assert_eq!(pieces(&"0123456789abcdef".repeat(4)), [6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 4]);
        assert_eq!(pieces("abcdef123456"), [6, 6]);
        assert_eq!(pieces("defgh12"), [7]);
    }

    #[test]
    fn a_long_text_is_cut_off() {
        assert_eq!(inert(&"x".repeat(500)).chars().count(), LONGEST + 1);
    }
}
