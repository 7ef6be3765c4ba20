//! The documents' commands, run in an empty folder; the documents show what they print.
//!
//! `HEATPACK_BLESS=1 cargo test --test it docs::` writes the present output into the documents. The tests need git, sh
//! and OpenSSH's client, and fail without them.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::cases::blesses;
use crate::support::{clock, files};
use heatpack::load::load;
use heatpack::model::Minute;
use heatpack::render::{Findings, TextStyle, diagnostics_text};
use heatpack::rules;
use heatpack::workflow::{Context, Prepared};

/// A block of commands, and the output that the document shows.
struct Block {
    commands: String,
    shown: Option<String>,
}

/// The blocks of a document's shell commands, each with the text block that follows it.
///
/// A comment that begins with `<!-- run` holds commands that readers do not see: the date of a story, or an edit that
/// readers make in an editor.
fn blocks(document: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        let mut until = |end: &str| -> String {
            lines.by_ref().take_while(|line| *line != end).map(|line| format!("{line}\n")).collect()
        };
        if line == "<!-- run" {
            blocks.push(Block { commands: until("-->"), shown: None });
            continue;
        }
        let Some(kind) = line.strip_prefix("```") else { continue };
        let text = until("```");
        match kind {
            "sh" => blocks.push(Block { commands: text, shown: None }),
            "text" => blocks.last_mut().expect("commands before their output").shown = Some(text),
            // Records, which tests/it/documents.rs reads, and commands for the reader's own files.
            "yaml" | "csv" | "console" => {}
            other => panic!("a block of {other} is neither run nor compared"),
        }
    }
    blocks
}

/// What separates the output of one block from that of the next.
const MARK: &str = "\u{1}next block\u{1}";

/// What following a document left.
struct Followed {
    /// The output of each block.
    said: Vec<String>,
    /// The folder that was empty at first.
    folder: tempfile::TempDir,
    /// The home, with the records as they were after each block: `0/data`, `1/data` …
    home: tempfile::TempDir,
}

/// Runs all blocks in one shell, in an empty folder with an empty home.
fn run(blocks: &[Block]) -> Followed {
    let (folder, home) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_heatpack"), home.path().join("heatpack")).expect("a link");
    // On a Mac the document has its reader write another name for it.
    let mut script = "exec 2>&1\ncommand -v sha256sum >/dev/null || sha256sum() { shasum -a 256; }\n".to_owned();
    for (index, block) in blocks.iter().enumerate() {
        let keep = format!("if [ -d data ]; then mkdir \"$HOME/{index}\"; cp -R data \"$HOME/{index}/data\"; fi");
        script.push_str(&format!("{}{keep}\necho '{MARK}'\n", block.commands));
    }
    fs::write(home.path().join("script"), script).expect("a file");
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::iter::once(home.path().to_owned()).chain(std::env::split_paths(&paths));
    let output = Command::new("sh")
        .arg("-eu")
        .arg(home.path().join("script"))
        .current_dir(folder.path())
        .env_clear()
        .envs(clock())
        .env("PATH", std::env::join_paths(paths).expect("a path"))
        .env("HOME", home.path())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        // Where the sample lies that a reader has cloned.
        .env("SOURCES", env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("sh, which this test needs");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    let said: Vec<String> = said.split(&format!("{MARK}\n")).map(str::to_owned).collect();
    let last = said.last().cloned().unwrap_or_default();
    assert!(output.status.success(), "after {} of {} blocks:\n{last}", said.len() - 1, blocks.len());
    Followed { said, folder, home }
}

/// What `check` prints on a terminal, where it printed this to a pipe: the lines with the errors instead of a line for
/// each. `root` holds the records as they were then.
fn on_a_terminal(said: &str, root: &Path) -> String {
    let counts = said.lines().find_map(|line| line.split_once(" as of ")).expect("the counts, which end in the time");
    let as_of = Minute::parse(counts.1).expect("a time");
    let project = load(root).expect("the records");
    let prepared = Prepared::new(&project);
    let mut findings = Findings::new(&project, as_of, rules::check(&Context::new(&prepared, as_of, true)));
    if !said.contains("lapse[") {
        findings.keep_errors();
    }
    let text = |frames| diagnostics_text(&findings, TextStyle { frames, colors: false });
    assert!(said.contains(&text(false)), "{said} does not hold {}", text(false));
    said.replace(&text(false), &text(true))
}

/// Whether a line is the one that is shown, in which `…` stands for anything.
fn is_line_shown(shown: &str, said: &str) -> bool {
    match shown.split_once('…') {
        None => shown == said,
        Some((before, after)) => {
            said.len() >= before.len() + after.len() && said.starts_with(before) && said.ends_with(after)
        }
    }
}

/// Whether a text is what is shown.
fn is_shown(shown: &str, said: &str) -> bool {
    shown.lines().count() == said.lines().count()
        && shown.lines().zip(said.lines()).all(|(shown, said)| is_line_shown(shown, said))
}

/// The output as the document shows it: lines with `…` stay if they fit.
fn to_show(shown: &str, said: &str) -> String {
    let line = |said: &str| {
        let kept = shown.lines().find(|shown| shown.contains('…') && is_line_shown(shown, said));
        format!("{}\n", kept.unwrap_or(said))
    };
    said.lines().map(line).collect()
}

/// A document with another text in the block of output that comes after so many others.
fn with_output(document: &str, number: usize, output: &str) -> String {
    let mut parts = document.split("\n```text\n");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (index, part) in parts.enumerate() {
        let (shown, rest) = part.split_once("```\n").unwrap_or((part, ""));
        let shown = if index == number { output } else { shown };
        text.push_str(&format!("\n```text\n{shown}```\n{rest}"));
    }
    text
}

fn path(document: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(document)
}

/// The blocks of documents, each with its document.
#[track_caller]
fn all_blocks<'d>(documents: &[&'d str]) -> Vec<(&'d str, Block)> {
    let mut all = Vec::new();
    for document in documents {
        let text = fs::read_to_string(path(document)).expect("the document");
        let blocks = blocks(&text);
        assert!(blocks.len() >= 3 && blocks.iter().any(|block| block.shown.is_some()), "{document}: too few commands");
        all.extend(blocks.into_iter().map(|block| (*document, block)));
    }
    all
}

