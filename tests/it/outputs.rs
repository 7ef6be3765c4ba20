//! Where output goes: never among the records, never in place of a device or link, whole where it goes at all; and what
//! happens if the result cannot be printed.
#![cfg(target_os = "linux")]

use std::fs::{self, File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::git::{commit, git};
use crate::support::{Project, case, command, files};

const AS_OF: &str = "2026-11-18 10:00";
const TICKET: &str = "data/tickets/2026/HEAT-1.yaml";

/// The project of the case `figures`, from November on: few packs, which are quick to make.
fn project() -> Project {
    let project = Project::copy_of(&case("figures"));
    project.write("data/heatpack.yaml", "starts: 2026-11-16\n");
    project
}

fn retitled(project: &Project, title: &str) {
    let text = project.read(TICKET);
    let lines =
        text.lines().map(|line| if line.starts_with("title:") { format!("title: {title}") } else { line.into() });
    project.write(TICKET, lines.collect::<Vec<String>>().join("\n") + "\n");
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
}

#[test]
fn records_are_no_place_for_output() {
    let project = project();
    symlink("data/tickets", project.root().join("link")).expect("a link");
    let before = files(&project.root());
    for arguments in [
        &["build", "-o", "data"][..],
        &["build", "-o", "data/site/of/mine"],
        &["build", "-o", "output/../data/site"],
        &["build", "-o", "link/site"],
        // To the system that is `data/site`, whatever it looks like.
        &["build", "-o", "link/../site"],
        &["pack", "weekly", "--format", "csv", "-o", "data/heatpack.yaml"],
        &["mail", "follow-ups", "-o", "data/mail"],
        &["mail", "pack", "weekly", "-o", "data/weekly.eml"],
        &["check", "--baseline", "data/staff.yaml", "--write-baseline"],
    ] {
        let run = project.run(&[&["--as-of", AS_OF], arguments].concat()).ended(2);
        assert!(run.stderr.contains("is in data/, which is only for records"), "{arguments:?}: {}", run.stderr);
    }
    assert_eq!(files(&project.root()), before);
    // A link to where there is nothing yet.
    let link = project.root().join("link.csv");
    symlink("data/table.csv", &link).expect("a link");
    project.run(&["--as-of", AS_OF, "pack", "weekly", "-o", "link.csv"]).ended(2);
    fs::remove_file(link).expect("the link");
    assert_eq!(files(&project.root()), before);
    // Drafts go beside the records, wherever one is.
    let mail = |folder: &str| {
        let run = crate::support::run(&project.root().join(folder), &["mail", "follow-ups", "--as-of", AS_OF]);
        assert!(run.ended(0).stdout().contains("; nothing was sent\nwhen sent: heatpack sent "));
    };
    mail("data");
    assert!(files(&project.root()).keys().all(|path| !path.starts_with("data/output")));
    let drafts = files(&project.root().join("output/mail"));
    assert!(!drafts.is_empty());
    mail("output/mail");
    assert_eq!(files(&project.root().join("output/mail")), drafts);
}

#[test]
fn what_is_no_file_is_written_into_and_not_replaced() {
    let project = project();
    let root = project.root();
    let pack = |path: &str| project.run(&["--as-of", AS_OF, "pack", "weekly", "--format", "csv", "-o", path]);
    pack("plain.csv").ended(0);
    let expected = project.read("plain.csv");

    symlink("other/table.csv", root.join("link.csv")).expect("a link");
    project.write("other/table.csv", "old");
    pack("link.csv").ended(0);
    assert!(root.join("link.csv").symlink_metadata().expect("the link").is_symlink());
    assert_eq!(project.read("other/table.csv"), expected);

    symlink("other/new.csv", root.join("to-nothing.csv")).expect("a link");
    pack("to-nothing.csv").ended(0);
    assert!(root.join("to-nothing.csv").symlink_metadata().expect("the link").is_symlink());
    assert_eq!(project.read("other/new.csv"), expected);

    // What a file holds to which standard output goes stays.
    project.write("all.csv", "before\n");
    let all = OpenOptions::new().append(true).open(root.join("all.csv")).expect("a file");
    let arguments = ["--as-of", AS_OF, "pack", "weekly", "--format", "csv", "-o", "/dev/stdout"];
    assert!(command(&root, &arguments).stdout(all).status().expect("the binary").success());
    assert_eq!(project.read("all.csv"), format!("before\n{expected}"));

    pipe(&root.join("pipe.csv"));
    let reader = {
        let path = root.join("pipe.csv");
        std::thread::spawn(move || {
            let mut text = String::new();
            File::open(path).and_then(|mut pipe| pipe.read_to_string(&mut text)).map(|_| text)
        })
    };
    pack("pipe.csv").ended(0);
    assert_eq!(reader.join().expect("a reader").expect("a text"), expected);
    assert!(!root.join("pipe.csv").symlink_metadata().expect("the pipe").is_file());
}

/// What would be read this once, and never again.
#[test]
fn nothing_is_written_where_nothing_is_read() {
    let project = project();
    git(&project.root().join("data/tickets/2026"), &["init", "--quiet"]);
    let text =
        ["--subject", "scorecard", "--poc", "jrivera", "--kind", "issue", "--area", "technical", "--via", "phone"];
    let new =
        [&["--as-of", AS_OF, "new", "ticket", "--title", "Export", "--description", "Words."][..], &text].concat();
    let run = project.run(&new).ended(2);
    assert!(run.stderr.contains("data/tickets/2026: it is not read"), "{}", run.stderr);
}

#[test]
fn a_site_that_cannot_be_made_leaves_no_folder() {
    let project = project();
    project.run(&["--as-of", "soon", "build"]).ended(2);
    project.write("templates/shared/tiles.html", "{% if %}");
    project.run(&["--as-of", AS_OF, "build"]).ended(2);
    assert!(!project.root().join("output").exists());
}

#[test]
fn a_pipe_in_the_site_is_not_waited_for() {
    let project = project();
    let build = || project.run(&["--as-of", AS_OF, "build"]).ended(0);
    build();
    let before = files(&project.root().join("output"));
    for path in ["output/.heatpack.json", "output/tickets/HEAT-1.html", "output/index.html"] {
        let path = project.root().join(path);
        fs::remove_file(&path).expect("a file");
        pipe(&path);
    }
    build();
    assert_eq!(files(&project.root().join("output")), before);
}

#[test]
fn a_folder_that_holds_other_things_is_no_site() {
    let project = project();
    let home = project.root().join("home");
    project.write("home/index.html", "My own page.\n");
    project.write("home/letters/one.txt", "Dear Sam\n");
    symlink("home", project.root().join("link")).expect("a link");
    let before = files(&project.root());
    let build = |more: &[&str]| project.run(&[&["--as-of", AS_OF, "build"], more].concat());
    for (folder, told) in [("home", "home"), ("link", "link"), (".", "."), ("home/..", "home/..")] {
        let run = build(&["-o", folder]).ended(2);
        assert!(run.stderr.contains(&format!("{told} holds other files and was not made")), "{}", run.stderr);
        assert!(run.stderr.contains("--force"), "{}", run.stderr);
    }
    // A home folder that no shell put in, the folder above, and the root of the file system.
    for folder in ["~", "~/site", "./~", "~sam"] {
        let run = build(&["-o", folder]).ended(2);
        assert!(run.stderr.contains(&format!("{folder} does not lead to your home folder")), "{}", run.stderr);
    }
    let run = build(&["-o", "/"]).ended(2);
    assert!(run.stderr.contains("/ is the root of the file system"), "{}", run.stderr);
    let run = project.run(&["-C", "data", "--as-of", AS_OF, "build", "-o", ".."]).ended(2);
    assert!(run.stderr.contains(".. holds other files and was not made"), "{}", run.stderr);
    assert_eq!(files(&project.root()), before);
    // An empty folder, one that is not there yet, and a site that was built before are taken.
    fs::create_dir(project.root().join("empty")).expect("a folder");
    for folder in ["empty", "new/site", "empty", "new/site"] {
        build(&["-o", folder]).ended(0);
    }
    // What an interrupted build left of itself is none of the others.
    fs::create_dir(project.root().join("cut")).expect("a folder");
    fs::write(project.root().join("cut/.heatpack-x1"), "half").expect("a file");
    build(&["-o", "cut"]).ended(0);
    // Drafts of mail are heatpack's own; whatever else is beside them is not.
    project.write("drafts/mail/2026-11-18-pat.eml", "Subject: Words\n");
    project.write("letters/mail/own.txt", "Words.\n");
    build(&["-o", "letters"]).ended(2);
    build(&["-o", "drafts"]).ended(0);
    build(&["-o", "~", "--force"]).ended(0);
    // Told to, it writes there, and touches nothing that it does not make.
    build(&["-o", "home", "--force"]).ended(0);
    assert_eq!(fs::read_to_string(home.join("letters/one.txt")).expect("the letter"), "Dear Sam\n");
    assert_ne!(fs::read_to_string(home.join("index.html")).expect("the page"), "My own page.\n");
    build(&["-o", "home"]).ended(0);
}

#[test]
fn the_forms_of_a_pack_agree_where_one_of_them_cannot_be_made() {
    let project = project();
    project.run(&["--as-of", AS_OF, "build"]).ended(0);
    let packs = |project: &Project| {
        let mut site = files(&project.root().join("output"));
        site.retain(|path, _| path.starts_with("weekly/") || path.starts_with("monthly/"));
        site
    };
    let before = packs(&project);
    retitled(&project, "Another title");
    // Known to the PDF alone.
    project.write("templates/shared/organization.typ", "#let organization-line() = [#nosuch]\n");
    let run = project.run(&["--as-of", AS_OF, "build"]).ended(2);
    assert!(run.stderr.contains("organization.typ"), "{}", run.stderr);
    assert_eq!(packs(&project), before);
}

/// Of two builds the one that writes last has read last.
#[test]
fn a_build_that_waited_shows_what_is_there_by_then() {
    let project = project();
    let folder = project.root().join("output");
    fs::create_dir(&folder).expect("a folder");
    let other = File::open(&folder).expect("the folder");
    other.lock().expect("a lock");
    let mut build = command(&project.root(), &["--as-of", AS_OF, "build"]);
    let mut build = build.stderr(Stdio::piped()).spawn().expect("the binary");
    let mut said = vec![0; 7];
    build.stderr.as_mut().expect("a pipe").read_exact(&mut said).expect("a word");
    assert_eq!(said, b"waiting");
    retitled(&project, "What is there by then");
    drop(other);
    let done = build.wait_with_output().expect("an end");
    assert!(done.status.success());
    let page = fs::read_to_string(folder.join("tickets/HEAT-1.html")).expect("the page");
    assert!(page.contains("What is there by then"));
}

#[test]
fn the_packs_of_a_site_name_a_commit_that_holds_their_data() {
    let project = project();
    let root = project.root();
    project.write(".gitignore", "output/\n");
    let commits = || {
        project.run(&["--as-of", AS_OF, "build"]).ended(0);
        let packs =
            files(&root.join("output")).into_iter().filter(|(path, _)| path.ends_with(".json") && path.contains("/w"));
        let commit = |bytes: Vec<u8>| {
            let pack: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
            pack["head"]["commit"].as_str().map(str::to_owned)
        };
        packs.map(|(_, bytes)| commit(bytes)).collect::<Vec<_>>()
    };
    let all = |commits: &[Option<String>], expected: Option<&str>| {
        assert!(!commits.is_empty() && commits.iter().all(|commit| commit.as_deref() == expected), "{commits:?}");
    };
    git(&root, &["init", "--quiet"]);
    all(&commits(), None);
    // Nothing but the commit is new.
    let first = commit(&root);
    all(&commits(), Some(&first));
    let staff = project.read("data/staff.yaml");
    project.write("data/staff.yaml", format!("{staff}\n"));
    all(&commits(), None);
    let second = commit(&root);
    all(&commits(), Some(&second));
    // The first is gone from the history.
    git(&root, &["reset", "--quiet", "--soft", "HEAD~1"]);
    git(&root, &["commit", "--quiet", "--amend", "--message", "All"]);
    let third = git(&root, &["rev-parse", "HEAD"]);
    assert!(third != first && third != second);
    all(&commits(), Some(&third));
}

/// A disk that is full, or a terminal that has gone.
#[test]
fn where_nobody_can_be_told_the_work_is_done_all_the_same() {
    let full = || OpenOptions::new().write(true).open("/dev/full").expect("a full disk");
    let project = project();
    let mut build = command(&project.root(), &["--as-of", AS_OF, "build"]);
    assert_eq!(build.stderr(full()).status().expect("the binary").code(), Some(0));
    assert!(project.root().join("output/index.html").is_file());
    for arguments in
        [&["check", "--base", "nosuch"][..], &["review", "--base", "HEAD"], &["new", "ticket"], &["nosuch"]]
    {
        let mut run = command(&project.root(), arguments);
        let status = run.stdin(Stdio::null()).stderr(full()).status().expect("the binary").code();
        assert!(matches!(status, Some(1 | 2)), "{arguments:?}: {status:?}");
    }
    // The message reports that the entry is written: a repeated command would add it twice.
    let staff = project.read("data/staff.yaml");
    let who = staff.split("id: ").nth(1).and_then(|rest| rest.split([',', '\n']).next()).expect("an id").to_owned();
    let before = project.read(TICKET);
    let mut log =
        command(&project.root(), &["--as-of", AS_OF, "log", "HEAT-1", "note", "--by", &who, "--note", "Asked."]);
    let done = log.stdout(full()).stderr(Stdio::piped()).output().expect("the binary");
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(2), "{said}");
    assert!(said.contains(&format!("{TICKET} written")), "{said}");
    assert_ne!(project.read(TICKET), before);
}
