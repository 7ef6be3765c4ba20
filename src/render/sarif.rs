//! `check --format sarif`: SARIF 2.1.0, which code scanning of GitHub and others reads.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::plain::plain;
use super::{Findings, shown, to_json};
use crate::model::{Diagnostic, Level, Place, RichText, RuleId};
use crate::rules::{RULES, Rule};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The root of relative paths; the reader of the log knows where it is.
const ROOT: &str = "%SRCROOT%";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'f> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'f>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'f> {
    tool: Json,
    column_kind: &'static str,
    original_uri_base_ids: Json,
    results: Vec<Outcome<'f>>,
    properties: Json,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'f> {
    rule_id: RuleId,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: BTreeMap<&'static str, &'f str>,
    properties: Properties<'f>,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    /// None for a file that is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Properties<'f> {
    record: &'f str,
    /// An exception put it on record.
    excepted: bool,
}

/// The findings as SARIF, with a line end.
pub fn sarif(findings: &Findings) -> String {
    to_json(&Log { schema: SCHEMA, version: "2.1.0", runs: [run(findings)] })
}

fn run<'f>(findings: &'f Findings) -> Run<'f> {
    Run {
        tool: json!({"driver": {
            "name": "heatpack",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": RULES.iter().map(descriptor).collect::<Vec<_>>(),
        }}),
        // As the JSON format and editors count: every character is one column.
        column_kind: "unicodeCodePoints",
        original_uri_base_ids: json!({ROOT: {"description": {"text": "The root of the repository."}}}),
        results: findings.identified().map(|(found, print)| outcome(findings, found, print)).collect(),
        properties: json!({"asOf": findings.as_of}),
    }
}

/// What is said of a rule: its own documentation.
fn descriptor(rule: &Rule) -> Json {
    let text = rule.text();
    let body = text.split_once("\n\n").map_or("", |(_, body)| body);
    let about = body.split("\n\n").next().unwrap_or("");
    json!({
        "id": rule.id,
        "shortDescription": {"text": sentence(rule.id.title())},
        "fullDescription": {"text": one_line(about), "markdown": one_line(about)},
        "help": {"text": plain(&RichText::new(body), false), "markdown": body},
        "defaultConfiguration": {"enabled": rule.id.level().is_some(), "level": level(rule.id.level().unwrap_or(Level::Lapse))},
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Lapse => "warning",
    }
}

fn outcome<'f>(findings: &Findings, found: &'f Diagnostic, fingerprint: &'f str) -> Outcome<'f> {
    let help = found.help_in_file().map(|help| format!("; {help}")).unwrap_or_default();
    let related = found.labels.iter().enumerate().map(|(index, (place, label))| {
        let message = Message { text: without_links(&shown(label)) };
        Location { id: Some(index + 1), message: Some(message), ..location(findings, place) }
    });
    Outcome {
        rule_id: found.rule,
        rule_index: found.rule as usize,
        // What an exception put on record is told, and asks for nothing.
        level: if found.excepted { "note" } else { level(found.level) },
        message: Message { text: without_links(&shown(&format!("{}{help}", found.one_line()))) },
        locations: [location(findings, &found.place)],
        related_locations: related.collect(),
        // GitHub reads the second name only, and makes it from lines if it is missing.
        partial_fingerprints: [("heatpack/v1", fingerprint), ("primaryLocationLineHash", fingerprint)].into(),
        properties: Properties { record: &found.record, excepted: found.excepted },
    }
}

fn location(findings: &Findings, place: &Place) -> Location {
    let range = findings.range(place);
    let region = Region {
        start_line: range.start.line,
        start_column: range.start.column,
        end_line: range.end.line,
        end_column: range.end.column,
    };
    let uri = utf8_percent_encode(&findings.repository_path(place), ENCODED).to_string();
    let artifact_location = ArtifactLocation { uri, uri_base_id: ROOT };
    let region = matches!(place, Place::In(..)).then_some(region);
    Location { id: None, physical_location: PhysicalLocation { artifact_location, region }, message: None }
}

/// All but the characters that a relative URI's path has unchanged (RFC 3986, section 2.3).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// SARIF takes `[text](target)` in a message for a link; text of a record must never become one.
fn without_links(text: &str) -> String {
    text.replace("](", "] (")
}

/// "First reply was due." for "first reply was due".
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_uris_and_messages_hold_no_links() {
        assert_eq!(utf8_percent_encode("data/a b%é[1].yaml", ENCODED).to_string(), "data/a%20b%25%C3%A9%5B1%5D.yaml");
        assert_eq!(without_links("see [this](https://x.example)"), "see [this] (https://x.example)");
    }

    #[test]
    fn every_rule_explains_what_it_checks_and_how_to_fix_it() {
        for rule in RULES {
            let text = descriptor(rule);
            for field in ["shortDescription", "fullDescription", "help"] {
                let text = text[field]["text"].as_str().unwrap_or_default();
                assert!(text.len() > 10 && !text.contains("//!"), "{} {field}: {text}", rule.id);
            }
            assert!(!text["fullDescription"]["text"].to_string().contains("**"), "{}", rule.id);
        }
    }
}
