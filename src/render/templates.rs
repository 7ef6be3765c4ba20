//! The embedded templates of pages, mail and PDF, by name.

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};

static FOLDER: Dir = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The folders that hold a new project's files, not templates.
const INIT: &str = "init";

/// Name and text of every file that makes pages: `weekly/pack.html`.
pub static TEMPLATES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let files = FOLDER.dirs().filter(|folder| folder.path().as_os_str() != INIT).flat_map(Dir::files);
    let named = files.filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?)));
    named.filter(|(name, _)| is_template(name)).collect()
});

/// Whether a file of that name is one that a project's own may replace.
pub fn is_template(name: &str) -> bool {
    [".html", ".txt", ".css", ".js", ".typ"].iter().any(|ending| name.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::TEMPLATES;

    #[test]
    fn names_are_those_by_which_templates_name_each_other() {
        assert!(TEMPLATES.iter().any(|(name, text)| *name == "shared/head.typ" && !text.is_empty()));
        assert!(TEMPLATES.iter().all(|(name, _)| name.matches('/').count() == 1 && !name.contains('\\')));
    }
}
