//! The files of the site's search: made again only if a record changed that it finds.

use std::collections::BTreeSet;
use std::path::Path;

use super::manifest::{Manifest, Note};
use crate::render;
use crate::report::{find, places};
use crate::workflow::Context;

/// The name of the search in the note of a build.
pub const NAME: &str = "search";

/// The files of the search.
pub struct Search {
    /// What they are made from, in few letters.
    pub version: String,
    /// The path of each.
    pub paths: BTreeSet<String>,
    /// Each path and its text; none if those of the last build are kept.
    pub files: Vec<(String, String)>,
    pub note: Note,
}

impl Search {
    /// Makes the files, unless those of the last build are current.
    pub fn new(ctx: &Context, old: &Manifest, folder: &Path, maker: &str) -> Result<Search, render::Error> {
        let records = find::records(ctx);
        let version = render::search_version(&records)?;
        let made_from = format!("{maker} {version}");
        let written: BTreeSet<String> =
            old.files.iter().filter(|path| places::is_of_the_search(path)).cloned().collect();
        let known = old.made.get(NAME).filter(|note| note.made_from == made_from);
        let paths: Vec<_> = written.iter().map(|path| folder.join(path)).collect();
        if let Some(note) = known.filter(|note| Note::of_files(&paths).as_ref() == Some(&note.says)) {
            return Ok(Search { version, paths: written, files: Vec::new(), note: note.clone() });
        }
        let mut files: Vec<(String, String)> =
            render::search_files(&records).into_iter().map(|(place, text)| (place.path(), text)).collect();
        // In the order in which they are read again.
        files.sort();
        let says = Note::of_bytes(files.iter().map(|(_, text)| text.as_bytes()));
        let paths = files.iter().map(|(path, _)| path.clone()).collect();
        Ok(Search { version, paths, files, note: Note { made_from, says } })
    }
}
