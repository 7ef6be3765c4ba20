//! What there is to do now, as a few lines for a terminal.

use super::show_text::Paint;
use super::shown;
use super::wrap::{cut, wrapped};
use crate::model::minute_in_words;
use crate::report::today::{Next, Today};

/// How long a title may be, which the page of its record shows whole.
const TITLE: usize = 60;

/// The lines, none wider than `width` unless a word is, and never more than a screen of them.
pub fn today_text(today: &Today, width: usize, colors: bool) -> String {
    let paint = Paint { colors };
    let head = format!("{}, {}", today.organization, minute_in_words(today.as_of));
    let head = wrapped(&shown(&head), 0, width).join("\n");
    let mut out = format!("{}\n", paint.bold(&head));
    if today.errors > 0 {
        let are = if today.errors == 1 { "error is" } else { "errors are" };
        out.push_str(&format!("\n{}\n", paint.alarm(&format!("{} {are} in the records", today.errors))));
    }
    for group in &today.attention {
        let title = wrapped(&shown(&format!("{} ({})", group.title, group.count)), 0, width).join("\n");
        out.push_str(&format!("\n{}\n", if group.is_overdue { paint.alarm(&title) } else { paint.bold(&title) }));
        let ids = group.items.iter().map(|item| item.record.chars().count()).max().unwrap_or(0);
        for item in &group.items {
            let title = if item.title.is_empty() { String::new() } else { format!(": {}", cut(&item.title, TITLE)) };
            let says = wrapped(&shown(&format!("{}{title}", item.what)), ids + 4, width);
            out.push_str(&format!("  {:ids$}  {}\n", shown(&item.record), says.join("\n")));
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
        let when = minute_in_words(held);
        let says = wrapped(&shown(&format!("{}, {when}{moved}", meeting.name)), 2, width);
        out.push_str(&format!("\n{}\n  {}\n", paint.bold("Next meeting"), says.join("\n")));
    }
    out.push_str(&format!("\n{}\n", paint.bold("Next steps")));
    let commands = today.next.iter().map(|next| next.command.chars().count()).max().unwrap_or(0);
    let fits = |next: &Next| commands + "    # ".len() + next.why.chars().count() <= width;
    let side_by_side = today.next.iter().all(fits);
    for next in &today.next {
        if side_by_side {
            out.push_str(&format!(
                "  {:commands$}  {}\n",
                next.command,
                paint.faint(&format!("# {}", shown(&next.why)))
            ));
            continue;
        }
        out.push_str(&format!("  {}\n", next.command));
        // Each line of the reason is a comment, so that all can be copied together.
        for line in wrapped(&shown(&next.why), 6, width) {
            out.push_str(&format!("    {}\n", paint.faint(&format!("# {}", line.trim_start()))));
        }
    }
    out.push_str("\n`heatpack help` lists all commands\n");
    out
}
