//! The form for attendance and minutes: who is expected.

use serde::Serialize;

use super::heading::Heading;
use super::scope::Scope;
use crate::model::{Office, is_within};
use crate::workflow::is_active;

/// What the monthly pack calls the section.
pub(super) const HEADING: Heading = Heading::beside("form", "Annex: attendance and minutes form");

/// A line of the attendance form.
#[derive(Debug, Clone, Serialize)]
pub struct AttendanceRow {
    pub name: String,
    /// "POC for Scorecard", "MITS Help Desk".
    pub role: String,
}

/// Who is expected at the meeting: the POCs, then the staff, by name.
pub fn attendance(scope: &Scope) -> Vec<AttendanceRow> {
    let (project, today) = (scope.ctx.project(), scope.ctx.today());
    let mut pocs: Vec<AttendanceRow> = Vec::new();
    for poc in project.pocs.values() {
        let subjects: Vec<String> = poc
            .designations
            .iter()
            .filter(|own| is_active(own, today))
            .map(|own| project.subject_name(&own.subject.value))
            .collect();
        if !subjects.is_empty() {
            pocs.push(AttendanceRow { name: poc.name.0.clone(), role: format!("POC for {}", subjects.join(", ")) });
        }
    }
    pocs.sort_by(|a, b| a.name.cmp(&b.name));
    let offices = [Office::HelpDesk, Office::Nitc, Office::AcfoFs];
    let staff = offices.into_iter().flat_map(|office| {
        let here = project.staff.iter().filter(move |staff| staff.office == office);
        let now = here.filter(|staff| is_within(today, staff.from, staff.until));
        let mut rows: Vec<AttendanceRow> =
            now.map(|staff| AttendanceRow { name: staff.name.0.clone(), role: scope.words().office(office) }).collect();
        rows.sort_by(|a, b| a.name.cmp(&b.name));
        rows
    });
    pocs.into_iter().chain(staff).collect()
}
