//! `heatpack rules` and `heatpack explain`, in a project and outside one.

use heatpack::rules::RULES;

use crate::formats::project::{Project, json, run};

#[test]
fn every_rule_is_explained_as_its_file_has_it() {
    let outside = tempfile::tempdir().expect("a folder");
    for rule in RULES {
        let said = run(outside.path(), &["explain", rule.id.name()]);
        assert_eq!((said.status, said.err.as_str()), (0, ""), "{}", rule.id);
        assert_eq!(said.out, rule.text() + "\n");
        assert!(said.out.starts_with(&format!("`{}` (", rule.id)), "{}", said.out);
        for part in ["**Why.**", "**Example.**", "**How to fix it.**"] {
            assert!(said.out.contains(part), "{} has no {part}", rule.id);
        }
    }
}

#[test]
fn an_unknown_rule_is_asked_about() {
    let outside = tempfile::tempdir().expect("a folder");
    let said = run(outside.path(), &["explain", "replay-late"]);
    assert_eq!((said.status, said.out.as_str()), (2, ""));
    assert!(said.err.contains("did you mean `reply-late`?"), "{}", said.err);
    assert_eq!(run(outside.path(), &["explain", "[reply-late]"]).status, 0, "as a message has it");
}

#[test]
fn the_list_has_every_rule_with_its_level() {
    let outside = tempfile::tempdir().expect("a folder");
    let list = json(&run(outside.path(), &["rules", "--format", "json"]).out);
    assert_eq!(list["format"], "heatpack.rules/1");
    let rules = list["rules"].as_array().expect("rules");
    assert_eq!(rules.len(), RULES.len());
    for (line, rule) in rules.iter().zip(RULES) {
        assert_eq!((line["name"].as_str(), line["title"].as_str()), (Some(rule.id.name()), Some(rule.id.title())));
        assert_eq!(line["level"], line["default_level"]);
        assert_eq!(line["excusable"], rule.id.takes_exception());
    }
}

#[test]
fn the_settings_of_the_project_are_shown() {
    let project = Project::hostile();
    project.edit("data/heatpack.yaml", |text| text + "rules: {reply-late: error, syntax: off}\n");
    let list = json(&project.run(&["rules", "--format", "json"]).out);
    let level = |name: &str| {
        let rules = list["rules"].as_array().expect("rules");
        rules.iter().find(|rule| rule["name"] == name).map(|rule| rule["level"].clone()).expect(name)
    };
    assert_eq!(
        (level("reply-late"), level("syntax"), level("relay-late")),
        ("error".into(), "off".into(), "lapse".into())
    );
    let text = project.run(&["rules"]).out;
    assert!(text.contains("error*  reply-late") && text.contains("* the level is set in"), "{text}");
    assert!(project.run(&["explain", "reply-late"]).out.contains("its level is `error`"));
}
