//! The line at which the YAML parser stopped → what its writer most likely did there, and how to fix it.
//!
//! The parser notices most slips late: at the colon of the next field, or at the next line. So the line before is read too.
//! What is not recognized here, `yaml_words` puts into general words.

use super::yaml_conflict::is_name;
use super::yaml_words::LONGEST_QUOTED;
use crate::model::{Span, is_field_name};
use crate::record::{Fields, lookalike, to_yaml};

/// What is wrong, where, and what to do.
pub(super) struct Cause {
    pub span: Span,
    pub message: String,
    pub help: String,
}

/// What its writer most likely did where the parser stopped, at the byte `at`, with the words `info`.
pub(super) fn cause(text: &str, at: usize, info: &str) -> Option<Cause> {
    // The parser's own bounds, and characters that are errors by themselves.
    if info.contains("recursion limit") || info.contains("unprintable") {
        return None;
    }
    let line = Line::around(text, at);
    let before = line.before(text);
    // The parser stopped at the beginning of a line or of its field: then the line before may be the wrong one.
    let at_head = at <= line.start + line.head().len();
    let suspects: Vec<&Line> = before.as_ref().filter(|_| at_head).into_iter().chain([&line]).collect();
    let first = |check: fn(&Line) -> Option<Cause>| suspects.iter().find_map(|line| check(line));
    first(|line| line.lookalike())
        .or_else(|| first(|line| line.tab()))
        .or_else(|| line.after(text).filter(|_| info.contains("tab")).and_then(|after| after.tab()))
        .or_else(|| first(|line| line.dash_without_space()))
        .or_else(|| first(|line| line.colon_without_space()))
        .or_else(|| line.value_start(at, info))
        .or_else(|| unclosed_list(text, &line, info))
        .or_else(|| first(|line| line.without_colon()))
        .or_else(|| first_without_dash(text, &line, info))
        .or_else(|| at_head.then(|| other_column(text, &line, info)).flatten())
        .or_else(|| before.as_ref().filter(|_| at_head).and_then(|before| before.no_field()))
        .or_else(|| line.colon_in_value(at, info))
}

/// A line of a text, without its line end.
struct Line<'t> {
    start: usize,
    text: &'t str,
}

impl<'t> Line<'t> {
    fn around(text: &'t str, at: usize) -> Line<'t> {
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
        Line { start, text: text[start..end].trim_end_matches('\r') }
    }

    /// The last line before this one that says something: no blank line, no comment.
    fn before(&self, text: &'t str) -> Option<Line<'t>> {
        let mut line = Line { start: self.start, text: self.text };
        while line.start > 0 {
            line = Line::around(text, line.start - 1);
            if !line.body().is_empty() && !line.body().starts_with('#') {
                return Some(line);
            }
        }
        None
    }

    /// The line after this one.
    fn after(&self, text: &'t str) -> Option<Line<'t>> {
        let end = self.start + text[self.start..].find('\n')?;
        Some(Line::around(text, end + 1))
    }

    /// The spaces before the first word.
    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// The line without the blanks around it.
    fn body(&self) -> &'t str {
        self.text.trim()
    }

    /// Where the line's own words begin, behind the dashes of lists.
    fn words_at(&self) -> usize {
        let mut at = self.indent();
        while let Some(rest) = self.text[at..].strip_prefix("- ") {
            at = self.text.len() - rest.trim_start_matches(' ').len();
        }
        at
    }

    /// The name of the line's field, if it begins with one and its colon.
    fn name(&self) -> Option<&'t str> {
        let (name, rest) = self.text[self.words_at()..].split_once(':')?;
        (is_name(name) && (rest.is_empty() || rest.starts_with([' ', '\t']))).then_some(name)
    }

    /// All before the line's value: blanks, dashes, the field's name.
    fn head(&self) -> &'t str {
        let length = self.name().map_or(0, |name| name.len());
        &self.text[..self.words_at() + length]
    }

