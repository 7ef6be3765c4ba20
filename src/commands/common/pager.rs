//! Shows a text that people must read whole: a screen at a time on a terminal.

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::process::{Command, Stdio};

use dialoguer::console::Term;

use super::terminal;

/// Shows a text on standard error; through the pager if it is longer than the screen.
pub fn show(text: &str) {
    let is_terminal =
        std::io::stdin().is_terminal() && std::io::stdout().is_terminal() && std::io::stderr().is_terminal();
    let rows = Term::stderr().size_checked().map_or(usize::MAX, |(rows, _)| usize::from(rows));
    // The last rows are for the question that follows.
    if !is_terminal || text.lines().count() + 2 <= rows || !paged(text) {
        terminal::say_text(text);
    }
}

/// Pipes a text through the first pager that starts; gives whether one showed it.
fn paged(text: &str) -> bool {
    pagers().into_iter().any(|(program, arguments)| {
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped());
        // As git has it: colors are shown, and a pager that ends leaves the text on the screen.
        if std::env::var_os("LESS").is_none() {
            command.env("LESS", "FRX");
        }
        let Ok(mut child) = command.spawn() else { return false };
        if let Some(mut stdin) = child.stdin.take() {
            // A reader may leave before the end.
            drop(stdin.write_all(text.as_bytes()));
        }
        child.wait().is_ok_and(|status| status.success())
    })
}

/// The pagers to try, in this order: the one that PAGER names, and what most systems have.
fn pagers() -> Vec<(OsString, Vec<OsString>)> {
    let own = std::env::var("PAGER").unwrap_or_default();
    let mut words = own.split_whitespace().map(OsString::from);
    match words.next() {
        // It is asked for that nothing is paged.
        Some(program) if program == "cat" => Vec::new(),
        Some(program) => vec![(program, words.collect())],
        None => ["less", "more"].map(|program| (OsString::from(program), Vec::new())).into(),
    }
}
