//! A file that is imported: its bytes, and its faults as `check` shows those of records.

use std::fs::File;
use std::io::{IsTerminal, Read};
use std::path::Path;

use anyhow::Context as _;

use crate::commands::common::session::Session;
use crate::load::{LARGEST, single_file};
use crate::record::Faults;
use crate::render::{Findings, TextStyle, diagnostics_text};

/// The bytes of a file that is read as a record is; at most one more than such a file may have.
pub fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let failed = || format!("cannot read {}", path.display());
    let mut bytes = Vec::new();
    File::open(path).with_context(failed)?.take(LARGEST + 1).read_to_end(&mut bytes).with_context(failed)?;
    Ok(bytes)
}

/// The faults of a file that is not under `data/`, as `check` shows those of records.
pub fn faults_text(session: &Session, path: &Path, text: String, faults: Faults) -> String {
    let name = path.display().to_string();
    let project = single_file(&name, text, &name, faults);
    let diagnostics = project.faults.clone();
    diagnostics_text(&Findings::new(&project, session.as_of, diagnostics), style(session))
}

/// As `check` has it: frames on a terminal, a line each elsewhere.
fn style(session: &Session) -> TextStyle {
    let stderr = std::io::stderr();
    TextStyle { frames: stderr.is_terminal(), colors: session.colors(&stderr) }
}