    /// The value of the line's field or item, and where it begins.
    fn value(&self) -> Option<(usize, &'t str)> {
        let from = self.words_at() + self.name().map_or(0, |name| name.len() + 1);
        let value = self.text[from..].trim();
        let is_item = self.words_at() > self.indent();
        let at = from + (self.text[from..].len() - self.text[from..].trim_start().len());
        ((self.name().is_some() || is_item) && !value.is_empty()).then_some((at, value))
    }

    /// A run of the line as a place of the text.
    fn span(&self, from: usize, length: usize) -> Span {
        Span::new(self.start + from, self.start + from + length)
    }

    /// A character at the line's beginning or behind its colon that looks like a space, a dash or a colon.
    fn lookalike(&self) -> Option<Cause> {
        let body = self.text.trim_start_matches(|c: char| c.is_whitespace() || c == '-');
        let lead = self.text.len() - body.len();
        let found = lookalike(&self.text[..lead]).map(|found| (found.at, found)).or_else(|| {
            // Behind the colon of a name, and the first character of the line.
            let name = body.split([':', '\u{ff1a}']).next().filter(|name| is_name(name.trim()));
            let colon = name.map(|name| lead + name.len());
            let near = colon.map(|colon| colon..(colon + 1).min(self.text.len()));
            let behind = near.map(|near| near.end).filter(|at| self.text.is_char_boundary(*at));
            [Some(lead), colon, behind].into_iter().flatten().find_map(|at| {
                let found = lookalike(&self.text[at..]).filter(|found| found.at == 0)?;
                let is_dash = at == lead && self.text[at + found.character.len_utf8()..].starts_with([' ', '\u{a0}']);
                let fits = (at == lead && (is_dash || found.is_blank())) || (at > lead && found.instead != "-");
                (fits && !matches!(found.instead, "\"" | "'")).then_some((at, found))
            })
        })?;
        let (at, found) = found;
        let message = match found.instead {
            "-" => format!("{} stands where a list has `-`", found.name),
            ":" => format!("{} stands where YAML needs `:`", found.name),
            _ => format!("{} stands here", found.name),
        };
        let help = match found.instead {
            "-" => format!("write `- ` instead of `{}`", found.character),
            " " if at < lead => "delete the blanks before the line's first word and type spaces".to_owned(),
            _ => found.help(),
        };
        Some(Cause { span: self.span(at, found.character.len_utf8()), message, help })
    }

    /// A tab before the line's first word, or behind its dash or colon.
    fn tab(&self) -> Option<Cause> {
        let lead = self.text.len() - self.text.trim_start_matches([' ', '\t', '-']).len();
        let name = self.text[lead..].split(':').next().filter(|name| is_name(name)).map_or(0, str::len);
        let behind = (name > 0)
            .then(|| lead + name + 1)
            .filter(|at| self.text[lead + name..].len() > 1 && *at < self.text.len());
        let at = self.text[..lead].find('\t').or_else(|| {
            let from = behind?;
            let blanks = self.text[from..].len() - self.text[from..].trim_start_matches([' ', '\t']).len();
            self.text[from..from + blanks].find('\t').map(|at| from + at)
        })?;
        let help = "replace the tab by spaces".to_owned();
        Some(Cause { span: self.span(at, 1), message: "a tab stands where only spaces may".to_owned(), help })
    }

    /// `-at: …`
    fn dash_without_space(&self) -> Option<Cause> {
        let at = self.indent();
        let name = self.text[at..].strip_prefix('-')?.split_once(':')?.0;
        let help = format!("write `- {name}:`");
        let message = "a list's `-` has no space after it".to_owned();
        is_name(name).then(|| Cause { span: self.span(at, 1), message, help })
    }

