//! `init`: what it writes is a project that is checked and built at once, and CI steps that run as they stand.
//!
//! The steps are run by a shell in real repositories, so these tests need git and sh.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{Run, clock, files, run};
use heatpack::load::parse;
use heatpack::model::SCHEMAS;
use heatpack::record::{Faults, Node};
use serde_json::Value as Json;

const AS_OF: &str = "2026-11-18 10:00";

/// A new project, and what `init` said.
fn project() -> (tempfile::TempDir, Run) {
    let folder = tempfile::tempdir().expect("a folder");
    let run = run(folder.path(), &["init"]).ended(0);
    (folder, run)
}

#[test]
fn a_new_project_is_checked_and_built_at_once() {
    let (folder, init) = project();
    assert!(init.stderr.contains("next steps:") && init.stderr.contains("git init"), "{}", init.stderr);
    let mut said: Vec<&str> = init.stdout().lines().collect();
    said.sort_unstable();
    assert_eq!(said, files(folder.path()).keys().collect::<Vec<_>>());
    let check = run(folder.path(), &["check", "--as-of", AS_OF]).ended(0);
    assert_eq!(check.stdout(), format!("0 errors, 0 lapses in 0 tickets, 0 POCs and 0 CRs as of {AS_OF}\n"));
    run(folder.path(), &["build", "--as-of", AS_OF]).ended(0);
    let built = files(&folder.path().join("output"));
    assert!(built.contains_key("index.html") && built.keys().any(|name| name.ends_with(".pdf")), "{:?}", built.keys());
    run(folder.path(), &["pack", "monthly", "--as-of", AS_OF, "--format", "json"]).ended(0);
}

#[test]
fn a_second_init_changes_nothing_and_what_is_there_is_kept() {
    let (folder, _) = project();
    let before = files(folder.path());
    let again = run(folder.path(), &["init"]).ended(0);
    assert!(again.stderr.contains("nothing was written") && again.out.is_empty(), "{}", again.stderr);
    assert_eq!(files(folder.path()), before);
    // Elsewhere, where some of it stands already.
    let other = tempfile::tempdir().expect("a folder");
    let root = other.path().join("new/records");
    fs::create_dir_all(root.join("data")).expect("a folder");
    fs::write(root.join("README.md"), "ours\n").expect("a file");
    fs::write(root.join("data/heatpack.yaml"), "paper: a4\n").expect("a file");
    let init = run(other.path(), &["init", "new/records"]).ended(0);
    assert!(init.stderr.contains("unchanged: data/heatpack.yaml, README.md"), "{}", init.stderr);
    assert!(init.stdout().contains("new/records/data/board.yaml"), "{}", init.stdout());
    assert_eq!(fs::read_to_string(root.join("README.md")).expect("a file"), "ours\n");
    assert_eq!(fs::read_to_string(root.join("data/heatpack.yaml")).expect("a file"), "paper: a4\n");
    assert_eq!(files(&root).len(), before.len());
    // A file where a folder belongs: said, and not gone past.
    fs::write(other.path().join("taken"), "").expect("a file");
    let failed = run(other.path(), &["init", "taken"]).ended(2);
    assert!(failed.stderr.contains("cannot write"), "{}", failed.stderr);
}

#[test]
fn every_file_is_what_it_is_meant_for() {
    let (folder, _) = project();
    for (name, bytes) in files(folder.path()) {
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(text.is_empty() || text.ends_with('\n') && !text.contains('\r'), "{name}");
        if name.ends_with(".yaml") || name.ends_with(".yml") {
            let mut faults = Faults::default();
            assert!(parse(&text, &mut faults).is_some(), "{name}: {:?}", faults.list);
        }
        if name.ends_with(".json") {
            serde_json::from_str::<Json>(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.path().join(&name)).expect("a file").permissions().mode();
            assert_eq!(mode & 0o100 != 0, text.starts_with("#!"), "{name}");
        }
        if text.starts_with("#!/bin/sh") {
            let shell = Command::new("sh").arg("-n").arg(folder.path().join(&name)).status().expect("sh");
            assert!(shell.success(), "{name}");
        }
    }
}

