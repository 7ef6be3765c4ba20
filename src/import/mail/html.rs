//! The text of an HTML mail, for those that have no other. No style applies, and nothing is fetched.

/// The most bytes of HTML that are read.
const MOST: usize = 512 << 10;

/// Elements whose contents are no text.
const SILENT: [&str; 6] = ["style", "script", "head", "title", "noscript", "template"];
/// Elements that begin a line of their own.
const LINES: [&str; 12] = ["br", "div", "tr", "li", "h1", "h2", "h3", "h4", "hr", "table", "ul", "ol"];
/// Elements with a blank line around them.
const PARAGRAPHS: [&str; 3] = ["p", "blockquote", "pre"];

/// The text, with `> ` before the lines of quotes.
pub fn text(html: &str) -> String {
    let mut rest = floor(html, MOST);
    let mut out = Lines::default();
    while let Some(at) = rest.find('<') {
        out.add(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
            // `a < b` is no tag.
            out.add("<");
            rest = &rest[1..];
            continue;
        }
        let Some(end) = rest.find('>') else {
            rest = "";
            break;
        };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        let is_end = tag.starts_with('/');
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        if SILENT.contains(&name.as_str()) && !is_end && !tag.ends_with('/') {
            rest = after_element(rest, &name);
        } else {
            out.tag(&name, is_end);
        }
    }
    out.add(rest);
    out.end()
}

/// What follows the end of an element that has no elements within.
fn after_element<'h>(rest: &'h str, name: &str) -> &'h str {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</") {
        let start = from + at + 2;
        let is_own = rest.get(start..start + name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name));
        if is_own {
            return rest[start..].find('>').map_or("", |end| &rest[start + end + 1..]);
        }
        from = start;
    }
    ""
}

/// The beginning of a text, whole characters only.
pub fn floor(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// Lines while they are made.
#[derive(Default)]
struct Lines {
    text: String,
    line: String,
    quotes: usize,
}

impl Lines {
    fn add(&mut self, text: &str) {
        for (index, word) in text.split(|c: char| c.is_ascii_whitespace()).enumerate() {
            if index > 0 && !self.line.is_empty() && !self.line.ends_with(' ') {
                self.line.push(' ');
            }
            unescape(word, &mut self.line);
        }
    }

    fn break_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.text.extend(std::iter::repeat_n("> ", self.quotes));
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn tag(&mut self, name: &str, is_end: bool) {
        if PARAGRAPHS.contains(&name) {
            if !self.line.is_empty() {
                self.break_line();
            }
            if name == "blockquote" {
                self.quotes = if is_end { self.quotes.saturating_sub(1) } else { (self.quotes + 1).min(20) };
            }
            self.break_line();
        } else if name == "br" || LINES.contains(&name) && !self.line.is_empty() {
            self.break_line();
        } else if matches!(name, "td" | "th") && !self.line.is_empty() {
            self.line.push(' ');
        }
    }

    fn end(mut self) -> String {
        self.break_line();
        self.text
    }
}

/// The names that mail programs use; all others are numbers.
const NAMES: [(&str, &str); 20] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{a0}"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("hellip", "…"),
    ("bull", "•"),
    ("middot", "·"),
    ("copy", "©"),
    ("reg", "®"),
    ("eacute", "é"),
    ("ntilde", "ñ"),
    ("zwnj", ""),
];

fn unescape(word: &str, out: &mut String) {
    let mut rest = word;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest.get(1..).and_then(|own| floor(own, 12).split_once(';')).map(|(entity, _)| entity);
        match entity.and_then(|entity| Some((entity, character(entity)?))) {
            Some((entity, text)) => {
                out.push_str(&text);
                rest = &rest[entity.len() + 2..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
}

fn character(entity: &str) -> Option<String> {
    let Some(number) = entity.strip_prefix('#') else {
        return NAMES.iter().find(|(name, _)| *name == entity).map(|(_, text)| (*text).to_owned());
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => number.parse().ok(),
    };
    code.and_then(char::from_u32).map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_what_a_reader_sees() {
        let html = "<html><head><title>no</title><style>p {x: '</p>'}</style></head><body><p>It&#8217;s <b>broken</b>,\n \
                    1 < 2 &amp;&nbsp;so.<br>Next</p><!-- no --><blockquote><div>old</div></blockquote>end &bogus; &#0;</body>";
        let text = text(html);
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        assert_eq!(lines[..4], ["It’s broken, 1 < 2 &\u{a0}so.", "Next", ">", "> old"]);
        assert!(lines.last().is_some_and(|last| last.starts_with("end &bogus; ")), "{text}");
    }

    #[test]
    fn html_that_never_ends_is_text_that_does() {
        for html in ["<p", "<style>x", "<!-- x", "&", "&#", "<script>a</scrip", "</", "<", "a<\u{e9}>b"] {
            text(html);
        }
        assert_eq!(text("<blockquote>".repeat(100).as_str()).lines().last().map(str::len), Some(40));
    }
}
