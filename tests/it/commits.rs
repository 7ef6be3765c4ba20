//! What a pack names as its commit: a site that is kept and built again after each commit holds the same bytes as one
//! that is built at the last commit from nothing.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::git::{commit, git};
use crate::support::{Project, case, files, run};
use serde_json::Value as Json;

const AS_OF: &str = "2026-10-23 09:00";
const FIRST: &str = "data/tickets/2026/HEAT-1.yaml";

/// The case `figures`, with the meetings of October 14 and 21 over.
fn project() -> Project {
    let project = Project::copy_of(&case("figures"));
    project.write("data/heatpack.yaml", "starts: 2026-10-12\n");
    project.write(".gitignore", "output/\nkept/\n");
    project
}

fn build(root: &Path, folder: &str) -> (BTreeMap<String, Vec<u8>>, String) {
    let built = run(root, &["--as-of", AS_OF, "build", "-o", folder]);
    assert!(built.status < 2, "{}", built.stderr);
    let mut site = files(&root.join(folder));
    site.retain(|name, _| !name.starts_with('.'));
    (site, built.stderr)
}

/// The commits that packs of a site name, by meeting.
fn commits(site: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Option<String>> {
    let packs = site.iter().filter(|(name, _)| name.ends_with(".json") && name.contains('/'));
    let commit = |bytes: &[u8]| -> Option<String> {
        let pack: Json = serde_json::from_slice(bytes).expect("JSON");
        pack["head"]["commit"].as_str().map(str::to_owned)
    };
    packs.map(|(name, bytes)| (name.rsplit_once('/').expect("a folder").0.to_owned(), commit(bytes))).collect()
}

/// Holds that the kept site is what a clean clone builds, and gives its packs' commits.
#[track_caller]
fn same_as_clean(project: &Project) -> BTreeMap<String, Option<String>> {
    let (kept, _) = build(&project.root(), "kept");
    let folder = tempfile::tempdir().expect("a folder");
    let clone = folder.path().join("clone");
    git(folder.path(), &["clone", "--quiet", &project.root().display().to_string(), "clone"]);
    let (clean, _) = build(&clone, "kept");
    assert_eq!(kept.keys().collect::<Vec<_>>(), clean.keys().collect::<Vec<_>>());
    for (name, bytes) in &clean {
        assert!(kept[name] == *bytes, "{name} differs");
    }
    commits(&clean)
}

const WEEKLY: [&str; 3] = ["weekly/2026-10-14", "weekly/2026-10-21", "weekly/2026-10-28"];

#[track_caller]
fn weekly(commits: &BTreeMap<String, Option<String>>, expected: [&str; 3]) {
    let named = WEEKLY.map(|pack| commits[pack].as_deref().unwrap_or("none"));
    assert_eq!(named, expected);
}

fn append(project: &Project, number: usize, entry: &str) {
    let path = format!("data/tickets/2026/HEAT-{number}.yaml");
    project.write(&path, format!("{}\n  - {entry}\n", project.read(&path).trim_end()));
}

#[test]
fn a_kept_site_is_a_clean_one_after_every_commit() {
    let project = project();
    let root = project.root();
    let first = commit(&root);
    weekly(&same_as_clean(&project), [&first, &first, &first]);
    // An entry of the 22nd is seen by the pack that is being prepared alone.
    append(&project, 1, "{at: 2026-10-22 09:00, event: follow-up, by: dora}");
    let second = commit(&root);
    weekly(&same_as_clean(&project), [&first, &first, &second]);
    // One of the 20th, which was entered late, by that of the 21st too.
    append(&project, 9, "{at: 2026-10-20 15:00, event: note, by: dora, note: Asked again.}");
    let third = commit(&root);
    weekly(&same_as_clean(&project), [&first, &third, &third]);
    // Something else is no change of the records, and neither is another spelling of the same.
    project.write("notes.txt", "Words.\n");
    project.write(FIRST, project.read(FIRST).replace("title: Ticket 1", "title: 'Ticket 1'"));
    commit(&root);
    weekly(&same_as_clean(&project), [&first, &third, &third]);
    // A name that every pack may show.
    project.write("data/staff.yaml", project.read("data/staff.yaml").replace("Dora Desk", "Dora Sample"));
    let fifth = commit(&root);
    weekly(&same_as_clean(&project), [&fifth, &fifth, &fifth]);
    // Merged from a branch, it came with the merge.
    git(&root, &["checkout", "--quiet", "-b", "edit"]);
    append(&project, 1, "{at: 2026-10-22 11:00, event: note, by: dora, note: Called.}");
    let inner = commit(&root);
    git(&root, &["checkout", "--quiet", "main"]);
    append(&project, 2, "{at: 2026-10-22 16:00, event: note, by: dora, note: Called too.}");
    commit(&root);
    git(&root, &["merge", "--quiet", "--no-ff", "--message", "Merge", "edit"]);
    let merge = git(&root, &["rev-parse", "HEAD"]);
    assert_ne!(inner, merge);
    weekly(&same_as_clean(&project), [&fifth, &fifth, &merge]);
    // The history is another one.
    git(&root, &["commit", "--quiet", "--amend", "--message", "Merged"]);
    let amended = git(&root, &["rev-parse", "HEAD"]);
    weekly(&same_as_clean(&project), [&fifth, &fifth, &amended]);
    // A record that is deleted was seen from the time on at which it was received.
    project.remove("data/tickets/2026/HEAT-9.yaml");
    let last = commit(&root);
    assert_eq!(same_as_clean(&project)["weekly/2026-10-28"].as_deref(), Some(last.as_str()));
}

#[test]
fn edits_that_are_not_committed_take_the_commit_from_the_packs_that_show_them() {
    let project = project();
    let first = commit(&project.root());
    build(&project.root(), "kept");
    append(&project, 1, "{at: 2026-10-22 09:00, event: follow-up, by: dora}");
    let (kept, said) = build(&project.root(), "kept");
    weekly(&commits(&kept), [&first, &first, "none"]);
    assert!(said.contains("2 of "), "the next weekly and monthly pack are made again: {said}");
    let (clean, _) = build(&project.root(), "output");
    assert!(kept == clean);
    // Of one pack the same is said.
    let pack = |on: &str| crate::support::pack(&project.root(), "weekly", on, AS_OF)["head"]["commit"].clone();
    assert_eq!((pack("2026-10-21"), pack("2026-10-28")), (first.as_str().into(), Json::Null));
    project.write("data/subjects.yaml", project.read("data/subjects.yaml") + "\n");
    assert_eq!(pack("2026-10-14"), Json::Null);
}

/// A pack's data are found at the commit that it names: made there, it says the same.
#[test]
fn a_pack_is_made_again_at_the_commit_that_it_names() {
    let project = project();
    let root = project.root();
    let paths = (1..=10).map(|number| format!("data/tickets/2026/HEAT-{number}.yaml"));
    let whole: Vec<(String, String)> = paths.map(|path| (path.clone(), project.read(&path))).collect();
    // The tickets come entry by entry, one commit each.
    for (path, _) in &whole {
        project.remove(path);
    }
    commit(&root);
    for (path, text) in &whole {
        let (head, log) = text.split_once("\nlog:").expect("a log");
        let entries: Vec<&str> = log.split("\n  - ").skip(1).collect();
        project.write(path, format!("{head}\nlog: []\n"));
        commit(&root);
        for last in 1..=entries.len() {
            let log: String = entries[..last].iter().map(|entry| format!("\n  - {}", entry.trim_end())).collect();
            project.write(path, format!("{head}\nlog:{log}\n"));
            commit(&root);
        }
    }
    append(&project, 9, "{at: 2026-10-22 15:00, event: note, by: dora, note: Asked again.}");
    commit(&root);
    let mut named = Vec::new();
    for on in ["2026-10-14", "2026-10-21"] {
        let pack = |root: &Path| {
            let mut pack = crate::support::pack(root, "weekly", on, AS_OF);
            let commit = pack["head"]["commit"].take();
            (pack, commit.as_str().expect("a commit").to_owned())
        };
        let (last, commit) = pack(&root);
        let folder = tempfile::tempdir().expect("a folder");
        let own = folder.path().join("own");
        git(&root, &["worktree", "add", "--quiet", "--detach", &own.display().to_string(), &commit]);
        assert!(pack(&own) == (last.clone(), commit.clone()), "{on}");
        git(&own, &["checkout", "--quiet", "--detach", "HEAD~1"]);
        assert!(pack(&own).0 != last, "{on}: the commit before has other data");
        named.push(commit);
    }
    let head = git(&root, &["rev-parse", "HEAD"]);
    assert!(named[0] != named[1] && !named.contains(&head), "{named:?} {head}");
}
