//! Writes files whole or not at all: to a temporary neighbor that is renamed.

use std::fs;
use std::io::Write;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};
use tempfile::NamedTempFile;
use walkdir::WalkDir;

/// How the names of temporary files begin.
pub const PREFIX: &str = ".heatpack-";

/// Writes `bytes` to the path that the user named. It writes to the target of a link and into a device or pipe, without
/// replacing them; otherwise like [`write`].
pub fn write_to(path: &Path, bytes: &[u8]) -> anyhow::Result<bool> {
    let steps = followed(path);
    let target = steps.last().map_or(path, PathBuf::as_path);
    // By `/dev/stdout` a file is reached that others write to as well.
    let is_opened = |step: &PathBuf| ["/dev", "/proc"].iter().any(|folder| step.starts_with(folder));
    let is_replaced = |found: fs::Metadata| found.is_file() || found.is_dir();
    if steps.iter().any(is_opened) || !fs::symlink_metadata(target).map_or(true, is_replaced) {
        let into = fs::OpenOptions::new().append(true).open(path);
        if let Err(error) = into.and_then(|mut into| into.write_all(bytes)) {
            bail!("cannot write {}: {error}", path.display());
        }
        return Ok(true);
    }
    write(target, bytes)
}

/// A path, and what each link at its end leads to.
fn followed(path: &Path) -> Vec<PathBuf> {
    /// As many links as Linux follows.
    const LINKS: usize = 40;
    let next = |path: &PathBuf| fs::read_link(path).ok().map(|target| folder_of(path).join(target));
    std::iter::successors(Some(path.to_owned()), next).take(LINKS).collect()
}

/// Writes `bytes` to `path`, making folders as needed. A file that holds just these bytes is not touched; gives
/// whether it was.
pub fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<bool> {
    let is_written = put(path, bytes, written)?;
    if is_written {
        sync(folder_of(path));
    }
    Ok(is_written)
}

/// The same for a file of a site, without waiting until the disk has it. A power cut may take such a file, or what is in
/// it, and the next `build`, which looks at every one, makes it again.
pub fn write_made(path: &Path, bytes: &[u8]) -> anyhow::Result<bool> {
    put(path, bytes, filled)
}

fn put(
    path: &Path,
    bytes: &[u8],
    neighbor: fn(&Path, &[u8]) -> std::io::Result<NamedTempFile>,
) -> anyhow::Result<bool> {
    if is_same(path, bytes) {
        return Ok(false);
    }
    let failed = || format!("cannot write {}", path.display());
    let file = neighbor(path, bytes).with_context(failed)?;
    file.persist(path).map_err(|error| error.error).with_context(failed)?;
    Ok(true)
}

/// Writes `bytes` to `path`, making folders as needed, unless something is there already, which is left as it is;
/// gives whether it was written.
pub fn write_new(path: &Path, bytes: &[u8]) -> anyhow::Result<bool> {
    let failed = || format!("cannot write {}", path.display());
    if path.symlink_metadata().is_ok() {
        return Ok(false);
    }
    let file = written(path, bytes).with_context(failed)?;
    match file.persist_noclobber(path) {
        Ok(_) => sync(folder_of(path)),
        Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => return Ok(false),
        Err(error) => return Err(error.error).with_context(failed),
    }
    Ok(true)
}

/// Writes `new` to `path`, if the file still holds just `old`; gives whether it did. Its permissions stay.
pub fn replace(path: &Path, old: &[u8], new: &[u8]) -> anyhow::Result<bool> {
    let failed = || format!("cannot write {}", path.display());
    let file = written(path, new).with_context(failed)?;
    let permissions = fs::metadata(path).map(|file| file.permissions());
    if !is_same(path, old) {
        return Ok(false);
    }
    if let Ok(permissions) = permissions {
        file.as_file().set_permissions(permissions).with_context(failed)?;
    }
    file.persist(path).map_err(|error| error.error).with_context(failed)?;
    sync(folder_of(path));
    Ok(true)
}

/// A path from the file system's root, with nothing in it that leads up again.
pub fn plain(path: &Path) -> std::io::Result<PathBuf> {
    let mut plain = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    Ok(plain)
}

