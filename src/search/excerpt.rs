//! The part of a text that shows best why it was found.

use std::ops::Range;

use super::chunk::{Shape, chunks, searched, shape};
use super::stem::stem;

/// A line of a text, and the places in it of the words that were looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    pub text: String,
    /// In bytes of the text, ascending.
    pub marks: Vec<Range<usize>>,
}

/// The line of at most `width` characters with the most of these stems, of all texts the first; `None` if no text has any.
pub fn excerpt(texts: &[String], stems: &[String], width: usize) -> Option<Excerpt> {
    let best = texts.iter().filter_map(|text| {
        let text = searched(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let (window, count) = best_window(&text, stems, width)?;
        Some((count, cut_out(&text, stems, window)))
    });
    best.reduce(|best, other| if other.0 > best.0 { other } else { best }).map(|(_, excerpt)| excerpt)
}

/// The words of a text that have one of these stems, with its place in the list.
fn matches(text: &str, stems: &[String]) -> Vec<(Range<usize>, usize)> {
    let found = chunks(text).into_iter().filter_map(|chunk| {
        let own = match shape(&chunk.folded) {
            Shape::Words { parts, joined } => parts.into_iter().chain(joined).map(|part| stem(&part)).collect(),
            Shape::Number { whole, parts } => [whole].into_iter().chain(parts).collect::<Vec<_>>(),
        };
        let place = stems.iter().position(|stem| own.contains(stem))?;
        Some((chunk.start..chunk.end, place))
    });
    found.collect()
}

/// The bytes of the window with the most different stems, and how many it has.
fn best_window(text: &str, stems: &[String], width: usize) -> Option<(Range<usize>, usize)> {
    let found = matches(text, stems);
    let mut best: Option<(Range<usize>, usize)> = None;
    for (place, (first, _)) in found.iter().enumerate() {
        let end = text[first.start..].char_indices().nth(width).map_or(text.len(), |(at, _)| first.start + at);
        let within = found[place..].iter().take_while(|(other, _)| other.end <= end);
        let mut seen: Vec<usize> = within.map(|(_, stem)| *stem).collect();
        seen.sort_unstable();
        seen.dedup();
        if best.as_ref().is_none_or(|(_, count)| seen.len() > *count) {
            best = Some((window(text, first.start, width), seen.len()));
        }
    }
    best
}

/// The words around a place: what comes before it too, where there is room.
fn window(text: &str, at: usize, width: usize) -> Range<usize> {
    let after = text[at..].chars().count();
    let before = if after < width { width - after } else { width / 5 };
    let earliest = text[..at].char_indices().rev().nth(before).map_or(0, |(place, _)| place);
    let from = if earliest == 0 { 0 } else { text[earliest..at].find(' ').map_or(at, |space| earliest + space + 1) };
    let to = text[from..].char_indices().nth(width).map_or(text.len(), |(place, _)| from + place);
    let to = if to == text.len() { to } else { text[from..to].rfind(' ').map_or(to, |space| from + space) };
    from..to.max(from)
}

fn cut_out(text: &str, stems: &[String], window: Range<usize>) -> Excerpt {
    let (before, after) = (if window.start > 0 { "… " } else { "" }, if window.end < text.len() { " …" } else { "" });
    let inner = &text[window];
    let marks = matches(inner, stems).into_iter();
    let marks = marks.map(|(place, _)| place.start + before.len()..place.end + before.len()).collect();
    Excerpt { text: format!("{before}{inner}{after}"), marks }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(texts: &[&str], words: &[&str], width: usize) -> Option<String> {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        let stems: Vec<String> = words.iter().map(|word| stem(word)).collect();
        let excerpt = excerpt(&texts, &stems, width)?;
        let mut text = excerpt.text.clone();
        for mark in excerpt.marks.iter().rev() {
            text.insert(mark.end, ']');
            text.insert(mark.start, '[');
        }
        Some(text)
    }

    #[test]
    fn the_words_are_shown_where_most_of_them_are_together() {
        let texts = ["The report is blank.", "All was well until the export of the *report* dropped the last quarter."];
        let line = shown(&texts, &["reports", "quarter"], 50);
        assert!(line.is_some_and(|line| line.contains("[report]") && line.contains("[quarter]")));
        assert_eq!(shown(&texts, &["zebra"], 50), None);
    }

    #[test]
    fn letters_of_many_bytes_are_never_cut() {
        for width in 0..40 {
            shown(&["Größe „äöü“ ist überall falsch — nämlich zu groß für Zoë"], &["uberall", "zoe"], width);
        }
    }
}
