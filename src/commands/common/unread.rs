//! Refuses what depends on the votes of a CR while one of their files, or the board's, cannot be used as it is.

use super::terminal;
use crate::model::CrId;
use crate::render::unread_text;
use crate::report::unread::UnreadFile;

/// Prints which files leave open how the board decided on a CR, and what to do before `then`. Returns whether there are
/// any.
pub fn is_refused(cr: &CrId, files: &[UnreadFile], then: &str) -> bool {
    if !files.is_empty() {
        say!("error: the result of the votes on {cr} is unknown: a file has errors");
        terminal::say_text(&unread_text(files, "  "));
        say!("help: fix the file (`heatpack check` lists every error), then {then}");
    }
    !files.is_empty()
}
