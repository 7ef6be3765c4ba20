//! Every rule by small projects that break it, that do not, and that nearly do (`tests/rules/<rule>/…`).
//!
//! A case holds only what differs from a project under `tests/rules/_base/`: `base.txt` of the case, or else of the rule,
//! names it, `data/` lies over it, and `without.txt` lists the files of it that the case does not have.
//!
//! A case over `_base/history` is for `--base`: that project, with the case's `base/` over it and without what
//! `without-base.txt` lists, is committed as the `data/` of a repository, at the date that `base-date.txt` gives; with
//! `data/` over it and without what `without-data.txt` lists it is then checked with `--base HEAD`.
//!
//! What a failing case prints is its snapshot, `expected.snap`: `cargo insta test --review --test it -- rules::` shows what is different and
//! accepts it, and `INSTA_UPDATE=always cargo test rules::` rewrites them all.

use std::cell::OnceCell;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use heatpack::model::RuleId;

use crate::support::cases::{AS_OF, folders, heatpack, name};
use crate::support::{Run, git};
use serde_json::Value as Json;

/// A small project and how it is checked.
struct Case {
    rule: String,
    folder: PathBuf,
    /// None is by the clock.
    as_of: Option<String>,
    arguments: Vec<String>,
    /// The project, once it is put together.
    project: OnceCell<tempfile::TempDir>,
}

impl Case {
    fn new(rule: &str, folder: PathBuf) -> Case {
        let file = |name: &str| std::fs::read_to_string(folder.join(name)).ok().map(|text| text.trim().to_owned());
        let as_of = file("as-of.txt").unwrap_or_else(|| AS_OF.to_owned());
        let arguments = file("args.txt").unwrap_or_default().split_whitespace().map(str::to_owned).collect();
        let as_of = (as_of != "clock").then_some(as_of);
        Case { rule: rule.to_owned(), as_of, arguments, folder, project: OnceCell::new() }
    }

    /// Where it is checked.
    fn root(&self) -> &Path {
        self.project.get_or_init(|| self.put_together()).path()
    }

    /// The name of the project that the case lies over; none of one that is whole.
    fn base(&self) -> Option<String> {
        let read = |folder: &Path| std::fs::read_to_string(folder.join("base.txt"));
        let name = read(&self.folder).or_else(|_| read(self.rule_folder())).ok()?;
        Some(name.trim().to_owned())
    }

    fn is_change(&self) -> bool {
        self.base().is_some_and(|base| base == "history")
    }

    fn rule_folder(&self) -> &Path {
        self.folder.ancestors().nth(2).expect("the rule's folder")
    }

    /// The base project with the case's files over it; of a change as a repository.
    fn put_together(&self) -> tempfile::TempDir {
        let project = tempfile::tempdir().expect("a temporary folder");
        let data = project.path().join("data");
        std::fs::create_dir(&data).expect("a folder");
        let read = |name: &str| std::fs::read_to_string(self.folder.join(name));
        if let Some(base) = self.base() {
            copy(&self.rule_folder().with_file_name("_base").join(base), &data);
        }
        let lay = |folder: &str, without: &str| {
            if self.folder.join(folder).is_dir() {
                copy(&self.folder.join(folder), &data);
            }
            for path in read(without).unwrap_or_default().lines() {
                std::fs::remove_file(data.join(path)).unwrap_or_else(|error| panic!("{path} of {without}: {error}"));
            }
        };
        if self.is_change() {
            lay("base", "without-base.txt");
            let date = read("base-date.txt").unwrap_or_else(|_| git::COMMITTED.to_owned());
            git::commit_on(project.path(), date.trim());
            lay("data", "without-data.txt");
        } else {
            lay("data", "without.txt");
        }
        project
    }

    fn check(&self, more: &[&str]) -> Run {
        let mut arguments = vec!["check"];
        if self.is_change() {
            arguments.extend(["--base", "HEAD"]);
        }
        arguments.extend(self.arguments.iter().map(String::as_str));
        arguments.extend(more);
        heatpack(self.root(), self.as_of.as_deref(), &arguments)
    }

