//! A project's own templates, which stand before the built-in ones file by file.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, bail};
use walkdir::WalkDir;

use crate::render::templates::is_template;

/// The files of the project's `templates/`, by their path within it; none where there is no such folder.
pub fn own(root: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let folder = root.join("templates");
    let mut templates = BTreeMap::new();
    if !folder.is_dir() {
        return Ok(templates);
    }
    for entry in WalkDir::new(&folder).sort_by_file_name() {
        let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
        let name = entry.path().strip_prefix(&folder).unwrap_or(entry.path());
        let name = name.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        if entry.file_type().is_symlink() && is_template(&name) {
            bail!("templates/{name} is a symbolic link, and is not followed: put the file itself there");
        }
        if entry.file_type().is_file() && is_template(&name) {
            let text = std::fs::read_to_string(entry.path())
                .with_context(|| format!("cannot read {}", entry.path().display()))?;
            templates.insert(name, text);
        }
    }
    Ok(templates)
}
