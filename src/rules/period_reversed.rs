//! Every `until` must be on or after its `from`: of a designation, a module or initiative, a member of staff or the
//! board, or a key. Both can be the same day. Checks that use the period are skipped until it is fixed.
//!
//! **Why.** A period that ends before it begins covers no day, so the POC would never be designated.
//!
//! **Example.**
//!
//! ```yaml
//! - subject: scorecard
//!   role: primary
//!   from: 2026-10-01
//!   until: 2025-09-30           # before `from`
//! ```
//!
//! **How to fix it.**
//!
//! - Correct one of the two dates, here probably `until: 2027-09-30`.

use super::{Finding, Sink};
use crate::load::Project;
use crate::model::{Day, FileId, Spanned, Until, is_reversed};

pub(super) fn check(project: &Project, sink: &mut Sink) {
    for poc in project.pocs.values() {
        for own in &poc.designations {
            judge(sink, poc.file, poc.id.as_str(), Some(own.from), own.until);
        }
    }
    for subject in &project.subjects {
        judge(sink, subject.file, "subjects", subject.from, subject.until);
    }
    for staff in &project.staff {
        judge(sink, staff.file, "staff", staff.from, staff.until);
    }
    if let Some(file) = project.board_file {
        for member in &project.board.members {
            judge(sink, file, "board", member.from, member.until);
            for key in &member.keys {
                judge(sink, file, "board", key.from, key.until);
            }
        }
    }
}

fn judge(sink: &mut Sink, file: FileId, record: &str, from: Option<Spanned<Day>>, until: Option<Spanned<Until>>) {
    let (Some(from), Some(until)) = (from, until) else { return };
    if is_reversed(Some(from), Some(until)) {
        let message = format!("the period ends on {}, before it begins on {}", until.value.0, from.value.0);
        let finding = Finding::at((file, until.span), record, message).help("correct `until` or `from`");
        sink.add(finding.label((file, from.span), "begins here"));
    }
}