/// A starter without the `#` before its examples; prose has a space after it.
fn uncommented(text: &str) -> String {
    let line = |line: &str| match line.strip_prefix('#') {
        Some(rest) if !rest.is_empty() && !rest.starts_with(' ') => format!("{rest}\n"),
        Some(rest) if rest.starts_with("  ") => format!("{rest}\n"),
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

#[test]
fn the_commented_settings_are_the_defaults_and_the_examples_are_valid() {
    let (folder, _) = project();
    let pack = |root: &Path| {
        let run = run(root, &["pack", "monthly", "--on", "2026-11-12", "--as-of", AS_OF, "--format", "json"]).ended(0);
        run.out
    };
    let settings = folder.path().join("data/heatpack.yaml");
    fs::write(&settings, "starts: 2024-10-01\n").expect("a file");
    let defaults = pack(folder.path());
    let (other, _) = project();
    let path = other.path().join("data/heatpack.yaml");
    let text = uncommented(&fs::read_to_string(&path).expect("a file"));
    fs::write(&path, &text).expect("a file");
    run(other.path(), &["check", "--as-of", AS_OF]).ended(0);
    assert_eq!(String::from_utf8_lossy(&pack(other.path())), String::from_utf8_lossy(&defaults));
    // Every setting that there is stands in the file.
    for field in heatpack::model::SettingsFile::FIELDS {
        assert!(text.lines().any(|line| line.starts_with(&format!("{field}:"))), "{field}");
    }
    for name in ["subjects", "staff", "board"] {
        let path = other.path().join(format!("data/{name}.yaml"));
        let text = fs::read_to_string(&path).expect("a file");
        let example = uncommented(&text);
        assert_ne!(example, text);
        fs::write(&path, example).expect("a file");
    }
    let check = run(other.path(), &["check", "--as-of", AS_OF]).ended(0);
    assert!(check.stdout().contains("subject-without-poc"), "{}", check.stdout());
    assert!(check.stdout().contains("0 errors, 1 lapse "), "{}", check.stdout());
}

#[test]
fn editors_find_a_schema_for_every_kind_of_record() {
    let (folder, _) = project();
    let settings = fs::read_to_string(folder.path().join(".vscode/settings.json")).expect("a file");
    let settings: Json = serde_json::from_str(&settings).expect("JSON");
    let schemas = settings["yaml.schemas"].as_object().expect("schemas");
    assert_eq!(schemas.len(), SCHEMAS.len());
    for kind in &SCHEMAS {
        let (path, files) =
            schemas.iter().find(|(path, _)| path.ends_with(&format!("/{}.schema.json", kind.name))).expect(kind.name);
        assert_eq!(files, kind.files);
        let written = fs::read(folder.path().join(path)).expect("a schema");
        assert_eq!(written, run(folder.path(), &["schema", kind.name]).ended(0).out, "{path}");
    }
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("a file")
}

/// The `run` steps of a job of the GitHub workflow.
fn github_steps(workflow: &str, job: &str) -> Vec<String> {
    let mut faults = Faults::default();
    let node = parse(workflow, &mut faults).expect("YAML");
    let steps = node.get("jobs").and_then(|jobs| jobs.get(job)).and_then(|job| job.get("steps")).expect("steps");
    let steps = steps.items().iter().filter_map(|step| step.get("run").and_then(Node::text).map(str::to_owned));
    steps.collect()
}

/// The script of a job of the GitLab pipeline, with what precedes every job.
fn gitlab_script(pipeline: &str, job: &str) -> String {
    let mut faults = Faults::default();
    let node = parse(pipeline, &mut faults).expect("YAML");
    let before = node.get("default").and_then(|all| all.get("before_script")).expect("a script");
    let own = node.get(job).and_then(|job| job.get("script")).expect("a script");
    let lines = before.items().iter().chain(own.items()).filter_map(Node::text);
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn no_text_of_a_pull_request_gets_into_a_command() {
    let (folder, _) = project();
    let workflow = read(folder.path(), ".github/workflows/heatpack.yml");
    for job in ["check", "packs", "conflicts"] {
        let steps = github_steps(&workflow, job);
        assert!(!steps.is_empty(), "{steps:?}");
        assert!(steps.iter().all(|step| !step.contains("${{")), "{steps:?}");
    }
    assert!(workflow.contains("\npermissions: {}\n") && !workflow.contains(": write"), "{workflow}");
    assert!(!workflow.contains("pull_request_target"), "{workflow}");
    // Actions are named by what cannot be moved.
    for uses in workflow.lines().filter_map(|line| line.split_once("uses: ")) {
        let hash = uses.1.split_once('@').and_then(|(_, hash)| hash.split(' ').next()).expect("a hash");
        assert!(hash.len() == 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{}", uses.1);
    }
}

/// A repository of a new project with a first commit on `main`.
struct Repository {
    folder: tempfile::TempDir,
    bin: tempfile::TempDir,
}

impl Repository {
    fn empty() -> Repository {
        let folder = tempfile::tempdir().expect("a folder");
        let bin = tempfile::tempdir().expect("a folder");
        #[cfg(unix)]
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_heatpack"), bin.path().join("heatpack")).expect("a link");
        let repository = Repository { folder, bin };
        repository.git(&["init", "--quiet", "--initial-branch", "main"]);
        repository
    }

    fn new() -> Repository {
        let repository = Repository::empty();
        run(repository.root(), &["init"]).ended(0);
        let subjects = "- {id: scorecard, name: Scorecard, kind: module}\n";
        fs::write(repository.root().join("data/subjects.yaml"), subjects).expect("a file");
        repository.commit("Begin");
        repository
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn git(&self, arguments: &[&str]) -> String {
        let output = self.command("git").args(arguments).output().expect("git, which this test needs");
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    /// A program with the binary first on its path, and nothing of the tester's own settings.
    fn command(&self, program: &str) -> Command {
        let paths = std::env::var_os("PATH").unwrap_or_default();
        let paths = std::iter::once(self.bin.path().to_owned()).chain(std::env::split_paths(&paths));
        let path = std::env::join_paths(paths).expect("a path");
        let mut command = Command::new(program);
        command.env_clear().envs(clock()).current_dir(self.root()).env("PATH", path).env("HOME", self.bin.path());
        for (name, value) in [
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_AUTHOR_NAME", "Clerk"),
            ("GIT_AUTHOR_EMAIL", "clerk@example.org"),
            ("GIT_COMMITTER_NAME", "Clerk"),
            ("GIT_COMMITTER_EMAIL", "clerk@example.org"),
            ("GIT_AUTHOR_DATE", "2026-11-18T15:00:00Z"),
            ("GIT_COMMITTER_DATE", "2026-11-18T15:00:00Z"),
            // 10:00 in New York, whatever the clock: by a slow one the records would lie in the future.
            ("SOURCE_DATE_EPOCH", "1795014000"),
        ] {
            command.env(name, value);
        }
        command
    }

    /// Runs a step as CI does.
    fn step(&self, script: &str, environment: &[(&str, &str)]) -> Run {
        let mut command = self.command("sh");
        command.args(["-ec", script]).envs(environment.iter().copied());
        command.output().expect("sh, which this test needs").into()
    }
}

#[test]
#[cfg(unix)]
fn the_packs_of_a_commit_can_be_made_again() {
    let repository = Repository::new();
    let steps = github_steps(&read(repository.root(), ".github/workflows/heatpack.yml"), "packs");
    for step in &steps {
        repository.step(step, &[]).ended(0);
    }
    let first = files(&repository.root().join("output"));
    let commit = repository.git(&["rev-parse", "HEAD"]);
    let page = String::from_utf8_lossy(first.get("index.html").expect("the site")).into_owned();
    assert!(page.contains("Nov 18, 2026"), "as of the commit's time");
    let named = first.values().any(|bytes| String::from_utf8_lossy(bytes).contains(&commit[..7]));
    assert!(named, "the packs name the commit {commit}");
    fs::remove_dir_all(repository.root().join("output")).expect("the folder");
    repository.step(&gitlab_script(&read(repository.root(), ".gitlab-ci.yml"), "packs"), &[]).ended(0);
    assert_eq!(files(&repository.root().join("output")), first);
    // What is made is none of the records.
    assert_eq!(repository.git(&["status", "--porcelain"]), "");
}

#[test]
#[cfg(unix)]
fn the_hook_lets_no_error_into_a_commit() {
    let repository = Repository::new();
    repository.git(&["config", "core.hooksPath", ".githooks"]);
    fs::write(repository.root().join("data/staff.yaml"), "- {id: kim, name: Kim, office: nowhere}\n").expect("a file");
    // What does not change the records is none of the hook's business.
    fs::write(repository.root().join("notes.txt"), "Words.\n").expect("a file");
    repository.git(&["add", "notes.txt"]);
    repository.git(&["commit", "--quiet", "--message", "Notes"]);
    repository.git(&["add", "--all"]);
    let refused = repository.command("git").args(["commit", "--message", "Kim"]).output().expect("git");
    assert!(!refused.status.success());
    let said = format!("{}{}", String::from_utf8_lossy(&refused.stdout), String::from_utf8_lossy(&refused.stderr));
    assert!(said.contains("error[invalid-value]"), "{said}");
    fs::write(repository.root().join("data/staff.yaml"), "- {id: kim, name: Kim, office: nitc}\n").expect("a file");
    repository.commit("Kim");
}

/// A repository whose folder `desk` holds the project, as `init` says to turn its hook on.
#[cfg(unix)]
fn desk() -> Repository {
    let repository = Repository::empty();
    let init = run(repository.root(), &["init", "desk"]).ended(0);
    assert!(init.stderr.contains("git config core.hooksPath desk/.githooks"), "{}", init.stderr);
    let desk = repository.root().join("desk");
    fs::write(desk.join("data/subjects.yaml"), "- {id: scorecard, name: Scorecard, kind: module}\n").expect("a file");
    fs::write(desk.join("data/staff.yaml"), "- {id: kim, name: Kim Specimen, office: help-desk}\n").expect("a file");
    fs::create_dir_all(desk.join("data/tickets/2026")).expect("a folder");
    repository.git(&["config", "core.hooksPath", "desk/.githooks"]);
    fs::write(desk.join("data/pocs/jrivera.yaml"), POC).expect("a file");
    let log = "log:\n  - {at: 2026-11-18 09:30, event: follow-up, by: kim}\n";
    fs::write(desk.join("data/tickets/2026/HEAT-10423.yaml"), TICKET.replace("log: []\n", log)).expect("a file");
    // The first commit has nothing before it to be compared with.
    repository.commit("Begin");
    repository
}

#[test]
#[cfg(unix)]
fn the_hook_finds_its_project_in_a_subfolder() {
    let repository = desk();
    let desk = repository.root().join("desk");
    let commit = |from: &Path| {
        let commit =
            repository.command("git").args(["commit", "--all", "--message", "Edit"]).current_dir(from).output();
        let commit = commit.expect("git");
        (commit.status.success(), String::from_utf8_lossy(&commit.stderr).into_owned())
    };
    // Another folder's records are none of its business.
    fs::create_dir_all(repository.root().join("data")).expect("a folder");
    fs::write(repository.root().join("data/staff.yaml"), "no: list\n").expect("a file");
    repository.commit("Elsewhere");
    let staff = fs::read_to_string(desk.join("data/staff.yaml")).expect("a file");
    fs::write(desk.join("data/staff.yaml"), staff.replace("help-desk", "nowhere")).expect("a file");
    for from in [repository.root(), &desk, &desk.join("data/pocs")] {
        let (done, said) = commit(from);
        assert!(!done && said.contains("error[invalid-value]"), "{}: {said}", from.display());
    }
    fs::write(desk.join("data/staff.yaml"), staff).expect("a file");
    // Against the last commit history cannot be rewritten; of lapses, which keep no commit back, nothing is said.
    let ticket = desk.join("data/tickets/2026/HEAT-10423.yaml");
    let text = fs::read_to_string(&ticket).expect("a file");
    fs::write(&ticket, text.replace("09:30", "09:45")).expect("a file");
    let (done, said) = commit(repository.root());
    assert!(!done && said.contains("error[history-rewritten]") && !said.contains("lapse["), "{said}");
    fs::write(&ticket, format!("{text}  - {{at: 2026-11-18 09:50, event: forwarded, by: kim}}\n")).expect("a file");
    let (done, said) = commit(repository.root());
    assert!(done && said.contains("0 errors") && !said.contains("lapse["), "{said}");
    // Where it lies in no project it lets nothing pass unseen.
    fs::rename(desk.join("data/heatpack.yaml"), desk.join("data/settings")).expect("moved");
    let (done, said) = commit(repository.root());
    assert!(!done && said.contains("no data/heatpack.yaml"), "{said}");
}

#[test]
#[cfg(unix)]
fn the_hook_judges_no_merge_by_one_of_its_sides() {
    let repository = desk();
    let notes = repository.root().join("notes.txt");
    fs::write(&notes, "Ours.\n").expect("a file");
    repository.git(&["checkout", "--quiet", "-b", "edit"]);
    // The other branch has its own check, which let this pass.
    fs::remove_file(repository.root().join("desk/data/tickets/2026/HEAT-10423.yaml")).expect("a file");
    fs::write(&notes, "Theirs.\n").expect("a file");
    repository.git(&["add", "--all"]);
    repository.git(&["commit", "--quiet", "--no-verify", "--message", "Theirs"]);
    repository.git(&["checkout", "--quiet", "main"]);
    fs::write(&notes, "Ours.\n").expect("a file");
    repository.commit("Ours");
    let merge = repository.command("git").args(["merge", "--quiet", "edit"]).output().expect("git");
    assert!(!merge.status.success(), "both wrote notes.txt");
    fs::write(&notes, "Both.\n").expect("a file");
    repository.commit("Merge");
}

/// A branch that is in conflict with `main`: both added an entry at the end of a ticket's log.
#[cfg(unix)]
fn in_conflict() -> Repository {
    let repository = Repository::new();
    let ticket = repository.root().join("data/tickets/2026/HEAT-10423.yaml");
    fs::create_dir_all(ticket.parent().expect("a folder")).expect("a folder");
    fs::write(repository.root().join("data/pocs/jrivera.yaml"), POC).expect("a file");
    fs::write(repository.root().join("data/staff.yaml"), "- {id: kim, name: Kim, office: help-desk}\n")
        .expect("a file");
    let with = |entries: &[(&str, &str)]| {
        let entries =
            entries.iter().map(|(at, event)| format!("  - {{at: 2026-11-18 {at}, event: {event}, by: kim}}\n"));
        fs::write(&ticket, TICKET.replace("log: []\n", &format!("log:\n{}", entries.collect::<String>())))
            .expect("a file");
    };
    with(&[("09:20", "follow-up")]);
    repository.commit("A ticket");
    repository.git(&["checkout", "--quiet", "-b", "edit"]);
    with(&[("09:20", "follow-up"), ("09:30", "forwarded")]);
    repository.commit("Ours");
    repository.git(&["checkout", "--quiet", "main"]);
    with(&[("09:20", "follow-up"), ("09:25", "forwarded")]);
    repository.commit("Theirs");
    repository.git(&["checkout", "--quiet", "edit"]);
    repository
}

#[test]
#[cfg(unix)]
fn a_branch_in_conflict_is_told_what_to_do() {
    let repository = in_conflict();
    let steps = github_steps(&read(repository.root(), ".github/workflows/heatpack.yml"), "conflicts");
    for (branch, status) in [("edit", 1), ("main", 0)] {
        let copy = fetched(&repository, branch, "0");
        let run = copy.step(&steps.join("\n"), &[]).ended(status);
        assert_eq!(run.stdout().contains("::error::This branch is in conflict"), status == 1, "{}", run.stdout());
        let script = gitlab_script(&read(copy.root(), ".gitlab-ci.yml"), "check");
        let base = repository.git(&["rev-parse", "main"]);
        let target =
            [("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"), ("CI_MERGE_REQUEST_DIFF_BASE_SHA", base.as_str())];
        let run = copy.step(&script, &target).ended(status);
        assert_eq!(run.stdout().contains("then heatpack resolve"), status == 1, "{}", run.stdout());
    }
}

#[test]
#[cfg(unix)]
fn a_merge_that_breaks_a_rule_is_not_committed() {
    let repository = Repository::new();
    repository.git(&["config", "core.hooksPath", ".githooks"]);
    let poc = |id: &str| repository.root().join(format!("data/pocs/{id}.yaml"));
    // Either is right alone: a module has one primary POC at a time.
    repository.git(&["checkout", "--quiet", "-b", "edit"]);
    fs::write(poc("ksample"), POC.replace("jrivera", "ksample")).expect("a file");
    repository.commit("Ours");
    repository.git(&["checkout", "--quiet", "main"]);
    fs::write(poc("jrivera"), POC).expect("a file");
    repository.commit("Theirs");
    let merge = repository.command("git").args(["merge", "--no-edit", "edit"]).output().expect("git");
    let said = format!("{}{}", String::from_utf8_lossy(&merge.stdout), String::from_utf8_lossy(&merge.stderr));
    assert!(!merge.status.success() && said.contains("error[primary-overlap]"), "{said}");
    fs::write(poc("ksample"), POC.replace("jrivera", "ksample").replace("primary", "backup")).expect("a file");
    repository.commit("Merge");
    assert_eq!(repository.git(&["log", "-1", "--format=%s"]), "Merge");
}

/// Runs the script that fetches heatpack in CI, which runs on Linux, where there is none, with these lines changed, and these programs on the
/// path beside those that it needs.
#[cfg(target_os = "linux")]
fn install(root: &Path, filled_in: &[(&str, &str)], programs: &[(&str, &str)]) -> Run {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let mut script = fs::read_to_string(root.join(".heatpack/install.sh")).expect("the script");
    for (name, value) in filled_in {
        let line = format!("\n{name}=\"\"\n");
        assert!(script.contains(&line), "{name}");
        script = script.replacen(&line, &format!("\n{name}=\"{value}\"\n"), 1);
    }
    fs::write(root.join(".heatpack/install.sh"), script).expect("a file");
    let tools = tempfile::tempdir().expect("a folder");
    for tool in ["dirname", "mkdir", "sh", "cp", "mv", "rm", "chmod", "sha256sum"] {
        let found = ["/usr/bin", "/bin"].iter().map(|folder| Path::new(folder).join(tool)).find(|tool| tool.exists());
        symlink(found.expect(tool), tools.path().join(tool)).expect("a link");
    }
    for (name, text) in programs {
        let file = tools.path().join(name);
        fs::write(&file, format!("#!/bin/sh\n{text}\n")).expect("a file");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("a program");
    }
    let mut command = Command::new("/bin/sh");
    command.arg(".heatpack/install.sh").current_dir(root).env_clear().env("PATH", tools.path());
    command.env("GITHUB_PATH", root.join("path")).output().expect("sh, which this test needs").into()
}

#[test]
#[cfg(target_os = "linux")]
fn ci_says_where_heatpack_has_to_come_from() {
    let (folder, _) = project();
    let run = install(folder.path(), &[], &[]).ended(2);
    assert!(run.stderr.contains("set the source of heatpack in .heatpack/install.sh"), "{}", run.stderr);
}

/// Stands for curl: what it fetches says that it is heatpack.
#[cfg(target_os = "linux")]
const CURL: &str = r#"while [ "$1" != --output ]; do shift; done; printf '#!/bin/sh\necho fetched heatpack\n' > "$2""#;

#[test]
#[cfg(target_os = "linux")]
fn a_binary_is_run_only_if_it_is_the_one_that_was_meant() {
    use sha2::{Digest, Sha256};
    let sha256 = Sha256::digest("#!/bin/sh\necho fetched heatpack\n");
    let sha256: String = sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    let address = "https://example.org/heatpack";
    let (folder, _) = project();
    let run = install(folder.path(), &[("binary", address), ("sha256", &sha256)], &[("curl", CURL)]).ended(0);
    assert_eq!(run.stdout(), "fetched heatpack\n");
    assert!(read(folder.path(), "path").ends_with("/.heatpack/bin\n"));
    // It is there now, and is not fetched again.
    install(folder.path(), &[], &[("curl", "exit 9")]).ended(0);
    let (folder, _) = project();
    let run = install(folder.path(), &[("binary", address), ("sha256", &sha256.replace('1', "2"))], &[("curl", CURL)]);
    assert!(run.status != 0 && !run.stdout().contains("heatpack\n"), "{}", run.stdout());
    assert!(!folder.path().join(".heatpack/bin/heatpack").exists());
    // A changed file in the cache is not run either, but fetched again.
    let (folder, _) = project();
    fs::create_dir_all(folder.path().join(".heatpack/bin")).expect("a folder");
    let planted = folder.path().join(".heatpack/bin/heatpack");
    fs::write(&planted, "#!/bin/sh\necho 0 errors\n").expect("a file");
    let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(&planted, executable).expect("a program");
    let run = install(folder.path(), &[("binary", address), ("sha256", &sha256)], &[("curl", CURL)]).ended(0);
    assert_eq!(run.stdout(), "fetched heatpack\n");
}

#[test]
#[cfg(target_os = "linux")]
fn from_source_it_is_the_commit_that_was_named() {
    let (folder, _) = project();
    let cargo = r#"echo "$*"; mkdir -p .heatpack/bin; cp "$(dirname "$0")/own" .heatpack/bin/heatpack"#;
    let filled_in = [("repository", "https://example.org/heatpack.git"), ("commit", "0123abc")];
    let run = install(folder.path(), &filled_in, &[("cargo", cargo), ("own", "echo built heatpack")]).ended(0);
    let root = folder.path().canonicalize().expect("a folder").join(".heatpack");
    let expected = format!(
        "install --locked --git https://example.org/heatpack.git --rev 0123abc --root {} heatpack\nbuilt heatpack\n",
        root.display()
    );
    assert_eq!(run.stdout(), expected);
}

#[test]
fn the_hook_of_the_pre_commit_framework_runs_check() {
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(".pre-commit-hooks.yaml")).expect("the file");
    let mut faults = Faults::default();
    let hooks = parse(&text, &mut faults).expect("YAML");
    let hook: BTreeMap<&str, &str> = ["id", "entry", "language", "files", "pass_filenames"]
        .into_iter()
        .map(|key| (key, hooks.items()[0].get(key).and_then(Node::text).expect(key)))
        .collect();
    assert_eq!((hook["entry"], hook["pass_filenames"], hook["files"]), ("heatpack check", "false", "^data/"));
}

const POC: &str = "id: jrivera\nname: Jordan Rivera\nphone: 202-555-0104\ndesignations:\n  \
                   - {subject: scorecard, role: primary, from: 2026-01-05}\n";
const TICKET: &str = "id: HEAT-10423\ntitle: $(touch pwned) `touch pwned`\nsubject: scorecard\nkind: issue\n\
                      area: functional\npoc: jrivera\nreceived: 2026-11-18 09:14\nvia: [phone]\n\
                      description: Exporting omits Q4.\nlog: []\n";

/// The repository with a change on a branch of a hostile name, and merged into `main` as GitHub does it; gives the
/// commit that the change is judged against.
#[cfg(unix)]
fn change(repository: &Repository, make: impl FnOnce(&Path)) -> String {
    let base = repository.git(&["rev-parse", "HEAD"]);
    let branch = "x;touch${IFS}pwned";
    repository.git(&["checkout", "--quiet", "-b", branch]);
    make(repository.root());
    repository.commit("$(touch pwned) `touch pwned`");
    repository.git(&["checkout", "--quiet", "-b", "merged", "main"]);
    repository.git(&["merge", "--quiet", "--no-ff", "--message", "Merge", branch]);
    base
}

/// A copy as a CI service fetches it: this branch, and so many commits of it.
#[cfg(unix)]
fn fetched(repository: &Repository, branch: &str, depth: &str) -> Repository {
    let folder = tempfile::tempdir().expect("a folder");
    let address = format!("file://{}", repository.root().display());
    let depth: &[&str] = if depth == "0" { &[] } else { &["--depth", depth] };
    let to = folder.path().to_str().expect("UTF-8");
    repository.git(&[&["clone", "--quiet", "--branch", branch], depth, &[&address, to]].concat());
    let bin = tempfile::tempdir().expect("a folder");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_heatpack"), bin.path().join("heatpack")).expect("a link");
    Repository { folder, bin }
}

/// Runs the steps of a pull request on GitHub; gives the exit statuses, all that was said, and the summary.
#[cfg(unix)]
fn on_github(repository: &Repository) -> (Vec<i32>, String, String) {
    let copy = fetched(repository, "merged", "2");
    let summary = copy.bin.path().join("summary.md");
    let environment = [("GITHUB_STEP_SUMMARY", summary.to_str().expect("UTF-8"))];
    let (mut ended, mut said) = (Vec::new(), String::new());
    for step in github_steps(&read(copy.root(), ".github/workflows/heatpack.yml"), "check") {
        let run = copy.step(&step, &environment);
        ended.push(run.status);
        said.push_str(run.stdout());
        said.push_str(&run.stderr);
    }
    assert!(!copy.root().join("pwned").exists());
    (ended, said, fs::read_to_string(summary).expect("a summary"))
}

#[test]
#[cfg(unix)]
fn a_pull_request_is_checked_and_its_meaning_is_said() {
    let repository = Repository::new();
    change(&repository, |root| {
        fs::write(root.join("data/pocs/jrivera.yaml"), POC).expect("a file");
        fs::create_dir_all(root.join("data/tickets/2026")).expect("a folder");
        fs::write(root.join("data/tickets/2026/HEAT-10423.yaml"), TICKET).expect("a file");
    });
    let (ended, said, summary) = on_github(&repository);
    assert_eq!(ended, [0, 0, 0], "{said}");
    assert!(summary.contains("HEAT-10423"), "{summary}");
}

#[test]
#[cfg(unix)]
fn a_pull_request_that_takes_a_record_away_is_refused() {
    let repository = Repository::new();
    fs::write(repository.root().join("data/pocs/jrivera.yaml"), POC).expect("a file");
    repository.commit("A POC");
    let base = change(&repository, |root| {
        fs::remove_file(root.join("data/pocs/jrivera.yaml")).expect("a file");
    });
    let (ended, said, summary) = on_github(&repository);
    assert_eq!(ended[..2], [0, 1], "{said}");
    assert!(said.contains("::error ") && said.contains("record-deleted"), "{said}");
    assert!(summary.contains("record-deleted"), "{summary}");
    // On GitLab the branch itself is fetched, and its base is told.
    let copy = fetched(&repository, "x;touch${IFS}pwned", "0");
    let script = gitlab_script(&read(copy.root(), ".gitlab-ci.yml"), "check");
    let run = copy.step(&script, &[("CI_MERGE_REQUEST_DIFF_BASE_SHA", &base)]);
    assert_eq!(run.status, 1, "{}{}", run.stdout(), run.stderr);
    assert!(run.stdout().contains("error[record-deleted]"), "{}", run.stdout());
    assert!(read(copy.root(), "check.xml").contains("record-deleted"));
    assert!(read(copy.root(), "review.md").contains("record-deleted"));
    assert!(!copy.root().join("pwned").exists());
}

/// In a merged results pipeline GitLab checks out the merge, and gives both the commit from which the branch began and
/// the target's own.
#[test]
#[cfg(unix)]
fn on_gitlab_nothing_that_the_target_has_is_part_of_the_merge_request() {
    let repository = Repository::new();
    let root = repository.root();
    fs::write(root.join("data/pocs/jrivera.yaml"), POC).expect("a file");
    repository.commit("A POC");
    let began = repository.git(&["rev-parse", "HEAD"]);
    repository.git(&["checkout", "--quiet", "-b", "edit"]);
    fs::create_dir_all(root.join("data/tickets/2026")).expect("a folder");
    fs::write(root.join("data/tickets/2026/HEAT-10423.yaml"), TICKET.replace("jrivera", "ksample")).expect("a file");
    fs::write(root.join("data/pocs/ksample.yaml"), POC.replace("jrivera", "ksample").replace("primary", "backup"))
        .expect("a file");
    repository.commit("A ticket and its POC");
    // Meanwhile the target took a POC away: an error, if it were the merge request's doing.
    repository.git(&["checkout", "--quiet", "main"]);
    fs::remove_file(root.join("data/pocs/jrivera.yaml")).expect("a file");
    repository.commit("No POC");
    let target = repository.git(&["rev-parse", "HEAD"]);
    repository.git(&["checkout", "--quiet", "-b", "merged"]);
    repository.git(&["merge", "--quiet", "--no-ff", "--message", "Merge", "edit"]);
    let script = gitlab_script(&read(root, ".gitlab-ci.yml"), "check");
    let check = |branch: &str, target: &str| {
        let copy = fetched(&repository, branch, "0");
        let base = ("CI_MERGE_REQUEST_DIFF_BASE_SHA", began.as_str());
        let run = copy.step(&script, &[base, ("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", target)]);
        (run.status, read(copy.root(), "review.md"))
    };
    let (status, review) = check("merged", &target);
    assert_eq!(status, 0, "{review}");
    assert!(review.contains("HEAT-10423") && !review.contains("record-deleted"), "{review}");
    // The other kind of pipeline checks out the branch, and gives no commit of the target.
    let (status, review) = check("edit", "");
    assert_eq!(status, 0, "{review}");
    assert!(review.contains("HEAT-10423"), "{review}");
    // The target's own doing is found where it is compared with what was before.
    assert_eq!(check("merged", &began).0, 1);
}

#[test]
#[cfg(unix)]
fn a_site_that_ci_kept_is_the_one_that_it_would_make() {
    let repository = Repository::new();
    let workflow = read(repository.root(), ".github/workflows/heatpack.yml");
    let steps = github_steps(&workflow, "packs");
    let pipeline = read(repository.root(), ".gitlab-ci.yml");
    // Both templates keep the site between runs.
    assert!(workflow.contains("path: output\n          key: packs-"), "{workflow}");
    assert!(pipeline.contains("- key: packs\n      paths: [output]"), "{pipeline}");
    let built = |copy: &Repository| {
        steps.iter().for_each(|step| drop(copy.step(step, &[]).ended(0)));
        let mut site = files(&copy.root().join("output"));
        site.retain(|name, _| !name.starts_with('.'));
        site
    };
    let kept = fetched(&repository, "main", "0");
    built(&kept);
    let root = repository.root();
    fs::write(root.join("data/pocs/jrivera.yaml"), POC).expect("a file");
    repository.commit("A POC");
    fs::create_dir_all(root.join("data/tickets/2026")).expect("a folder");
    fs::write(root.join("data/tickets/2026/HEAT-10423.yaml"), TICKET).expect("a file");
    repository.commit("A ticket");
    kept.git(&["pull", "--quiet", "--ff-only"]);
    assert!(built(&kept) == built(&fetched(&repository, "main", "0")));
}
