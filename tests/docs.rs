//! The documents' commands, run as they stand in an empty folder; what they say is what the documents show.
//!
//! They need git, sh and OpenSSH's client, and fail without them.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Command;

use clap::CommandFactory;

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

/// Follows a document, then runs `after` where it ended; gives what that said.
#[track_caller]
fn follow(document: &str, after: &str) -> String {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(document)).expect("the document");
    let mut blocks = blocks(&text);
    assert!(blocks.len() > 5, "the commands were found");
    blocks.push(Block { commands: after.to_owned(), shown: None });
    let said = run(&blocks);
    for (block, said) in blocks.iter().zip(&said) {
        if let Some(shown) = &block.shown {
            assert!(is_shown(shown, said), "{}--- {document} shows\n{shown}--- it said\n{said}", block.commands);
        }
    }
    said.get(blocks.len() - 1).cloned().expect("what the last block said")
}

#[test]
fn approving_changes_can_be_followed_command_by_command() {
    follow("docs/approving-changes.md", "");
}

#[test]
fn the_tutorial_goes_from_an_empty_folder_to_a_signed_off_pack() {
    let after = "head -c 5 ../wednesday.pdf; echo\n\
                 heatpack --as-of '2026-11-19 10:05' check\n\
                 heatpack --as-of '2026-11-19 10:05' pack weekly --on 2026-11-18 --format json\n";
    let said = follow("docs/tutorial.md", after);
    assert!(said.starts_with("%PDF-\n0 errors, "), "{said}");
    let pack: serde_json::Value = serde_json::from_str(&said[said.find('{').expect("a pack")..]).expect("JSON");
    assert_eq!(pack["preliminary"], false);
    assert_eq!(pack["outstanding"][0]["state"], "resolved");
}

#[test]
fn the_readme_names_every_command_and_no_other() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("the README");
    let table = text.split("## Commands").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("the table");
    let rows = table.lines().filter(|line| line.starts_with("| `heatpack"));
    let first = |row: &str| row.split('|').nth(1).unwrap_or_default().to_owned();
    let mut named: Vec<String> = rows
        .flat_map(|row| {
            first(&row.replace("\\|", "/")).split("`heatpack ").skip(1).map(str::to_owned).collect::<Vec<_>>()
        })
        .filter_map(|command| command.split([' ', '`']).next().map(str::to_owned))
        .collect();
    named.sort();
    named.dedup();
    let mut commands: Vec<String> =
        heatpack::commands::Cli::command().get_subcommands().map(|command| command.get_name().to_owned()).collect();
    commands.sort();
    assert_eq!(named, commands);
}

/// Every link of the documents leads to a file, a part of the page, or the web.
#[test]
fn links_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut documents = vec![root.join("README.md")];
    documents.extend(fs::read_dir(root.join("docs")).expect("docs").flatten().map(|entry| entry.path()));
    let mut count = 0;
    for document in documents.iter().filter(|path| path.extension().is_some_and(|ending| ending == "md")) {
        let text = fs::read_to_string(document).expect("a document");
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap_or_default();
            if file.is_empty() || file.starts_with("http") {
                continue;
            }
            count += 1;
            let folder = document.parent().expect("a folder");
            assert!(folder.join(file).exists(), "{} links to {target}", document.display());
        }
    }
    assert!(count > 5, "the links were found");
}

#[test]
fn an_ellipsis_stands_for_anything_on_its_line() {
    assert!(is_shown("a … c\nd\n", "a b c\nd\n"));
    assert!(!is_shown("a … c\n", "a b d\n"));
    assert!(!is_shown("a\n", "a\nb\n"));
}
