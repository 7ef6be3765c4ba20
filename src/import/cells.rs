//! A row's cells → values: by the map's translations, else as the record's own field reads them.

use std::borrow::Cow;

use csv::StringRecord;

use super::{Problem, Row};
use crate::model::{Condition, Delimiter, ImportMap, Markdown, Source, Span, Spanned, Text, folded};
use crate::record::{Faults, Kind, Node, Value, did_you_mean};

/// What is wrong with a cell, and what to do.
#[derive(Debug, Clone)]
pub struct Complaint {
    pub column: Option<String>,
    pub message: String,
    pub help: String,
}

/// Why a cell has no valid value: what is wrong, and what to do.
pub type Refusal = (String, String);

impl Complaint {
    /// The complaint as a problem of a row.
    pub fn of(self, number: usize, ticket: &str) -> Problem {
        let Complaint { column, message, help } = self;
        Problem { row: Row { number, ticket: ticket.to_owned(), id: None }, column, message, help }
    }
}

impl From<Refusal> for Complaint {
    fn from((message, help): Refusal) -> Complaint {
        Complaint { column: None, message, help }
    }
}

/// The headings of an export, and those that the map names and that are not among them.
#[derive(Debug)]
pub struct Headings<'h> {
    names: &'h [String],
    /// In the order in which they were missed, each once; with what to do, where that is known.
    missing: Vec<(Spanned<Text>, Option<String>)>,
}

impl<'h> Headings<'h> {
    pub fn new(names: &'h [String]) -> Headings<'h> {
        Headings { names, missing: Vec::new() }
    }

    /// The places of a column. Trackers repeat a heading for each of several values.
    pub fn find(&mut self, name: &Spanned<Text>) -> Option<Vec<usize>> {
        self.find_or(name, || None)
    }

    /// The same, with `help` for a missing one.
    fn find_or(&mut self, name: &Spanned<Text>, help: impl FnOnce() -> Option<String>) -> Option<Vec<usize>> {
        let wanted = folded(name.as_str());
        let places = self.names.iter().enumerate().filter(|(_, heading)| folded(heading) == wanted);
        let places: Vec<usize> = places.map(|(at, _)| at).collect();
        if places.is_empty() && !self.missing.iter().any(|(other, _)| folded(other.as_str()) == wanted) {
            let help = did_you_mean(name.as_str(), self.names.iter().map(String::as_str)).or_else(help);
            self.missing.push((name.clone(), help));
        }
        (!places.is_empty()).then_some(places)
    }

    /// Reports what is missing: each column once, and once what columns there are.
    pub fn report(self, map: &ImportMap, faults: &mut Faults) {
        let Some((first, _)) = self.missing.first() else { return };
        if let ([only], Some(name)) = (self.names, other_delimiter(self.names, map)) {
            let shown: String = only.chars().take(60).collect();
            let message = format!("the export has one column only, `{shown}{}`", if shown == *only { "" } else { "…" });
            faults.invalid(first.span, message, format!("write `delimiter: {name}` in the map"));
            return;
        }
        let shown: Vec<&str> = self.names.iter().filter(|name| !name.is_empty()).map(String::as_str).take(60).collect();
        let more = if self.names.len() > shown.len() { ", …" } else { "" };
        let mut columns = Some(format!("its columns are: {}{more}", shown.join(", ")));
        let mut listed = None;
        for (name, help) in self.missing {
            let help = help.unwrap_or_else(|| match (columns.take(), &listed) {
                (Some(columns), _) => {
                    listed = Some(name.as_str().to_owned());
                    columns
                }
                (None, listed) => {
                    format!("write one of the columns listed at `{}`", listed.as_deref().unwrap_or_default())
                }
            });
            faults.invalid(name.span, format!("the export has no column `{}`", name.as_str()), help);
        }
    }
}

/// The delimiter that probably separates the cells, if the whole heading is one cell.
fn other_delimiter(names: &[String], map: &ImportMap) -> Option<&'static str> {
    let [only] = names else { return None };
    let others = Delimiter::ALL.iter().filter(|other| **other != map.delimiter);
    let counted = others.map(|other| (only.matches(char::from(other.byte())).count(), other.as_str()));
    counted.filter(|(count, _)| *count > 0).max_by_key(|(count, _)| *count).map(|(_, name)| name)
}

