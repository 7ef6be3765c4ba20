//! A change request.

use super::{Show, clocks, found_in, person};
use crate::model::{Change, REQUEST_TEXTS, day_in_words};
use crate::report::story::{change_stands, change_timeline};
use crate::report::unread::unread_files;
use crate::workflow::{ChangeLine, Context, verdict};

/// Builds the view of a change request.
pub fn show_change(ctx: &Context, line: &ChangeLine) -> Show {
    let cr = line.cr;
    Show {
        id: cr.id.to_string(),
        title: cr.title.0.clone(),
        head: head(ctx, line),
        texts: texts(cr),
        lists: unread(ctx, line),
        timeline: change_timeline(ctx, line),
        clocks: clocks::views(ctx, &line.clocks),
        found: found_in(ctx, &cr.id.to_string()),
    }
}

fn head(ctx: &Context, line: &ChangeLine) -> Vec<(&'static str, String)> {
    let cr = line.cr;
    let unseen = if line.exists_at(ctx.as_of) { "" } else { " (not in any pack yet)" };
    let mut head = vec![("state", format!("{}{unseen}", change_stands(ctx, line)))];
    head.extend(line.in_state_since(ctx.as_of).map(|since| ("since", day_in_words(since.date()))));
    head.extend([
        ("subject", ctx.project().subject_name(&cr.subject)),
        ("tickets", cr.tickets.iter().map(|ticket| ticket.value.to_string()).collect::<Vec<_>>().join(", ")),
        ("prepared by", person(ctx, &cr.prepared_by)),
        ("votes", verdict(ctx.board(), line, ctx.as_of)),
    ]);
    let effort = cr.effort.as_ref().map(|text| text.as_str());
    for (label, value) in [
        ("priority", cr.priority.map(|word| word.as_str())),
        ("risk", cr.risk.map(|word| word.as_str())),
        ("effort", effort),
    ] {
        head.extend(value.map(|value| (label, value.to_owned())));
    }
    head.extend(cr.requested_for.map(|day| ("needed by", day_in_words(day.0))));
    head.push(("digest", line.digest_at(ctx.as_of).to_owned()));
    if line.is_text_edited(ctx.as_of) {
        head.push(("digest now", format!("{} (edited since it was submitted)", cr.digest)));
    }
    head
}

/// The files that leave open how the board decided, if there are any.
fn unread(ctx: &Context, line: &ChangeLine) -> Vec<(&'static str, Vec<String>)> {
    let files = unread_files(ctx.project(), line);
    let lines: Vec<String> = files.into_iter().map(|file| format!("{}: {}", file.path, file.why)).collect();
    if lines.is_empty() { Vec::new() } else { vec![("files to fix (the result is unknown until then)", lines)] }
}

/// The request's texts in their order, under their fields' names.
fn texts(cr: &Change) -> Vec<(String, String)> {
    let texts = REQUEST_TEXTS.iter().filter_map(|(field, text)| Some((field.replace('_', " "), text(cr)?.0.clone())));
    texts.collect()
}