/// Follows documents on January 15, 2027, as a reader does later: every command ends as it does in the story, but what
/// it prints about due dates differs.
#[track_caller]
fn follow_later(documents: &[&str]) {
    const LATER: &str = "1800000000";
    let mut all: Vec<Block> = all_blocks(documents).into_iter().map(|(_, block)| block).collect();
    let mut dates = 0;
    for block in &mut all {
        for start in ["\nnow 1", "export SOURCE_DATE_EPOCH=1"] {
            let commands = format!("\n{}", block.commands);
            let Some((before, date)) = commands.split_once(start) else { continue };
            let (date, after) = date.split_once('\n').expect("a line");
            assert_eq!(date.len(), 9, "seconds since 1970");
            block.commands = format!("{before}{}{LATER}\n{after}", start.trim_end_matches('1'));
            dates += 1;
        }
    }
    assert!(dates > 0, "the story has dates");
    run(&all);
}

/// Follows documents, each going on where the one before ended.
#[track_caller]
fn follow(documents: &[&str]) -> Followed {
    let (owners, all): (Vec<&str>, Vec<Block>) = all_blocks(documents).into_iter().unzip();
    let followed = run(&all);
    for (index, (block, said)) in all.iter().zip(&followed.said).enumerate() {
        let Some(shown) = &block.shown else { continue };
        let framed = shown.contains("\n --> ");
        let records = followed.home.path().join(index.to_string());
        let said = if framed { on_a_terminal(said, &records) } else { said.clone() };
        if is_shown(shown, &said) {
            continue;
        }
        assert!(blesses(), "{}--- {} shows\n{shown}--- it printed\n{said}", block.commands, owners[index]);
        let text = fs::read_to_string(path(owners[index])).expect("the document");
        let before =
            all[..index].iter().zip(&owners).filter(|(block, owner)| **owner == owners[index] && block.shown.is_some());
        let new = with_output(&text, before.count(), &to_show(shown, &said));
        fs::write(path(owners[index]), new).expect("the document");
    }
    followed
}

const WEEK: &str = "docs/tutorial/a-week.md";
const VOTE: [&str; 3] =
    ["docs/how-to/approve-a-change.md", "docs/how-to/audit-a-vote.md", "docs/how-to/replace-a-key.md"];

#[test]
fn ten_minutes_on_the_sample_can_be_followed() {
    follow(&["docs/tutorial/ten-minutes.md"]);
}

#[test]
fn records_are_found_as_their_page_shows() {
    follow(&["docs/how-to/find-a-record.md"]);
}

#[test]
fn a_vote_can_be_cast_audited_and_verified_after_its_key_was_replaced() {
    follow(&VOTE);
}