    /// The one-line text, in which the clock's time is `<now>`.
    fn text(&self) -> String {
        let run = self.check(&[]);
        assert!(run.stderr.is_empty(), "{}: {}", self.folder.display(), run.stderr);
        match self.as_of {
            Some(_) => run.stdout().to_owned(),
            None => {
                let now = run.stdout().trim_end().rsplit(" as of ").next().unwrap_or("").to_owned();
                run.stdout().replace(&now, "<now>")
            }
        }
    }

    fn json(&self) -> (Json, i32) {
        let run = self.check(&["--format", "json"]);
        let json = serde_json::from_str(run.stdout())
            .unwrap_or_else(|error| panic!("{}: {error}\n{}", self.folder.display(), run.stdout()));
        (json, run.status)
    }
}

/// Copies a folder over another; a link stays one.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display())).flatten() {
        let target = to.join(entry.file_name());
        if entry.file_type().expect("its type").is_symlink() {
            drop(std::fs::remove_file(&target));
            symlink(std::fs::read_link(entry.path()).expect("a link"), target).expect("a link copied");
        } else if entry.path().is_dir() {
            if !target.is_dir() {
                drop(std::fs::remove_file(&target));
            }
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a file copied");
        }
    }
}

fn cases(kind: &str) -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let of_rule = |rule: PathBuf| {
        let rule_name = name(&rule);
        folders(&rule.join(kind)).into_iter().map(move |folder| Case::new(&rule_name, folder))
    };
    folders(&root).into_iter().filter(|rule| name(rule) != "_base").flat_map(of_rule).collect()
}

fn diagnostics(json: &Json) -> &[Json] {
    json["diagnostics"].as_array().map_or(&[], Vec::as_slice)
}

