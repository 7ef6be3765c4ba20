//! How texts name counts, lists and sentences.

/// "1 ticket", "3 tickets".
pub fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// Parts in a row, with a word before the last: "a, b and c".
pub fn in_a_row(parts: &[String], word: &str) -> String {
    match parts.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {word} {last}", rest.join(", ")),
        _ => parts.concat(),
    }
}

/// Names in a row: "`a`, `b` and `c`".
pub fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    in_a_row(&quoted, "and")
}

/// "an event", "a role".
pub fn with_article(what: &str) -> String {
    let article = if what.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {what}")
}

/// A text as a sentence: "No reply." for "no reply".
pub fn sentence(text: &str) -> String {
    let end = if text.is_empty() || text.ends_with(['.', '…']) { "" } else { "." };
    format!("{}{end}", capital(text))
}

/// A text with its first letter in upper case and the rest as it is.
pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", characters.as_str())
}
