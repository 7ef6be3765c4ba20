//! Every format of `check` says what the JSON says, whatever stands in the records.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use heatpack::model::RuleId;
use quick_junit::{Report, TestCaseStatus};
use serde_json::Value as Json;

use crate::formats::project::{Project, json};

fn text<'j>(value: &'j Json, key: &str) -> &'j str {
    value[key].as_str().expect(key)
}

/// As every format but JSON shows it.
fn shown(text: &str) -> String {
    text.replace('\u{7}', "\u{fffd}")
}

fn results(project: &Project) -> Vec<Json> {
    let log = json(&project.check("sarif"));
    assert_eq!(log["version"], "2.1.0");
    log["runs"][0]["results"].as_array().cloned().expect("results")
}

#[test]
fn sarif_has_every_diagnostic_at_its_place() {
    let project = Project::hostile();
    let (results, diagnostics) = (results(&project), project.diagnostics());
    assert_eq!(results.len(), diagnostics.len());
    for (result, diagnostic) in results.iter().zip(&diagnostics) {
        assert_eq!(result["ruleId"], diagnostic["rule"]);
        let level = match (diagnostic["excepted"].as_bool(), text(diagnostic, "level")) {
            (Some(true), _) => "note",
            (_, "error") => "error",
            _ => "warning",
        };
        assert_eq!(result["level"], level);
        assert_eq!(result["properties"]["excepted"], diagnostic["excepted"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], diagnostic["path"]);
        assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
        for (theirs, ours) in
            [("startLine", "line"), ("startColumn", "column"), ("endLine", "end_line"), ("endColumn", "end_column")]
        {
            assert_eq!(place["region"][theirs], diagnostic[ours]);
        }
        let message = text(&result["message"], "text");
        assert!(message.starts_with(&shown(text(diagnostic, "message"))), "{message}");
        assert!(!message.chars().any(char::is_control));
    }
    // `  - {at: 2026-11-05 11:00, note: "é🙂", …`: two characters, whatever their bytes.
    let columns: Vec<_> = diagnostics.iter().filter(|d| d["rule"] == "transition-forbidden").collect();
    assert_eq!((&columns[0]["line"], &columns[0]["column"]), (&Json::from(15), &Json::from(60)));
}

#[test]
fn sarif_says_what_each_rule_means() {
    let log = json(&Project::hostile().check("sarif"));
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert!(run["originalUriBaseIds"]["%SRCROOT%"].is_object());
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let names: Vec<&str> = rules.iter().map(|rule| text(rule, "id")).collect();
    assert_eq!(names, RuleId::NAMES);
    for result in run["results"].as_array().expect("results") {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
}

#[test]
fn fingerprints_tell_faults_apart_and_survive_moved_lines() {
    let project = Project::hostile();
    let prints = |project: &Project| -> BTreeSet<String> {
        let of = |result: &Json| text(&result["partialFingerprints"], "heatpack/v1").to_owned();
        results(project).iter().map(of).collect()
    };
    let before = prints(&project);
    assert_eq!(before.len(), project.diagnostics().len(), "all of them differ");
    assert!(before.iter().any(|print| print.ends_with(":2")), "two are equal but for their order");
    for file in ["HEAT-1", "HEAT-2", "HEAT-3"] {
        project.prepend(&format!("data/tickets/2026/{file}.yaml"), "# moved\n\n");
    }
    assert_eq!(prints(&project), before);
    project.edit("data/tickets/2026/HEAT-3.yaml", |text| text.replace("poc: caller", "poc: noone"));
    assert_ne!(prints(&project), before);
}

#[test]
fn github_gets_a_summary_and_one_command_a_diagnostic() {
    let project = Project::hostile();
    let (out, diagnostics) = (project.check("github"), project.diagnostics());
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), diagnostics.len() + 1);
    assert!(lines[0].starts_with("::notice title=heatpack check::3 errors, 3 lapses in 4 tickets"), "{}", lines[0]);
    assert!(lines[0].contains("2 transition-forbidden"), "{}", lines[0]);
    for (line, diagnostic) in lines[1..].iter().zip(&diagnostics) {
        let (head, message) = line.strip_prefix("::").and_then(|rest| rest.split_once("::")).expect("a command");
        let (kind, properties) = head.split_once(' ').expect("properties");
        let properties: BTreeMap<&str, String> = properties
            .split(',')
            .map(|pair| pair.split_once('=').expect("name and value"))
            .map(|(name, value)| (name, unescaped(value)))
            .collect();
        let expected = if diagnostic["excepted"] == true { "notice" } else { text(diagnostic, "level") };
        assert_eq!(kind, expected.replace("lapse", "warning"));
        assert_eq!(properties["file"], text(diagnostic, "path"));
        for (theirs, ours) in [("line", "line"), ("endLine", "end_line")] {
            assert_eq!(properties[theirs], diagnostic[ours].to_string());
        }
        let one_line = diagnostic["line"] == diagnostic["end_line"];
        assert_eq!(properties.get("col").cloned(), one_line.then(|| diagnostic["column"].to_string()));
        assert!(properties["title"].starts_with(text(diagnostic, "rule")));
        assert!(unescaped(message).starts_with(&shown(text(diagnostic, "message"))), "{message}");
    }
}

