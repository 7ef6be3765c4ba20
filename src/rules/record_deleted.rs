//! Judged with `check --base`. Every ticket, POC, change request, meeting and report of NITC's that the base has is
//! still there, and so are the lists of subjects, staff and the board. A file that was moved with its id in it is
//! not gone. Votes and meetings that were held are `history-rewritten`'s to report.
//!
//! **Why.** Packs count the records of years. One that is taken out makes every figure that it was in wrong, and
//! nobody can see why.
//!
//! **Example.** `git rm data/tickets/2026/HEAT-10423.yaml`
//!
//! **To mend it:** put the file back. A ticket that was entered by mistake is `voided`, a change request
//! `withdrawn`, a meeting `canceled`; of a POC the designations end.

use super::{Finding, Sink};
use crate::load::{Base, FileKind, kind_of};
use crate::model::{FileId, Span};
use crate::workflow::{After, Context, change_diffs, file_at, meeting_diffs, ticket_diffs};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let Some(base) = ctx.base() else { return };
    let project = ctx.project();
    for diff in ticket_diffs(base, project).iter().filter(|diff| matches!(diff.now, After::Gone)) {
        let help = "put the file back; one that was entered by mistake, or twice, is `voided`";
        gone(ctx, base, sink, diff.was.file, &diff.was.id.to_string(), "the ticket", help);
    }
    for diff in change_diffs(base, project).iter().filter(|diff| matches!(diff.now, After::Gone)) {
        gone(
            ctx,
            base,
            sink,
            diff.was.file,
            diff.was.id.as_str(),
            "the change request",
            "put the file back; one that is dropped is `withdrawn`",
        );
    }
    for poc in base.records.pocs.values() {
        let id = &poc.id.value;
        let known = &project.known.pocs;
        if !project.pocs.contains_key(id) && known.complete && !known.broken.contains(id) {
            let help = "put the file back; of somebody who is no POC any more the designations end with an `until`";
            gone(ctx, base, sink, poc.file, id.as_str(), "the POC", help);
        }
    }
    let meetings = meeting_diffs(base, project);
    for diff in
        meetings.iter().filter(|diff| matches!(diff.now, After::Gone | After::Renamed(_)) && !diff.was.was_held())
    {
        let help = "put the file back; a meeting that is not held is `canceled`, with the reason";
        gone(ctx, base, sink, diff.was.file, &diff.was.name(), "the meeting", help);
    }
    for (date, report) in &base.records.reports {
        if !project.reports.contains_key(date) && !project.malformed_reports.contains(date) {
            let help = "put the file back: it is what NITC sent";
            gone(ctx, base, sink, report.file, &format!("nitc-{date}"), "the report of NITC", help);
        }
    }
    files(ctx, base, sink);
}

/// Lists that are gone, and files that the base could not read either.
fn files(ctx: &Context, base: &Base, sink: &mut Sink) {
    let project = ctx.project();
    for (at, file) in base.records.files.iter().enumerate() {
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        let record = name.split('.').next().unwrap_or(name);
        let what = match kind_of(&file.path) {
            Some(FileKind::Subjects | FileKind::Staff | FileKind::Board | FileKind::Settings) => "the list",
            Some(FileKind::Ticket | FileKind::Change | FileKind::Poc | FileKind::Meeting | FileKind::Report)
                if base.records.left_out.contains(&file.path) =>
            {
                // What its id was nobody can say for sure; a file of its name is it.
                let is_moved = |other: &str| other.rsplit('/').next() == Some(name);
                if project.files.iter().any(|other| is_moved(&other.path)) {
                    continue;
                }
                "the record"
            }
            _ => continue,
        };
        if file_at(project, &file.path).is_none() {
            let help = "put the file back, and mend in it what has to be another";
            gone(ctx, base, sink, FileId(at as u32), record, what, help);
        }
    }
}

/// Reports a record of the base whose file is gone, or holds another one.
fn gone(ctx: &Context, base: &Base, sink: &mut Sink, file: FileId, record: &str, what: &str, help: &str) {
    let path = &base.records.file(file).path;
    let message = format!("{what} {record}, which {} has, is gone", base.name);
    let finding = match file_at(ctx.project(), path) {
        Some(now) => Finding::at((now, Span::default()), record, message),
        None => Finding::missing(path.clone(), record, message),
    };
    sink.add(finding.help(help));
}