/// The first of these cells that is not blank.
fn first_filled<'r>(row: &'r StringRecord, places: &[usize]) -> Option<&'r str> {
    places.iter().filter_map(|at| row.get(*at)).map(str::trim).find(|cell| !cell.is_empty())
}

/// The text under a heading; empty if none of its columns is filled.
pub fn cell_of<'r>(row: &'r StringRecord, places: &[usize]) -> &'r str {
    first_filled(row, places).unwrap_or_default()
}

/// A source and where its columns are.
#[derive(Debug)]
pub struct Cells<'m, T> {
    source: &'m Source<T>,
    places: Vec<usize>,
    and: Option<Vec<usize>>,
}

impl<'m, T: Value + Clone> Cells<'m, T> {
    /// The source's columns among these headings.
    pub fn of(source: &'m Source<T>, headings: &mut Headings) -> Option<Cells<'m, T>> {
        let places: Vec<_> = source.columns.iter().map(|name| headings.find_or(name, || constant::<T>(name))).collect();
        let and = source.and.as_ref().map(|name| headings.find(name));
        let and = if let Some(and) = and { Some(and?) } else { None };
        Some(Cells { source, places: places.into_iter().collect::<Option<Vec<_>>>()?.concat(), and })
    }

    /// The same of a source that may be absent.
    pub fn of_some(source: Option<&'m Source<T>>, headings: &mut Headings) -> Option<Option<Cells<'m, T>>> {
        source.map_or(Some(None), |source| Cells::of(source, headings).map(Some))
    }

    /// The first cell that is not blank, and what follows it.
    pub fn cell<'r>(&self, row: &'r StringRecord) -> Option<Cow<'r, str>> {
        let cell = first_filled(row, &self.places)?;
        let and = self.and.as_ref().and_then(|places| first_filled(row, places));
        Some(and.map_or(Cow::Borrowed(cell), |and| Cow::Owned(format!("{cell} {and}"))))
    }

    /// Whether `values` in the map has the row's cell.
    pub fn is_translated(&self, row: &StringRecord) -> bool {
        self.cell(row).is_some_and(|cell| self.source.translated(&cell).is_some())
    }

    /// The value of a row; `None` if the cell is blank without a default. `read` reads cells that the map does not
    /// translate.
    pub fn value(
        &self,
        row: &StringRecord,
        read: impl FnOnce(&str) -> Result<T, Refusal>,
    ) -> Result<Option<T>, Complaint> {
        let Some(cell) = self.cell(row) else { return Ok(self.source.default.clone()) };
        if let Some(value) = self.source.translated(&cell) {
            return Ok(Some(value.clone()));
        }
        match (read(&cell), &self.source.otherwise) {
            (Ok(value), _) => Ok(Some(value)),
            (Err(_), Some(otherwise)) => Ok(Some(otherwise.clone())),
            (Err((message, help)), None) => Err(Complaint { column: self.heading(), message, help }),
        }
    }

    /// As [`Self::value`], but required.
    pub fn required(&self, row: &StringRecord, read: impl FnOnce(&str) -> Result<T, Refusal>) -> Result<T, Complaint> {
        self.value(row, read)?.ok_or_else(|| Complaint {
            column: self.heading(),
            message: "the cell is blank".to_owned(),
            help: "fill it in, write its `default` in the map, or skip such rows (`skip`)".to_owned(),
        })
    }

    fn heading(&self) -> Option<String> {
        self.source.columns.first().map(|column| column.as_str().to_owned())
    }
}

