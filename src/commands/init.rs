//! `heatpack init`: a new project with everything that a repository of records needs.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;

use crate::commands::common::options::Common;
use crate::commands::common::terminal;
use crate::disk::output;
use crate::git;
use crate::render::starter;
use crate::report::words::counted;

/// Create a project with settings, folders and CI files
///
/// Never overwrites a file. `heatpack check` and `heatpack build` work in the new project at once.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  heatpack init support-records")]
pub struct Arguments {
    /// Folder of the project, created if missing
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
        say!("every file exists already; nothing was written");
        return Ok(ExitCode::SUCCESS);
    }
    std::io::stdout().lock().write_all(written.as_bytes())?;
    say!(
        "\nwrote {} to {}",
        counted(written.lines().count(), "file"),
        root.canonicalize().unwrap_or_else(|_| root.clone()).display()
    );
    if !kept.is_empty() {
        say!("unchanged: {}", kept.join(", "));
    }
    terminal::say_text(&next_steps(&root));
    Ok(ExitCode::SUCCESS)
}

/// The step that has git join two edits of one record.
const MERGES: &str = "join two edits of one record in a merge, once in each clone: git config merge.heatpack.driver \
                      'heatpack merge-driver %O %A %B %P'";

/// The next steps.
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
        "enter your own data in data/subjects.yaml, data/staff.yaml and data/board.yaml; their comments show how",
        "review the names, deadlines and meetings in data/heatpack.yaml",
        "check and build: heatpack check, then heatpack build, and open output/index.html",
        &hook,
        MERGES,
        "on GitHub or GitLab: set the source of heatpack in .heatpack/install.sh, and the reviewers in CODEOWNERS",
    ]);
    let below = format!(
        "this project is the folder {folder} of a repository: move .github, .gitlab-ci.yml and CODEOWNERS to the \
         repository's root, and put the folder before their paths"
    );
    if is_in_git && !folder.is_empty() {
        steps.push(&below);
    }
    let numbered = steps.iter().enumerate().map(|(index, step)| format!("  {}. {step}\n", index + 1));
    format!("\nnext steps:\n{}", numbered.collect::<String>())
}

/// Lets a program be run, where the system asks for that.
#[cfg(unix)]
fn make_executable(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let failed = || format!("cannot make {} executable", path.display());
    let mode = path.metadata().with_context(failed)?.permissions().mode();
    // Every user who can read it can run it.
    let permissions = std::fs::Permissions::from_mode(mode | ((mode & 0o444) >> 2));
    std::fs::set_permissions(path, permissions).with_context(failed)
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> anyhow::Result<()> {
    Ok(())
}
