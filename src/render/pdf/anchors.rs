//! Where the links within a pack lead: each record has at most one place, or the export would fail.

use serde_json::{Map, Value, json};

/// The lists in which a ticket can have its place, the most telling one first.
const WEEKLY: [(&str, &str); 4] =
    [("outstanding", "/outstanding"), ("closed", "/closed"), ("new", "/new"), ("reopened", "/reopened")];

/// A map from each record's id to the list and the index of the entry that a link leads to.
pub fn anchors(pack: &Value) -> Value {
    let mut anchors = Map::new();
    if let Some(subjects) = pack.pointer("/monthly/by_subject").and_then(Value::as_array) {
        for (number, subject) in subjects.iter().enumerate() {
            add(&mut anchors, &format!("subject-{number}"), &subject["outstanding"]);
        }
        add(&mut anchors, "closed", &pack["closed"]);
    } else {
        for (list, place) in WEEKLY {
            add(&mut anchors, list, pack.pointer(place).unwrap_or(&Value::Null));
        }
    }
    add(&mut anchors, "changes", &pack["changes"]);
    Value::Object(anchors)
}

/// Gives a place to those of `list` that have none; its entries are ids or rows with an `id`.
fn add(anchors: &mut Map<String, Value>, name: &str, list: &Value) {
    for (index, entry) in list.as_array().into_iter().flatten().enumerate() {
        if let Some(id) = entry.as_str().or_else(|| entry["id"].as_str()) {
            anchors.entry(id).or_insert_with(|| json!([name, index]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_record_has_one_place() {
        let pack = json!({
            "outstanding": [{"id": "HEAT-1"}, {"id": "HEAT-1"}],
            "new": ["HEAT-1", "HEAT-2"], "closed": ["HEAT-3", "HEAT-3"], "changes": [{"id": "CR-2026-001"}],
        });
        let expected = json!({
            "HEAT-1": ["outstanding", 0], "HEAT-2": ["new", 1], "HEAT-3": ["closed", 0],
            "CR-2026-001": ["changes", 0],
        });
        assert_eq!(anchors(&pack), expected);
    }

    #[test]
    fn a_monthly_pack_lists_by_subject() {
        let pack = json!({"outstanding": [{"id": "HEAT-1"}], "closed": [],
            "monthly": {"by_subject": [{"outstanding": []}, {"outstanding": ["HEAT-1"]}]}});
        assert_eq!(anchors(&pack), json!({"HEAT-1": ["subject-1", 0]}));
    }
}