/// Declares the cells of a part of the map, one for each source; those after the semicolon can be absent.
macro_rules! cells {
    ($(#[doc = $doc:literal])* $name:ident of $map:ident: $($field:ident $type:ty),*; $($some:ident $some_type:ty),*) => {
        $(#[doc = $doc])*
        #[derive(Debug)]
        struct $name<'m> {
            $($field: Cells<'m, $type>,)*
            $($some: Option<Cells<'m, $some_type>>,)*
        }

        impl<'m> $name<'m> {
            /// The columns of all sources among these headings.
            fn of(map: &'m $map, headings: &mut Headings) -> Option<$name<'m>> {
                // Every column is looked for before any is missed.
                $(let $field = Cells::of(&map.$field, headings);)*
                $(let $some = Cells::of_some(map.$some.as_ref(), headings);)*
                Some($name { $($field: $field?,)* $($some: $some?,)* })
            }
        }
    };
}

pub(super) use cells;

impl Cells<'_, Text> {
    /// The text of a row's own cell, on one line: not what the map has for rows without one, which others share.
    pub fn own(&self, row: &StringRecord) -> Option<Text> {
        let cell = self.cell(row)?;
        self.source.translated(&cell).cloned().or_else(|| line(&cell).ok())
    }
}

/// What to write, if the name of a missing column is a value of the field itself.
fn constant<T: Value>(name: &Spanned<Text>) -> Option<String> {
    let node = Node { span: name.span, kind: Kind::Text(Cow::Borrowed(name.as_str())) };
    let is_value = !T::IS_TEXT && T::decode(&node, &mut Faults::default()).is_some();
    is_value.then(|| format!("for a value that all tickets share write `{{default: {}}}`", name.as_str()))
}

/// A cell as the record's field reads it.
pub fn word<T: Value>(cell: &str) -> Result<T, Refusal> {
    let mut faults = Faults::default();
    let node = Node { span: Span::default(), kind: Kind::Text(Cow::Owned(folded(cell))) };
    T::decode(&node, &mut faults).ok_or_else(|| {
        let fault = faults.list.into_iter().next();
        let help = fault
            .as_ref()
            .and_then(|fault| fault.help.as_ref().map(|help| help.in_file().into_owned()))
            .unwrap_or_default();
        let message = fault.map_or_else(|| format!("`{cell}` does not fit"), |fault| fault.message);
        // As written in the export, including capitals.
        let message = message.replace(&format!("`{}`", folded(cell)), &format!("`{cell}`"));
        (message, format!("{help}; or write under `values` in the map what `{cell}` stands for"))
    })
}

/// A cell on one line.
pub fn line(cell: &str) -> Result<Text, Refusal> {
    let line = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    if Text::is_too_long(&line) {
        let message = format!("the cell has more than the {} characters that this field takes", Text::LONGEST);
        return Err((message, "shorten it in the export, or take another column".to_owned()));
    }
    Ok(Text(line))
}

/// A cell of one or more lines.
pub fn lines(cell: &str) -> Result<Markdown, Refusal> {
    let text = cell.replace("\r\n", "\n").replace('\r', "\n");
    let kept: Vec<&str> = text.lines().map(str::trim_end).collect();
    let end = if kept.len() > 1 { "\n" } else { "" };
    Ok(Markdown(format!("{}{end}", kept.join("\n"))))
}

/// A condition and where its column is.
#[derive(Debug)]
pub struct Test {
    places: Vec<usize>,
    words: Vec<String>,
    kind: TestKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TestKind {
    Is,
    Becomes,
    Not,
}

impl Test {
    /// The condition's column among these headings.
    pub fn of(condition: &Condition, headings: &mut Headings) -> Option<Test> {
        let places = headings.find(&condition.column)?;
        let (kind, words) = match (&condition.is, &condition.becomes, &condition.not) {
            (Some(words), _, _) => (TestKind::Is, words),
            (_, Some(words), _) => (TestKind::Becomes, &words.value),
            (_, _, Some(words)) => (TestKind::Not, words),
            (None, None, None) => return None,
        };
        Some(Test { places, words: words.0.iter().map(|word| folded(word)).collect(), kind })
    }

    /// Whether it holds of a row by itself, be the update before it what it may.
    pub fn holds(&self, row: &StringRecord) -> bool {
        self.words.contains(&self.cell(row)) == (self.kind != TestKind::Not)
    }

    /// The cell, if the next update must be compared with it.
    pub fn remembered(&self, row: &StringRecord) -> Option<String> {
        (self.kind == TestKind::Becomes).then(|| self.cell(row))
    }

    /// Whether it asks what the update before had.
    pub fn is_becomes(&self) -> bool {
        self.kind == TestKind::Becomes
    }

    /// Whether the cell of an update is one of those that it asks for.
    pub fn is_one(&self, cell: &str) -> bool {
        self.words.iter().any(|word| word == cell)
    }

    fn cell(&self, row: &StringRecord) -> String {
        folded(cell_of(row, &self.places))
    }
}
