//! The new text of a mail: without quotes, forwarded mails, greeting, signature and notices.

/// The most paragraphs, and bytes of each, that are kept.
const MOST_PARAGRAPHS: usize = 40;
const LONGEST_PARAGRAPH: usize = 4000;
/// The most lines that are looked at.
const MOST_LINES: usize = 5000;

/// What a text holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// A line each.
    pub paragraphs: Vec<String>,
    /// There is no new text, and the paragraphs are those of the mail that is forwarded.
    pub is_forwarded: bool,
}

/// Cuts a text, whose lines end in `\n`. The `names` are those of the sender, with which a signature begins.
pub fn cut(text: &str, names: &[&str]) -> Cut {
    let lines: Vec<&str> = text.lines().map(str::trim).take(MOST_LINES).collect();
    let (new, rest) = new_lines(&lines);
    let paragraphs = paragraphs(&without_signature(&new, names));
    if !paragraphs.is_empty() || rest.is_empty() {
        return Cut { paragraphs, is_forwarded: false };
    }
    // Only the forwarded mail is left: behind its own headers.
    let behind = rest.iter().position(|line| line.is_empty()).map_or(&[][..], |at| &rest[at..]);
    let (inner, _) = new_lines(behind);
    let paragraphs = self::paragraphs(&without_signature(&inner, &[]));
    Cut { is_forwarded: !paragraphs.is_empty(), paragraphs }
}

/// The marks of our own header, where a mail program quotes all headers of a mail.
pub fn marks(text: &str) -> Vec<String> {
    let name = crate::model::RECORDS_HEADER.to_ascii_lowercase();
    let mut found = Vec::new();
    let mut is_open = false;
    for line in text.lines().take(MOST_LINES) {
        let line = line.trim_start_matches(['>', ' ', '\t', '*']);
        let folded = line.get(..name.len()).map(str::to_ascii_lowercase);
        let words = if folded.as_deref() == Some(name.as_str()) {
            line[name.len()..].trim_start_matches(['*', ':', ' '])
        } else if is_open && line.contains('=') && !line.contains(':') {
            // The header goes on.
            line
        } else {
            is_open = false;
            continue;
        };
        is_open = true;
        found.extend(words.split_whitespace().filter(|word| word.contains('=')).map(str::to_owned));
        found.truncate(50);
    }
    found
}

/// The lines that the sender wrote, and those from the first quoted or forwarded mail on that has no marks of its own.
fn new_lines<'t>(lines: &[&'t str]) -> (Vec<&'t str>, Vec<&'t str>) {
    let mut new: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        if line.starts_with('>') {
            at += 1;
        } else if let Some(length) = attribution(&lines[at..]) {
            let next = lines[at + length..].iter().find(|line| !line.is_empty());
            if !next.is_some_and(|next| next.starts_with('>')) {
                return (new, lines[at + length - 1..].to_vec());
            }
            at += length;
        } else if begins_other(&lines[at..]) {
            let from = at + lines[at..].iter().position(|line| is_field(line, "from")).unwrap_or(0);
            return (new, lines[from..].to_vec());
        } else {
            new.push(line);
            at += 1;
        }
    }
    (new, Vec::new())
}

/// How many lines "On Mon, Nov 16, 2026 at 9:14 AM Pat Sample wrote:" takes; mail programs break it.
fn attribution(lines: &[&str]) -> Option<usize> {
    let first = lines.first()?;
    let begins =
        ["On ", "on "].iter().any(|word| first.starts_with(word)) && first.contains(|c: char| c.is_ascii_digit());
    let mut length = 0;
    for (index, line) in lines.iter().take(4).enumerate() {
        length += line.len();
        if line.is_empty() || length > 400 {
            return None;
        }
        if line.ends_with("wrote:") {
            return (begins || first.contains('@') && index == 0).then_some(index + 1);
        }
        if !begins {
            return None;
        }
    }
    None
}

