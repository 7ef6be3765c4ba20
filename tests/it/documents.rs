//! The documents agree with the program and with each other: their links, commands, examples and lists.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::shell::words;
use crate::support::{Project, sample};
use clap::Parser;
use heatpack::commands::Cli;
use heatpack::render::starter;

/// The documents, by their path from the repository's root.
fn documents() -> Vec<(PathBuf, String)> {
    let mut paths: Vec<PathBuf> =
        ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "BENCHMARKS.md"].map(PathBuf::from).into();
    paths.extend(pages());
    paths.into_iter().map(|path| (path.clone(), document(&path))).collect()
}

/// The pages of `docs/`.
fn pages() -> Vec<PathBuf> {
    let mut pages = Vec::new();
    for folder in ["", "tutorial", "how-to", "reference", "explanation"] {
        let folder = Path::new("docs").join(folder);
        for entry in fs::read_dir(sample().join(&folder)).expect("a folder of docs").flatten() {
            pages.push(folder.join(entry.file_name()));
        }
    }
    pages.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    pages.sort();
    assert!(pages.len() >= 30, "{pages:?}");
    pages
}

fn document(path: impl AsRef<Path>) -> String {
    fs::read_to_string(sample().join(path)).expect("a document")
}

/// A piece of a document: running text, or a block between fences and what kind it says it is.
enum Piece {
    Text(String),
    Block { kind: String, text: String },
}

fn pieces(document: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (index, part) in format!("\n{document}").split("\n```").enumerate() {
        let (first, rest) = part.split_once('\n').unwrap_or((part, ""));
        pieces.push(match index % 2 {
            0 => Piece::Text(part.to_owned()),
            _ => Piece::Block { kind: first.to_owned(), text: format!("{rest}\n") },
        });
    }
    pieces
}

/// The running text alone, without the text in backticks if `code` is false.
fn running(document: &str, code: bool) -> String {
    let texts = pieces(document).into_iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text),
        Piece::Block { .. } => None,
    });
    let text = texts.collect::<Vec<_>>().join("\n");
    if code { text } else { text.split('`').step_by(2).collect() }
}

fn blocks(document: &str, wanted: &str) -> Vec<String> {
    let blocks = pieces(document).into_iter().filter_map(|piece| match piece {
        Piece::Block { kind, text } if kind == wanted => Some(text),
        _ => None,
    });
    blocks.collect()
}

/// What a heading is linked by: its words in small letters with hyphens between them, and no other marks.
fn anchor(heading: &str) -> String {
    let mut letters = heading.to_lowercase().replace(' ', "-");
    letters.retain(|letter| letter.is_alphanumeric() || "-_".contains(letter));
    letters
}

#[test]
fn every_link_leads_somewhere() {
    let mut links = 0;
    for (path, text) in documents() {
        for target in running(&text, false).split("](").skip(1) {
            let (target, _) = target.split_once(')').expect("a link that ends");
            if target.starts_with("https://") {
                continue;
            }
            let (file, part) = target.split_once('#').unwrap_or((target, ""));
            let there = match file {
                "" => path.clone(),
                file => path.parent().expect("a folder").join(file),
            };
            let found = sample().join(&there);
            assert!(found.exists(), "{}: {target} leads nowhere", path.display());
            if !part.is_empty() {
                let headings = running(&document(&there), true);
                let mut headings = headings.lines().filter_map(|line| line.trim_start_matches('#').strip_prefix(' '));
                assert!(headings.any(|heading| anchor(heading) == part), "{}: no {target}", path.display());
            }
            links += 1;
        }
    }
    assert!(links >= 150, "{links} links");
}

#[test]
fn every_source_that_engineers_are_sent_to_exists() {
    let mut found = 0;
    for page in ["CONTRIBUTING.md", "docs/explanation/design.md", "docs/explanation/accessibility.md", "BENCHMARKS.md"]
    {
        for code in running(&document(page), true).split('`').skip(1).step_by(2) {
            let folders = ["src/", "tests/", "templates/", "benches/", "examples/", "docs/", ".ci/"];
            // A name in angle brackets is for the reader to choose, and an example can be named without its ending.
            if folders.iter().any(|folder| code.starts_with(folder)) && !code.contains(['<', '*', ' ']) {
                let named = sample().join(code);
                assert!(named.exists() || named.with_extension("rs").exists(), "{page}: there is no {code}");
                found += 1;
            }
        }
    }
    assert!(found >= 30, "{found}");
}

#[test]
fn the_map_leads_to_every_page() {
    let (map, readme) = (document("docs/README.md"), document("README.md"));
    for path in pages().iter().filter(|path| *path != Path::new("docs/README.md")) {
        let link = format!("]({})", path.strip_prefix("docs").expect("a page of docs").display());
        assert_eq!(map.matches(&link).count(), 1, "docs/README.md leads once to {}", path.display());
    }
    for name in ["docs/README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "BENCHMARKS.md"] {
        assert!(readme.contains(&format!("]({name})")), "README.md does not lead to {name}");
    }
    for entry in fs::read_dir(sample().join("docs/pictures")).expect("pictures").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(readme.contains(&format!("](docs/pictures/{name})")), "{name} is shown nowhere");
    }
}

#[test]
fn every_page_begins_with_its_readers_and_its_use() {
    for path in pages() {
        let text = document(&path);
        let mut parts = text.splitn(3, "\n\n");
        let (title, first) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        assert!(title.starts_with("# ") && !title.contains('\n'), "{}: {title}", path.display());
        assert!(first.starts_with("For ") && first.contains("Afterward"), "{}: {first}", path.display());
    }
}

