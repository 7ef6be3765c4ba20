//! Reference pages, written from the sources: `HEATPACK_BLESS=1 cargo test --test it record_docs::` updates them.

mod commands;
mod deadlines;
mod import_map;
mod json;
mod rules;
mod settings;
mod states;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::support::cases::compare;
use heatpack::model::{RecordSchema, SCHEMAS};
use serde_json::Value as Json;

const HEAD: &str = include_str!("record_docs/records_head.md");

#[test]
fn the_page_of_records_lists_every_field() {
    let mut page = HEAD.to_owned();
    // The settings and the map of an import have pages of their own.
    for kind in SCHEMAS.iter().filter(|kind| kind.files.starts_with("data/") && kind.name != "settings") {
        add_kind(&mut page, kind);
    }
    is_current("reference/records.md", &page);
}

/// The path of a page of `docs/`.
fn page_path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)
}

/// Compares a page with what the sources give, or writes it.
#[track_caller]
fn is_current(name: &str, wanted: &str) {
    if let Some(difference) = compare(&page_path(name), wanted) {
        panic!("{difference}");
    }
}

/// Compares the parts of a page between `<!-- generated: NAME -->` and `<!-- end -->`, or writes them.
#[track_caller]
fn are_current(name: &str, parts: &[(&str, String)]) {
    let mut wanted = std::fs::read_to_string(page_path(name)).expect("the page");
    for (part, text) in parts {
        let start = format!("<!-- generated: {part} -->\n");
        let (before, rest) = wanted.split_once(&start).unwrap_or_else(|| panic!("{name}: no place for {part}"));
        let (_, after) = rest.split_once("<!-- end -->").expect("its end");
        wanted = format!("{before}{start}\n{text}\n<!-- end -->{after}");
    }
    is_current(name, &wanted);
}

/// A description as a sentence of a table: with a capital, and without the period.
fn sentence(text: &str) -> String {
    text.trim_end_matches('.').replace('\n', " ")
}

fn add_kind(page: &mut String, kind: &RecordSchema) {
    let document = kind.document();
    writeln!(page, "\n## `{}`: {}\n\n`{}`\n", kind.name, kind.about, kind.files).expect("a text takes all");
    let mut inner = Vec::new();
    match document.get("items") {
        Some(items) => {
            page.push_str("A list; each item has\n\n");
            add_fields(page, items, "", &mut inner);
        }
        None => add_fields(page, &document, "", &mut inner),
    }
    // What the fields hold comes after them, each under its own name.
    while !inner.is_empty() {
        let (path, schema) = inner.remove(0);
        writeln!(page, "\n### `{path}` of {}\n", kind.about).expect("a text takes all");
        if let Some(alternatives) = schema["anyOf"].as_array() {
            add_events(page, alternatives);
        } else {
            add_fields(page, &schema, &path, &mut inner);
        }
    }
}

/// A row for each field: those that are required in the order in which they are written, then the others.
fn add_fields(page: &mut String, schema: &Json, path: &str, inner: &mut Vec<(String, Json)>) {
    let properties = schema["properties"].as_object().unwrap_or_else(|| panic!("{path} has no fields: {schema}"));
    let required = texts(&schema["required"]);
    let others = properties.keys().map(String::as_str).filter(|name| !required.contains(name));
    page.push_str("| field | | what it is | what it takes |\n|---|---|---|---|\n");
    for name in required.iter().copied().chain(others) {
        let field = &properties[name];
        let must = if required.contains(&name) { "required" } else { "optional" };
        let about = field["description"].as_str().unwrap_or_default();
        let own = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        let takes = takes(field, &own, inner);
        writeln!(page, "| `{name}` | {must} | {} | {} |", cell(about), cell(&takes)).expect("a text takes all");
    }
}

