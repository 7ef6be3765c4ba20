//! Which field of a file that was stated with flags a diagnostic points at, so that its help names the flag: the file was
//! never written, and no one can edit it.

use std::ops::Range;

use crate::load::{Project, parse};
use crate::model::{Diagnostic, Help, Place, RuleId};
use crate::record::{Faults, Kind, Node, flag_of};

/// Which part of a file was stated with flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stated {
    /// All of it.
    All,
    /// The entry at this place of its log.
    Entry(usize),
    /// Nothing of it.
    Nothing,
    /// The last item of a list: of one of its fields, or of the file that is a list.
    LastItem(Option<&'static str>),
    /// Some of its fields, each with the name of its flag.
    Fields(FlagNames),
    /// Some fields of the items in a list, each with the name of its flag.
    Items(&'static str, FlagNames),
}

/// Fields, and the names of their flags.
pub type FlagNames = &'static [(&'static str, &'static str)];

/// Words the help of each diagnostic in the file at `path` for flags, where it points at something `stated` with them.
pub fn in_flags(project: &Project, path: &str, stated: Stated, found: &mut [Diagnostic]) {
    let fields = StatedFields::new(project, path, stated);
    for diagnostic in found {
        let Some(field) = fields.at(project, diagnostic) else { continue };
        diagnostic.help = diagnostic.help.as_ref().map(|help| Help::Plain(help.with_flags(field).into_owned()));
    }
}

/// The fields of a file that were stated with flags, and their places.
pub struct StatedFields<'p> {
    path: &'p str,
    fields: Vec<(String, Range<u32>)>,
    /// The rest of the file was not stated.
    is_partial: bool,
}

impl<'p> StatedFields<'p> {
    /// The fields of the file at `path`; none where it cannot be read.
    pub fn new(project: &Project, path: &'p str, stated: Stated) -> StatedFields<'p> {
        let text = project.files.iter().find(|file| file.path == path).map(|file| &file.text);
        let root = text.and_then(|text| parse(text, &mut Faults::default()));
        let part = root.as_ref().and_then(|root| match stated {
            Stated::All | Stated::Fields(_) => Some(root),
            Stated::Entry(at) => root.get("log")?.items().get(at),
            Stated::Nothing => None,
            Stated::LastItem(list) => list.map_or(Some(root), |list| root.get(list))?.items().last(),
            Stated::Items(list, _) => root.get(list),
        });
        let mut fields = Vec::new();
        part.iter().for_each(|part| fields_of(part, &mut fields));
        let names = match stated {
            Stated::All | Stated::Entry(_) | Stated::LastItem(_) | Stated::Nothing => None,
            Stated::Fields(names) | Stated::Items(_, names) => Some(names),
        };
        if let Some(names) = names {
            let flag = |field: &str| names.iter().find(|(own, _)| *own == field).map(|(_, flag)| (*flag).to_owned());
            fields = fields.into_iter().filter_map(|(field, range)| Some((flag(&field)?, range))).collect();
        }
        StatedFields { path, fields, is_partial: names.is_some() }
    }

    /// The field at which a diagnostic points; nothing where that is elsewhere, and blank between the fields.
    pub fn at(&self, project: &Project, diagnostic: &Diagnostic) -> Option<&str> {
        let Place::In(_, span) = diagnostic.place else { return None };
        let start = self.fields.iter().map(|(_, range)| range.start).min()?;
        if diagnostic.place.path(&project.files) != self.path || span.start < start {
            return None;
        }
        // Of a field within another the inner one is meant, which comes later.
        let own = self.fields.iter().rev().find(|(_, range)| range.contains(&span.start));
        if own.is_none() && self.is_partial {
            return None;
        }
        Some(own.map_or("", |(name, _)| name.as_str()))
    }
}

impl StatedFields<'_> {
    /// The flag at which a diagnostic points: nothing where that is elsewhere; none where it is of no one flag.
    pub fn flag_at(&self, project: &Project, diagnostic: &Diagnostic) -> Option<Option<String>> {
        let field = self.at(project, diagnostic)?;
        // What is missing is reported where it might be, at another field.
        let is_missing = matches!(diagnostic.rule, RuleId::MissingField | RuleId::MissingDetail | RuleId::CrIncomplete);
        let is_said = !is_missing && !matches!(field, "" | "event" | "log" | "designations");
        Some(is_said.then(|| flag_of(field)))
    }
}

/// The fields of a mapping and of those within it, each from its key to the end of its value.
fn fields_of(node: &Node, found: &mut Vec<(String, Range<u32>)>) {
    match &node.kind {
        Kind::Map(entries) => {
            for (key, value) in entries {
                found.push((key.text.to_string(), key.span.start..value.span.end.max(key.span.end) + 1));
                fields_of(value, found);
            }
        }
        Kind::List(items) => items.iter().for_each(|item| fields_of(item, found)),
        Kind::Text(_) => {}
    }
}
