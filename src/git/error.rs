//! Why a base revision cannot be read, and what to do about it.

/// A base revision cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    #[error("`git` does not start ({0}): install it, or add it to the PATH")]
    Missing(std::io::Error),
    #[error("{folder} is not in a git repository; omit `--base`, or run this in a clone")]
    NoRepository { folder: String },
    #[error("git does not allow reading this repository: {reason}")]
    Refused { reason: String },
    #[error("`{0}` is not a revision; use a branch, a tag or a commit, for example `--base origin/main`")]
    NoRevision(String),
    #[error("git does not know the base `{revision}` here: {help}")]
    Unknown { revision: String, help: String },
    #[error("`data` is {what} in `{revision}`, not a folder, and cannot be read")]
    NoFolder { revision: String, what: &'static str },
    #[error(
        "{folder} is a git repository within another one, which sees nothing of what changes in it: keep the records in \
         the outer one, and move the inner one's `.git` elsewhere"
    )]
    Within { folder: String },
    #[error("git cannot read the base: {reason}")]
    Failed { reason: String },
}

impl GitError {
    /// Git does not know a revision; what to do depends on how the repository was cloned.
    pub(super) fn unknown(revision: &str, is_shallow: bool) -> GitError {
        let fetch = match revision.split_once('/') {
            Some((remote, branch)) if !branch.is_empty() && !revision.contains(['~', '^', ':', '@']) => {
                format!("git fetch {remote} {branch}")
            }
            _ => "git fetch --all --tags".to_owned(),
        };
        let help = if is_shallow {
            format!(
                "this clone holds only the latest commits: run `git fetch --unshallow` and `{fetch}`, or set \
                 `fetch-depth: 0` in the checkout step of the workflow"
            )
        } else {
            format!(
                "correct the name, or run `{fetch}` first (in a workflow, set `fetch-depth: 0` in the checkout step)"
            )
        };
        GitError::Unknown { revision: revision.to_owned(), help }
    }
}
