//! The files of the search, made when a page first asks for one.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::render;
use crate::report::find::{self, Record};
use crate::workflow::Context;

/// The records that a search finds, and the files that are made of them.
pub struct SearchFiles {
    records: Vec<Record>,
    files: OnceLock<BTreeMap<String, String>>,
}

impl SearchFiles {
    /// Gathers the records; makes nothing yet.
    pub fn new(ctx: &Context) -> SearchFiles {
        SearchFiles { records: find::records(ctx), files: OnceLock::new() }
    }

    /// What the files are made from, in few letters. Without it a page loads whatever the browser has kept.
    pub fn version(&self) -> String {
        render::search_version(&self.records).unwrap_or_default()
    }

    /// The file at a path from the site's root.
    pub fn file(&self, path: &str) -> Option<String> {
        let make =
            || render::search_files(&self.records).into_iter().map(|(place, text)| (place.path(), text)).collect();
        self.files.get_or_init(make).get(path).cloned()
    }
}