/// The command lines in a document: in blocks, and between backticks in the text.
fn command_lines(document: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for block in ["sh", "console"].iter().flat_map(|kind| blocks(document, kind)) {
        for line in block.lines() {
            let line = line.trim().trim_start_matches("$ ");
            // What a here-document writes is no command.
            if line.starts_with("heatpack") {
                lines.push(line.to_owned());
            }
        }
    }
    let text = running(document, true);
    let code = text.split('`').skip(1).step_by(2).map(|code| code.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.extend(code.filter(|code| code.starts_with("heatpack ")));
    lines
}

#[test]
fn every_command_is_one_that_the_program_understands() {
    let mut understood = 0;
    for (path, text) in documents() {
        for line in command_lines(&text) {
            // What stands for any command: `heatpack log …`, and the usage lines of the reference.
            if line.contains('…') || line.contains("[OPTIONS]") || line.contains('<') {
                continue;
            }
            if let Err(error) = Cli::try_parse_from(words(&line)) {
                // It is the help, and no error.
                let is_asked_for = !error.use_stderr();
                // A command that is only named, in the text, need not be whole.
                let is_named = error.kind() == clap::error::ErrorKind::MissingRequiredArgument
                    || error.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
                // A word in capitals stands for any, such as SHELL.
                let is_any = [clap::error::ErrorKind::InvalidValue, clap::error::ErrorKind::InvalidSubcommand]
                    .contains(&error.kind())
                    && words(&line)
                        .iter()
                        .any(|word| word.len() > 2 && word.chars().all(|own| own.is_ascii_uppercase()));
                assert!(is_asked_for || is_named || is_any, "{}: {line:?}: {error}", path.display());
            }
            understood += 1;
        }
    }
    assert!(understood >= 100, "{understood}");
}

#[test]
fn what_the_readme_shows_is_what_the_tutorial_shows() {
    let (readme, tutorial) = (document("README.md"), document("docs/tutorial/a-week.md"));
    let shown: BTreeSet<&str> = tutorial.lines().collect();
    let mut lines = 0;
    for line in ["text", "console", "yaml"]
        .iter()
        .flat_map(|kind| blocks(&readme, kind))
        .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
    {
        assert!(shown.contains(line.trim_start_matches("$ ")), "a test follows the tutorial, which has no {line:?}");
        lines += 1;
    }
    assert!(lines > 20, "{lines}");
}

#[test]
fn every_file_that_init_writes_is_on_the_page_of_ci() {
    let page = document("docs/how-to/run-ci.md");
    for file in starter().iter().filter(|file| !file.path.starts_with("data/")) {
        let folders = Path::new(&file.path).ancestors().map(|folder| format!("`{}/`", folder.display()));
        let mut names = folders.chain([format!("`{}`", file.path)]);
        assert!(names.any(|name| page.contains(&name)), "{} is not on the page", file.path);
    }
}

const STAFF: &str = "- {id: tnguyen, name: Taylor Nominal, office: help-desk}\n- {id: tnominal, name: Taylor Two, \
                     office: help-desk}\n- {id: rpatel, name: Robin Exemplar, office: nitc}\n";
const POC: &str = "id: jrivera\nname: Jordan Rivera\nphone: 202-555-0104\ndesignations:\n  \
                   - {subject: scorecard, role: primary, from: 2025-10-01}\n";

fn people() -> Project {
    Project::of(&[
        ("subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n"),
        ("staff.yaml", STAFF),
        ("pocs/jrivera.yaml", POC),
    ])
}

#[test]
fn the_records_shown_are_valid() {
    let check = |project: &Project| project.run(&["check", "--as-of", "2026-11-17"]).ended(0);
    // The README's ticket.
    let tickets: Vec<String> =
        blocks(&document("README.md"), "yaml").into_iter().filter(|text| text.starts_with("id: HEAT-")).collect();
    assert_eq!(tickets.len(), 1);
    let project = people();
    project.write("data/tickets/2026/HEAT-10423.yaml", &tickets[0]);
    check(&project);
    // The meetings of the page for chairs.
    let meetings = blocks(&document("docs/how-to/hold-a-meeting.md"), "yaml");
    let meetings: Vec<&String> = meetings.iter().filter(|text| text.starts_with("kind: ")).collect();
    assert!(meetings.len() >= 2, "{meetings:?}");
    let project = people();
    for text in meetings {
        let date = text.split_once("\ndate: ").and_then(|(_, rest)| rest.get(..10)).expect("a date");
        project.write(&format!("data/meetings/{date}-weekly.yaml"), text);
    }
    check(&project);
    // The exception that is shown, on an entry that needs it.
    let exceptions = blocks(&document("docs/explanation/errors-and-lapses.md"), "yaml");
    let ticket = "id: HEAT-1\ntitle: Ticket\nsubject: scorecard\nkind: issue\narea: functional\npoc: jrivera\n\
                  received: 2026-11-02 09:14\nvia: [phone]\ndescription: Words.\nlog:\n  - at: 2026-11-02 11:30\n    \
                  event: closed\n    by: tnominal\n";
    let project = people();
    project.write("data/tickets/2026/HEAT-1.yaml", ticket);
    project.run(&["check", "--as-of", "2026-11-17"]).ended(1);
    project.write("data/tickets/2026/HEAT-1.yaml", format!("{ticket}{}", exceptions.concat()));
    check(&project);
}
