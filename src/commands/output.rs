//! Writes files whole or not at all: to a temporary neighbour that is synced and renamed.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::Context as _;
use tempfile::NamedTempFile;

/// Writes `bytes` to `path`, making folders as needed. A file that holds just these bytes is not touched; gives
/// whether it was.
pub fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<bool> {
    if is_same(path, bytes) {
        return Ok(false);
    }
    let file = beside(path, bytes)?;
    file.persist(path).map_err(|error| error.error).with_context(|| failed(path))?;
    sync_folder(path);
    Ok(true)
}

/// Writes `new` to `path`, if the file still holds just `old`; gives whether it did. It keeps its permissions.
pub fn replace(path: &Path, old: &[u8], new: &[u8]) -> anyhow::Result<bool> {
    let file = beside(path, new)?;
    let permissions = fs::metadata(path).map(|file| file.permissions());
    if !is_same(path, old) {
        return Ok(false);
    }
    if let Ok(permissions) = permissions {
        file.as_file().set_permissions(permissions).with_context(|| failed(path))?;
    }
    file.persist(path).map_err(|error| error.error).with_context(|| failed(path))?;
    sync_folder(path);
    Ok(true)
}

/// Writes `bytes` to `path`, if nothing is there; gives whether that was so. It is never there in part.
pub fn create(path: &Path, bytes: &[u8]) -> anyhow::Result<bool> {
    match beside(path, bytes)?.persist_noclobber(path) {
        Ok(_) => {
            sync_folder(path);
            Ok(true)
        }
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error.error).with_context(|| failed(path)),
    }
}

fn failed(path: &Path) -> String {
    format!("cannot write {}", path.display())
}

/// A new file of these bytes in the folder of `path`, which is made as needed.
fn beside(path: &Path, bytes: &[u8]) -> anyhow::Result<NamedTempFile> {
    let folder = folder(path);
    fs::create_dir_all(folder).with_context(|| failed(path))?;
    let mut file = new_file().tempfile_in(folder).with_context(|| failed(path))?;
    file.write_all(bytes).with_context(|| failed(path))?;
    file.as_file().sync_all().with_context(|| failed(path))?;
    Ok(file)
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A new name has to outlast a power cut too; not every system lets a folder be synced.
fn sync_folder(path: &Path) {
    if let Ok(folder) = fs::File::open(folder(path)) {
        drop(folder.sync_all());
    }
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
