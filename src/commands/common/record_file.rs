//! Reads the file of a record before an edit.

use anyhow::Context as _;

use super::session::Session;

/// The file at `path` from the project's root: its bytes, for the check that no other program changed it, and its text.
pub fn read_record(session: &Session, path: &str) -> anyhow::Result<(Vec<u8>, String)> {
    let bytes = std::fs::read(session.root.join(path)).with_context(|| format!("cannot read {path}"))?;
    let text = std::str::from_utf8(&bytes).with_context(|| format!("{path} is not UTF-8"))?.to_owned();
    Ok((bytes, text))
}
