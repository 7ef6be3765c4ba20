//! What there is to do now, as a few lines for a terminal.

use super::show_text::Paint;
use super::shown;
use super::wrap::{cut, wrapped};
use crate::model::minute_in_words;
use crate::report::today::{AttentionSummary, Next, Today};

/// How long a title may be, which the page of its record shows whole.
const TITLE: usize = 60;

/// The lines, none wider than `width` unless a word is.
pub fn today_text(today: &Today, width: usize, colors: bool) -> String {
    let paint = Paint { colors };
    let head = format!("{}, {}", today.organization, minute_in_words(today.as_of));
    let head = wrapped(&shown(&head), 0, width).join("\n");
    let mut out = format!("{}\n", paint.bold(&head));
    if let Some(user) = &today.user {
        out.push_str(&format!("{}\n", wrapped(&shown(&format!("For {user}")), 0, width).join("\n")));
    }
    if let Some(unknown) = &today.user_unknown {
        out.push_str(&format!("{}\n", paint.alarm(&wrapped(&shown(unknown), 0, width).join("\n"))));
    }
    if today.errors > 0 {
        let are = if today.errors == 1 { "error is" } else { "errors are" };
        out.push_str(&format!("\n{}\n", paint.alarm(&format!("{} {are} in the records", today.errors))));
    }
    if !today.setup.is_empty() {
        out.push_str(&format!("\n{}\n{}", paint.bold("Set up these records"), steps(&today.setup, paint, width)));
    }
    today.attention.iter().for_each(|group| out.push_str(&group_text(group, paint, width)));
    if today.attention.is_empty() && today.setup.is_empty() {
        out.push_str("\nNothing needs attention.\n");
    }
    if let Some(meeting) = &today.meeting {
        let moved = meeting.moved.as_deref().map(|why| format!(" ({why})")).unwrap_or_default();
        let held = meeting.held;
        let when = minute_in_words(held);
        let says = wrapped(&shown(&format!("{}, {when}{moved}", meeting.name)), 2, width);
        out.push_str(&format!("\n{}\n  {}\n", paint.bold("Next meeting"), says.join("\n")));
    }
    let title = if today.setup.is_empty() { "Next steps" } else { "Then" };
    out.push_str(&format!("\n{}\n{}", paint.bold(title), steps(&today.next, paint, width)));
    out.push('\n');
    if today.user.is_none() && today.user_unknown.is_none() && today.setup.is_empty() {
        let hint = "set HEATPACK_STAFF to your staff id to list only what is due to you";
        out.push_str(&format!("{}\n", wrapped(hint, 0, width).join("\n")));
    }
    out.push_str("`heatpack help` lists all commands\n");
    out
}

fn group_text(group: &AttentionSummary, paint: Paint, width: usize) -> String {
    let title = wrapped(&shown(&format!("{} ({})", group.title, group.count)), 0, width).join("\n");
    let mut out = format!("\n{}\n", if group.is_overdue { paint.alarm(&title) } else { paint.bold(&title) });
    let ids = group.items.iter().map(|item| item.record.chars().count()).max().unwrap_or(0);
    for item in &group.items {
        let owner = if group.has_owners { format!("{}: ", item.who) } else { String::new() };
        let title = if item.title.is_empty() { String::new() } else { format!(": {}", cut(&item.title, TITLE)) };
        let says = wrapped(&shown(&format!("{owner}{}{title}", item.what)), ids + 4, width);
        out.push_str(&format!("  {:ids$}  {}\n", shown(&item.record), says.join("\n")));
    }
    let more = group.count - group.items.len();
    if more > 0 {
        let says = wrapped(&format!("and {more} more, in `{}`", group.rest), 2, width);
        out.push_str(&format!("  {}\n", says.join("\n")));
    }
    out
}

/// Commands, each with its reason as a comment, so that all can be copied together.
fn steps(steps: &[Next], paint: Paint, width: usize) -> String {
    let commands = steps.iter().map(|next| next.command.chars().count()).max().unwrap_or(0);
    let fits = |next: &Next| commands + "    # ".len() + next.why.chars().count() <= width;
    let side_by_side = steps.iter().all(fits);
    let mut out = String::new();
    for next in steps {
        if next.why.is_empty() {
            out.push_str(&format!("  {}\n", next.command));
            continue;
        }
        if side_by_side {
            let why = paint.faint(&format!("# {}", shown(&next.why)));
            out.push_str(&format!("  {:commands$}  {why}\n", next.command));
            continue;
        }
        out.push_str(&format!("  {}\n", next.command));
        for line in wrapped(&shown(&next.why), 6, width) {
            out.push_str(&format!("    {}\n", paint.faint(&format!("# {}", line.trim_start()))));
        }
    }
    out
}
