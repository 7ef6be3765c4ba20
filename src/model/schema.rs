//! The JSON Schemas of all kinds of records, as documents that editors take.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::{Map, Value as Json, json};

use super::{Answer, Board, Change, ImportMap, Meeting, Poc, SettingsFile, Staff, Subject, Ticket, Vote};
use crate::record::{RuleId, Value, described, schema_of_words};

/// A kind of record and its schema.
#[derive(Debug)]
pub struct RecordSchema {
    /// Its name in `heatpack schema`.
    pub name: &'static str,
    /// A short description.
    pub about: &'static str,
    /// The files that it describes.
    pub files: &'static str,
    schema: fn() -> Json,
}

/// One for each kind of file.
pub const SCHEMAS: [RecordSchema; 11] = [
    kind("ticket", "a ticket", "data/tickets/*/*.yaml", Ticket::schema),
    kind("poc", "a Point of Contact", "data/pocs/*.yaml", Poc::schema),
    kind("answer", "a written-up answer", "data/answers/*.yaml", Answer::schema),
    kind("cr", "a change request", "data/crs/*.yaml", Change::schema),
    kind("decision", "a vote on a change request", "data/decisions/*/*.yaml", Vote::schema),
    kind("meeting", "a meeting", "data/meetings/*.yaml", Meeting::schema),
    kind("subjects", "the modules and initiatives", "data/subjects.yaml", Vec::<Subject>::schema),
    kind("staff", "the people of the three offices", "data/staff.yaml", Vec::<Staff>::schema),
    kind("board", "the board and its members", "data/board.yaml", board),
    kind("settings", "the settings", "data/heatpack.yaml", SettingsFile::schema),
    kind("import-map", "how another tracker's export becomes tickets", "imports/*.yaml", ImportMap::schema),
];

const fn kind(name: &'static str, about: &'static str, files: &'static str, schema: fn() -> Json) -> RecordSchema {
    RecordSchema { name, about, files, schema }
}

/// An empty file is an empty board.
fn board() -> Json {
    let mut schema = Board::schema();
    schema["type"] = json!(["object", "null"]);
    schema
}

impl RecordSchema {
    /// The schema as a document of its own.
    pub fn document(&self) -> Json {
        let mut document = described((self.schema)(), &format!("{} ({})", self.about, self.files));
        document["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
        document["$id"] = format!("urn:heatpack:schema:{}", self.name).into();
        document["title"] = format!("heatpack {}", self.name).into();
        let text = document.to_string();
        let used = definitions().into_iter().filter(|(name, _)| text.contains(&format!("#/$defs/{name}\"")));
        let used: Map<String, Json> = used.collect();
        if !used.is_empty() {
            document["$defs"] = used.into();
        }
        document
    }
}

/// Whether a word is the name of a field in any file of a project.
pub fn is_field_name(word: &str) -> bool {
    static NAMES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let mut names = BTreeSet::new();
        SCHEMAS.iter().for_each(|kind| add_names(&(kind.schema)(), &mut names));
        names
    });
    NAMES.contains(word)
}

/// Whether a word is the name of a field that a file begins in its first column. Votes have no entries further in, of
/// which one could be there by mistake.
pub fn is_field_of_record(word: &str) -> bool {
    static NAMES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let kinds = SCHEMAS.iter().filter(|kind| kind.name != "decision");
        let fields = kinds.filter_map(|kind| (kind.schema)()["properties"].as_object().cloned());
        fields.flatten().map(|(name, _)| name).collect()
    });
    NAMES.contains(word)
}

/// Adds the names of all fields of a schema and of what it holds.
fn add_names(schema: &Json, names: &mut BTreeSet<String>) {
    if let Some(properties) = schema["properties"].as_object() {
        names.extend(properties.keys().cloned());
    }
    match schema {
        Json::Object(members) => members.values().for_each(|inner| add_names(inner, names)),
        Json::Array(items) => items.iter().for_each(|inner| add_names(inner, names)),
        _ => {}
    }
}

/// The names of the rules, each with its title, and their levels.
fn definitions() -> Map<String, Json> {
    let mut level = schema_of_words([
        ("error", "The record is wrong: `check` fails."),
        ("lapse", "A deadline was missed or a step was skipped: packs show it."),
        ("off", "The rule is not checked."),
    ]);
    // Older readers of YAML take the word for a boolean.
    if let Some(words) = level["oneOf"].as_array_mut() {
        words.push(json!({"const": false}));
    }
    let levels: Map<String, Json> =
        RuleId::ALL.iter().map(|rule| (rule.to_string(), described(level.clone(), rule.title()))).collect();
    let levels = json!({"type": ["object", "null"], "additionalProperties": false, "properties": levels});
    let names = schema_of_words(RuleId::ALL.iter().map(|rule| (rule.name(), rule.title())));
    [("rule_levels".to_owned(), levels), ("rule_name".to_owned(), names)].into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_described_and_no_other_is_allowed() {
        for (schema, fields) in [
            ("ticket", Ticket::FIELDS),
            ("poc", Poc::FIELDS),
            ("answer", Answer::FIELDS),
            ("cr", Change::FIELDS),
            ("decision", Vote::FIELDS),
            ("meeting", Meeting::FIELDS),
            ("board", Board::FIELDS),
            ("settings", SettingsFile::FIELDS),
            ("import-map", ImportMap::FIELDS),
        ] {
            let Some(kind) = SCHEMAS.iter().find(|kind| kind.name == schema) else { panic!("{schema}") };
            let document = kind.document();
            let properties = document["properties"].as_object().cloned().unwrap_or_default();
            let mut expected = fields.to_vec();
            expected.sort_unstable();
            assert_eq!(properties.keys().map(String::as_str).collect::<Vec<_>>(), expected, "{schema}");
            assert_eq!(document["additionalProperties"], false);
            for (field, value) in properties {
                let text = value["description"].as_str().unwrap_or_default();
                assert!(text.len() > 5 && text.ends_with(['.', '…']), "{schema}.{field}: {text}");
            }
        }
    }
}