    /// `kind:issue`
    fn colon_without_space(&self) -> Option<Cause> {
        let at = self.words_at();
        let (name, rest) = self.text[at..].split_once(':')?;
        let follows = rest.chars().next().is_some_and(|c| !c.is_whitespace() && c != ':' && c != '/');
        let message = format!("`{name}:` has no space after its colon");
        let help = format!("put a space after `{name}:`");
        (is_name(name) && follows).then(|| Cause { span: self.span(at, name.len() + 1), message, help })
    }

    /// The field or item as it would be with its value in quotes, for a help text.
    fn in_quotes(&self, value: &str) -> String {
        if value.chars().count() > LONGEST_QUOTED {
            return "put the whole value into quotes".to_owned();
        }
        let quoted = match self.name() {
            Some(name) => to_yaml(&Fields::new().with(name, value).into()),
            None => to_yaml(&vec![value].into()),
        };
        format!("put the whole value into quotes: `{}`", quoted.trim_end())
    }

    /// A value that begins with what means something else to YAML.
    fn value_start(&self, at: usize, info: &str) -> Option<Cause> {
        let (from, value) = self.value()?;
        let first = value.chars().next()?;
        if at < self.start + from {
            return None;
        }
        let is = |words: &str| info.contains(words);
        let (message, help) = match first {
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2018}' | '\u{2019}' => {
                let inner = value.trim_matches(|c| matches!(c, '\u{2018}'..='\u{201f}'));
                let help = self.in_quotes(inner).replace("into quotes", "into straight quotes");
                (format!("the value is in curly quotation marks (`{first}`), which YAML does not read as quotes"), help)
            }
            '[' | '{' => {
                let close = if first == '[' { ']' } else { '}' };
                let closed = value.find(close);
                // A list that goes on below, or one with an error of its own inside.
                if closed.is_some_and(|end| value[end + 1..].trim_start_matches([',', ' ']).is_empty()) {
                    return None;
                }
                let what = if first == '[' { "a list" } else { "fields in braces" };
                let mut help = self.in_quotes(value);
                if closed.is_none() {
                    help = format!("write the `{close}` that ends it, or {help}");
                }
                (format!("the value begins with `{first}`, which starts {what}"), help)
            }
            '\'' | '"' if is("quoted scalar") || is("eof") => match value[1..].contains(first) {
                true => (format!("text follows the `{first}` that ends the value"), self.in_quotes(value)),
                false if first == '"' => {
                    let help = "write a `\"` after its last word; write a `\"` inside it as `\\\"`";
                    ("the value begins with `\"`, and no `\"` ends it".to_owned(), help.to_owned())
                }
                false => ("the value begins with `'`, and no `'` ends it".to_owned(), self.in_quotes(value)),
            },
            '-' if value.starts_with("- ") => {
                ("the value begins with `- `, which starts a list".to_owned(), self.in_quotes(value))
            }
            '?' => {
                ("the value begins with `?`, which YAML reads as a sign of its own".to_owned(), self.in_quotes(value))
            }
            '>' | '|' if is("block scalar") => {
                let message = format!("text follows `{first}` on its line");
                let help = format!("begin the text on the next line, indented; or {}", self.in_quotes(value));
                (message, help)
            }
            _ => return None,
        };
        Some(Cause { span: self.span(from, value.len().min(first.len_utf8())), message, help })
    }

    /// `- id mclark`: the name of a field, and no colon.
    fn without_colon(&self) -> Option<Cause> {
        let at = self.words_at();
        let words = self.text[at..].trim_end();
        let (name, rest) = words.split_once(' ').unwrap_or((words, ""));
        let message = format!("`{name}` has no colon after it");
        let help = format!("write `{}`", format!("{name}: {}", rest.trim_start()).trim_end());
        (is_field_name(name) && !rest.contains(": ")).then(|| Cause { span: self.span(at, name.len()), message, help })
    }

    /// A line that is neither a field nor an item, before one that is.
    fn no_field(&self) -> Option<Cause> {
        let at = self.indent();
        let message = "this line is neither a field nor a comment".to_owned();
        let help = "put `# ` before a comment; indent the further lines of a text, below `field: |`".to_owned();
        let is_neither = self.name().is_none() && !self.text[at..].starts_with("- ");
        is_neither.then(|| Cause { span: self.span(at, self.text[at..].trim_end().len()), message, help })
    }

    /// `title: Export: the last quarter`
    fn colon_in_value(&self, at: usize, info: &str) -> Option<Cause> {
        let (from, value) = self.value().filter(|_| info.contains("mapping values are not allowed"))?;
        let at = at.checked_sub(self.start).filter(|at| *at >= from)?;
        let message = "a colon with a space after it stands inside a value".to_owned();
        Some(Cause { span: self.span(at, 1), message, help: self.in_quotes(value) })
    }
}

