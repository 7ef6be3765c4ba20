//! What there is to do now, as a few lines for a terminal.

use super::show_text::Paint;
use super::shown;
use crate::model::day_in_words;
use crate::report::today::Today;

/// The lines, never more than a screen of them.
pub fn today_text(today: &Today, colors: bool) -> String {
    let paint = Paint { colors };
    let at = today.as_of;
    let when = format!("{} {}", day_in_words(at.date()), at.0.format("%H:%M"));
    let mut out = format!("{}, {when}\n", paint.bold(&shown(&today.organisation)));
    if today.errors > 0 {
        let are = if today.errors == 1 { "error is" } else { "errors are" };
        out.push_str(&format!("\n{}\n", paint.alarm(&format!("{} {are} in the records", today.errors))));
    }
    for group in &today.attention {
        let title = format!("{} ({})", group.title, group.count);
        out.push_str(&format!("\n{}\n", if group.is_overdue { paint.alarm(&title) } else { paint.bold(&title) }));
        let width = group.items.iter().map(|item| item.record.chars().count()).max().unwrap_or(0);
        for item in &group.items {
            let title = if item.title.is_empty() { String::new() } else { format!(": {}", item.title) };
            let line = format!("{:width$}  {}{title}", item.record, item.what);
            out.push_str(&format!("  {}\n", cut(&shown(&line))));
        }
        let more = group.count - group.items.len();
        if more > 0 {
            out.push_str(&format!("  and {more} more, in `heatpack pack weekly`\n"));
        }
    }
    if today.attention.is_empty() {
        out.push_str("\nNothing needs attention.\n");
    }
    if let Some(meeting) = &today.meeting {
        let moved = meeting.moved.as_deref().map(|why| format!(" ({why})")).unwrap_or_default();
        let held = meeting.held;
        let when = format!("{} {}", day_in_words(held.date()), held.0.format("%H:%M"));
        out.push_str(&format!("\n{}\n  ", paint.bold("Next meeting")));
        out.push_str(&shown(&format!("{}, {when}{moved}\n", meeting.name)));
    }
    out.push_str(&format!("\n{}\n", paint.bold("What to do next")));
    let width = today.next.iter().map(|next| next.command.chars().count()).max().unwrap_or(0);
    for next in &today.next {
        let why = paint.faint(&format!("# {}", shown(&next.why)));
        out.push_str(&format!("  {:width$}  {why}\n", next.command));
    }
    out.push_str("\n`heatpack help` lists all commands\n");
    out
}

/// A line that is not too long.
fn cut(line: &str) -> String {
    const WIDTH: usize = 110;
    match line.char_indices().nth(WIDTH) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line.to_owned(),
    }
}
