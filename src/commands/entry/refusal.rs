//! Refuses entries of a CR's log that would make a decision of the board say more than the board decided.

use crate::commands::common::session::Session;
use crate::commands::common::unread;
use crate::load::Project;
use crate::model::{ChangeEvent, CrId, Level, Minute, RuleId, event_of};
use crate::report::unread::doubtful_files;
use crate::rules;
use crate::workflow::{ChangeLine, Prepared};

/// The rule about a request that was edited.
const EDITED: RuleId = RuleId::RequestChanged;

/// The last line of a refusal.
const NOTHING: &str = "not entered: nothing was written";

/// Whether an entry of that event and time is refused; then it prints why.
pub fn is_refused(session: &Session, id: &CrId, event: &str, at: Option<Minute>) -> bool {
    is_refused_in(session, &Prepared::new(&session.project), id, event, at)
}

/// The same in a project that was read later.
pub fn is_refused_in(session: &Session, prepared: &Prepared, id: &CrId, event: &str, at: Option<Minute>) -> bool {
    let (Some(line), Some(event)) = (prepared.changes.get(id), event_of::<ChangeEvent>(event)) else { return false };
    let is_refused = is_unknown(session, prepared.project, line, event)
        || is_edited(session, line, event)
        || at.is_some_and(|at| is_before_votes(line, event, at));
    if is_refused {
        say!("{NOTHING}");
    }
    is_refused
}

/// Forwards a CR on votes that are not all known.
fn is_unknown(session: &Session, project: &Project, line: &ChangeLine, event: ChangeEvent) -> bool {
    if event != ChangeEvent::Forwarded {
        return false;
    }
    let files = doubtful_files(project, line, session.as_of);
    unread::is_refused(&line.cr.id.value, &files, "forward it")
}

/// Goes on with a text that the board has not approved. Once the CR is verified nothing would report the edit.
fn is_edited(session: &Session, line: &ChangeLine, event: ChangeEvent) -> bool {
    use ChangeEvent::{Delivered, Forwarded, Started, Verified};
    let goes_on = matches!(event, Forwarded | Started | Delivered | Verified);
    let Some(state) = line.state_at(session.as_of).filter(|_| goes_on && line.is_request_changed(session.as_of)) else {
        return false;
    };
    let id = &line.cr.id.value;
    if state.is_before_board() {
        // One that the rules forbid anyway needs no second reason.
        if event != Forwarded {
            return false;
        }
        say!(
            "error[{EDITED}]: {id} is `{state}` on the text that was submitted, and was edited since; undo the edit, or \
             submit the new text with `heatpack log {id} {}`",
            ChangeEvent::Submitted
        );
        return true;
    }
    let is_error = rules::in_settings(&session.project.settings, EDITED) == Some(Level::Error);
    let level = if is_error { "error" } else { "warning" };
    say!("{level}[{EDITED}]: the text of {id} is not the one that was forwarded: it was edited since it was submitted");
    say!("help: undo the edit; put what differs into a `note`, or into a new CR");
    is_error
}

/// Would put votes that were cast into another round, or out of time.
fn is_before_votes(line: &ChangeLine, event: ChangeEvent, at: Minute) -> bool {
    use ChangeEvent::{Forwarded, Submitted, Withdrawn};
    let last = line.votes.iter().map(|judged| judged.vote.at.value).max();
    let Some(last) = last.filter(|last| at < *last && matches!(event, Submitted | Forwarded | Withdrawn)) else {
        return false;
    };
    say!("error: `{event}` of {at} would come before a vote of {last}, which is on record");
    say!("help: use --at with a time after {last}");
    true
}
