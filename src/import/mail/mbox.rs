//! A mailbox in the format mbox: one mail after another, each behind a line `From sender date`.

use std::borrow::Cow;

use super::message::{MOST_MAILS, Unreadable};

/// The mails of a mailbox; `None` if the file is none. Lines that were quoted as `>From` lose the mark.
pub fn mails(bytes: &[u8]) -> Result<Option<Vec<Cow<'_, [u8]>>>, Unreadable> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if !is_separator(bytes) {
        return Ok(None);
    }
    let mut starts = Vec::new();
    let (mut at, mut after_blank) = (0, true);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if after_blank && is_separator(line) {
            starts.push((at, at + line.len()));
            if starts.len() > MOST_MAILS {
                return Err(Unreadable::Many);
            }
        }
        after_blank = line.trim_ascii().is_empty();
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([bytes.len()]);
    let mails = starts.iter().zip(ends).map(|((_, start), end)| unquoted(without_last_blank(&bytes[*start..end])));
    Ok(Some(mails.collect()))
}

/// `From pat@example.org Mon Nov 16 15:40:00 2026`. A sentence that begins with "From" has no weekday there.
fn is_separator(line: &[u8]) -> bool {
    let line = line.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let Some(rest) = line.get(..200.min(line.len())).and_then(|line| line.strip_prefix(b"From ")) else { return false };
    let mut words = rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).skip(1);
    const DAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    words.next().is_some_and(|word| DAYS.contains(&word))
}

/// A blank line goes before each separator, and is not part of the mail.
fn without_last_blank(mail: &[u8]) -> &[u8] {
    let short = mail.strip_suffix(b"\r\n").or_else(|| mail.strip_suffix(b"\n"));
    short.filter(|short| short.ends_with(b"\n")).unwrap_or(mail)
}

fn unquoted(mail: &[u8]) -> Cow<'_, [u8]> {
    let is_quoted = |line: &[u8]| {
        let rest = line.iter().position(|byte| *byte != b'>').map(|at| &line[at..]);
        line.starts_with(b">") && rest.is_some_and(|rest| rest.starts_with(b"From "))
    };
    let lines = || mail.split_inclusive(|byte| *byte == b'\n');
    if !lines().any(is_quoted) {
        return Cow::Borrowed(mail);
    }
    Cow::Owned(lines().flat_map(|line| if is_quoted(line) { &line[1..] } else { line }).copied().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Option<Vec<String>> {
        let mails = mails(text.as_bytes()).expect("few mails")?;
        Some(mails.iter().map(|mail| String::from_utf8_lossy(mail).into_owned()).collect())
    }

    #[test]
    fn a_mailbox_is_split_at_its_separators_only() {
        let first = "From pat@example.org Mon Nov 16 09:00:00 2026\nSubject: a\n\nFrom here on it fails.\n>From x\n\n";
        let mails = split(&format!("{first}From - Tue Nov 17 09:00:00 2026\r\nSubject: b\r\n\r\nb\r\n"));
        let expected = ["Subject: a\n\nFrom here on it fails.\nFrom x\n", "Subject: b\r\n\r\nb\r\n"];
        assert_eq!(mails.as_deref(), Some(&expected.map(str::to_owned)[..]));
        assert_eq!(split("From: pat@example.org\n\nx"), None);
        assert_eq!(split("From here on\n\nx"), None);
    }
}
