//! `docs/reference/import-map.md`: every field of an import's map, and the two maps that come as examples.

use heatpack::model::SCHEMAS;
use serde_json::Value as Json;

use super::{are_current, cell, sentence};

#[test]
fn the_page_of_import_maps_lists_every_field() {
    let schema = SCHEMAS.iter().find(|kind| kind.name == "import-map").expect("the map").document();
    let mut fields = Vec::new();
    add_fields("", &schema, &mut fields);
    fields.sort();
    fields.dedup();
    assert!(fields.len() > 40, "{fields:?}");
    let mut table = "| field | what it is |\n|---|---|\n".to_owned();
    for (path, about) in fields {
        table.push_str(&format!("| `{path}` | {} |\n", cell(&sentence(&about))));
    }
    let map = |name: &str| {
        let path = format!("{}/examples/import/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
        format!("```yaml\n{}```\n", std::fs::read_to_string(path).expect("the map"))
    };
    are_current(
        "reference/import-map.md",
        &[("fields", table), ("heat", map("heat")), ("servicenow", map("servicenow"))],
    );
}

fn add_fields(path: &str, schema: &Json, fields: &mut Vec<(String, String)>) {
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        fields.push((path.clone(), field["description"].as_str().expect("a description").to_owned()));
        let inner = [field, &field["items"]].into_iter().chain(field["anyOf"].as_array().into_iter().flatten());
        // Sources have a table of their own.
        for own in inner.filter(|own| !own["properties"]["otherwise"].is_object()) {
            add_fields(&path, own, fields);
        }
    }
}