#[test]
fn a_signed_cr_can_be_forwarded() {
    follow(&["docs/how-to/approve-a-change.md", "docs/how-to/forward-a-signed-cr.md"]);
}

#[test]
fn a_vote_can_be_cast_in_a_pull_request() {
    follow(&["docs/how-to/vote-in-a-pull-request.md"]);
}

#[test]
fn the_stories_can_be_followed_on_a_later_day() {
    follow_later(&[WEEK, "docs/how-to/review-a-pull-request.md"]);
    follow_later(&[WEEK, "docs/how-to/correct-a-wrong-entry.md"]);
    follow_later(&VOTE);
}

#[test]
fn the_week_ends_with_a_pack_that_is_final() {
    let followed = follow(&[WEEK]);
    let root = followed.folder.path().join("records");
    let pack = |as_of: &str, format: &str| {
        let arguments = ["pack", "weekly", "--on", "2026-11-25", "--as-of", as_of, "--format", format];
        crate::support::run(&root, &arguments).ended(0)
    };
    let before = pack("2026-11-24 16:00", "json").json();
    assert_eq!(before["preliminary"], true);
    let after = "2026-11-25 11:00";
    let json = pack(after, "json").json();
    assert_eq!(json["preliminary"], false);
    assert_eq!(json["meeting"], "2026-11-25T10:00");
    assert_eq!(json["head"]["errors"], 0);
    assert!(json["head"]["commit"].is_string(), "all of it is on record");
    assert_eq!((&json["balance"]["received"], &json["balance"]["closed"]), (&2.into(), &1.into()));
    let pdf = fs::read(followed.folder.path().join("wednesday.pdf")).expect("the PDF");
    assert!(pdf.starts_with(b"%PDF-") && pdf == pack(after, "pdf").out, "it is the pack of that meeting");
    let check = crate::support::run(&root, &["check", "--as-of", after]).ended(0);
    assert!(check.stdout().contains("\n0 errors, 1 lapse in "), "{}", check.stdout());
    assert!(root.join("output/index.html").is_file() && root.join("output/tickets/HEAT-10423.html").is_file());
    // The line by which an editor finds the schema of a record leads to one that `init` wrote.
    let records = files(&root.join("data"));
    let mut found = 0;
    for (name, bytes) in &records {
        let text = String::from_utf8_lossy(bytes);
        let Some((_, schema)) = text.lines().find_map(|line| line.split_once("$schema=")) else { continue };
        let folder = root.join("data").join(name);
        let schema = folder.parent().expect("a folder").join(schema);
        assert!(schema.is_file(), "{name}: there is no {}", schema.display());
        found += 1;
    }
    assert_eq!(found, 6, "tickets, a POC, a CR and meetings that `new` made: {:?}", records.keys());
}

#[test]
fn reviewers_see_what_their_page_shows() {
    follow(&[WEEK, "docs/how-to/review-a-pull-request.md"]);
}

#[test]
fn a_wrong_entry_can_be_corrected_as_its_page_shows() {
    follow(&[WEEK, "docs/how-to/correct-a-wrong-entry.md"]);
}

#[test]
fn pocs_and_board_members_can_change_as_their_page_shows() {
    follow(&[WEEK, "docs/how-to/change-people.md"]);
}

#[test]
fn answers_can_be_shared_as_their_page_shows() {
    follow(&[WEEK, "docs/how-to/share-answers.md"]);
}

#[test]
fn a_year_can_be_archived_as_its_page_shows() {
    follow(&[WEEK, "docs/how-to/archive-a-year.md"]);
}

#[test]
fn a_project_can_be_set_up_as_its_page_shows() {
    follow(&["docs/how-to/set-up-a-project.md"]);
}

#[test]
fn a_day_can_begin_and_end_as_its_page_shows() {
    follow(&["docs/how-to/begin-and-end-the-day.md"]);
}

#[test]
fn ci_works_as_its_page_shows() {
    follow(&["docs/how-to/run-ci.md"]);
}

#[test]
fn an_ellipsis_stands_for_anything_on_its_line() {
    assert!(is_shown("a … c\nd\n", "a b c\nd\n"));
    assert!(!is_shown("a … c\n", "a b d\n"));
    assert!(!is_shown("a\n", "a\nb\n"));
    assert_eq!(to_show("a … c\nd\n", "e\na b c\n"), "e\na … c\n");
    let two = "# A\n\n```text\nx\n```\n\n```text\nx\n```\n";
    assert_eq!(with_output(two, 1, "y\n"), "# A\n\n```text\nx\n```\n\n```text\ny\n```\n");
}
