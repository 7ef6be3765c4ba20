//! `check --format sarif`: SARIF 2.1.0, which code scanning of GitHub and others reads.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value as Json, json};

use super::plain::plain;
use super::{Findings, shown, to_json};
use crate::model::{Diagnostic, Level, Place, RichText};
use crate::record::sentence;
use crate::rules::{RULES, Rule};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The root of relative paths; the reader of the log knows where it is.
const ROOT: &str = "%SRCROOT%";

/// The findings as SARIF, with a line end.
pub fn sarif(findings: &Findings) -> String {
    let results = findings.identified().map(|(found, print)| outcome(findings, found, print));
    to_json(&json!({"$schema": SCHEMA, "version": "2.1.0", "runs": [{
        "tool": {"driver": {
            "name": "heatpack",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": RULES.iter().map(descriptor).collect::<Vec<_>>(),
        }},
        // As the JSON format and editors count: every character is one column.
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
        "results": results.collect::<Vec<_>>(),
        "properties": {"asOf": findings.as_of},
    }]}))
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

fn outcome(findings: &Findings, found: &Diagnostic, fingerprint: &str) -> Json {
    let help = found.help_in_file().map(|help| format!("; {help}")).unwrap_or_default();
    let mut outcome = json!({
        "ruleId": found.rule,
        "ruleIndex": found.rule as usize,
        // What an exception put on record is told, and asks for nothing.
        "level": if found.excepted { "note" } else { level(found.level) },
        "message": {"text": without_links(&shown(&format!("{}{help}", found.one_line())))},
        "locations": [location(findings, &found.place)],
        // GitHub reads the second name only, and makes it from lines if it is missing.
        "partialFingerprints": {"heatpack/v1": fingerprint, "primaryLocationLineHash": fingerprint},
        "properties": {"record": found.record, "excepted": found.excepted},
    });
    let related = found.labels.iter().enumerate().map(|(index, (place, label))| {
        let mut location = location(findings, place);
        location["id"] = (index + 1).into();
        location["message"] = json!({"text": without_links(&shown(label))});
        location
    });
    if !found.labels.is_empty() {
        outcome["relatedLocations"] = related.collect();
    }
    outcome
}

fn location(findings: &Findings, place: &Place) -> Json {
    let uri = utf8_percent_encode(&findings.repository_path(place), ENCODED).to_string();
    let mut location = json!({"physicalLocation": {"artifactLocation": {"uri": uri, "uriBaseId": ROOT}}});
    // A file that is not there has no region.
    if let Place::In(..) = place {
        let (start, end) = (findings.range(place).start, findings.range(place).end);
        location["physicalLocation"]["region"] = json!({
            "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
        });
    }
    location
}

/// All but the characters that a relative URI's path has unchanged (RFC 3986, section 2.3).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// SARIF takes `[text](target)` in a message for a link; text of a record must never become one.
fn without_links(text: &str) -> String {
    text.replace("](", "] (")
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
