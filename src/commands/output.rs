//! Writes files whole or not at all: to a temporary neighbour that is synced and renamed.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::Context as _;

/// Writes `bytes` to `path`, making folders as needed. A file that holds just these bytes is not touched; gives
/// whether it was.
pub fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<bool> {
    if is_same(path, bytes) {
        return Ok(false);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed = || format!("cannot write {}", path.display());
    fs::create_dir_all(folder).with_context(failed)?;
    let mut file = tempfile::Builder::new().prefix(".heatpack-").tempfile_in(folder).with_context(failed)?;
    file.write_all(bytes).with_context(failed)?;
    allow_reading(file.as_file()).with_context(failed)?;
    file.as_file().sync_all().with_context(failed)?;
    file.persist(path).map_err(|error| error.error).with_context(failed)?;
    // The new name itself has to outlast a power cut; not every system lets a folder be synced.
    if let Ok(folder) = fs::File::open(folder) {
        drop(folder.sync_all());
    }
    Ok(true)
}

/// Whether a file holds just these bytes.
fn is_same(path: &Path, bytes: &[u8]) -> bool {
    let length = fs::symlink_metadata(path).map(|file| if file.is_file() { file.len() } else { u64::MAX });
    length.is_ok_and(|length| length == bytes.len() as u64) && fs::read(path).is_ok_and(|old| old == bytes)
}

/// Temporary files are their owner's alone; what is handed out is for others to read.
#[cfg(unix)]
fn allow_reading(file: &fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn allow_reading(_file: &fs::File) -> std::io::Result<()> {
    Ok(())
}
