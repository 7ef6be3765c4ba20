//! The documents' commands, run as they stand in an empty folder; what they say is what the documents show.
//!
//! They need git, sh and OpenSSH's client, and fail without them.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Command;

/// A block of commands, and what the document shows of their output.
struct Block {
    commands: String,
    shown: Option<String>,
}

/// The blocks of a document's shell commands, each with the text block that follows it.
fn blocks(document: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        let Some(kind) = line.strip_prefix("```") else { continue };
        let text: String = lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
        match kind {
            "sh" => blocks.push(Block { commands: text, shown: None }),
            "text" => blocks.last_mut().expect("commands before their output").shown = Some(text),
            other => panic!("a block of {other} is neither run nor compared"),
        }
    }
    blocks
}

/// What separates the output of one block from that of the next.
const MARK: &str = "\u{1}next block\u{1}";

/// Runs all blocks in one shell, in an empty folder with an empty home; gives what each of them said.
fn run(blocks: &[Block]) -> Vec<String> {
    let (folder, home) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_heatpack"), home.path().join("heatpack")).expect("a link");
    // On a Mac the document has its reader write another name for it.
    let mut script = "exec 2>&1\ncommand -v sha256sum >/dev/null || sha256sum() { shasum -a 256; }\n".to_owned();
    for block in blocks {
        script.push_str(&format!("{}echo '{MARK}'\n", block.commands));
    }
    fs::write(home.path().join("script"), script).expect("a file");
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::iter::once(home.path().to_owned()).chain(std::env::split_paths(&paths));
    let output = Command::new("sh")
        .arg("-eu")
        .arg(home.path().join("script"))
        .current_dir(folder.path())
        .env_clear()
        .env("PATH", std::env::join_paths(paths).expect("a path"))
        .env("HOME", home.path())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .expect("sh, which this test needs");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    let parts: Vec<String> = said.split(&format!("{MARK}\n")).map(str::to_owned).collect();
    let last = parts.last().cloned().unwrap_or_default();
    assert!(output.status.success(), "after {} of {} blocks:\n{last}", parts.len() - 1, blocks.len());
    parts
}

/// Whether a text is what is shown, in which `…` stands for anything on the line.
fn is_shown(shown: &str, said: &str) -> bool {
    let fits = |(shown, said): (&str, &str)| match shown.split_once('…') {
        None => shown == said,
        Some((before, after)) => {
            said.len() >= before.len() + after.len() && said.starts_with(before) && said.ends_with(after)
        }
    };
    shown.lines().count() == said.lines().count() && shown.lines().zip(said.lines()).all(fits)
}

#[track_caller]
fn follow(document: &str) {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(document)).expect("the document");
    let blocks = blocks(&text);
    assert!(blocks.len() > 5, "the commands were found");
    for (block, said) in blocks.iter().zip(run(&blocks)) {
        if let Some(shown) = &block.shown {
            assert!(is_shown(shown, &said), "{}--- {document} shows\n{shown}--- it said\n{said}", block.commands);
        }
    }
}

#[test]
fn approving_changes_can_be_followed_command_by_command() {
    follow("docs/approving-changes.md");
}

#[test]
fn an_ellipsis_stands_for_anything_on_its_line() {
    assert!(is_shown("a … c\nd\n", "a b c\nd\n"));
    assert!(!is_shown("a … c\n", "a b d\n"));
    assert!(!is_shown("a\n", "a\nb\n"));
}
