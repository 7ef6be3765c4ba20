//! The baseline of `heatpack check`: its file.

use std::io::Write;
use std::path::Path;

use anyhow::Context;

use crate::render::{Baseline, Findings};

/// Reads a baseline.
pub fn read(file: &Path) -> anyhow::Result<Baseline> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Baseline::parse(&text).with_context(|| format!("{} is no baseline", file.display()))
}

/// Writes a baseline of everything that was found: whole, or not at all. One that would not change is not
/// touched.
pub fn write(file: &Path, findings: &Findings) -> anyhow::Result<()> {
    let baseline = Baseline::of(findings);
    let text = baseline.to_text();
    if std::fs::read_to_string(file).is_ok_and(|old| old == text) {
        return Ok(());
    }
    replace(file, &text).with_context(|| format!("cannot write {}", file.display()))?;
    eprintln!("heatpack: {} written to {}", baseline.len(), file.display());
    Ok(())
}

fn replace(file: &Path, text: &str) -> std::io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut temporary = new_file().tempfile_in(folder)?;
    temporary.write_all(text.as_bytes())?;
    temporary.as_file().sync_all()?;
    temporary.persist(file)?;
    // The new name is on the disk once the folder is, where a folder can be opened at all.
    std::fs::File::open(folder).map_or(Ok(()), |folder| folder.sync_all())
}

/// A file with the permissions that any new file has; temporary ones are otherwise their owner's alone.
fn new_file() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}
