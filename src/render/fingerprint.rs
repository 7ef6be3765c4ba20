//! A diagnostic's fingerprint: the same for the same error, even after it moved in its file.
//!
//! It is made of the rule, the path, the record, the text at the place of the error, and the missing field. Line numbers and
//! the message are not in it, so that neither an edit elsewhere nor a new wording breaks a baseline.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::load::Project;
use crate::model::{Diagnostic, Help, Place, RuleId, hex};

/// What this rule finds must not be known, and could be guessed from a digest.
const CONFIDENTIAL: RuleId = RuleId::PossiblePersonalData;

/// A fingerprint for each diagnostic: 32 hexadecimal digits, a colon, and a number from 1 on which tells equal
/// ones apart in the order in which they come.
pub fn fingerprints(project: &Project, diagnostics: &[Diagnostic]) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let number = |diagnostic: &Diagnostic| {
        let digest = digest(project, diagnostic);
        let count = seen.entry(digest.clone()).or_default();
        *count += 1;
        format!("{digest}:{count}")
    };
    diagnostics.iter().map(number).collect()
}

fn digest(project: &Project, diagnostic: &Diagnostic) -> String {
    let mut parts = vec![diagnostic.rule.name(), diagnostic.place.path(&project.files), &diagnostic.record];
    let content = content(project, &diagnostic.place);
    if diagnostic.rule != CONFIDENTIAL {
        parts.push(&content);
        // One place can have several missing fields.
        parts.extend(diagnostic.help.as_ref().and_then(Help::missing_field));
    }
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
        // No text of a record holds it, so that no two rows of parts run together to the same.
        hasher.update([0]);
    }
    hex(&hasher.finalize()[..16])
}

/// The text with the error, however it is broken into lines and indented; blank for a file that is not there.
fn content(project: &Project, place: &Place) -> String {
    let Place::In(file, span) = place else { return String::new() };
    let run = project.file(*file).text.get(span.start as usize..span.end as usize).unwrap_or("");
    run.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FileId, Level, SourceFile, Span};

    fn project(text: &str) -> Project {
        let path = "data/pocs/a.yaml".to_owned();
        Project { files: vec![SourceFile { path, text: text.into() }], ..Project::default() }
    }

    fn fault(rule: RuleId, text: &str, word: &str, message: &str) -> Diagnostic {
        let start = text.find(word).unwrap_or(0);
        Diagnostic {
            rule,
            level: Level::Error,
            place: Place::In(FileId(0), Span::new(start, start + word.len())),
            record: "a".to_owned(),
            message: message.to_owned(),
            notes: Vec::new(),
            help: None,
            labels: Vec::new(),
            excepted: false,
            on: None,
        }
    }

    fn one(text: &str, rule: RuleId, word: &str, message: &str) -> String {
        fingerprints(&project(text), &[fault(rule, text, word, message)]).concat()
    }

    #[test]
    fn moved_lines_time_and_wording_do_not_change_it() {
        let first = one("x: bad\n", RuleId::InvalidValue, "bad", "`bad` is 1 day late");
        assert_eq!(first, one("# a\n\n   x: bad\n", RuleId::InvalidValue, "bad", "`bad` is 2 days late"));
        assert_eq!(first, one("x: bad\n", RuleId::InvalidValue, "bad", "another wording of `the` message"));
        assert_ne!(first, one("x: worse\n", RuleId::InvalidValue, "worse", "`worse` is 1 day late"));
        assert_ne!(first, one("x: bad\n", RuleId::MissingField, "bad", "`bad` is 1 day late"));
    }

    #[test]
    fn equal_findings_are_numbered_and_missing_fields_differ() {
        let text = "id: a\n";
        let missing = |field| Diagnostic {
            help: Some(Help::Add { field, file: format!("add a line `{field}: …`") }),
            ..fault(RuleId::MissingField, text, "id", "a field is missing")
        };
        let list = fingerprints(&project(text), &[missing("name"), missing("office"), missing("name")]);
        assert!(list[0].ends_with(":1") && list[1].ends_with(":1") && list[2].ends_with(":2"), "{list:?}");
        assert_eq!(list[0].split(':').next(), list[2].split(':').next());
        assert_ne!(list[0], list[1]);
    }

    #[test]
    fn what_must_not_be_known_is_not_in_it() {
        let of = |number: &str| one(number, CONFIDENTIAL, number, "looks like a number of a person");
        assert_eq!(of("078-05-1120"), of("219-09-9999"));
    }
}