/// A row for each event that a log takes.
fn add_events(page: &mut String, alternatives: &[Json]) {
    page.push_str("Every entry has `at` and `event`. Each can have a `note`, the `mail` that it was entered from, and an `exception`.\n\n");
    page.push_str("| event | what happened | by | requires | can have |\n|---|---|---|---|---|\n");
    for event in alternatives {
        let required = texts(&event["required"]);
        let fields = event["properties"].as_object().expect("an event has fields");
        let by = fields["by"]["description"].as_str().unwrap_or_default();
        let by = by.rsplit_once(", of ").map_or("anyone", |(_, offices)| offices.trim_end_matches('.'));
        let everywhere = ["at", "event", "by", "mail", "exception"];
        let named = |wanted: bool| {
            let own = fields.keys().filter(|name| !everywhere.contains(&name.as_str()));
            let own = own.filter(|name| required.contains(&name.as_str()) == wanted && (wanted || *name != "note"));
            own.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        };
        // Some ask for one of two.
        let one_of = event["anyOf"].as_array().map_or(&[][..], Vec::as_slice);
        let one_of = one_of.iter().flat_map(|one| texts(&one["required"])).map(|name| format!("`{name}`"));
        let one_of = one_of.collect::<Vec<_>>().join(" or ");
        let asks = [named(true), one_of].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let (name, about) = (event["title"].as_str(), event["description"].as_str());
        let (name, about) = (name.unwrap_or_default(), about.unwrap_or_default());
        writeln!(page, "| `{name}` | {} | {by} | {} | {} |", cell(about), asks, named(false))
            .expect("a text takes all");
    }
}

/// What a field takes, in words; what has fields of its own is put off to a table of its own.
fn takes(schema: &Json, path: &str, inner: &mut Vec<(String, Json)>) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        return match reference {
            "#/$defs/rule_name" => "a rule's name: `heatpack rules` lists them".to_owned(),
            "#/$defs/rule_levels" => "rules' names, each with `error`, `lapse` or `off`".to_owned(),
            other => panic!("{path} refers to {other}"),
        };
    }
    if let Some(words) = schema["oneOf"].as_array().and_then(|words| consts(words)) {
        return words;
    }
    for (key, joint) in [("oneOf", " or "), ("anyOf", " or ")] {
        if let Some(alternatives) = schema[key].as_array() {
            if alternatives.iter().all(|one| one["properties"]["event"].is_object()) {
                inner.push((path.to_owned(), schema.clone()));
                return "entries: see below".to_owned();
            }
            let some = alternatives.iter().filter(|one| one["type"] != "null");
            return some.map(|one| takes(one, path, inner)).collect::<Vec<_>>().join(joint);
        }
    }
    let is = |name: &str| schema["type"] == name || texts(&schema["type"]).contains(&name);
    if is("array") {
        let each = takes(&schema["items"], path, inner);
        return match each.strip_prefix("for example ") {
            Some(example) => format!("a list, for example `[{}]`", example.trim_matches('`')),
            None if each.contains("<br>") => format!("a list of<br>{each}"),
            None => format!("a list of {each}"),
        };
    }
    if schema["properties"].is_object() {
        inner.push((path.to_owned(), schema.clone()));
        return "fields: see below".to_owned();
    }
    if let Some(words) = schema["additionalProperties"]["oneOf"].as_array().and_then(|words| consts(words)) {
        return format!("any words, each with<br>{words}");
    }
    if schema["additionalProperties"].is_object() {
        inner.push((path.to_owned(), schema["additionalProperties"].clone()));
        return "dates, each with fields: see below".to_owned();
    }
    if schema["enum"].is_array() {
        return "`true` or `false`".to_owned();
    }
    let examples: Vec<String> = texts(&schema["examples"]).iter().map(|example| format!("`{example}`")).collect();
    if !examples.is_empty() {
        return format!("for example {}", examples.join(", "));
    }
    match (schema["minimum"].as_u64(), schema["maximum"].as_u64()) {
        (Some(least), Some(most)) => format!("a number from {least} to {most}"),
        _ => "text".to_owned(),
    }
}

/// Words and what each means; none where these are not all words.
fn consts(alternatives: &[Json]) -> Option<String> {
    let words = alternatives.iter().filter(|one| !one["const"].is_boolean() && one["type"] != "null");
    let one = |word: &Json| {
        let about = word["description"].as_str().unwrap_or_default().trim_end_matches('.');
        word["const"].as_str().map(|name| format!("`{name}`: {}", lower(about)))
    };
    Some(words.map(one).collect::<Option<Vec<_>>>()?.join("<br>"))
}

fn texts(list: &Json) -> Vec<&str> {
    list.as_array().map(|list| list.iter().filter_map(Json::as_str).collect()).unwrap_or_default()
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    // An abbreviation and the name of a day keep their capitals.
    let keeps = letters.clone().nth(1).is_some_and(char::is_uppercase) || text.ends_with("day");
    match letters.next() {
        Some(first) if !keeps => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}