/// Refuses a place among the records of the project at `root`: what is written there would be taken for one.
pub fn not_among_records(root: &Path, path: &Path) -> anyhow::Result<()> {
    // A link may lead there; what is not there yet has a folder that is.
    let steps = followed(path);
    let place = std::path::absolute(steps.last().map_or(path, PathBuf::as_path))?;
    let there = place.ancestors().find_map(|above| {
        let there = above.canonicalize().ok()?;
        Some(there.join(place.strip_prefix(above).ok()?))
    });
    // Folders that are not there yet may be made on the way, and then it is as it looks.
    let data = root.join("data");
    if there.is_some_and(|there| there.starts_with(&data)) || plain(path)?.starts_with(&data) {
        bail!("{} is in data/, which is only for records: use another folder", path.display());
    }
    Ok(())
}

/// Refuses to build a site into a folder that holds other things and was not made by `build`, which leaves `note` there.
/// Drafts of mail, which `mail` writes beside the site, are not among them. A `~` that no shell replaced by the home folder
/// is not the name of a folder that anyone wants.
pub fn not_over_others(folder: &Path, note: &str) -> anyhow::Result<()> {
    let first = folder.components().find_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    if first.is_some_and(|name| name.starts_with('~')) && !folder.is_absolute() {
        bail!("{} does not lead to your home folder: write the path in full, or add --force", folder.display());
    }
    if folder.parent().is_none() && folder.has_root() {
        bail!("{} is the root of the file system: use a new or empty folder, or add --force", folder.display());
    }
    let entries = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten();
    let is_draft = |entry: fs::DirEntry| entry.path().extension().is_some_and(|ending| ending == "eml");
    let is_other = |entry: fs::DirEntry| {
        let name = entry.file_name();
        let is_of_drafts = name == "mail" && entry.path().is_dir() && entries(&entry.path()).all(is_draft);
        !name.to_string_lossy().starts_with(PREFIX) && !is_of_drafts
    };
    if entries(folder).any(is_other) && folder.join(note).symlink_metadata().is_err() {
        bail!(
            "{} holds other files and was not made by `heatpack build`: use a new or empty folder, or add --force",
            folder.display()
        );
    }
    Ok(())
}

/// The folder that a path is in.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The temporary neighbor of `path`, with all that it is to hold, and on the disk.
pub fn written(path: &Path, bytes: &[u8]) -> std::io::Result<NamedTempFile> {
    let file = filled(path, bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn filled(path: &Path, bytes: &[u8]) -> std::io::Result<NamedTempFile> {
    let folder = folder_of(path);
    fs::create_dir_all(folder)?;
    let mut file = new_file().tempfile_in(folder)?;
    // The lock keeps `sweep` from deleting a file in use; without locks, nothing is swept.
    drop(file.as_file().try_lock());
    file.write_all(bytes)?;
    Ok(file)
}

/// The new name itself has to outlast a power cut; not every system lets a folder be synced.
pub fn sync(folder: &Path) {
    if let Ok(folder) = fs::File::open(folder) {
        drop(folder.sync_all());
    }
}

/// Removes the temporary files that an interrupted run left in a folder and its subfolders.
pub fn sweep(folder: &Path) {
    for entry in WalkDir::new(folder).into_iter().flatten() {
        let is_ours = entry.file_type().is_file() && entry.file_name().to_string_lossy().starts_with(PREFIX);
        if is_ours && fs::File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok()) {
            drop(fs::remove_file(entry.path()));
        }
    }
}

/// Whether a file holds just these bytes.
pub fn is_same(path: &Path, bytes: &[u8]) -> bool {
    let length = fs::symlink_metadata(path).map(|file| if file.is_file() { file.len() } else { u64::MAX });
    length.is_ok_and(|length| length == bytes.len() as u64) && fs::read(path).is_ok_and(|old| old == bytes)
}

/// The bytes of a file that an earlier run wrote; none where there is none, or something that is no file: a pipe, say,
/// which would be waited for.
pub fn read_made(path: &Path) -> Option<Vec<u8>> {
    fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
    fs::read(path).ok()
}

/// A file with the permissions that any new file has; temporary ones are otherwise their owner's alone.
fn new_file() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}
