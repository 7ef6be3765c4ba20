//! The line at which the YAML parser stopped → what its writer most likely did there, and how to fix it.
//!
//! The parser notices most slips late: at the colon of the next field, or at the next line. So the line before is read too.
//! What is not recognized here, `yaml_words` puts into general words.

use super::yaml_columns::{entry_without_dash, first_without_dash, other_column, out_of_text};
use super::yaml_line::{Cause, Line, is_name};
use super::yaml_values::{cut_by_comment, unclosed_list};
use crate::model::is_field_name;
use crate::record::lookalike;

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
        .or_else(|| at_head.then(|| lookalike_above(text, &line)).flatten())
        .or_else(|| first(|line| line.tab()))
        .or_else(|| line.after(text).filter(|_| info.contains("tab")).and_then(|after| after.tab()))
        .or_else(|| first(|line| line.dash_without_space()))
        .or_else(|| first(|line| line.colon_without_space()))
        .or_else(|| cut_by_comment(text, at, info))
        .or_else(|| line.value_start(at, info))
        .or_else(|| unclosed_list(text, &line, info))
        .or_else(|| suspects.iter().find_map(|line| out_of_text(text, line)))
        .or_else(|| first(|line| line.without_colon()))
        .or_else(|| first_without_dash(text, &line, info))
        .or_else(|| at_head.then(|| entry_without_dash(text, &line, info)).flatten())
        .or_else(|| at_head.then(|| other_column(text, &line, info)).flatten())
        .or_else(|| suspects.iter().find_map(|line| line.no_field(text)))
        .or_else(|| line.colon_in_value(at, info))
}

/// The same further up, where lines that are no fields follow the one with such a character: `description:` with a
/// non-breaking space behind it, and its text.
fn lookalike_above(text: &str, line: &Line) -> Option<Cause> {
    let mut above = line.before(text)?;
    while above.name().is_none() && !above.is_entry() {
        if let Some(cause) = above.lookalike() {
            return Some(cause);
        }
        above = above.before(text)?;
    }
    above.lookalike()
}

impl Line<'_> {
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
            // A value of nothing else, or behind the mark of a block text.
            let value =
                self.value_region().filter(|at| self.text[*at..].chars().all(|c| c.is_whitespace() || is_unseen(c)));
            [Some(lead), colon, behind, value].into_iter().flatten().find_map(|at| {
                let found = lookalike(&self.text[at..]).filter(|found| found.at == 0)?;
                let is_dash = at == lead && self.text[at + found.character.len_utf8()..].starts_with([' ', '\u{a0}']);
                let fits = (at == lead && (is_dash || found.is_blank())) || (at > lead && found.instead != "-");
                (fits && !matches!(found.instead, "\"" | "'")).then_some((at, found))
            })
        })?;
        let (at, found) = found;
        let message = match found.instead {
            "-" => format!("{} is used where a list has `-`", found.name),
            ":" => format!("{} is used where YAML needs `:`", found.name),
            _ => format!("{} is here", found.name),
        };
        let help = match found.instead {
            "-" => format!("write `- ` instead of `{}`", found.character),
            _ if at < lead && body.is_empty() => "delete the invisible characters of this line".to_owned(),
            " " if at < lead => "delete the blanks before the line's first word and type spaces".to_owned(),
            _ => found.help(),
        };
        Some(Cause { span: self.span(at, found.character.len_utf8()), message, help })
    }

    /// The offset of the line's value, after ordinary blanks and the mark of a block text.
    fn value_region(&self) -> Option<usize> {
        let from = self.words_at() + self.name()?.len() + 1;
        let value = self.text[from..].trim_start_matches([' ', '\t', '|', '>', '+', '-']);
        (!value.is_empty()).then(|| self.text.len() - value.len())
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
        let help = "replace the tab with spaces".to_owned();
        Some(Cause { span: self.span(at, 1), message: "a tab is used where only spaces are allowed".to_owned(), help })
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

    /// `- id mclark`: the name of a field, and no colon.
    fn without_colon(&self) -> Option<Cause> {
        let at = self.words_at();
        let words = self.text[at..].trim_end();
        let (name, rest) = words.split_once(' ').unwrap_or((words, ""));
        let message = format!("`{name}` has no colon after it");
        let help = format!("write `{}`", format!("{name}: {}", rest.trim_start()).trim_end());
        (is_field_name(name) && !rest.contains(": ")).then(|| Cause { span: self.span(at, name.len()), message, help })
    }

    /// A line that is neither a field nor an item, where one of them must be.
    fn no_field(&self, text: &str) -> Option<Cause> {
        let at = self.indent();
        if self.name().is_some() || self.is_entry() {
            return None;
        }
        let message = "this line is neither a field nor a comment".to_owned();
        let above = self.before(text).and_then(|before| Some((before.name()?, before.value()?)));
        let help = match above {
            // The text of a field goes on.
            Some((name, _)) => format!(
                "if the line belongs to `{name}`, write `{name}: |` and put the whole text below it, indented; put `# ` \
                 before a comment"
            ),
            None => "put `# ` before a comment; indent the further lines of a text, below `field: |`".to_owned(),
        };
        Some(Cause { span: self.span(at, self.text[at..].trim_end().len()), message, help })
    }
}

/// Whether a character takes room and shows nothing, or not even that.
fn is_unseen(character: char) -> bool {
    lookalike(character.encode_utf8(&mut [0; 4])).is_some_and(|found| found.is_blank())
}