/// Whether another mail begins here: under a line of hyphens, or with the headers that Outlook writes.
fn begins_other(lines: &[&str]) -> bool {
    let Some(first) = lines.first() else { return false };
    let bare = first.trim_matches(['-', ' ', '_', '*']).to_ascii_lowercase();
    let is_ruled = first.starts_with("--") || first.starts_with("__");
    let titles = ["original message", "original appointment", "forwarded message", "forwarded by"];
    if is_ruled && titles.iter().any(|title| bare.starts_with(title)) || bare == "begin forwarded message:" {
        return true;
    }
    let next = lines.iter().take(8);
    let headers = |line: &&&str| ["sent", "date", "to", "subject", "cc"].iter().any(|name| is_field(line, name));
    let from_here = is_field(first, "from") && next.clone().skip(1).filter(headers).count() >= 2;
    // Outlook on phones has a line of `_` before the headers.
    let is_rule = first.len() >= 20 && first.chars().all(|c| c == '_');
    from_here || is_rule && next.clone().skip(1).any(|line| is_field(line, "from"))
}

fn is_field(line: &str, name: &str) -> bool {
    let line = line.trim_start_matches('*');
    let own = line.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name));
    own && line[name.len()..].trim_start_matches('*').starts_with(':')
}

/// The lines before the signature, without those that programs add.
fn without_signature<'t>(lines: &[&'t str], names: &[&str]) -> Vec<&'t str> {
    let mut kept: Vec<&str> = Vec::new();
    let mut has_words = false;
    for line in lines {
        let lower = line.to_lowercase();
        let bare = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
        if is_added(&lower) {
            continue;
        }
        let is_signature = *line == "--" || *line == "—" || line.len() >= 5 && line.chars().all(|c| c == '_');
        if is_signature || has_words && (is_farewell(line, bare) || is_name(bare, names)) || is_notice(&lower) {
            break;
        }
        has_words |= !line.is_empty() && !is_greeting(line);
        kept.push(line);
    }
    kept
}

/// A line that a mail program or a server adds.
fn is_added(lower: &str) -> bool {
    let starts = [
        "sent from my ",
        "sent from outlook",
        "sent from mail for",
        "sent from yahoo",
        "sent via ",
        "get outlook for",
        "[external",
        "external email",
        "caution: this",
        "caution: external",
        "warning: this email originated",
        "this message originated from outside",
        "you don't often get email from",
        "importance: ",
    ];
    starts.iter().any(|start| lower.starts_with(start))
}

/// The beginning of a notice of lawyers.
fn is_notice(lower: &str) -> bool {
    let starts =
        ["confidentiality notice", "this email and any", "this e-mail and any", "this message and any", "notice: this"];
    starts.iter().any(|start| lower.starts_with(start))
}

/// "Best regards,": a line of its own, before a name.
fn is_farewell(line: &str, bare: &str) -> bool {
    const WORDS: [&str; 24] = [
        "thanks",
        "thank you",
        "many thanks",
        "thanks again",
        "thx",
        "regards",
        "best regards",
        "kind regards",
        "warm regards",
        "best",
        "sincerely",
        "respectfully",
        "v/r",
        "r/s",
        "cheers",
        "all the best",
        "with thanks",
        "thank you very much",
        "thanks in advance",
        "very respectfully",
        "best wishes",
        "take care",
        "thanks and regards",
        "thanks so much",
    ];
    WORDS.contains(&bare) && !line.ends_with('?')
}

/// The sender's own name, or the first of it.
fn is_name(bare: &str, names: &[&str]) -> bool {
    names.iter().any(|name| {
        let name = name.to_lowercase();
        let first = name.split([' ', ',']).find(|word| !word.is_empty()).unwrap_or_default();
        let other_way = name.split_once(", ").map(|(last, first)| format!("{first} {last}"));
        !bare.is_empty() && (bare == name || bare == first || Some(bare) == other_way.as_deref())
    })
}

/// "Hi Taylor,": a line of its own, before the text.
fn is_greeting(line: &str) -> bool {
    let lower = line.to_lowercase();
    let mut words = lower.split_whitespace();
    let first = words.next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    let second = words.next().unwrap_or_default();
    let is_short = line.split_whitespace().count() <= 5 && line.ends_with([',', '!', ':', '-', '–', '—', '.']);
    let begins = matches!(first, "hi" | "hello" | "hey" | "dear" | "greetings" | "team" | "all" | "folks" | "howdy")
        || first == "good"
            && matches!(second.trim_end_matches([',', '!', '.']), "morning" | "afternoon" | "evening" | "day");
    let is_bare = line.split_whitespace().count() <= 3 && !line.ends_with('?') && !matches!(first, "team" | "all");
    begins && (is_short || is_bare)
}

