//! The fuzz targets: each takes any bytes and holds what heatpack promises of them.

mod check;
mod imports;
mod join;
mod mail;
mod markdown;
mod workbook;
mod yaml;

pub use check::check;
pub use imports::{csv, import_map};
pub use join::join;
pub use mail::mail;
pub use markdown::{markdown, paper};
pub use workbook::workbook;
pub use yaml::yaml;

use std::path::PathBuf;
use std::sync::LazyLock;

use heatpack::load::{Drafts, Project, load_with};
use heatpack::model::{Minute, Span};
use heatpack::record::Faults;

/// What a target does with an input: it panics where something does not hold.
pub type Target = fn(&[u8]);

/// Every target by its name, which is its program's and that of the folder of what it once found.
pub const TARGETS: [(&str, Target); 9] = [
    ("yaml", yaml),
    ("csv", csv),
    ("check", check),
    ("markdown", markdown),
    ("paper", paper),
    ("import_map", import_map),
    ("join", join),
    ("workbook", workbook),
    ("mail", mail),
];

/// A project on the disk with nothing in it, for those that are in memory alone.
static NOTHING: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("heatpack-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("data")).expect("a folder for the project");
    folder
});

/// The project of these files.
fn project(files: &Drafts) -> Project {
    load_with(&NOTHING, files).expect("a project in memory can always be read")
}

/// The as-of time of everything.
fn as_of() -> Minute {
    Minute::parse("2026-11-18 10:00").expect("a time")
}

/// Holds that a place lies in the text, and between characters.
#[track_caller]
fn within(text: &str, span: Span, what: &str) {
    let (start, end) = (span.start as usize, span.end as usize);
    let is_sound = start <= end && end <= text.len() && text.is_char_boundary(start) && text.is_char_boundary(end);
    assert!(is_sound, "{what} is at {start}..{end} of {} bytes", text.len());
}

/// Holds that every fault is at a place of the text.
#[track_caller]
fn places(text: &str, faults: &Faults) {
    for fault in &faults.list {
        within(text, fault.span, &fault.message);
        if let Some(label) = &fault.label {
            within(text, label.span, &label.value);
        }
    }
}

/// Holds that nothing in a text for a terminal acts on one.
#[track_caller]
fn harmless(text: &str) {
    let acts = |c: &char| {
        (c.is_control() && !"\n\t".contains(*c))
            || "\u{200e}\u{200f}\u{61c}".contains(*c)
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let found = text.chars().find(acts);
    assert!(found.is_none(), "{found:?} in {text:?}");
}
