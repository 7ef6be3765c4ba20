//! The names of the offices, as the settings give them.

use serde::Serialize;

/// What the packs call things.
#[derive(Debug, Clone, Serialize)]
pub struct Names {
    pub tracker: String,
    pub help_desk: String,
    pub third_line: String,
    pub sponsor: String,
    pub board: String,
}
