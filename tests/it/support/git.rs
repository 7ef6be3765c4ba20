//! Git repositories for tests, made with real git and nothing of the tester's configuration.

use std::path::Path;
use std::process::{Command, Output};

/// When commits are made that say nothing else: an hour before the weekly meeting of November 18, 2026.
pub const COMMITTED: &str = "2026-11-18T09:00:00-05:00";

/// Runs git in a folder, at that date.
pub fn try_git(folder: &Path, date: &str, arguments: &[&str]) -> Output {
    let mut git = Command::new("git");
    git.env_clear().current_dir(folder);
    if let Some(path) = std::env::var_os("PATH") {
        git.env("PATH", path);
    }
    git.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
    git.envs([("GIT_AUTHOR_DATE", date), ("GIT_COMMITTER_DATE", date)]);
    git.args(["-c", "user.name=Taylor Nominal", "-c", "user.email=tnominal@example.org"]);
    git.args(["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", "-c", "commit.gpgSign=false"]);
    git.args(arguments).output().unwrap_or_else(|error| panic!("these tests need git, which does not start: {error}"))
}

/// Runs git in a folder; it has to end well. Gives what it writes.
#[track_caller]
pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = try_git(folder, COMMITTED, arguments);
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Makes a repository of a folder, or commits what changed in it; gives the commit's hash.
#[track_caller]
pub fn commit(folder: &Path) -> String {
    commit_on(folder, COMMITTED)
}

/// The same, at another date.
#[track_caller]
pub fn commit_on(folder: &Path, date: &str) -> String {
    if !folder.join(".git").exists() {
        git(folder, &["init", "--quiet"]);
    }
    git(folder, &["add", "--all", "--force"]);
    let output = try_git(folder, date, &["commit", "--quiet", "--allow-empty", "--no-verify", "--message", "Records"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    git(folder, &["rev-parse", "HEAD"])
}
