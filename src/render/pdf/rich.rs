//! Rich text made fit for a page: no deeper than Typst follows, and with its first line as plain text.

use serde_json::{Map, Value, json};

use crate::model::Block;

/// Emphasis and links nested deeper than this become plain text; Typst stops at a few dozen levels.
const DEEPEST_INLINE: usize = 6;

/// How much of a text in lines is set.
const LONGEST_CODE: usize = 20_000;

/// How much of a text a table shows.
const LINE: usize = 160;

/// Whether the object is a `RichText`.
pub fn is_rich(object: &Map<String, Value>) -> bool {
    object.contains_key("markdown") && object.contains_key("blocks")
}

/// Leaves out the source, which no page shows, and adds `line`, the text on one line.
pub fn settle(object: &mut Map<String, Value>) {
    object.remove("markdown");
    let mut words = String::new();
    if let Some(blocks) = object.get_mut("blocks") {
        gather(blocks, false, &mut words);
        flatten(blocks, 0);
        cut(blocks);
    }
    object.insert("line".to_owned(), Value::String(one_line(&words)));
}

/// Cuts what is set as it is written, and longer than any page: such a text is no part of a meeting.
fn cut(blocks: &mut Value) {
    let Value::Array(blocks) = blocks else { return };
    let mut is_cut = false;
    for block in &mut *blocks {
        let Some(Value::String(text)) = block.get_mut("text") else { continue };
        if let Some((end, _)) = text.char_indices().nth(LONGEST_CODE) {
            text.truncate(end);
            text.push('…');
            is_cut = true;
        }
    }
    let goes_on = json!(Block::goes_on());
    if is_cut && blocks.last() != Some(&goes_on) {
        blocks.push(goes_on);
    }
}

/// The words on one line, at most [`LINE`] characters; a longer one ends in "…".
fn one_line(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LINE) {
        None => line,
        Some((cut, _)) => {
            let head = line.get(..cut).unwrap_or(&line);
            let whole = head.rfind(' ').filter(|&end| end > LINE / 2).and_then(|end| head.get(..end));
            format!("{}…", whole.unwrap_or(head))
        }
    }
}

/// Appends all text below `node`: the members `text`, in order, with spaces between blocks but not within a line.
fn gather(node: &Value, in_line: bool, words: &mut String) {
    match node {
        Value::Array(children) => children.iter().for_each(|child| gather(child, in_line, words)),
        Value::Object(members) => {
            if let Some(text) = members.get("text").and_then(Value::as_str) {
                words.push_str(text);
            }
            if let Some(content) = members.get("content") {
                gather(content, true, words);
            }
            for part in ["blocks", "items"] {
                members.get(part).into_iter().for_each(|child| gather(child, false, words));
            }
            for cell in cells(members) {
                gather(cell, true, words);
                words.push(' ');
            }
            if !in_line || kind(members) == "break" {
                words.push(' ');
            }
        }
        _ => {}
    }
}

/// The cells of a table, row by row; none of anything else.
fn cells(members: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    let head = members.get("head").and_then(Value::as_array).into_iter().flatten();
    let rows = members.get("rows").and_then(Value::as_array).into_iter().flatten();
    head.chain(rows.filter_map(Value::as_array).flatten())
}

fn kind(members: &Map<String, Value>) -> &str {
    members.get("type").and_then(Value::as_str).unwrap_or_default()
}

/// Replaces inline content below [`DEEPEST_INLINE`] by its text.
fn flatten(node: &mut Value, depth: usize) {
    match node {
        Value::Array(children) => children.iter_mut().for_each(|child| flatten(child, depth)),
        Value::Object(members) => {
            let nests = matches!(kind(members), "strong" | "emphasis" | "strike" | "link");
            let depth = depth + usize::from(nests);
            if let Some(content) = members.get_mut("content").filter(|_| depth >= DEEPEST_INLINE) {
                let mut words = String::new();
                gather(content, true, &mut words);
                *content = json!([{"type": "text", "text": words}]);
            }
            for part in ["content", "blocks", "items", "head", "rows"] {
                members.get_mut(part).into_iter().for_each(|child| flatten(child, depth));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(blocks: Value) -> Value {
        let mut rich = json!({"markdown": "", "blocks": blocks});
        if let Value::Object(object) = &mut rich {
            settle(object);
        }
        rich
    }

    #[test]
    fn the_line_is_the_text_alone() {
        let rich = settled(json!([
            {"type": "paragraph", "content": [{"type": "text", "text": "one "},
                {"type": "strong", "content": [{"type": "text", "text": "two"}]}, {"type": "text", "text": ","}]},
            {"type": "list", "start": null, "items": [[{"type": "code", "text": "three\nfour"}]]},
        ]));
        assert_eq!(rich["line"], "one two, three four");
        assert!(rich.get("markdown").is_none());
    }

    #[test]
    fn a_long_line_is_cut_at_a_word() {
        let line = one_line(&"word ".repeat(100));
        assert!(line.ends_with("word…") && line.chars().count() <= LINE + 1);
        assert_eq!(one_line(&"é".repeat(400)).chars().count(), LINE + 1);
    }

    #[test]
    fn lines_without_end_are_cut_and_said_to_be() {
        let code = |text: &str| json!({"type": "code", "text": text});
        let rich = settled(json!([code(&"é\n".repeat(20_000)), code("short")]));
        let text = rich["blocks"][0]["text"].as_str().unwrap_or_default();
        assert_eq!(text.chars().count(), LONGEST_CODE + 1);
        assert!(text.ends_with('…'));
        assert_eq!(rich["blocks"][1], code("short"));
        assert_eq!(rich["blocks"][2], json!(Block::goes_on()));
        // Once is enough.
        let rich = settled(json!([code(&"é\n".repeat(20_000)), Block::goes_on()]));
        assert_eq!(rich["blocks"].as_array().map(Vec::len), Some(2));
    }

    #[test]
    fn deep_emphasis_becomes_text() {
        let mut inline = json!({"type": "text", "text": "deep"});
        for _ in 0..40 {
            inline = json!({"type": "emphasis", "content": [inline]});
        }
        let rich = settled(json!([{"type": "paragraph", "content": [inline]}]));
        let text = rich.to_string();
        assert_eq!(text.matches("emphasis").count(), DEEPEST_INLINE);
        assert!(text.contains("deep"));
    }
}
