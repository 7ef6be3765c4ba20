//! Writing YAML the way that a careful person types it.

/// The widest line of a wrapped text.
const WIDTH: usize = 96;

/// A file in the making.
#[derive(Default)]
pub struct Yaml(String);

impl Yaml {
    /// One line as it is.
    pub fn line(&mut self, text: &str) -> &mut Yaml {
        self.0.push_str(text);
        self.0.push('\n');
        self
    }

    /// `key: value`, quoted only where YAML would misread it. The line begins with `indent`.
    pub fn scalar(&mut self, indent: &str, key: &str, value: &str) -> &mut Yaml {
        self.line(&format!("{indent}{key}: {}", quoted(value)))
    }

    /// `key: [a, b]`
    pub fn flow(&mut self, indent: &str, key: &str, values: &[String]) -> &mut Yaml {
        let items: Vec<String> = values.iter().map(|v| flow_quoted(v)).collect();
        self.line(&format!("{indent}{key}: [{}]", items.join(", ")))
    }

    /// `key: |` and the text, wrapped, below it.
    pub fn block(&mut self, indent: &str, key: &str, text: &str) -> &mut Yaml {
        self.line(&format!("{indent}{key}: |"));
        for line in wrapped(text).lines() {
            let _ = if line.is_empty() { self.line("") } else { self.line(&format!("{indent}  {line}")) };
        }
        self
    }

    /// A note: on one line where it fits there, else as a block.
    pub fn note(&mut self, indent: &str, key: &str, text: &str) -> &mut Yaml {
        let short = text.chars().count() + indent.len() + key.len() + 2 <= WIDTH;
        if short && !text.contains('\n') && is_plain(text) {
            self.scalar(indent, key, text)
        } else {
            self.block(indent, key, text)
        }
    }

    pub fn finish(self) -> String {
        self.0
    }
}

/// The text as a block scalar holds it: wrapped at word ends, with its last line end.
pub fn wrapped(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        if line.starts_with('|') {
            // A row of a table stays on its line.
            out.push_str(line);
            out.push('\n');
            continue;
        }
        let hang = hanging_indent(line);
        let mut width = 0;
        for word in line.split(' ') {
            let length = word.chars().count();
            if width > 0 && width + 1 + length > WIDTH && !opens_markdown(word) {
                out.push('\n');
                out.push_str(hang);
                width = hang.len();
            } else if width > 0 {
                out.push(' ');
                width += 1;
            }
            out.push_str(word);
            width += length;
        }
        out.push('\n');
    }
    out
}

/// The indent of the further lines of a list's item, so that they belong to it.
fn hanging_indent(line: &str) -> &'static str {
    let numbered = line.split_once(". ").is_some_and(|(n, _)| n.len() == 1 && n.chars().all(|c| c.is_ascii_digit()));
    match (line.starts_with("- "), numbered) {
        (true, _) => "  ",
        (_, true) => "   ",
        _ => "",
    }
}

/// Whether a line that starts with this word would become a list, a heading or a quotation.
fn opens_markdown(word: &str) -> bool {
    let numbered = word.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', ')'])
        && word.starts_with(|c: char| c.is_ascii_digit());
    numbered || word.starts_with(['-', '+', '*', '#', '>', '='])
}

pub fn quoted(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
}

fn flow_quoted(text: &str) -> String {
    if text.contains([',', '[', ']', '{', '}']) { format!("\"{}\"", text.replace('"', "\\\"")) } else { quoted(text) }
}

/// Whether the text means itself without quotation marks.
fn is_plain(text: &str) -> bool {
    let starts_well = text.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '(' || c == '$');
    starts_well && !text.contains(": ") && !text.contains(" #") && !text.ends_with([':', ' '])
}