fn fail_if_any(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_rule_has_a_case_that_passes_one_that_fails_and_a_near_miss() {
    let (passing, failing) = (cases("pass"), cases("fail"));
    let mut faults = Vec::new();
    for rule in heatpack::rules::RULES {
        let of = |cases: &[Case], near| {
            cases.iter().any(|case| case.rule == rule.id.name() && name(&case.folder).starts_with("near-") == near)
        };
        for (there, what) in [
            (of(&passing, false), "passing case"),
            (of(&passing, true), "near miss"),
            (of(&failing, false), "failing case"),
        ] {
            if !there {
                faults.push(format!("{} has no {what}", rule.id));
            }
        }
    }
    for case in passing.iter().chain(&failing) {
        if RuleId::from_name(&case.rule).is_none() {
            faults.push(format!("no rule is called {}", case.rule));
        }
    }
    fail_if_any(faults);
}

#[test]
fn failing_cases_say_what_is_expected() {
    let mut faults = Vec::new();
    for case in cases("fail") {
        let found = case.text();
        if !found.contains(&format!("[{}]: ", case.rule)) {
            faults.push(format!("{}: {} does not fire\n{found}", case.folder.display(), case.rule));
        }
        faults.extend(snapshot_fault(&case.folder, &found));
        let again = case.text();
        if again != found {
            faults.push(format!("{}: a second run says something else\n{again}", case.folder.display()));
        }
    }
    fail_if_any(faults);
}

#[test]
fn passing_cases_have_no_error_and_do_not_break_their_rule() {
    let mut faults = Vec::new();
    for case in cases("pass") {
        let (json, status) = case.json();
        if status != 0
            || json["errors"] != 0
            || diagnostics(&json).iter().any(|found| found["rule"] == case.rule.as_str())
        {
            faults.push(format!("{}: exit {status}\n{}", case.folder.display(), case.text()));
        }
    }
    fail_if_any(faults);
}

#[test]
fn places_lie_within_their_files_and_messages_are_for_people() {
    let mut faults = Vec::new();
    for case in cases("fail") {
        let (json, status) = case.json();
        let errors = diagnostics(&json).iter().filter(|found| found["level"] == "error").count();
        if json["errors"] != errors || status != i32::from(errors > 0) {
            faults.push(format!(
                "{}: exit {status}, {} errors, {errors} listed",
                case.folder.display(),
                json["errors"]
            ));
        }
        for found in diagnostics(&json) {
            let path = found["path"].as_str().unwrap_or("");
            let complaints = [place_fault(&case.root().join(path), found), words_fault(found)];
            faults.extend(
                complaints.into_iter().flatten().map(|why| format!("{}: {why}: {found}", case.folder.display())),
            );
        }
    }
    fail_if_any(faults);
}

#[test]
fn ten_faults_in_one_file_are_told_in_one_run_each_at_its_place() {
    let mut faults = Vec::new();
    for folder in folders(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check")) {
        let case = Case::new("", folder);
        let (json, status) = case.json();
        let mut places: Vec<_> =
            diagnostics(&json).iter().map(|found| (found["line"].as_u64(), found["rule"].clone())).collect();
        places.dedup_by_key(|(line, _)| *line);
        if places.len() != 10 || diagnostics(&json).len() != 10 || status != 1 {
            faults.push(format!(
                "{}: {} diagnostics on {} lines",
                case.folder.display(),
                diagnostics(&json).len(),
                places.len()
            ));
        }
        faults.extend(snapshot_fault(&case.folder, &case.text()));
    }
    fail_if_any(faults);
}

/// Compares what a case prints with its snapshot; gives the folder if they differ, which insta has then shown.
fn snapshot_fault(folder: &Path, found: &str) -> Option<String> {
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    // One test compares all cases: the next one is compared too.
    let compare = || settings.bind(|| insta::assert_snapshot!("expected", found));
    let compared = std::panic::catch_unwind(std::panic::AssertUnwindSafe(compare));
    compared.is_err().then(|| format!("{}: other than its snapshot", folder.display()))
}

/// Why a place is none, if it is none.
fn place_fault(path: &Path, found: &Json) -> Option<String> {
    let number = |name: &str| found[name].as_u64().unwrap_or(0) as usize;
    let (start, end) = ((number("line"), number("column")), (number("end_line"), number("end_column")));
    let bytes =
        std::fs::symlink_metadata(path).ok().filter(|data| data.is_file()).and_then(|_| std::fs::read(path).ok());
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    let text = text.trim_start_matches('\u{feff}');
    // The end of a file is a place too: that of something that is missing.
    let length = |line: usize| text.split('\n').nth(line.wrapping_sub(1)).map(|line| line.chars().count());
    let is_in = |(line, column): (usize, usize)| column >= 1 && length(line).is_some_and(|length| column <= length + 1);
    (!is_in(start) || !is_in(end) || end < start).then(|| "the place is not in the file".to_owned())
}

/// What is wrong with a message or its help, if something is.
fn words_fault(found: &Json) -> Option<String> {
    let message = found["message"].as_str().unwrap_or("");
    let Some(help) = found["help"].as_str() else { return Some("there is no help".to_owned()) };
    for text in [message, help] {
        let internals = ["::", "Option", "Some(", "Err(", "Vec", "panicked"];
        if let Some(word) = internals.iter().find(|word| text.contains(**word)) {
            return Some(format!("`{word}` is a programmer's word"));
        }
        if text.is_empty() || text.ends_with('.') || text.ends_with(' ') {
            return Some("a message is a phrase without a full stop".to_owned());
        }
        let proper = [
            "HEAT-",
            "CR-",
            "A-",
            "NITC",
            "ACFO-FS",
            "POC",
            "YAML",
            "UTF-8",
            "Scorecard",
            "Funds Control",
            "Marta Noone",
        ];
        if text.starts_with(char::is_uppercase) && !proper.iter().any(|name| text.starts_with(name)) {
            return Some("a message starts lower-case".to_owned());
        }
    }
    None
}
