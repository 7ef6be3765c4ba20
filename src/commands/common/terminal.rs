//! The terminal: how wide it is that standard output goes to, and lines on standard error.

use std::fmt;
use std::io::Write as _;

use dialoguer::console::Term;

use crate::render::WIDTH;

/// The columns of the terminal; what is usual where it does not say, or where there is none.
pub fn width() -> usize {
    let term = Term::stdout();
    let size = if term.is_term() { term.size_checked() } else { None };
    size.map(|(_, columns)| usize::from(columns)).filter(|columns| *columns > 0).unwrap_or(WIDTH)
}

/// Says a line on standard error, if anybody can hear it.
pub fn say(words: fmt::Arguments) {
    drop(writeln!(std::io::stderr(), "{words}"));
}

/// Says a text that has its line ends.
pub fn say_text(text: &str) {
    drop(std::io::stderr().write_all(text.as_bytes()));
}

/// What goes before the reason why nobody could be told of what is written: it must not be entered twice.
pub fn written_anyway(what: &str) -> String {
    format!("{what} written, but what came of it cannot be said here")
}
