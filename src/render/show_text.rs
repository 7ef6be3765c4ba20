//! `heatpack show` as text for a terminal.

use super::plain::wrapped;
use super::shown;
use crate::model::{RichText, day_in_words};
use crate::report::show::{ClockView, Show};
use crate::report::story::{StateChange, TimelineEntry};
use crate::report::words::outcome;

/// How long a note may be in a line.
const NOTE: usize = 100;

/// A record: head, texts, lists, timeline and deadlines; with `explain` how every due date is computed. The texts are in
/// lines of `width` columns.
pub fn show_text(show: &Show, explain: bool, width: usize, colors: bool) -> String {
    let paint = Paint { colors };
    let mut out = format!("{}  {}\n\n", paint.bold(&show.id), shown(&show.title));
    push_rows(&mut out, "  ", &show.head);
    for (title, text) in &show.texts {
        let text = shown(&wrapped(&RichText::new(text).blocks(), width, "  "));
        let text = if text.is_empty() { "  blank" } else { &text };
        out.push_str(&format!("\n{}\n{text}\n", paint.bold(title)));
    }
    for (title, lines) in &show.lists {
        out.push_str(&format!("\n{}\n", paint.bold(title)));
        out.push_str(if lines.is_empty() { "  none\n" } else { "" });
        lines.iter().for_each(|line| out.push_str(&format!("  {}\n", shown(line))));
    }
    if !show.timeline.is_empty() {
        out.push_str(&format!("\n{}\n", paint.bold("timeline")));
        show.timeline.iter().for_each(|entry| push_entry(&mut out, entry, paint));
    }
    if !show.clocks.is_empty() {
        out.push_str(&format!("\n{}\n", paint.bold("deadlines")));
        show.clocks.iter().for_each(|clock| push_clock(&mut out, clock, explain, paint));
    }
    if !show.found.is_empty() {
        out.push_str(&format!("\n{}\n", paint.bold("findings of `check`")));
    }
    for found in &show.found {
        let level = found.level.as_str();
        let excepted = if found.excepted { " (by exception)" } else { "" };
        out.push_str(&format!("  {level}[{}]: {}{excepted}\n", found.rule, shown(&found.one_line())));
    }
    out
}

/// Colors, if they are wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    pub colors: bool,
}

impl Paint {
    pub fn bold(self, text: &str) -> String {
        if self.colors { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Red, for what is overdue or wrong.
    pub(super) fn alarm(self, text: &str) -> String {
        if self.colors { format!("\u{1b}[1;31m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    pub(super) fn faint(self, text: &str) -> String {
        if self.colors { format!("\u{1b}[2m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// Labels and texts, the texts under one another.
pub(super) fn push_rows(out: &mut String, indent: &str, rows: &[(&str, String)]) {
    let width = rows.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
    for (label, text) in rows {
        out.push_str(format!("{indent}{label:<width$}  {}", shown(text)).trim_end());
        out.push('\n');
    }
}

fn push_entry(out: &mut String, entry: &TimelineEntry, paint: Paint) {
    let by = entry.by.as_ref().map(|by| format!(" – {} ({})", shown(&by.name), by.id)).unwrap_or_default();
    let effect = match (&entry.struck, &entry.no_effect, &entry.change) {
        (Some(struck), _, _) => shown(struck),
        (None, Some(why), _) => format!("no effect: {}", shown(why)),
        (None, None, Some(StateChange { from: None, to })) => format!("→ {}", shown(to)),
        (None, None, Some(StateChange { from: Some(from), to })) => format!("{} → {}", shown(from), shown(to)),
        (None, None, None) => format!("still {}", shown(&entry.state)),
    };
    out.push_str(&format!("  {}  {}{by}\n", entry.at, shown(&entry.line())));
    let rest = " ".repeat(20);
    out.push_str(&format!("{rest}{effect}\n"));
    if let Some(note) = &entry.note {
        let note = shown(&note.plain(NOTE));
        out.push_str(&format!("{rest}{}\n", paint.faint(&note)));
    }
}

fn push_clock(out: &mut String, clock: &ClockView, explain: bool, paint: Paint) {
    let row = &clock.row;
    let stopped = row.stopped.map(|at| format!(", ended {at}")).unwrap_or_default();
    let missed = if row.misses.len() > 1 { format!(", missed {} times", row.misses.len()) } else { String::new() };
    out.push_str(&format!(
        "  {:<8} {} ({}): started {}, due {}{stopped}{missed}\n",
        outcome(row.outcome),
        shown(&row.kind_text),
        row.kind,
        row.started,
        day_in_words(row.due),
    ));
    if explain {
        push_rows(out, &" ".repeat(13), &clock.steps);
    } else {
        out.push_str(&format!("{}{}\n", " ".repeat(11), paint.faint(&shown(&clock.why))));
    }
}
