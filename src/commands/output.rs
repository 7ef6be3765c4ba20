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
    let mut file = new_file().tempfile_in(folder).with_context(failed)?;
    file.write_all(bytes).with_context(failed)?;
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

/// A file with the permissions that any new file has; temporary ones are otherwise their owner's alone.
fn new_file() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".heatpack-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}
