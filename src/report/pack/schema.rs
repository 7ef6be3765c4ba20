//! The JSON Schema of a pack, made from the declarations of its model as they stand.
//!
//! A pack's types have no decoder whose declaration could give the schema, so their source does: every struct of
//! these files, each field with its documentation. What a type is in JSON stands in [`leaf`]; a test holds that
//! nothing in them is left without an answer.

use serde_json::{Map, Value as Json, json};

use super::FORMAT;
use crate::model::{
    Attention, ClockKind, CrId, CrState, Decision, Holder, MeetingKind, PersonId, SubjectId, TicketId, TicketState,
};
use crate::record::{Value, described};
use crate::report::declared::{Struct, structs};

/// The declarations of the model.
pub const SOURCE: &str = concat!(
    include_str!("mod.rs"),
    include_str!("meeting.rs"),
    include_str!("../../model/names.rs"),
    include_str!("heading.rs"),
    include_str!("agenda.rs"),
    include_str!("attention.rs"),
    include_str!("page_one.rs"),
    include_str!("tiles.rs"),
    include_str!("decisions.rs"),
    include_str!("owners.rs"),
    include_str!("balance.rs"),
    include_str!("charts.rs"),
    include_str!("outstanding.rs"),
    include_str!("compliance.rs"),
    include_str!("changes.rs"),
    include_str!("nitc.rs"),
    include_str!("lapses.rs"),
    include_str!("actions.rs"),
    include_str!("method.rs"),
    include_str!("cards.rs"),
    include_str!("monthly.rs"),
    include_str!("subjects.rs"),
    include_str!("recurring.rs"),
    include_str!("roster.rs"),
    include_str!("pocs.rs"),
    include_str!("form.rs"),
    include_str!("glossary.rs")
);

/// The schema as a document.
pub fn schema() -> Json {
    let structs = structs(SOURCE);
    let mut definitions = Map::new();
    for item in &structs {
        definitions.insert(item.name.to_owned(), schema_of(item, &structs));
    }
    definitions.insert("RichText".to_owned(), rich_text());
    let mut document = definitions.remove("Pack").unwrap_or_default();
    document["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    document["$id"] = "urn:heatpack:schema:pack".into();
    document["title"] = "heatpack pack".into();
    document["properties"]["format"]["const"] = FORMAT.into();
    document["$defs"] = definitions.into();
    document
}

/// Every member of a struct is there; others may be added one day.
fn schema_of(item: &Struct, structs: &[Struct]) -> Json {
    let fields = item.fields.iter().map(|field| {
        let kind = kind(field.kind, structs).unwrap_or_else(|| json!({}));
        (field.name.to_owned(), if field.about.is_empty() { kind } else { described(kind, &field.about) })
    });
    let required: Vec<&str> = item.fields.iter().map(|field| field.name).collect();
    let properties: Map<String, Json> = fields.collect();
    described(json!({"type": "object", "required": required, "properties": properties}), &item.about)
}

/// What a Rust type is in JSON; none for one that this file does not know.
fn kind(text: &str, structs: &[Struct]) -> Option<Json> {
    let inside = |head: &str| text.strip_prefix(head).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inside("Option<") {
        return Some(json!({"anyOf": [kind(inner, structs)?, {"type": "null"}]}));
    }
    if let Some(inner) = inside("Vec<") {
        return Some(json!({"type": "array", "items": kind(inner, structs)?}));
    }
    if let Some((key, value)) = inside("BTreeMap<").and_then(|inner| inner.split_once(", ")) {
        let (key, value) = (kind(key, structs)?, kind(value, structs)?);
        return Some(json!({"type": "object", "propertyNames": key, "additionalProperties": value}));
    }
    if let Some(parts) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        let parts = parts.split(", ").map(|part| kind(part, structs)).collect::<Option<Vec<_>>>()?;
        let count = parts.len();
        return Some(json!({"type": "array", "prefixItems": parts, "minItems": count, "maxItems": count}));
    }
    let name = text.rsplit("::").next().unwrap_or(text);
    let is_struct = name == "RichText" || structs.iter().any(|item| item.name == name);
    // A number of days in halves writes itself.
    if is_struct && name != "Days" { Some(json!({"$ref": format!("#/$defs/{name}")})) } else { leaf(name) }
}

/// What a type of one value is in JSON.
fn leaf(name: &str) -> Option<Json> {
    let id = |mut schema: Json| {
        schema["type"] = "string".into();
        schema
    };
    Some(match name {
        "bool" => json!({"type": "boolean"}),
        "usize" | "u8" | "u32" | "u64" => json!({"type": "integer", "minimum": 0}),
        "i64" => json!({"type": "integer"}),
        "Days" => json!({"type": "number", "multipleOf": 0.5}),
        "String" | "&'static str" | "RuleId" | "Mark" => json!({"type": "string"}),
        "NaiveDate" => json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
        "Minute" => json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$"}),
        "TicketId" => id(TicketId::schema()),
        "CrId" => id(CrId::schema()),
        "PersonId" => id(PersonId::schema()),
        "SubjectId" => id(SubjectId::schema()),
        "Attention" => Attention::schema(),
        "ClockKind" => ClockKind::schema(),
        "CrState" => CrState::schema(),
        "Decision" => Decision::schema(),
        "Holder" => Holder::schema(),
        "MeetingKind" => MeetingKind::schema(),
        "TicketState" => TicketState::schema(),
        _ => return None,
    })
}

/// Markdown and the tree that it stands for, which nests.
fn rich_text() -> Json {
    described(json!({"type": "string"}), "a Markdown text, as in the record")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::declared::Field;

    #[test]
    fn every_type_of_the_model_is_known() {
        let structs = structs(SOURCE);
        assert_eq!(structs.len(), SOURCE.matches("\npub struct ").count());
        for item in SOURCE.split("\npub enum ").skip(1) {
            let name = item.split(' ').next().unwrap_or_default();
            assert!(leaf(name).is_some(), "{name} needs its place in `leaf`");
        }
        for item in structs.iter().filter(|item| item.name != "Days") {
            for field in &item.fields {
                assert!(kind(field.kind, &structs).is_some(), "{}.{}: {}", item.name, field.name, field.kind);
            }
        }
    }

    #[test]
    fn every_struct_is_a_part_of_the_pack() {
        for name in structs(SOURCE).iter().map(|item| item.name).filter(|name| *name != "Pack") {
            let part = |field: &Field| field.kind.split(|c: char| !c.is_alphanumeric()).any(|word| word == name);
            assert!(structs(SOURCE).iter().any(|item| item.fields.iter().any(part)), "{name} is no part of it");
        }
    }

    #[test]
    fn nothing_is_asked_of_serde_that_the_schema_does_not_know() {
        let other = SOURCE.lines().filter(|line| line.contains("serde(") && !line.contains("serde(rename"));
        assert_eq!(other.collect::<Vec<_>>(), Vec::<&str>::new());
    }

    #[test]
    fn the_document_names_what_others_rely_on() {
        let schema = schema();
        for name in ["format", "kind", "meeting", "as_of", "preliminary", "period", "balance", "outstanding", "lapses"]
        {
            assert!(schema["properties"][name]["description"].is_string(), "{name}");
        }
        assert_eq!(schema["$defs"]["Ageing"]["required"], json!(["0-7", "8-14", "15-30", "31-60", "61+"]));
        assert_eq!(schema["$defs"]["Balance"]["properties"]["opening"]["type"], "integer");
        assert_eq!(schema["properties"]["tickets"]["additionalProperties"]["$ref"], "#/$defs/TicketCard");
    }
}