/// The paragraphs, a line each. Greetings are cut, and thanks that no one would enter.
fn paragraphs(lines: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = false;
    let mut before_text = true;
    for line in lines {
        if line.is_empty() {
            open = false;
            continue;
        }
        if before_text && is_greeting(line) {
            continue;
        }
        before_text = false;
        if !open {
            if found.len() == MOST_PARAGRAPHS {
                break;
            }
            found.push(one(line));
        } else if let Some(last) = found.last_mut().filter(|last| last.len() + line.len() < LONGEST_PARAGRAPH) {
            last.push(' ');
            last.push_str(&one(line));
        }
        open = true;
    }
    found
}

/// A line with single spaces, not longer than a paragraph may be.
fn one(line: &str) -> String {
    super::seen::one_line(super::html::floor(line, LONGEST_PARAGRAPH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(text: &str, paragraphs: &[&str]) {
        assert_eq!(cut(text, &["Jordan Rivera"]).paragraphs, paragraphs, "{text}");
    }

    #[test]
    fn quotes_of_all_mail_programs_are_cut() {
        is(
            "It works.\n\nOn Mon, Nov 16, 2026 at 9:14 AM Taylor Nominal <t@example.org>\nwrote:\n\n> old\n> older\n",
            &["It works."],
        );
        is("> old\n> older\n\nStill broken.\n", &["Still broken."]);
        is("New.\n\n-----Original Message-----\nFrom: Taylor\nSent: Monday\n\nOld.", &["New."]);
        is("New.\n\n________________________________\nFrom: Taylor <t@x>\nSent: Monday\nTo: Pat\n\nOld.", &["New."]);
        is("New.\n\nFrom: Taylor Nominal\nSent: Monday, November 16\nTo: Jordan\nSubject: x\n\nOld.", &["New."]);
        is("New.\n\nOn Nov 16, 2026, at 9:14, Taylor wrote:\n\nOld without marks.", &["New."]);
        // A sentence is no attribution, and a word no header.
        is("On Monday I wrote to you.\nFrom: the export", &["On Monday I wrote to you. From: the export"]);
    }

    #[test]
    fn greetings_signatures_and_notices_are_cut() {
        is("Hi Taylor,\n\nThe export\nfails.\n\nThanks,\nJordan\n202-555-0104", &["The export fails."]);
        is("[EXTERNAL] be careful\n\nGood morning,\nIt fails.\n-- \nJordan Rivera\nBudget", &["It fails."]);
        is("It fails.\n\nSent from my iPhone", &["It fails."]);
        is("It fails.\n\nJordan Rivera\nBudget Analysis", &["It fails."]);
        is("Thanks!", &["Thanks!"]);
        is("First.\n\nSecond.\n\nCONFIDENTIALITY NOTICE: x", &["First.", "Second."]);
        is("", &[]);
    }

    #[test]
    fn of_a_mail_that_is_only_forwarded_the_inner_text_is_kept() {
        let cut = cut(
            "---------- Forwarded message ---------\nFrom: Sam <s@x>\nDate: Mon\nSubject: x\nTo: Jordan\n\nIt fails.\n",
            &[],
        );
        assert_eq!(cut, Cut { paragraphs: vec!["It fails.".to_owned()], is_forwarded: true });
    }

    #[test]
    fn our_header_is_found_where_it_is_quoted() {
        let mark = "HEAT-1=0.e3b0c44298fc1c14.e3b0c44298fc1c14";
        let text = format!("ok\n> Subject: x\n> X-Heatpack-Records: {mark}\n>  {mark}\n> To: x\n");
        assert_eq!(marks(&text), [mark, mark]);
        assert!(marks("X-Heatpack-Records is a header\n").is_empty());
    }
}
