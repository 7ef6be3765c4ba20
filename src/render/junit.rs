//! `check --format junit`: JUnit's XML, which GitLab and Jenkins show as test results.
//!
//! A suite is a folder of `data/`. An error is a test case that failed. A lapse is one that was skipped, with its
//! message: it shows, and fails nothing. A file in which nothing was found is a test case that passed.

use std::collections::BTreeMap;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::check_text::line;
use super::{Findings, shown};
use crate::model::{Diagnostic, Level};

/// The findings as XML, with a line end.
pub fn junit(findings: &Findings) -> String {
    let mut suites: BTreeMap<&str, TestSuite> = BTreeMap::new();
    for (path, diagnostics) in by_file(findings) {
        let name = suite(path);
        let suite = suites.entry(name).or_insert_with(|| TestSuite::new(shown(name)));
        suite.add_test_cases(cases(findings, path, &diagnostics));
    }
    let mut report = Report::new("heatpack check");
    report.add_test_suites(suites.into_values());
    // Writing into memory cannot fail, and the texts are UTF-8.
    let mut text = report.to_string().unwrap_or_default();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// Every file that was asked about, those that should be there among them, and what was found in it.
fn by_file<'f>(findings: &'f Findings) -> BTreeMap<&'f str, Vec<&'f Diagnostic>> {
    let paths = findings.project.files.iter().map(|file| file.path.as_str());
    let mut files: BTreeMap<&str, Vec<&Diagnostic>> =
        paths.filter(|path| findings.scope.includes(path)).map(|path| (path, Vec::new())).collect();
    for diagnostic in &findings.diagnostics {
        files.entry(findings.path(&diagnostic.place)).or_default().push(diagnostic);
    }
    files
}

/// `tickets` for `data/tickets/2026/HEAT-10423.yaml`; `data` for what lies in `data/` itself.
fn suite(path: &str) -> &str {
    let inner = path.strip_prefix("data/").unwrap_or(path);
    inner.split_once('/').map_or("data", |(folder, _)| folder)
}

fn cases(findings: &Findings, path: &str, diagnostics: &[&Diagnostic]) -> Vec<TestCase> {
    let file = format!("{}{path}", findings.folder);
    if diagnostics.is_empty() {
        return vec![case("check".to_owned(), &file, TestCaseStatus::success())];
    }
    // A name says what the case is in every run; the second of a rule in one file has a number.
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut cases = Vec::new();
    for diagnostic in diagnostics {
        let name = format!("{} ({})", diagnostic.rule, diagnostic.record);
        let count = names.entry(name.clone()).or_default();
        *count += 1;
        let name = if *count == 1 { name } else { format!("{name} #{count}") };
        let mut case = case(name, &file, status(findings, diagnostic));
        if diagnostic.level == Level::Lapse {
            // Of a skipped case some show the message, and others what it wrote.
            case.set_system_out(line(findings, diagnostic));
        }
        let at = findings.range(&diagnostic.place).start;
        case.extra.insert("line".into(), at.line.to_string().into());
        cases.push(case);
    }
    cases
}

fn case(name: String, file: &str, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(shown(&name), status);
    case.set_classname(shown(file));
    // GitLab links it.
    case.extra.insert("file".into(), shown(file).into());
    case
}

fn status(findings: &Findings, diagnostic: &Diagnostic) -> TestCaseStatus {
    let mut status = match diagnostic.level {
        Level::Error => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Level::Lapse => TestCaseStatus::skipped(),
    };
    let excepted = if diagnostic.excepted { " (by exception)" } else { "" };
    status.set_message(shown(&format!("{}{excepted}", diagnostic.one_line())));
    if diagnostic.level == Level::Error {
        status.set_type(diagnostic.rule.name()).set_description(line(findings, diagnostic));
    }
    status
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suites_are_the_folders_of_data() {
        assert_eq!(suite("data/tickets/2026/HEAT-1.yaml"), "tickets");
        assert_eq!(suite("data/heatpack.yaml"), "data");
        assert_eq!(suite("data/decisions/CR-2026-001/2026-01-01-a.yaml"), "decisions");
    }
}
