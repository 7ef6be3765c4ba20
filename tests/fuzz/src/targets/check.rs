//! The whole of `check`: a project in memory, all rules, and every format.

use heatpack::load::{Drafts, Project};
use heatpack::model::Place;
use heatpack::render::{Findings, TextStyle, check_json, check_text, github, junit, sarif};
use heatpack::rules;
use heatpack::workflow::{Context, Prepared};

use super::{as_of, harmless, project, within};

/// What begins a file: its path follows, up to the end of the line.
pub const MARK: &str = "=== ";

/// Any bytes as the files of a project.
pub fn check(input: &[u8]) {
    let files = files(input);
    let project = project(&files);
    let prepared = Prepared::new(&project);
    let ctx = Context::new(&prepared, as_of(), true);
    let findings = Findings::new(&project, as_of(), rules::check(&ctx));
    for diagnostic in &findings.diagnostics {
        at(&project, &diagnostic.place, &diagnostic.message);
        diagnostic.labels.iter().for_each(|(place, text)| at(&project, place, text));
    }
    let said = said(&findings);
    // Only what is found is drawn, and only so much of it as a person would look at.
    let few = Findings::new(&project, as_of(), findings.diagnostics.iter().take(20).cloned().collect());
    harmless(&check_text(&few, TextStyle { frames: true, colors: false }));
    harmless(&said[0]);
    let count = findings.diagnostics.len();
    for json in &said[1..3] {
        let json: serde_json::Value = serde_json::from_str(json).expect("JSON");
        let listed = json["diagnostics"].as_array().or_else(|| json["runs"][0]["results"].as_array());
        assert_eq!(listed.map(Vec::len), Some(count), "every diagnostic is listed");
    }
    harmless(&said[3]);
    assert!(said[3].lines().all(|line| line.starts_with("::")), "a line is no command: {}", said[3]);
    assert_eq!(said[3].lines().count(), count + 1, "each has one line");
    quick_junit::Report::deserialize_from_str(&said[4]).expect("JUnit's XML");
    // Again, from nothing: the same bytes.
    let again = super::project(&files);
    let prepared = Prepared::new(&again);
    let ctx = Context::new(&prepared, as_of(), true);
    let again = Findings::new(&again, as_of(), rules::check(&ctx));
    assert_eq!(self::said(&again), said, "another check says something else");
}

/// Every format, by its order here.
fn said(findings: &Findings) -> [String; 5] {
    let text = check_text(findings, TextStyle { frames: false, colors: false });
    [text, check_json(findings), sarif(findings), github(findings), junit(findings)]
}

fn at(project: &Project, place: &Place, what: &str) {
    if let Place::In(file, span) = place {
        within(&project.file(*file).text, *span, what);
    }
}

/// The files that the bytes stand for.
fn files(input: &[u8]) -> Drafts {
    let mark = format!("\n{MARK}");
    let text = [b"\n", input].concat();
    let mut starts: Vec<usize> =
        text.windows(mark.len()).enumerate().filter(|(_, at)| *at == mark.as_bytes()).map(|(at, _)| at).collect();
    starts.push(text.len());
    let mut files = Drafts::from([("data/heatpack.yaml".to_owned(), Vec::new())]);
    for pair in starts.windows(2).take(64) {
        let file = &text[pair[0] + mark.len()..pair[1]];
        let end = file.iter().position(|byte| *byte == b'\n').unwrap_or(file.len());
        let path = String::from_utf8_lossy(&file[..end]).replace(char::is_control, "");
        // Paths are those that a walk through the folder gives.
        let is_path = path.starts_with("data/")
            && path.len() < 200
            && path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        if is_path && !path.contains(char::REPLACEMENT_CHARACTER) {
            files.insert(path, file.get(end + 1..).unwrap_or_default().to_vec());
        }
    }
    files
}
