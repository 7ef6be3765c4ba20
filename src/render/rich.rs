//! A rich text's tree as HTML. Whatever a record holds, only the elements named here come out.

use std::borrow::Cow;

use super::escape::push;
use crate::model::{Block, Inline, RichText, cut, line};

/// Up to this many characters a text is shown in a table as it is; a longer one opens on request.
const SHORT: usize = 220;

/// The HTML of a text, within a `div`.
pub fn html(text: &RichText) -> String {
    whole(&text.blocks())
}

/// As [`html`], but a long text behind its first words, which a reader opens and a printer sees through.
pub fn short(text: &RichText) -> String {
    let tree = text.blocks();
    let words = line(&tree);
    let Cow::Owned(words) = cut(&words, SHORT) else { return whole(&tree) };
    let mut out = String::from("<details class=\"more\"><summary><bdi>");
    push(&mut out, &words);
    out.push_str("</bdi></summary>");
    out.push_str(&whole(&tree));
    out.push_str("</details>");
    out
}

fn whole(tree: &[Block]) -> String {
    let mut out = String::from("<div class=\"rich\">");
    blocks(&mut out, tree);
    out.push_str("</div>");
    out
}

fn blocks(out: &mut String, blocks: &[Block]) {
    blocks.iter().for_each(|one| block(out, one));
}

fn block(out: &mut String, block: &Block) {
    match block {
        Block::Paragraph { content } => element(out, "<p dir=\"auto\">", content, "</p>"),
        Block::Heading { content, .. } => {
            element(out, "<p class=\"heading\" dir=\"auto\"><strong>", content, "</strong></p>");
        }
        Block::List { start, items } => {
            match start {
                Some(number) => out.push_str(&format!("<ol start=\"{number}\">")),
                None => out.push_str("<ul>"),
            }
            for item in items {
                out.push_str("<li>");
                blocks(out, item);
                out.push_str("</li>");
            }
            out.push_str(if start.is_some() { "</ol>" } else { "</ul>" });
        }
        Block::Quote { blocks: inner } => {
            out.push_str("<blockquote>");
            blocks(out, inner);
            out.push_str("</blockquote>");
        }
        Block::Code { text } => {
            out.push_str("<pre dir=\"auto\"><code>");
            push(out, text);
            out.push_str("</code></pre>");
        }
        Block::Table { head, rows } => {
            out.push_str("<table class=\"plain\"><thead><tr>");
            head.iter().for_each(|cell| element(out, "<th scope=\"col\" dir=\"auto\">", cell, "</th>"));
            out.push_str("</tr></thead><tbody>");
            for row in rows {
                out.push_str("<tr>");
                row.iter().for_each(|cell| element(out, "<td dir=\"auto\">", cell, "</td>"));
                out.push_str("</tr>");
            }
            out.push_str("</tbody></table>");
        }
        Block::Rule => out.push_str("<hr>"),
    }
}

fn element(out: &mut String, start: &str, content: &[Inline], end: &str) {
    out.push_str(start);
    content.iter().for_each(|piece| inline(out, piece));
    out.push_str(end);
}

fn inline(out: &mut String, inline: &Inline) {
    match inline {
        Inline::Text { text } => push(out, text),
        Inline::Code { text } => {
            out.push_str("<code>");
            push(out, text);
            out.push_str("</code>");
        }
        Inline::Strong { content } => element(out, "<strong>", content, "</strong>"),
        Inline::Emphasis { content } => element(out, "<em>", content, "</em>"),
        Inline::Strike { content } => element(out, "<s>", content, "</s>"),
        Inline::Link { href, content } => {
            out.push_str("<a href=\"");
            push(out, href);
            element(out, "\" rel=\"noopener noreferrer\"><bdi>", content, "</bdi></a>");
        }
        Inline::Break => out.push_str("<br>"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(markdown: &str) -> String {
        html(&RichText::new(markdown))
    }

    #[test]
    fn text_of_any_kind_stays_text() {
        let hostile = "</script><img src=x onerror=\"a('b')\">\u{1b}";
        let text = RichText::new(&format!(
            "{hostile} `{hostile}`\n\n```\n{hostile}\n```\n\n| {hostile} |\n|---|\n| {hostile} |\n"
        ));
        for html in [html(&text), short(&text)] {
            assert!(html.contains("<table") && html.contains("<pre"), "{html}");
            assert!(!html.contains("<img") && !html.contains("</script") && !html.contains('\u{1b}'), "{html}");
        }
    }

    #[test]
    fn headings_are_bold_paragraphs() {
        let html = "<div class=\"rich\"><p class=\"heading\" dir=\"auto\"><strong>A</strong></p></div>";
        assert_eq!(shown("# A"), html);
    }

    #[test]
    fn links_go_to_the_web_and_to_mailboxes_only() {
        assert!(shown("[x](<https://help.example.org/?a=\"b\">)").contains(
            "<a href=\"https://help.example.org/?a=&quot;b&quot;\" rel=\"noopener noreferrer\"><bdi>x</bdi></a>"
        ));
        for target in ["javascript:alert(1)", "data:text/html,x", "../x", "//example.org"] {
            let html = shown(&format!("[x]({target})"));
            assert!(html.contains('x') && !html.contains("<a "), "{target}");
        }
    }

    #[test]
    fn lists_keep_their_start_and_quotes_their_blocks() {
        assert_eq!(
            shown("3. i\n\n> i"),
            "<div class=\"rich\"><ol start=\"3\"><li><p dir=\"auto\">i</p></li></ol>\
             <blockquote><p dir=\"auto\">i</p></blockquote></div>"
        );
    }

    #[test]
    fn a_long_text_opens_on_request() {
        let text = RichText::new(&"word ".repeat(80));
        assert!(short(&text).starts_with("<details class=\"more\"><summary><bdi>word word"));
        assert!(short(&RichText::new("")).starts_with("<div"));
    }

    #[test]
    fn nesting_without_end_is_flattened() {
        for (open, close) in [("![", "](https://example.org)"), ("*a **b ", "** c*"), ("> ", "")] {
            let html = shown(&format!("{}deep{}", open.repeat(100), close.repeat(100)));
            assert!(html.contains("deep"), "{html}");
            for element in ["a", "strong", "blockquote"] {
                let count = |mark: &str| html.matches(&format!("<{mark}{element}")).count();
                assert!(count("") == count("/") && count("") <= 12, "{html}");
            }
        }
    }
}
