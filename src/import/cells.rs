//! A row's cells → values: by the map's translations, else as the record's own field reads them.

use std::borrow::Cow;

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, TimeZone, Utc};
use csv::StringRecord;

use crate::model::{Condition, ImportMap, Markdown, Minute, Source, Span, Spanned, Text, folded, is_in_range};
use crate::record::{Faults, Kind, Node, Value, did_you_mean};

/// What is wrong with a cell, and what to do.
#[derive(Debug, Clone)]
pub struct Complaint {
    pub column: Option<String>,
    pub message: String,
    pub help: String,
}

/// Why a cell is no such value: what is wrong, and what to do.
pub type Refusal = (String, String);

/// Finds the place of a column; one that the export does not have is the map's fault.
pub fn column(name: &Spanned<Text>, headings: &[String], faults: &mut Faults) -> Option<usize> {
    let mut places = headings.iter().enumerate().filter(|(_, heading)| folded(heading) == folded(name.as_str()));
    match (places.next(), places.next()) {
        (Some((at, _)), None) => Some(at),
        (Some(_), Some(_)) => {
            let help = "rename one of the two in the export";
            faults.invalid(name.span, format!("the export has the column `{}` twice", name.as_str()), help);
            None
        }
        (None, _) => {
            let help = did_you_mean(name.as_str(), headings.iter().map(String::as_str)).unwrap_or_else(|| {
                let shown: Vec<&str> = headings.iter().map(String::as_str).take(30).collect();
                format!("its columns are: {}", shown.join(", "))
            });
            faults.invalid(name.span, format!("the export has no column `{}`", name.as_str()), help);
            None
        }
    }
}

/// A source and where its columns are.
#[derive(Debug)]
pub struct Cells<'m, T> {
    source: &'m Source<T>,
    places: Vec<usize>,
    and: Option<usize>,
}

impl<'m, T: Value + Clone> Cells<'m, T> {
    /// The source's columns among these headings.
    pub fn of(source: &'m Source<T>, headings: &[String], faults: &mut Faults) -> Option<Cells<'m, T>> {
        let places: Vec<_> = source.columns.iter().map(|name| column(name, headings, faults)).collect();
        let and = source.and.as_ref().map(|name| column(name, headings, faults));
        let and = if let Some(and) = and { Some(and?) } else { None };
        Some(Cells { source, places: places.into_iter().collect::<Option<_>>()?, and })
    }

    /// The same of a source that may be absent.
    pub fn of_some(
        source: Option<&'m Source<T>>,
        headings: &[String],
        faults: &mut Faults,
    ) -> Option<Option<Cells<'m, T>>> {
        source.map_or(Some(None), |source| Cells::of(source, headings, faults).map(Some))
    }

    /// The first cell that is not blank, and what follows it.
    pub fn cell<'r>(&self, row: &'r StringRecord) -> Option<Cow<'r, str>> {
        let cell = self.places.iter().filter_map(|at| row.get(*at)).map(str::trim).find(|cell| !cell.is_empty())?;
        let and = self.and.and_then(|at| row.get(at)).map(str::trim).filter(|cell| !cell.is_empty());
        Some(and.map_or(Cow::Borrowed(cell), |and| Cow::Owned(format!("{cell} {and}"))))
    }

    /// The value of a row; none where the cell is blank and stands for nothing. `read` reads what the map does not
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

    /// As [`Self::value`], where there has to be one.
    pub fn required(&self, row: &StringRecord, read: impl FnOnce(&str) -> Result<T, Refusal>) -> Result<T, Complaint> {
        self.value(row, read)?.ok_or_else(|| Complaint {
            column: self.heading(),
            message: "the cell is blank".to_owned(),
            help: "fill it in, or say in the map what a blank one stands for (`default`)".to_owned(),
        })
    }

    fn heading(&self) -> Option<String> {
        self.source.columns.first().map(|column| column.as_str().to_owned())
    }
}

