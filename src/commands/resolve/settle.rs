//! Questions about values that both sides changed in different ways.

use std::cell::RefCell;

use super::case::Case;
use super::sides::{Side, Sides};
use crate::commands::entry::ask::Ask;
use crate::merge::{Answer, Disagreement, Merge, join};
use crate::render::shown;

/// Joins the versions of a case, and asks on a terminal what both sides changed.
pub fn joined(case: &Case, sides: &Sides, ask: Option<&Ask>) -> anyhow::Result<Merge> {
    let failed = RefCell::new(None);
    let merge = join(case.kind, case.versions(), &mut |question| {
        if failed.borrow().is_some() {
            return None;
        }
        match asked(case, sides, ask?, question) {
            Ok(answer) => answer,
            Err(error) => {
                failed.replace(Some(error));
                None
            }
        }
    });
    failed.into_inner().map_or(Ok(merge), Err)
}

/// What the person at the terminal decides; `None` leaves it open.
fn asked(case: &Case, sides: &Sides, ask: &Ask, question: &Disagreement) -> anyhow::Result<Option<Answer>> {
    /// As much of a value as a line shows.
    const SHOWN: usize = 60;
    let line = |side: Side, value: &Option<String>| {
        // A text of several lines is above.
        if question.is_long() && value.is_some() {
            return shown(&sides.name(side, &case.path));
        }
        let text = value.as_deref().map_or_else(
            || "(removed)".to_owned(),
            |text| {
                let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
                match line.char_indices().nth(SHOWN) {
                    Some((end, _)) => format!("{}…", &line[..end]),
                    None => line,
                }
            },
        );
        shown(&format!("{}: {text}", sides.name(side, &case.path)))
    };
    if question.is_long() {
        for (side, value) in [(Side::Ours, &question.ours), (Side::Theirs, &question.theirs)] {
            let text = value.as_deref().unwrap_or("(removed)").trim_end();
            let lines: Vec<String> = text.lines().map(|line| format!("  {}", shown(line))).collect();
            say!("{}:\n{}", shown(&sides.name(side, &case.path)), lines.join("\n"));
        }
    }
    let mut choices = vec![line(Side::Ours, &question.ours), line(Side::Theirs, &question.theirs)];
    let is_text = question.is_long() && question.ours.is_some() && question.theirs.is_some();
    if is_text {
        choices.push("write one text from both".to_owned());
    }
    choices.push("decide later".to_owned());
    let chosen = ask.choice(&format!("{}: which {} is right?", case.path, question.place()), &choices)?;
    Ok(match chosen {
        0 => Some(Answer::Ours),
        1 => Some(Answer::Theirs),
        2 if is_text => {
            let [ours, theirs] = [&question.ours, &question.theirs].map(|text| text.as_deref().unwrap_or_default());
            let both = format!("{}\n\n{}\n", ours.trim_end(), theirs.trim_end());
            Some(Answer::Text(ask.edit("One text from both", &both, None)?))
        }
        _ => None,
    })
}
