//! Who is designated for what on a date, and since when no one is.

use chrono::{Days, NaiveDate};

use super::meetings::starts;
use super::ticket::TicketLine;
use crate::load::Project;
use crate::model::{Designation, Minute, PersonId, Poc, Role, Subject, SubjectId, is_reversed, is_within};

/// Whether a POC is designated for a subject on a date, as primary or backup.
pub fn is_designated(project: &Project, poc: &PersonId, subject: &SubjectId, date: NaiveDate) -> bool {
    project.pocs.get(poc).is_some_and(|poc| has_designation(poc, subject, date))
}

/// Whether one of a POC's designations is for a subject and in force on a date.
pub fn has_designation(poc: &Poc, subject: &SubjectId, date: NaiveDate) -> bool {
    poc.designations.iter().any(|own| own.subject.value == *subject && is_active(own, date))
}

/// Whether a POC has a designation with an unknown subject or period, which is an error of its own.
pub fn has_unclear_designation(project: &Project, poc: &Poc) -> bool {
    let unclear =
        |own: &Designation| is_reversed(Some(own.from), own.until) || !project.known.subjects.has(&own.subject.value);
    poc.designations.iter().any(unclear)
}

/// Whether all POCs that are on record were read, and it is clear what each is designated for.
pub fn are_designations_clear(project: &Project) -> bool {
    !project.known.pocs.is_partial() && !project.pocs.values().any(|poc| has_unclear_designation(project, poc))
}

/// Whether a designation is in force on a date.
pub fn is_active(designation: &Designation, date: NaiveDate) -> bool {
    is_within(date, Some(designation.from), designation.until)
}

/// Whether a subject is supported on a date.
pub fn is_supported(subject: &Subject, date: NaiveDate) -> bool {
    is_within(date, subject.from, subject.until)
}

/// An outstanding ticket's POC who is no longer designated for its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undesignated {
    /// The day after their designation ended.
    pub since: NaiveDate,
    /// The first day on which the ticket was outstanding without a designated POC.
    pub on: NaiveDate,
}

/// Since when an outstanding ticket's POC has had no designation for its subject. `None` while they are designated, and
/// if they were not designated when they got the ticket, which is an error of its own.
pub fn undesignated(project: &Project, line: &TicketLine, as_of: Minute) -> Option<Undesignated> {
    let (subject, today) = (&line.ticket.subject.value, as_of.date());
    let (poc, since) = line.poc_since(as_of);
    let poc = project.pocs.get(poc).filter(|poc| !has_unclear_designation(project, poc))?;
    let is_designated = |date| has_designation(poc, subject, date);
    if !line.is_outstanding_at(as_of) || !is_designated(since.date()) || is_designated(today) {
        return None;
    }
    let own = poc.designations.iter().filter(|own| own.subject.value == *subject);
    let ended = own.filter_map(|own| own.until).map(|until| until.value.0).filter(|until| *until < today).max()?;
    // A ticket may have been closed on that day, and reopened since.
    let outstanding = line.steps_until(as_of).rfind(|step| step.begins()).map(|step| step.at.date());
    let since = ended + Days::new(1);
    Some(Undesignated { since, on: outstanding.map_or(since, |begun| begun.max(since)) })
}

/// Who takes a subject's tickets over on a date: the primary POC, else the backup.
pub fn successor<'p>(project: &'p Project, subject: &SubjectId, date: NaiveDate) -> Option<(&'p Poc, Role)> {
    let now = designations(project, subject, None).into_iter().filter(|(_, own)| is_active(own, date));
    now.map(|(poc, own)| (poc, own.role.value)).min_by_key(|(poc, role)| (*role, &poc.id.value))
}

/// All designations for a subject, of one role or of any.
pub fn designations<'p>(
    project: &'p Project,
    subject: &SubjectId,
    role: Option<Role>,
) -> Vec<(&'p Poc, &'p Designation)> {
    let of = |poc: &'p Poc| poc.designations.iter().map(move |designation| (poc, designation));
    project
        .pocs
        .values()
        .flat_map(|poc| of(&poc.record))
        .filter(|(_, own)| own.subject.value == *subject && role.is_none_or(|role| own.role.value == role))
        .collect()
}

/// The first day of the gap around `today` in which no one of that role is designated for a supported subject. `None`
/// if there is no gap, or if the subject is not supported.
pub fn gap_since(project: &Project, subject: &Subject, role: Option<Role>, today: NaiveDate) -> Option<NaiveDate> {
    let all = designations(project, &subject.id.value, role);
    if !is_supported(subject, today) || all.iter().any(|(_, own)| is_active(own, today)) {
        return None;
    }
    let ends = all.iter().filter_map(|(_, own)| own.until).map(|until| until.value.0).filter(|until| *until < today);
    let after_last = ends.max().map(|end| end + Days::new(1));
    let supported = subject.from.map(|from| from.value.0).or_else(|| starts(project, Minute::end_of(today)));
    Some(after_last.max(supported).unwrap_or(today))
}
