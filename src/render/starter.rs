//! The files of a new project: settings, folders, CI workflows, hooks, and what ties the schemas to an editor.

use serde_json::{Map, Value as Json, json};

use super::to_json;
use crate::model::SCHEMAS;

/// A file of a new project.
#[derive(Debug)]
pub struct StarterFile {
    /// From the project's root, with `/`.
    pub path: String,
    pub text: String,
    /// It is a program.
    pub executable: bool,
}

/// The table of the files under `templates/init/`; a test compares it with the folder.
macro_rules! files {
    ($($path:literal,)*) => {
        &[$(($path, include_str!(concat!("../../templates/init/", $path)))),*]
    };
}

const FILES: &[(&str, &str)] = files![
    "data/heatpack.yaml",
    "data/subjects.yaml",
    "data/staff.yaml",
    "data/board.yaml",
    "data/pocs/.gitkeep",
    "data/tickets/.gitkeep",
    "data/answers/.gitkeep",
    "data/crs/.gitkeep",
    "data/decisions/.gitkeep",
    "data/meetings/.gitkeep",
    "data/nitc/.gitkeep",
    "README.md",
    "CODEOWNERS",
    ".gitattributes",
    ".gitignore",
    ".githooks/pre-commit",
    ".githooks/pre-merge-commit",
    ".github/workflows/heatpack.yml",
    ".gitlab-ci.yml",
    ".heatpack/install.sh",
    ".vscode/extensions.json",
];

/// Every file of a new project, those under `data/` first.
pub fn starter() -> Vec<StarterFile> {
    let executable = |text: &str| text.starts_with("#!");
    let mut files: Vec<StarterFile> = FILES
        .iter()
        .map(|(path, text)| StarterFile {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
            executable: executable(text),
        })
        .collect();
    let mut add = |path: &str, value: &Json| {
        files.push(StarterFile { path: path.to_owned(), text: to_json(value), executable: false })
    };
    add(".vscode/settings.json", &editor_settings());
    for schema in &SCHEMAS {
        add(&schema_path(schema.name), &schema.document());
    }
    files
}

/// Where `init` puts the schema of a kind of record, from the project's root.
pub fn schema_path(name: &str) -> String {
    format!(".heatpack/schemas/{name}.schema.json")
}

/// The settings of VS Code: each kind of record has the schema that stands in the project, and nothing is fetched.
fn editor_settings() -> Json {
    let schemas: Map<String, Json> =
        SCHEMAS.iter().map(|schema| (format!("./{}", schema_path(schema.name)), schema.files.into())).collect();
    json!({
        "files.eol": "\n",
        "files.insertFinalNewline": true,
        "yaml.schemaStore.enable": false,
        "yaml.schemas": schemas,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::FILES;

    #[test]
    fn the_table_is_the_folder() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/init");
        let (mut open, mut found) = (vec![root.clone()], BTreeSet::new());
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    let name = path.strip_prefix(&root).expect("inside").to_string_lossy().replace('\\', "/");
                    found.insert(name);
                }
            }
        }
        assert_eq!(FILES.iter().map(|(path, _)| (*path).to_owned()).collect::<BTreeSet<_>>(), found);
    }
}
