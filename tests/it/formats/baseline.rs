//! Baselines: listed findings are ignored, even if their lines moved; new ones are not.

use crate::formats::project::{Project, json};

const FILE: &str = "baseline.jsonl";

fn written() -> Project {
    let project = Project::hostile();
    let said = project.run(&["check", "--baseline", FILE, "--write-baseline"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    assert!(said.out.contains("0 errors, 0 lapses"), "{}", said.out);
    assert!(said.out.contains("6 more ignored (listed in the baseline)"), "{}", said.out);
    project
}

#[test]
fn what_is_listed_is_passed_over_when_its_lines_have_moved() {
    let project = written();
    for file in ["HEAT-1", "HEAT-2", "HEAT-3"] {
        project.prepend(&format!("data/tickets/2026/{file}.yaml"), "# a line\n# and another\n");
    }
    let said = project.run(&["check", "--baseline", FILE, "--deny", "lapses"]);
    assert_eq!(said.status, 0, "{}", said.out);
    assert!(!said.out.contains("gone"), "{}", said.out);
}

#[test]
fn what_is_new_counts_and_what_is_gone_is_said() {
    let project = written();
    project.edit("data/tickets/2026/HEAT-1.yaml", |text| text.replace("]]>%0A::error::x,y=<&>\\u0007", "follow-up"));
    project.edit("data/tickets/2026/HEAT-4.yaml", |text| text.replace("poc: jrivera", "poc: jriver"));
    let said = project.run(&["check", "--baseline", FILE, "--format", "json"]);
    assert_eq!(said.status, 1);
    let report = json(&said.out);
    assert_eq!(report["errors"], 1);
    let rules: Vec<_> = report["diagnostics"].as_array().expect("a list").iter().map(|d| d["rule"].clone()).collect();
    assert!(rules.contains(&"unknown-reference".into()), "{rules:?}");
    assert_eq!(report["baseline"]["passed_over"], 5);
    assert_eq!(report["baseline"]["gone"][0]["rule"], "invalid-value");
    assert_eq!(report["baseline"]["gone"][0]["path"], "data/tickets/2026/HEAT-1.yaml");
    let said = project.run(&["check", "--baseline", FILE]);
    assert!(
        said.out.ends_with("1 entry of the baseline no longer applies; run `heatpack check --write-baseline` again\n"),
        "{}",
        said.out
    );
    // Of other files nothing is said.
    let said = project.run(&["check", "--baseline", FILE, "data/tickets/2026/HEAT-2.yaml"]);
    assert_eq!(said.status, 0, "{}", said.out);
    assert!(!said.out.contains("gone"), "{}", said.out);
}

#[test]
fn it_is_written_in_order_and_the_same_again() {
    let project = written();
    let path = project.root().join(FILE);
    let text = std::fs::read_to_string(&path).expect("a baseline");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 7);
    assert_eq!(json(lines[0])["format"], "heatpack.baseline/1");
    assert!(lines[1..].is_sorted());
    let before = std::fs::metadata(&path).and_then(|file| file.modified()).expect("a time");
    assert_eq!(project.run(&["check", "--baseline", FILE, "--write-baseline"]).status, 0);
    assert_eq!(std::fs::metadata(&path).and_then(|file| file.modified()).expect("a time"), before, "not touched");
}

#[test]
fn without_a_baseline_that_can_be_read_nothing_runs() {
    let project = Project::hostile();
    let said = project.run(&["check", "--baseline", FILE]);
    assert_eq!((said.status, said.out.as_str()), (2, ""));
    std::fs::write(project.root().join(FILE), "[]").expect("written");
    let said = project.run(&["check", "--baseline", FILE]);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("--write-baseline"), "{}", said.err);
    for wrong in [&["check", "--write-baseline"][..], &["check", "--baseline", FILE, "--write-baseline", "data"]] {
        assert_eq!(project.run(wrong).status, 2, "{wrong:?}");
    }
}
