//! How wide the terminal is that standard output goes to.

use dialoguer::console::Term;

use crate::render::WIDTH;

/// The columns of the terminal; what is usual where it does not say, or where there is none.
pub fn width() -> usize {
    let term = Term::stdout();
    let size = if term.is_term() { term.size_checked() } else { None };
    size.map(|(_, columns)| usize::from(columns)).filter(|columns| *columns > 0).unwrap_or(WIDTH)
}