/// A cell as the record's field reads it.
pub fn word<T: Value>(cell: &str) -> Result<T, Refusal> {
    let mut faults = Faults::default();
    let node = Node { span: Span::default(), kind: Kind::Text(Cow::Owned(folded(cell))) };
    T::decode(&node, &mut faults).ok_or_else(|| {
        let fault = faults.list.into_iter().next();
        let help = fault.as_ref().and_then(|fault| fault.help.clone()).unwrap_or_default();
        let message = fault.map_or_else(|| format!("`{cell}` does not fit"), |fault| fault.message);
        (message, format!("{help}; or say under `values` in the map what `{cell}` stands for"))
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

/// How the export's times are read.
#[derive(Debug, Clone, Copy)]
pub struct Times<'m> {
    map: &'m ImportMap,
    /// The project's zone, in which records are written.
    zone: chrono_tz::Tz,
}

impl<'m> Times<'m> {
    pub fn new(map: &'m ImportMap, zone: chrono_tz::Tz) -> Times<'m> {
        Times { map, zone }
    }

    /// The minute of the project's zone.
    pub fn read(&self, cell: &str) -> Result<Minute, Refusal> {
        let minute = self.map.times.iter().find_map(|form| self.by_form(cell, &form.0));
        let minute = minute.unwrap_or_else(|| {
            let forms: Vec<String> = self.map.times.iter().map(|form| format!("`{}`", form.0)).collect();
            let help = format!("the map's `times` has {}: add the form that this one has", forms.join(", "));
            Err((format!("`{cell}` is no time of these forms"), help))
        })?;
        if is_in_range(minute.date()) {
            return Ok(minute);
        }
        Err((format!("`{cell}` is outside the years 2000 to 2099"), "correct it in the export".to_owned()))
    }

    /// None where the cell is not of that form.
    fn by_form(&self, cell: &str, form: &str) -> Option<Result<Minute, Refusal>> {
        if let Ok(instant) = DateTime::parse_from_str(cell, form) {
            return Some(Ok(Minute::of(instant.with_timezone(&Utc), self.zone)));
        }
        if let Ok(local) = NaiveDateTime::parse_from_str(cell, form) {
            return Some(self.of_local(cell, local));
        }
        let date = NaiveDate::parse_from_str(cell, form).ok()?;
        let Some(time) = self.map.time_of_day else {
            let help = "say in the map what time of day is meant, such as `time_of_day: \"09:00\"`";
            return Some(Err((format!("`{cell}` is a date alone"), help.to_owned())));
        };
        Some(self.of_local(cell, date.and_time(time.0)))
    }

    fn of_local(&self, cell: &str, local: NaiveDateTime) -> Result<Minute, Refusal> {
        let zone = self.map.zone.map_or(self.zone, |zone| zone.0);
        let found = zone.from_local_datetime(&local);
        if found == LocalResult::None {
            let help = "on that day the clocks go forward and skip this hour: correct it in the export, or the map's \
                        `zone`";
            return Err((format!("`{cell}` does not exist in the time zone {}", zone.name()), help.to_owned()));
        }
        // In one's own zone a time stays what it is, the first of two as well.
        let instant = found.earliest().map(|instant| instant.with_timezone(&Utc));
        instant.map(|instant| Minute::of(instant, self.zone)).ok_or_else(|| (cell.to_owned(), String::new()))
    }
}

/// A condition and where its column is.
#[derive(Debug)]
pub struct Test {
    place: usize,
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
    pub fn of(condition: &Condition, headings: &[String], faults: &mut Faults) -> Option<Test> {
        let place = column(&condition.column, headings, faults)?;
        let (kind, words) = match (&condition.is, &condition.becomes, &condition.not) {
            (Some(words), _, _) => (TestKind::Is, words),
            (_, Some(words), _) => (TestKind::Becomes, &words.value),
            (_, _, Some(words)) => (TestKind::Not, words),
            (None, None, None) => return None,
        };
        Some(Test { place, words: words.iter().map(|word| folded(word.as_str())).collect(), kind })
    }

    /// Whether it holds of a row. `before` is the cell of the same column in the ticket's update before.
    pub fn holds(&self, row: &StringRecord, before: Option<&str>) -> bool {
        let is_one = self.words.contains(&self.cell(row));
        match self.kind {
            TestKind::Is => is_one,
            TestKind::Not => !is_one,
            TestKind::Becomes => is_one && !before.is_some_and(|before| self.words.iter().any(|word| word == before)),
        }
    }

    /// The cell, if the next update has to be compared with it.
    pub fn remembered(&self, row: &StringRecord) -> Option<String> {
        (self.kind == TestKind::Becomes).then(|| self.cell(row))
    }

    fn cell(&self, row: &StringRecord) -> String {
        folded(row.get(self.place).unwrap_or_default())
    }
}
