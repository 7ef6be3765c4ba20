//! A table of payloads (table.json) in every text of every kind of record, through every format: text stays text.
//!
//! With HEATPACK_PAYLOADS=DIR the project is left there, for the part of this in a browser (tests/browser/payloads.sh).

mod formats;
mod pages;
mod project;

use std::collections::BTreeSet;
use std::path::Path;

use heatpack::model::SCHEMAS;

/// A Wednesday on which the pack of the meeting is made.
const AS_OF: &str = "2026-11-18 09:00";

fn payloads() -> Vec<String> {
    serde_json::from_str(include_str!("../../payloads/table.json")).expect("a list of texts")
}

/// As many harmless ones, the richest Markdown among them: what a page has then, it may have.
fn harmless() -> Vec<String> {
    let own = payloads();
    let rich = own.last().expect("a payload").clone();
    vec![rich; own.len()]
}

/// Texts are where the schemas have texts: in all of them but in the map of an import, which no page shows and of which
/// `formats` has a test.
#[test]
fn every_text_of_every_record_is_filled_in() {
    let (project, filled) = project::of(&payloads());
    let mut all = BTreeSet::new();
    for schema in SCHEMAS.iter().filter(|schema| schema.name != "import-map") {
        project::texts(&project::schema(&project.root(), schema.name), schema.name, &mut all);
    }
    // What may change from a date on is what the settings are.
    let other = |path: &&String| !path.starts_with("settings.since");
    let missing: Vec<_> = all.difference(&filled).filter(other).filter(|path| !path.ends_with(".release")).collect();
    assert!(missing.is_empty(), "nothing is filled in at {missing:?}");
    // And the records are read: the faults are those of the records that are made of faults, and what rules say.
    let run = project.run(&["check", "--as-of", AS_OF, "--format", "json"]).ended(1);
    let unread: Vec<_> = run.json()["diagnostics"]
        .as_array()
        .expect("diagnostics")
        .iter()
        .filter(|one| {
            ["syntax", "invalid-value", "missing-field", "unknown-field", "duplicate-key"]
                .iter()
                .any(|rule| one["rule"] == *rule)
        })
        .filter(|one| !one["path"].as_str().is_some_and(|path| path.contains("/HEAT-30")))
        .map(ToString::to_string)
        .collect();
    assert!(unread.is_empty(), "{unread:#?}");
    if let Some(folder) = std::env::var_os("HEATPACK_PAYLOADS") {
        for (path, bytes) in crate::support::files(&project.root()) {
            let path = Path::new(&folder).join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, bytes).expect("a file");
        }
    }
}
