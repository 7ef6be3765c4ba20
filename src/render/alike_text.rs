//! Questions that were asked before, with their answers, as lines for a terminal.

use super::shown;
use super::wrap::wrapped;
use crate::report::site::AskedBefore;

/// A heading, and two lines or more for each; nothing if there are none.
pub fn asked_before_text(asked: &[AskedBefore], width: usize) -> String {
    let mut text = String::new();
    for own in asked {
        if text.is_empty() {
            text.push_str("asked before:\n");
        }
        let title = wrapped(&shown(&format!("{}: {}", own.id, own.title)), 2, width).join("\n");
        let answer = wrapped(&shown(&format!("answer: {}", own.answer)), 4, width).join("\n");
        text.push_str(&format!("  {title}\n    {answer}\n"));
    }
    text
}
