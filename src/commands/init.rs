//! `heatpack init`: a new project, with all that a repository of records needs.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;

use crate::commands::common::options::Common;
use crate::disk::output;
use crate::commands::common::terminal;
use crate::git;
use crate::render::starter;
use crate::report::words::counted;

/// Start a new project: settings, folders, CI workflows, a hook, and editor settings
///
/// What is there already is kept as it is. All of it is text to be read and
/// changed; `heatpack check` passes and `heatpack build` works at once.
///
/// Example: heatpack init support-records
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Where; a folder that is not there yet is made
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Runs the command.
pub fn execute(common: &Common, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let start = common.directory.clone().unwrap_or_else(|| PathBuf::from("."));
    let root = start.join(arguments.folder.as_deref().unwrap_or(Path::new("")));
    let (mut written, mut kept) = (String::new(), Vec::new());
    for file in starter() {
        let path = root.join(&file.path);
        if !output::write_new(&path, file.text.as_bytes())? {
            kept.push(file.path);
            continue;
        }
        if file.executable {
            make_executable(&path)?;
        }
        written.push_str(&format!("{}\n", path.strip_prefix(".").unwrap_or(&path).display()));
    }
    if written.is_empty() {
        say!("everything was there already; nothing was written");
        return Ok(ExitCode::SUCCESS);
    }
    std::io::stdout().lock().write_all(written.as_bytes())?;
    say!(
        "\nwrote {} to {}",
        counted(written.lines().count(), "file"),
        root.canonicalize().unwrap_or_else(|_| root.clone()).display()
    );
    if !kept.is_empty() {
        say!("kept as they were: {}", kept.join(", "));
    }
    terminal::say_text(&next_steps(&root));
    Ok(ExitCode::SUCCESS)
}

/// What to do now.
fn next_steps(root: &Path) -> String {
    let is_in_git = root.canonicalize().is_ok_and(|root| root.ancestors().any(|folder| folder.join(".git").exists()));
    let folder = git::folder_in_repository(root);
    let hook = format!(
        "turn on the check before each commit, once in each clone: git config core.hooksPath {folder}.githooks"
    );
    let mut steps = Vec::new();
    if !is_in_git {
        steps.push("keep it in git: git init");
    }
    steps.extend([
        "write your own into data/subjects.yaml, data/staff.yaml and data/board.yaml; their comments show how",
        "look at data/heatpack.yaml: the names, deadlines and meetings, where yours differ",
        "see what it says, and what it makes: heatpack check, then heatpack build and open output/index.html",
        &hook,
        "on GitHub or GitLab: say in .heatpack/install.sh where CI gets heatpack, and in CODEOWNERS who approves what",
    ]);
    let below = format!(
        "this project is the folder {folder} of a repository: move .github, .gitlab-ci.yml and CODEOWNERS to the \
         repository's root, and put the folder before their paths"
    );
    if is_in_git && !folder.is_empty() {
        steps.push(&below);
    }
    let numbered = steps.iter().enumerate().map(|(index, step)| format!("  {}. {step}\n", index + 1));
    format!("\nwhat to do next:\n{}", numbered.collect::<String>())
}

/// Lets a program be run, where the system asks for that.
#[cfg(unix)]
fn make_executable(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let failed = || format!("cannot make {} a program", path.display());
    let mode = path.metadata().with_context(failed)?.permissions().mode();
    // Whoever may read it may run it.
    let permissions = std::fs::Permissions::from_mode(mode | ((mode & 0o444) >> 2));
    std::fs::set_permissions(path, permissions).with_context(failed)
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> anyhow::Result<()> {
    Ok(())
}
