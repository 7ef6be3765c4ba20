//! What to do about a record that is refused, in terms of the flags that it was said with: the file that its rules speak
//! of was never written, and nobody can edit it.

use std::ops::Range;

use crate::load::{Project, parse};
use crate::model::{Diagnostic, Place};
use crate::record::{Faults, Kind, Node};

/// What an exception takes.
const FORCE: &str = "takes `--force --reason TEXT --allowed-by ID`";

/// What to do about a new ticket of a caller who is no POC.
const REDIRECT: &str =
    "correct --poc or --subject, or, if you sent the caller to their POC, use --redirected --note TEXT";

/// What of a file was said with flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// All of it.
    All,
    /// The last entry of its log.
    LastEntry,
}

/// Puts advice about flags in place of advice about the file at `path`, for what stands where something was `said`.
/// `who` are the ids of those who could have done it.
pub fn in_flags(project: &Project, path: &str, said: Said, who: &[String], found: &mut [Diagnostic]) {
    let fields = StatedFields::new(project, path, said);
    for diagnostic in found {
        let Some(field) = fields.at(project, diagnostic) else { continue };
        if let Some(help) = advice(diagnostic, field, who) {
            diagnostic.help = Some(help);
        }
    }
}

/// The fields of a file that somebody stated, and where they stand.
pub struct StatedFields<'p> {
    path: &'p str,
    fields: Vec<(String, Range<u32>)>,
}

impl<'p> StatedFields<'p> {
    /// The fields of the file at `path`; none where it cannot be read.
    pub fn new(project: &Project, path: &'p str, said: Said) -> StatedFields<'p> {
        let text = project.files.iter().find(|file| file.path == path).map(|file| &file.text);
        let root = text.and_then(|text| parse(text, &mut Faults::default()));
        let part = root.as_ref().and_then(|root| match said {
            Said::All => Some(root),
            Said::LastEntry => root.get("log")?.items().last(),
        });
        let mut fields = Vec::new();
        part.iter().for_each(|part| fields_of(part, &mut fields));
        StatedFields { path, fields }
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
        Some(own.map_or("", |(name, _)| name.as_str()))
    }
}

impl StatedFields<'_> {
    /// The flag at which a diagnostic points: nothing where that is elsewhere; none where it is of no one flag.
    pub fn flag_at(&self, project: &Project, diagnostic: &Diagnostic) -> Option<Option<String>> {
        let field = self.at(project, diagnostic)?;
        // What is missing is reported where it might be, at another field.
        let is_missing = matches!(diagnostic.rule, "missing-field" | "missing-detail" | "cr-incomplete");
        let is_said = !is_missing && !matches!(field, "" | "event" | "log" | "designations");
        Some(is_said.then(|| flag(field)))
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

/// What to do about a diagnostic at a field; none where its own help holds on the command line too.
fn advice(found: &Diagnostic, field: &str, who: &[String]) -> Option<String> {
    let flag = flag(field);
    let help = found.help.as_deref().unwrap_or_default();
    Some(match found.rule {
        "missing-field" => format!("give it with {}", self::flag(quoted(&found.message)?)),
        "missing-detail" if help.contains("`duplicate_of:`") => {
            "say why with --note, or name the ticket that this one repeats with --duplicate-of".to_owned()
        }
        "missing-detail" => "say in a sentence what happened, with --note".to_owned(),
        "unknown-field" => format!("leave {flag} out"),
        "invalid-value" if field == "event" => help.replace("write one of", "the events are"),
        "invalid-value" if field == "until" && help.starts_with("delete") => {
            "leave --until out, or give --clock follow-up".to_owned()
        }
        "invalid-value" => format!("{help}; it is given with {flag}"),
        "unknown-reference" => match help.strip_prefix("did you mean ") {
            Some(meant) => format!("did you mean `{flag} {}`?", quoted(meant)?),
            None => help
                .replace("correct the id", &format!("correct {flag}"))
                .replace("correct the number", &format!("correct {flag}")),
        },
        "event-order" => "give a later time with --at, or begin with what came first".to_owned(),
        "future-event" => format!(
            "give the time at which it happened with {flag}; what is only planned is entered once it has happened"
        ),
        "wrong-office" if who.is_empty() => format!("name whoever did it with {flag}"),
        "wrong-office" => format!("name whoever did it with {flag} ({})", who.join(", ")),
        "possible-personal-data" => format!("say it without that number in {flag}"),
        "transition-forbidden" if field == "event" && help.contains("name the clock") => {
            "name the clock that is meant with --clock".to_owned()
        }
        _ => help
            .replace(
                "enter the step that is missing before this entry, or take this entry out",
                "log the step that is missing first",
            )
            .replace(": take this entry out; what was done", "; what was done")
            .replace("put an `exception` on the entry", "use `--force --reason TEXT --allowed-by ID`")
            .replace("correct `poc` or `subject`, or enter `redirected`, or put an `exception` on the ticket", REDIRECT)
            .replace("correct `poc`", "correct --poc")
            .replace("takes an `exception`", FORCE),
    })
    .filter(|advice| !advice.is_empty())
}

/// The flag of a field; the event is said without one.
fn flag(field: &str) -> String {
    if field.is_empty() { "a flag".to_owned() } else { format!("--{}", field.replace('_', "-")) }
}

/// What stands between the first two backticks.
fn quoted(text: &str) -> Option<&str> {
    text.split('`').nth(1)
}
