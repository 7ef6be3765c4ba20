//! Lines that begin in another column than they must, or lack the dash of their list → which line is wrong, and how to
//! move it.

use super::yaml_line::{Cause, Line};
use crate::model::is_field_of_record;

/// A list whose first entry has no dash: the parser stops at the dash of the second one.
pub(super) fn first_without_dash(text: &str, line: &Line, info: &str) -> Option<Cause> {
    let column = line.indent();
    let stops = ["did not find expected key", "expected <document start>", "indentation"];
    let is_entry = line.is_entry() && stops.iter().any(|words| info.contains(words));
    let mut top = line.before(text).filter(|_| is_entry)?;
    // Up to the first line of the block that this line is in; one with a dash of its own is another list.
    while let Some(before) = top.before(text).filter(|before| before.indent() >= column) {
        if top.is_entry() {
            return None;
        }
        // At the outermost level all lines are as far in, the fields of the record itself too.
        top = before;
    }
    let at = top.indent();
    let name = top.name().filter(|_| at == top.words_at() && (at == column || at == column + 2))?;
    let opens = top.before(text).is_none_or(|parent| parent.text.trim_end().ends_with(':'));
    let message = "the first entry of this list has no `- ` before it".to_owned();
    let help = match at == column {
        true => format!("put `- ` before `{name}`, and two more spaces before the entry's further lines"),
        false => format!("put `- ` before `{name}`, in place of the two spaces right before it"),
    };
    opens.then(|| Cause { span: top.span(at, name.len()), message, help })
}

/// A later entry without its dash: its first field is one that the entry above has, in a column that does not fit.
pub(super) fn entry_without_dash(text: &str, line: &Line, info: &str) -> Option<Cause> {
    let name = line.name().filter(|_| !line.is_entry() && is_about_columns(info))?;
    let mut above = line.before(text)?;
    let mut is_there = above.name() == Some(name);
    while !above.is_entry() {
        above = above.before(text)?;
        is_there |= above.name() == Some(name);
    }
    let begins = above.name() == Some(name) || (is_there && above.indent() == line.indent());
    let message = format!("the entry that begins with `{name}` has no `- ` before it");
    let help = format!(
        "put `- ` before `{name}`, in column {} as the `- ` above, and the entry's further lines two spaces further in",
        above.indent() + 1
    );
    begins.then(|| Cause { span: line.span(line.indent(), name.len()), message, help })
}

/// A field or an entry that begins in another column than those before it.
pub(super) fn other_column(text: &str, line: &Line, info: &str) -> Option<Cause> {
    if !is_about_columns(info) {
        return None;
    }
    let at = line.indent();
    let is_entry = line.is_entry();
    let name = line.name()?;
    let column = |line: &Line| if is_entry { line.indent() } else { line.words_at() };
    let fits = |other: &Line| other.name().is_some() && (!is_entry || other.is_entry());
    if let Some(cause) = field_in_first_column(text, line) {
        return Some(cause);
    }
    let other = above(text, line, fits).filter(|other| column(other) != at)?;
    let wanted = column(&other);
    if !is_entry {
        if let Some(cause) = first_field_indented(text, line, &other) {
            return Some(cause);
        }
        // The dash of the entry is the one, where its further lines agree with each other.
        let follows = line.next(text).filter(|next| !next.is_entry() && next.indent() == at && next.name().is_some());
        if other.is_entry() && follows.is_some() && at >= 2 {
            let own = format!("- {}", other.name().unwrap_or_default());
            return Some(moved(&other, &own, other.indent(), at - 2, "its further lines would have it"));
        }
    }
    let written = if is_entry { format!("- {name}") } else { name.to_owned() };
    Some(moved(line, &written, at, wanted, if is_entry { "the entry before it" } else { "the field before it" }))
}

/// A field of an entry that begins in the first column, while the lines around it begin in the column of its other
/// fields.
fn field_in_first_column(text: &str, line: &Line) -> Option<Cause> {
    let before = line.before(text).filter(|before| before.indent() == 0 && !before.is_entry())?;
    let name = before.name().filter(|name| !is_field_of_record(name))?;
    let further = before.before(text).filter(|further| further.name().is_some())?;
    let wanted = line.words_at();
    (wanted > 0 && further.words_at() == wanted).then(|| moved(&before, name, 0, wanted, "the field before it"))
}

/// The nearest line above that fits.
fn above<'t>(text: &'t str, line: &Line<'t>, fits: impl Fn(&Line) -> bool) -> Option<Line<'t>> {
    let mut other = line.before(text);
    while let Some(candidate) = other.as_ref().filter(|candidate| !fits(candidate)) {
        other = candidate.before(text);
    }
    other
}

fn is_about_columns(info: &str) -> bool {
    let words = ["mapping values", "expected key", "expected '-'", "indentation", "simple key", "<document start>"];
    words.iter().any(|words| info.contains(words))
}

/// The first field of a file further in than the next one.
fn first_field_indented(text: &str, line: &Line, other: &Line) -> Option<Cause> {
    let is_first = other.before(text).is_none() && !other.is_entry() && line.indent() < other.indent();
    let name = other.name().filter(|_| is_first && line.indent() == 0)?;
    Some(moved(other, name, other.indent(), 0, "the field after it"))
}

/// A message about text that begins in the column `at` instead of `wanted`.
fn moved(line: &Line, written: &str, at: usize, wanted: usize, as_what: &str) -> Cause {
    let what = if written.starts_with("- ") { format!("the entry `{written}`") } else { format!("`{written}`") };
    let message = match as_what.starts_with("its") {
        true => format!("{what} begins in column {}, and its further lines in column {}", at + 1, wanted + 3),
        false => format!("{what} begins in column {}, and {as_what} in column {}", at + 1, wanted + 1),
    };
    let help = match wanted {
        0 => format!("begin `{written}` in the first column"),
        1 => format!("put 1 space before `{written}`"),
        _ => format!("put {wanted} spaces before `{written}`"),
    };
    Cause { span: line.span(at, written.len()), message, help }
}

/// A line of a block text that is not as far in as the text's first line.
pub(super) fn out_of_text(text: &str, line: &Line) -> Option<Cause> {
    let at = line.indent();
    if line.name().is_some() || line.is_entry() {
        return None;
    }
    // Search up to the field of the text. The first line below it shows the indentation of the text.
    let mut first: Option<Line> = None;
    let mut top = line.before(text)?;
    let field = loop {
        if let Some(column) = top.begins_block() {
            break column;
        }
        if top.name().is_some() || top.is_entry() {
            return None;
        }
        let before = top.before(text)?;
        first = Some(top);
        top = before;
    };
    let name = top.name().map_or_else(|| "this item".to_owned(), |name| format!("`{name}`"));
    let wanted = first.as_ref().map_or(field + 2, Line::indent);
    if at >= wanted || (first.is_some() && wanted <= field) {
        return None;
    }
    let words = line.text[at..].trim_end();
    let message = match first {
        Some(_) => {
            format!("this line begins in column {}, and the text of {name} in column {}", at + 1, wanted + 1)
        }
        None => format!("the text of {name} is not indented further than {name}"),
    };
    let help = format!("put {wanted} spaces before this line; put `# ` before it if it is a comment");
    Some(Cause { span: line.span(at, words.len()), message, help })
}