/// A list in brackets that nothing closes: the parser reads on, and stops at the colon of the next field.
fn unclosed_list(text: &str, line: &Line, info: &str) -> Option<Cause> {
    if !["flow", "bracket", "illegal placement"].iter().any(|words| info.contains(words)) {
        return None;
    }
    let mut opening = line.before(text);
    while let Some(candidate) = &opening {
        if let Some((from, _)) = candidate.value().filter(|(_, value)| value.starts_with(['[', '{'])) {
            return candidate.value_start(candidate.start + from, info);
        }
        opening = candidate.before(text);
    }
    None
}

/// A list whose first entry has no dash: the parser stops at the dash of the second one.
fn first_without_dash(text: &str, line: &Line, info: &str) -> Option<Cause> {
    let column = line.indent();
    let is_entry = line.text[column..].starts_with("- ") && info.contains("did not find expected key");
    let mut top = line.before(text).filter(|_| is_entry)?;
    // Up to the first line of the block that this line is in.
    while let Some(before) = top.before(text).filter(|before| before.indent() >= column) {
        // At the outermost level all lines are as far in, the fields of the record itself too.
        top = before;
    }
    let name = top.name().filter(|_| top.indent() == column && top.words_at() == column)?;
    let opens = top.before(text).is_none_or(|parent| parent.text.trim_end().ends_with(':'));
    let message = "the first entry of this list has no `- ` before it".to_owned();
    let help = format!("put `- ` before `{name}`, and two more spaces before the entry's further lines");
    opens.then(|| Cause { span: top.span(column, name.len()), message, help })
}

/// A field or an entry that begins in another column than those before it.
fn other_column(text: &str, line: &Line, info: &str) -> Option<Cause> {
    let is_about = ["mapping values", "expected key", "expected '-'", "indentation", "simple key"];
    if !is_about.iter().any(|words| info.contains(words)) {
        return None;
    }
    let at = line.indent();
    let is_entry = line.text[at..].starts_with("- ");
    let name = line.name()?;
    let column = |line: &Line| if is_entry { line.indent() } else { line.words_at() };
    let fits = |other: &Line| other.name().is_some() && (!is_entry || other.text[other.indent()..].starts_with("- "));
    let mut other = line.before(text);
    while let Some(candidate) = other.as_ref().filter(|candidate| !fits(candidate)) {
        other = candidate.before(text);
    }
    let other = other.filter(|other| column(other) != at)?;
    let wanted = column(&other);
    let what = if is_entry { format!("the entry `- {name}`") } else { format!("`{name}`") };
    let (shown, spaces) = (at + 1, if wanted == 1 { "space" } else { "spaces" });
    let as_what = if is_entry { "the entry" } else { "the field" };
    let message = format!("{what} begins in column {shown}, and {as_what} before it in column {}", wanted + 1);
    let written = if is_entry { format!("- {name}") } else { name.to_owned() };
    let help = match wanted {
        0 => format!("begin `{written}` in the first column"),
        _ => format!("put {wanted} {spaces} before `{written}`"),
    };
    Some(Cause { span: line.span(at, written.len()), message, help })
}
