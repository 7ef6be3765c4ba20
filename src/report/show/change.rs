//! A change request.

use super::{Effect, Moment, Show, clocks, entry_words, found_in, person};
use crate::model::{Change, CrState, Minute, REQUEST_TEXTS, day_in_words};
use crate::report::unread::unread_files;
use crate::workflow::{ChangeCause, ChangeLine, ChangeStep, Context, verdict};

/// What there is to say of a change request.
pub fn show_change(ctx: &Context, line: &ChangeLine) -> Show {
    let cr = line.cr;
    let steps = line.steps.iter().filter(|step| step.at <= ctx.as_of);
    Show {
        id: cr.id.to_string(),
        title: cr.title.0.clone(),
        head: head(ctx, line),
        texts: texts(cr),
        lists: unread(ctx, line),
        timeline: steps.map(|step| moment(ctx, line, step)).collect(),
        clocks: clocks::views(ctx, &line.clocks),
        found: found_in(ctx, &cr.id.to_string()),
    }
}

fn head(ctx: &Context, line: &ChangeLine) -> Vec<(&'static str, String)> {
    let cr = line.cr;
    let state = line.state_at(ctx.as_of).map_or("draft, which no pack shows yet", CrState::as_str);
    let exception = if line.is_by_exception(ctx.as_of) { " (by exception)" } else { "" };
    let since = line.in_state_since(ctx.as_of).map(Minute::date).map(|date| format!(" since {}", day_in_words(date)));
    let mut head = vec![
        ("state", format!("{state}{exception}{}", since.unwrap_or_default())),
        ("subject", ctx.project().subject_name(&cr.subject)),
        ("tickets", cr.tickets.iter().map(|ticket| ticket.value.to_string()).collect::<Vec<_>>().join(", ")),
        ("prepared by", person(ctx, &cr.prepared_by)),
    ];
    head.push(("votes", verdict(ctx.board(), line, ctx.as_of)));
    let effort = cr.effort.as_ref().map(|text| text.as_str());
    for (label, value) in [
        ("priority", cr.priority.map(|word| word.as_str())),
        ("risk", cr.risk.map(|word| word.as_str())),
        ("effort", effort),
    ] {
        head.extend(value.map(|value| (label, value.to_owned())));
    }
    head.extend(cr.requested_for.map(|day| ("wanted by", day_in_words(day.0))));
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
    if lines.is_empty() { Vec::new() } else { vec![("files to fix: the result is unknown until then", lines)] }
}

/// The request's texts in their order, under their fields' names.
fn texts(cr: &Change) -> Vec<(String, String)> {
    let texts = REQUEST_TEXTS.iter().filter_map(|(field, text)| Some((field.replace('_', " "), text(cr)?.0.clone())));
    texts.collect()
}

fn moment(ctx: &Context, line: &ChangeLine, step: &ChangeStep) -> Moment {
    let moved = Effect::new(Some(step.before.as_str()), step.after.as_str(), step.slip);
    match step.cause {
        ChangeCause::Vote(index) => {
            let vote = line.votes[index].vote;
            let effect = match &line.uncounted[index] {
                Some(why) => Effect::None(why.clone()),
                None => moved,
            };
            Moment {
                at: step.at,
                what: format!("vote: {}", vote.decision.value),
                by: Some(person(ctx, &vote.by)),
                effect,
                note: vote.reason.as_ref().map(|reason| reason.0.clone()),
            }
        }
        ChangeCause::Entry(_) => {
            let entry = line.entry(step);
            Moment {
                at: step.at,
                what: entry.map(entry_words).unwrap_or_default(),
                by: entry.and_then(|entry| entry.by.as_ref()).map(|by| person(ctx, by)),
                effect: moved,
                note: entry.and_then(|entry| entry.note.as_ref()).map(|note| note.0.clone()),
            }
        }
    }
}
