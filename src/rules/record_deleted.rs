//! Every ticket, POC, written-up answer, CR, meeting and NITC report in the base branch must still exist, and so must the lists of modules
//! and initiatives, staff and the board. This rule applies with `check --base`. A file can move if its id stays the
//! same. Votes and meetings that were held are `history-rewritten`.
//!
//! **Why.** Packs count the records of years. A deleted record makes every figure that counted it wrong, and no one can
//! see why.
//!
//! **Example.**
//!
//! ```text
//! git rm data/tickets/2026/HEAT-10423.yaml   # the ticket is in the base branch
//! ```
//!
//! **How to fix it.**
//!
//! - Restore the file: `git checkout origin/main -- data/tickets/2026/HEAT-10423.yaml`.
//! - A ticket entered by mistake: restore it, then run `heatpack log HEAT-10423 voided --note TEXT`.
//! - A CR that is dropped: restore it, then run `heatpack log CR-2026-007 withdrawn --note TEXT`.
//! - A meeting that is not held: restore it, and add `canceled:` with the reason.
//! - A former POC: restore the file, and set `until` on each designation.
//! - An answer that is out of date: restore the file, and correct its text.

use super::{Finding, Sink};
use crate::load::{Base, FileKind, kind_of};
use crate::model::{FileId, Span};
use crate::workflow::{After, Context, change_diffs, file_at, meeting_diffs, ticket_diffs};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let Some(base) = ctx.base() else { return };
    let project = ctx.project();
    for diff in ticket_diffs(base, project).iter().filter(|diff| matches!(diff.now, After::Gone)) {
        let help = "restore the file, then enter `voided` if the ticket is a mistake or a duplicate";
        gone(ctx, base, sink, diff.was.file, &diff.was.id.to_string(), "the ticket", help);
    }
    for diff in change_diffs(base, project).iter().filter(|diff| matches!(diff.now, After::Gone)) {
        let help = "restore the file, then enter `withdrawn` to drop the CR";
        gone(ctx, base, sink, diff.was.file, diff.was.id.as_str(), "the change request", help);
    }
    for poc in base.records.pocs.values() {
        let id = &poc.id.value;
        let known = &project.known.pocs;
        if !project.pocs.contains_key(id) && known.complete && !known.broken.contains(id) {
            let help = "restore the file; for a former POC, set `until` on each designation";
            gone(ctx, base, sink, poc.file, id.as_str(), "the POC", help);
        }
    }
    for answer in base.records.answers.values() {
        let id = &answer.id.value;
        let known = &project.known.answers;
        if !project.answers.contains_key(id) && known.complete && !known.broken.contains(id) {
            let help = "restore the file; if the answer is out of date, correct its text instead";
            gone(ctx, base, sink, answer.file, id.as_str(), "the answer", help);
        }
    }
    let meetings = meeting_diffs(base, project);
    for diff in
        meetings.iter().filter(|diff| matches!(diff.now, After::Gone | After::Renamed(_)) && !diff.was.was_held())
    {
        let help = "restore the file, then add `canceled:` with the reason if the meeting is not held";
        gone(ctx, base, sink, diff.was.file, &diff.was.name(), "the meeting", help);
    }
    for (date, report) in &base.records.reports {
        if !project.reports.contains_key(date) && !project.malformed_reports.contains(date) {
            let help = "restore the file that NITC sent";
            gone(ctx, base, sink, report.file, &format!("nitc-{date}"), "the report of NITC", help);
        }
    }
    files(ctx, base, sink);
}

/// Reports missing lists, and missing files that had errors in the base.
fn files(ctx: &Context, base: &Base, sink: &mut Sink) {
    let project = ctx.project();
    for (at, file) in base.records.files.iter().enumerate() {
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        let record = name.split('.').next().unwrap_or(name);
        let what = match kind_of(&file.path) {
            Some(FileKind::Subjects | FileKind::Staff | FileKind::Board | FileKind::Settings) => "the list",
            Some(
                FileKind::Ticket
                | FileKind::Answer
                | FileKind::Change
                | FileKind::Poc
                | FileKind::Meeting
                | FileKind::Report,
            ) if base.records.left_out.contains(&file.path) => {
                // Its id is not known for sure: a file of the same name counts as the same record.
                let is_moved = |other: &str| other.rsplit('/').next() == Some(name);
                if project.files.iter().any(|other| is_moved(&other.path)) {
                    continue;
                }
                "the record"
            }
            _ => continue,
        };
        if file_at(project, &file.path).is_none() {
            let help = "restore the file, then make your edits in it";
            gone(ctx, base, sink, FileId(at as u32), record, what, help);
        }
    }
}

/// Reports a record of the base whose file is missing, or has another record now.
fn gone(ctx: &Context, base: &Base, sink: &mut Sink, file: FileId, record: &str, what: &str, help: &str) {
    let path = &base.records.file(file).path;
    let message = format!("{what} {record} in {} is missing", base.name);
    let finding = match file_at(ctx.project(), path) {
        Some(now) => Finding::at((now, Span::default()), record, message),
        None => Finding::missing(path.clone(), record, message),
    };
    sink.add(finding.help(help));
}
