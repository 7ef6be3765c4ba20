//! `docs/reference/json.md`: the members of every JSON format, from what the program prints.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value as Json;

use super::{are_current, page_path};
use crate::support::git::commit_on;
use crate::support::{Project, run, sample};

#[test]
fn the_page_of_json_lists_the_members_of_every_format() {
    let sample = sample();
    let print = |arguments: &[&str]| run(&sample, arguments).ended(0).json();
    let parts = [
        ("check", print(&["check", "--format", "json"]), usize::MAX),
        (
            "calendar",
            print(&["calendar", "--format", "json", "--from", "2026-11-20", "--to", "2026-12-20"]),
            usize::MAX,
        ),
        ("list", print(&["list", "--state", "all", "--format", "json"]), usize::MAX),
        ("search", print(&["search", "scorcard", "export", "--format", "json"]), usize::MAX),
        ("rules", print(&["rules", "--format", "json"]), usize::MAX),
        ("verify", print(&["verify", "CR-2026-002", "--format", "json"]), usize::MAX),
        ("import-mail", import_mail(), usize::MAX),
        ("review", review(), usize::MAX),
        // All members of a pack are in its schema, and on the page of templates.
        ("pack", print(&["pack", "weekly", "--format", "json", "--as-of", "2026-11-18 10:00"]), 1),
    ];
    let parts = parts.map(|(name, json, depth)| (name, table(&json, depth)));
    are_current("reference/json.md", &parts);
}

/// Mails with all that there is to list.
fn import_mail() -> Json {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail_in");
    let project = Project::copy_of(&folder);
    for name in ["001.eml", "102.eml", "166.eml", "181.eml", "189.eml"] {
        project.write(name, std::fs::read(folder.join("mails").join(name)).expect("a mail"));
    }
    project.write("two.mbox", "From x Wed Nov\nSubject: a\n\n\n".repeat(2));
    project.write("empty.eml", "");
    let files = ["001.eml", "102.eml", "166.eml", "181.eml", "189.eml", "two.mbox", "empty.eml"];
    let arguments = [&["import", "mail"], &files[..], &["--format", "json", "--as-of", "2026-11-18 17:00"]].concat();
    crate::support::run(&project.root(), &arguments).ended(1).json()
}

/// The review of a pull request that rewrites history, which has all there is to list.
fn review() -> Json {
    let project = Project::copy_of(&sample());
    commit_on(&project.root(), "2026-11-20T12:00:00-05:00");
    let path = "data/tickets/2026/HEAT-10353.yaml";
    let text = project.read(path);
    let (before, after) = text.split_once("event: follow-up").expect("a follow-up");
    project.write(path, format!("{before}event: note\n    note: Called.{after}"));
    let arguments = ["review", "--base", "HEAD", "--format", "json"];
    let review = crate::support::run(&project.root(), &arguments).ended(1).json();
    assert!(review["records"]["total"].as_u64() > Some(0) && review["adds"]["errors"].as_u64() > Some(0), "{review}");
    review
}

#[test]
fn every_format_has_a_section() {
    let page = std::fs::read_to_string(page_path("reference/json.md")).expect("the page");
    for name in ["check", "calendar", "import-mail", "list", "search", "rules", "verify", "review", "pack"] {
        assert!(page.contains(&format!("`heatpack.{name}/1`")), "{name}");
    }
}

/// Each member by its path, and what it can be; lists are marked with `[]`.
fn table(json: &Json, depth: usize) -> String {
    let mut members = BTreeMap::new();
    let mut order = Vec::new();
    add_members(json, "", depth, &mut members, &mut order);
    let mut text = "| member | type |\n|---|---|\n".to_owned();
    for path in order {
        let kinds: Vec<&str> = members[&path].iter().copied().collect();
        text.push_str(&format!("| `{path}` | {} |\n", kinds.join(" or ")));
    }
    text
}

fn add_members(
    json: &Json,
    path: &str,
    depth: usize,
    members: &mut BTreeMap<String, BTreeSet<&'static str>>,
    order: &mut Vec<String>,
) {
    match json {
        Json::Object(fields) if depth > 0 => {
            for (name, field) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                if !members.contains_key(&path) {
                    order.push(path.clone());
                }
                members.entry(path.clone()).or_default().insert(kind(field));
                // A Markdown text is a tree; its own format is the schema's.
                if name != "blocks" {
                    add_members(field, &path, depth - 1, members, order);
                }
            }
        }
        Json::Array(items) => {
            items.iter().for_each(|item| add_members(item, &format!("{path}[]"), depth, members, order))
        }
        _ => {}
    }
}

fn kind(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "true or false",
        Json::Number(_) => "number",
        Json::String(_) => "text",
        Json::Array(_) => "list",
        Json::Object(_) => "object",
    }
}