fn unescaped(text: &str) -> String {
    text.replace("%2C", ",").replace("%3A", ":").replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
}

#[test]
fn junit_has_a_case_for_each_diagnostic_and_each_clean_file() {
    let project = Project::hostile();
    let (xml, diagnostics) = (project.check("junit"), project.diagnostics());
    let report = Report::deserialize_from_str(&xml).expect("JUnit's XML");
    let suites: Vec<&str> = report.test_suites.iter().map(|suite| suite.name.as_str()).collect();
    assert_eq!(suites, ["data", "pocs", "tickets"]);
    let cases: Vec<_> = report.test_suites.iter().flat_map(|suite| &suite.test_cases).collect();
    let mut names = BTreeSet::new();
    let mut found = Vec::new();
    let mut clean = Vec::new();
    for case in &cases {
        let file = case.classname.as_ref().expect("a file").as_str();
        assert!(names.insert((file, case.name.as_str())), "{file} {} comes twice", case.name.as_str());
        match &case.status {
            TestCaseStatus::Success { .. } => clean.push(file),
            TestCaseStatus::NonSuccess { message, .. } => found.push((file, "error", message)),
            TestCaseStatus::Skipped { message, .. } => found.push((file, "lapse", message)),
        }
    }
    assert_eq!(
        clean,
        [
            "data/heatpack.yaml",
            "data/staff.yaml",
            "data/subjects.yaml",
            "data/pocs/caller.yaml",
            "data/pocs/jrivera.yaml",
            "data/tickets/2026/HEAT-4.yaml"
        ]
    );
    assert_eq!(found.len(), diagnostics.len());
    for ((file, level, message), diagnostic) in found.into_iter().zip(&diagnostics) {
        assert_eq!((file, level), (text(diagnostic, "path"), text(diagnostic, "level")));
        let message = message.as_ref().expect("a message").as_str();
        assert!(message.starts_with(&shown(text(diagnostic, "message"))), "{message}");
    }
}

#[test]
fn paths_narrow_every_format() {
    let project = Project::hostile();
    let path = "data/tickets/2026/HEAT-4.yaml";
    for format in ["text", "json", "sarif", "github", "junit"] {
        let said = project.run(&["check", "--format", format, path]);
        assert_eq!(said.status, 0, "{format}: {}", said.err);
        assert!(!said.out.contains("HEAT-1.yaml"), "{format}");
        assert_eq!(said.out, project.run(&["check", "--format", format, path]).out, "the same bytes twice");
    }
    let said = project.run(&["check", "--format", "junit", path]);
    assert_eq!(Report::deserialize_from_str(&said.out).expect("XML").tests, 1);
}

#[test]
fn forges_get_paths_from_the_root_of_the_repository() {
    let project = Project::hostile();
    let inner = project.root().join("sub folder");
    std::fs::create_dir(&inner).expect("a folder");
    std::fs::rename(project.root().join("data"), inner.join("data")).expect("moved");
    let git = Command::new("git").arg("init").arg("-q").current_dir(project.root()).status().expect("git");
    assert!(git.success());
    let said = crate::formats::project::run(&inner, &["check", "--format", "github"]);
    assert!(said.out.contains("file=sub folder/data/tickets/2026/HEAT-1.yaml"), "{}", said.out);
    let said = crate::formats::project::run(&inner, &["check", "--format", "sarif"]);
    assert!(said.out.contains("\"sub%20folder/data/tickets/2026/HEAT-1.yaml\""), "{}", said.out);
}
