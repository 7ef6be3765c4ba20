//! A rich text's tree as HTML. Whatever the tree holds, only the elements named here come out.

use tera::Value;

use super::escape::push;

/// What is nested deeper than this is left out; the tree's maker flattens long before.
const DEEPEST: usize = 40;

/// Up to this many characters a text stands in a table as it is; a longer one opens on request.
const SHORT: usize = 220;

/// The HTML of a `RichText` as it was serialised, within a `div`.
pub fn html(text: &Value) -> String {
    let mut out = String::from("<div class=\"rich\">");
    blocks(&mut out, list(text, "blocks"), 0);
    out.push_str("</div>");
    out
}

/// As [`html`], but a long text behind its first words, which a reader opens and a printer sees through.
pub fn short(text: &Value) -> String {
    let words = plain(text);
    match words.char_indices().nth(SHORT) {
        None => html(text),
        Some((cut, _)) => {
            let mut out = String::from("<details class=\"more\"><summary><bdi>");
            push(&mut out, words[..cut].trim_end());
            out.push_str("…</bdi></summary>");
            out.push_str(&html(text));
            out.push_str("</details>");
            out
        }
    }
}

/// The text alone, on one line.
pub fn plain(text: &Value) -> String {
    let mut words = String::new();
    gather(list(text, "blocks"), &mut words, 0);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn gather(values: &[Value], out: &mut String, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    for value in values {
        if let Some(inner) = value.as_array() {
            gather(inner, out, depth + 1);
            out.push(' ');
            continue;
        }
        out.push_str(string(value, "text"));
        for member in ["content", "items", "blocks", "head", "rows"] {
            gather(list(value, member), out, depth + 1);
        }
        if !matches!(string(value, "type"), "text" | "code" | "strong" | "emphasis" | "strike" | "link") {
            out.push(' ');
        }
    }
}

fn blocks(out: &mut String, values: &[Value], depth: usize) {
    if depth > DEEPEST {
        return;
    }
    for value in values {
        block(out, value, depth);
    }
}

fn block(out: &mut String, value: &Value, depth: usize) {
    let content = list(value, "content");
    match string(value, "type") {
        "paragraph" => {
            out.push_str("<p dir=\"auto\">");
            inlines(out, content, depth);
            out.push_str("</p>");
        }
        "heading" => {
            out.push_str("<p class=\"heading\" dir=\"auto\"><strong>");
            inlines(out, content, depth);
            out.push_str("</strong></p>");
        }
        "list" => items(out, value, depth),
        "quote" => {
            out.push_str("<blockquote>");
            blocks(out, list(value, "blocks"), depth + 1);
            out.push_str("</blockquote>");
        }
        "code" => {
            out.push_str("<pre dir=\"auto\"><code>");
            push(out, string(value, "text"));
            out.push_str("</code></pre>");
        }
        "table" => table(out, value, depth),
        "rule" => out.push_str("<hr>"),
        _ => {}
    }
}

fn items(out: &mut String, value: &Value, depth: usize) {
    let start = member(value, "start").and_then(Value::as_u64);
    match start {
        Some(number) => out.push_str(&format!("<ol start=\"{number}\">")),
        None => out.push_str("<ul>"),
    }
    for item in list(value, "items") {
        out.push_str("<li>");
        blocks(out, item.as_array().unwrap_or_default(), depth + 1);
        out.push_str("</li>");
    }
    out.push_str(if start.is_some() { "</ol>" } else { "</ul>" });
}

fn table(out: &mut String, value: &Value, depth: usize) {
    out.push_str("<table class=\"plain\"><thead><tr>");
    for cell in list(value, "head") {
        out.push_str("<th scope=\"col\" dir=\"auto\">");
        inlines(out, cell.as_array().unwrap_or_default(), depth);
        out.push_str("</th>");
    }
    out.push_str("</tr></thead><tbody>");
    for row in list(value, "rows") {
        out.push_str("<tr>");
        for cell in row.as_array().unwrap_or_default() {
            out.push_str("<td dir=\"auto\">");
            inlines(out, cell.as_array().unwrap_or_default(), depth);
            out.push_str("</td>");
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table>");
}

fn inlines(out: &mut String, values: &[Value], depth: usize) {
    if depth > DEEPEST {
        return;
    }
    for value in values {
        inline(out, value, depth + 1);
    }
}

fn inline(out: &mut String, value: &Value, depth: usize) {
    let content = list(value, "content");
    let element = match string(value, "type") {
        "text" => return push(out, string(value, "text")),
        "break" => return out.push_str("<br>"),
        "code" => {
            out.push_str("<code>");
            push(out, string(value, "text"));
            return out.push_str("</code>");
        }
        "link" => return link(out, string(value, "href"), content, depth),
        "strong" => "strong",
        "emphasis" => "em",
        "strike" => "s",
        _ => return,
    };
    out.push_str(&format!("<{element}>"));
    inlines(out, content, depth);
    out.push_str(&format!("</{element}>"));
}

/// A link to the web or to a mailbox; any other target leaves the words alone.
fn link(out: &mut String, href: &str, content: &[Value], depth: usize) {
    let scheme = href.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    if !matches!(scheme.as_deref(), Some("http" | "https" | "mailto")) {
        return inlines(out, content, depth);
    }
    out.push_str("<a href=\"");
    push(out, href);
    out.push_str("\" rel=\"noopener noreferrer\"><bdi>");
    inlines(out, content, depth);
    out.push_str("</bdi></a>");
}

fn member<'v>(value: &'v Value, name: &'static str) -> Option<&'v Value> {
    value.as_map()?.get(&tera::value::Key::Str(name))
}

fn list<'v>(value: &'v Value, name: &'static str) -> &'v [Value] {
    member(value, name).and_then(Value::as_array).unwrap_or_default()
}

fn string<'v>(value: &'v Value, name: &'static str) -> &'v str {
    member(value, name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn tree(blocks: serde_json::Value) -> Value {
        Value::from_serializable(&json!({"markdown": "", "blocks": blocks}))
    }

    #[test]
    fn text_of_any_kind_stays_text() {
        let hostile = "</script><img src=x onerror=\"a('b')\">\u{1b}";
        let text = tree(json!([
            {"type": "paragraph", "content": [{"type": "text", "text": hostile}, {"type": "code", "text": hostile}]},
            {"type": "code", "text": hostile},
            {"type": "table", "head": [[{"type": "text", "text": hostile}]], "rows": [[[{"type": "text", "text": hostile}]]]}
        ]));
        for html in [html(&text), short(&text)] {
            assert!(!html.contains("<img") && !html.contains("</script") && !html.contains('\u{1b}'), "{html}");
        }
    }

    #[test]
    fn headings_are_bold_paragraphs() {
        let text = tree(json!([{"type": "heading", "level": 1, "content": [{"type": "text", "text": "A"}]}]));
        assert_eq!(html(&text), "<div class=\"rich\"><p class=\"heading\" dir=\"auto\"><strong>A</strong></p></div>");
    }

    #[test]
    fn links_go_to_the_web_and_to_mailboxes_only() {
        let link = |href: &str| {
            let content = json!([{"type": "text", "text": "x"}]);
            html(&tree(json!([{"type": "paragraph", "content": [{"type": "link", "href": href, "content": content}]}])))
        };
        assert!(link("https://help.example.org/?a=\"b\"").contains(
            "<a href=\"https://help.example.org/?a=&quot;b&quot;\" rel=\"noopener noreferrer\"><bdi>x</bdi></a>"
        ));
        for target in ["javascript:alert(1)", " javascript:x", "data:text/html,x", "../x", "//example.org"] {
            assert!(!link(target).contains("<a "), "{target}");
        }
    }

    #[test]
    fn lists_keep_their_start_and_quotes_their_blocks() {
        let item = json!([{"type": "paragraph", "content": [{"type": "text", "text": "i"}]}]);
        let text = tree(json!([{"type": "list", "start": 3, "items": [item]}, {"type": "quote", "blocks": item}]));
        assert_eq!(
            html(&text),
            "<div class=\"rich\"><ol start=\"3\"><li><p dir=\"auto\">i</p></li></ol>\
             <blockquote><p dir=\"auto\">i</p></blockquote></div>"
        );
    }

    #[test]
    fn a_long_text_opens_on_request() {
        let words = "word ".repeat(80);
        let text = tree(json!([{"type": "paragraph", "content": [{"type": "text", "text": words}]}]));
        assert!(short(&text).starts_with("<details class=\"more\"><summary><bdi>word word"));
        assert!(short(&tree(json!([]))).starts_with("<div"));
    }

    #[test]
    fn nesting_without_end_is_cut() {
        let mut inner = json!({"type": "text", "text": "deep"});
        for _ in 0..100 {
            inner = json!({"type": "strong", "content": [inner]});
        }
        let html = html(&tree(json!([{"type": "paragraph", "content": [inner]}])));
        assert_eq!(html.matches("<strong>").count(), html.matches("</strong>").count());
        assert!(!html.contains("deep"));
    }
}
