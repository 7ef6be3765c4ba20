//! The schemas ask for what the decoders ask for. (`tests/schemas.sh` validates records against them.)

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use heatpack::model::{
    Board, Change, ChangeEvent, Entry, EventKind, Meeting, Poc, RuleId, SCHEMAS, SettingsFile, Span, Staff, Subject,
    Ticket, TicketEvent, Vote,
};
use heatpack::record::{Faults, Key, Kind, Node, Value};
use serde_json::Value as Json;

use crate::formats::project::{json, run, sample};

fn node(kind: Kind<'static>) -> Node<'static> {
    Node { span: Span::default(), kind }
}

fn fields(pairs: &[(&'static str, &'static str)]) -> Node<'static> {
    let entry = |(key, value): &(&'static str, &'static str)| {
        let key = Key { text: Cow::Borrowed(*key), span: Span::default() };
        (key, node(Kind::Text(Cow::Borrowed(*value))))
    };
    node(Kind::Map(pairs.iter().map(entry).collect()))
}

/// The fields that the decoder misses.
fn missed<T: Value>(node: &Node) -> BTreeSet<String> {
    let mut faults = Faults::default();
    T::decode(node, &mut faults);
    let missing = faults.list.iter().filter(|fault| fault.rule == RuleId::MissingField);
    missing.map(|fault| fault.message.split('`').nth(1).expect("a field").to_owned()).collect()
}

fn texts(list: &Json) -> BTreeSet<String> {
    list.as_array().expect("a list").iter().map(|text| text.as_str().expect("a text").to_owned()).collect()
}

#[test]
fn every_schema_is_printed_and_says_what_it_is() {
    let outside = tempfile::tempdir().expect("a folder");
    for name in SCHEMAS.iter().map(|schema| schema.name).chain(["pack"]) {
        let said = run(outside.path(), &["schema", name]);
        assert_eq!((said.status, said.err.as_str()), (0, ""), "{name}");
        let schema = json(&said.out);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(schema["$id"], format!("urn:heatpack:schema:{name}"));
        for member in ["title", "description"] {
            assert!(schema[member].is_string(), "{name} has no {member}");
        }
        references_lead_somewhere(&schema, &schema);
    }
    assert_eq!(run(outside.path(), &["schema", "tickets"]).status, 2);
}

fn references_lead_somewhere(schema: &Json, root: &Json) {
    match schema {
        Json::Object(members) => {
            if let Some(target) = members.get("$ref").and_then(Json::as_str) {
                let pointer = target.strip_prefix('#').expect("a place in the document");
                assert!(root.pointer(pointer).is_some(), "{target}");
            }
            members.values().for_each(|member| references_lead_somewhere(member, root));
        }
        Json::Array(items) => items.iter().for_each(|item| references_lead_somewhere(item, root)),
        _ => {}
    }
}

#[test]
fn what_is_required_is_what_the_decoder_misses() {
    let nothing = fields(&[]);
    for (name, missed) in [
        ("ticket", missed::<Ticket>(&nothing)),
        ("poc", missed::<Poc>(&nothing)),
        ("cr", missed::<Change>(&nothing)),
        ("decision", missed::<Vote>(&nothing)),
        ("meeting", missed::<Meeting>(&nothing)),
        ("board", missed::<Board>(&nothing)),
        ("settings", missed::<SettingsFile>(&nothing)),
    ] {
        let schema = SCHEMAS.iter().find(|schema| schema.name == name).expect(name).document();
        assert_eq!(texts(&schema["required"]), missed, "{name}");
    }
    assert_eq!(texts(&Staff::schema()["required"]), missed::<Staff>(&nothing));
    assert_eq!(texts(&Subject::schema()["required"]), missed::<Subject>(&nothing));
}

#[test]
fn each_event_asks_for_what_its_decoder_asks_for() {
    events::<TicketEvent>();
    events::<ChangeEvent>();
}

fn events<E: EventKind>() {
    let schema = Entry::<E>::schema();
    let alternatives = schema["anyOf"].as_array().expect("an alternative for each event");
    assert_eq!(alternatives.len(), E::table().len());
    for (alternative, spec) in alternatives.iter().zip(E::table()) {
        let name = spec.event.name();
        assert_eq!(alternative["properties"]["event"]["const"], name);
        let mut expected = missed::<Entry<E>>(&fields(&[("at", "2026-11-02 09:14"), ("event", name)]));
        expected.extend(["at", "event"].map(str::to_owned));
        // A note that is missing is `missing-detail`'s.
        expected.extend(spec.asks.note.then(|| "note".to_owned()));
        assert_eq!(texts(&alternative["required"]), expected, "{name}");
        let allowed: BTreeSet<&str> =
            alternative["properties"].as_object().expect("fields").keys().map(|k| &**k).collect();
        for field in ["nitc_ref", "outcome", "duplicate_of", "clock", "until", "release"] {
            let own = spec.asks.required.contains(&field) || spec.asks.optional.contains(&field);
            assert_eq!(allowed.contains(field), own, "{name}: {field}");
        }
    }
}

/// Where a file of `tests/schemas` belongs, by what its name begins with.
const PLACES: [(&str, &str); 9] = [
    ("ticket", "tickets/2026/HEAT-7.yaml"),
    ("poc", "pocs/a.yaml"),
    ("cr", "crs/CR-2026-1000.yaml"),
    ("decision", "decisions/CR-2026-007/2026-11-17-mlee.yaml"),
    ("meeting", "meetings/2026-11-18-weekly.yaml"),
    ("subjects", "subjects.yaml"),
    ("staff", "staff.yaml"),
    ("board", "board.yaml"),
    ("settings", "heatpack.yaml"),
];

/// The rules that the contents of a file alone can break, found in the file.
fn faults(file: &Path) -> BTreeSet<String> {
    let project = tempfile::tempdir().expect("a folder");
    let name = file.file_name().expect("a name").to_string_lossy();
    let (_, place) = PLACES.iter().find(|(kind, _)| name.starts_with(kind)).expect("a kind");
    let path = project.path().join("data").join(place);
    fs::create_dir_all(path.parent().expect("a folder")).expect("created");
    fs::write(project.path().join("data/heatpack.yaml"), "").expect("written");
    fs::copy(file, path).expect("copied");
    let report = json(&run(project.path(), &["check", "--format", "json"]).out);
    let rules = report["diagnostics"].as_array().expect("diagnostics").iter();
    let rules: BTreeSet<String> = rules.map(|found| found["rule"].as_str().expect("a rule").to_owned()).collect();
    let own = ["syntax", "unknown-field", "missing-field", "duplicate-key", "invalid-value", "missing-detail"];
    rules.into_iter().filter(|rule| own.contains(&rule.as_str())).collect()
}

#[test]
fn check_accepts_what_schemas_have_to_accept_and_refuses_what_they_refuse() {
    for (folder, accepted) in [("good", true), ("bad", false)] {
        let folder = sample().join("tests/schemas").join(folder);
        for file in fs::read_dir(folder).expect("files").flatten() {
            let faults = faults(&file.path());
            assert_eq!(faults.is_empty(), accepted, "{}: {faults:?}", file.path().display());
        }
    }
}

#[test]
fn editors_are_told_the_rules_and_their_levels() {
    let said = run(sample(), &["schema", "settings"]);
    let schema = json(&said.out);
    let levels = schema["$defs"]["rule_levels"]["properties"].as_object().expect("rules");
    assert_eq!(levels.len(), RuleId::NAMES.len());
    for name in RuleId::NAMES {
        assert!(levels[*name]["description"].is_string(), "{name}");
    }
}
