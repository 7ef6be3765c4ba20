//! The terminal: how wide it is that standard output goes to, and lines on standard error.

use std::fmt;
use std::io::Write as _;

use dialoguer::console::Term;

use crate::render::WIDTH;

/// The columns of the terminal, or the usual number if it is unknown.
pub fn width() -> usize {
    let term = Term::stdout();
    let size = if term.is_term() { term.size_checked() } else { None };
    size.map(|(_, columns)| usize::from(columns)).filter(|columns| *columns > 0).unwrap_or(WIDTH)
}

/// Prints a line to standard error and ignores write errors.
pub fn say(words: fmt::Arguments) {
    drop(writeln!(std::io::stderr(), "{words}"));
}

/// Prints a text that has its own line ends.
pub fn say_text(text: &str) {
    drop(std::io::stderr().write_all(text.as_bytes()));
}

/// What precedes the reason why the result could not be printed: the entry is written, and must not be entered twice.
pub fn written_anyway(what: &str) -> String {
    format!("{what} written, but the result could not be printed")
}
