//! A file that is imported: its bytes, and its faults as `check` shows those of records.

use std::fs::File;
use std::io::{IsTerminal, Read};
use std::path::Path;

use anyhow::{Context as _, bail};

use crate::commands::common::session::Session;
use crate::load::workbook::{WorkbookError, sheet_csv};
use crate::load::{LARGEST, single_file};
use crate::model::is_workbook;
use crate::record::Faults;
use crate::render::{Findings, TextStyle, diagnostics_text, shown};

/// The bytes of a file that is read as a record is; at most one more than such a file may have.
pub fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let failed = || format!("cannot read {}", path.display());
    let mut bytes = Vec::new();
    File::open(path).with_context(failed)?.take(LARGEST + 1).read_to_end(&mut bytes).with_context(failed)?;
    Ok(bytes)
}

/// The beginning of a file. What comes from a pipe can be read only once: of that, nothing.
pub fn head(path: &Path) -> anyhow::Result<Vec<u8>> {
    let failed = || format!("cannot read {}", path.display());
    let mut bytes = Vec::new();
    if std::fs::metadata(path).with_context(failed)?.is_file() {
        File::open(path).with_context(failed)?.take(64 << 10).read_to_end(&mut bytes).with_context(failed)?;
    }
    Ok(bytes)
}

/// The longest workbook that is read.
const LARGEST_WORKBOOK: u64 = 32 << 20;

/// A sheet of the workbook at `path` as CSV, and the workbook itself.
pub struct Sheet {
    pub csv: Vec<u8>,
    pub workbook: Vec<u8>,
}

/// A sheet of the workbook at `path`; `None` if the file is not a workbook. `most` bounds the bytes of the CSV.
pub fn sheet(
    path: &Path,
    name: Option<&str>,
    delimiter: u8,
    most: usize,
) -> anyhow::Result<Option<Result<Sheet, WorkbookError>>> {
    let failed = || format!("cannot read {}", path.display());
    if !is_workbook(&head(path)?) {
        if name.is_some() {
            bail!("{} is not a workbook: omit --sheet", path.display());
        }
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let file = File::open(path).with_context(failed)?;
    file.take(LARGEST_WORKBOOK + 1).read_to_end(&mut bytes).with_context(failed)?;
    let is_whole = bytes.len() as u64 <= LARGEST_WORKBOOK;
    Ok(Some(if is_whole {
        sheet_csv(&bytes, name, delimiter, most).map(|csv| Sheet { csv, workbook: bytes })
    } else {
        Err(WorkbookError::File(LARGEST_WORKBOOK))
    }))
}

/// Why a workbook cannot be read, and what to do.
pub fn workbook_text(path: &Path, error: &WorkbookError) -> String {
    shown(&format!("{}: {error}; {}", path.display(), error.help()))
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
