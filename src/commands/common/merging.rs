//! What `resolve` and `merge-driver` share: the kind of a file in a repository, and why versions are not joined.

use std::sync::Arc;

use crate::load::{FileKind, Loaded, Project, kind_of, parse};
use crate::merge::{Refusal, Versions};
use crate::model::{FileId, Minute, RuleId, SourceFile, Ticket};
use crate::record::{Faults, Value as _};
use crate::render::Findings;
use crate::rules;
use crate::workflow::{Context, Prepared};

/// The kind of the record at a path from the repository's root, in whatever folder of it the project is.
pub fn kind_in_repository(path: &str) -> Option<FileKind> {
    let starts = path.match_indices("data/").map(|(at, _)| at).filter(|at| *at == 0 || path[..*at].ends_with('/'));
    starts.filter_map(|at| kind_of(&path[at..])).next()
}

/// Why the versions of a file are not joined, and what to do.
pub fn why_not(refusal: &Refusal, kind: FileKind) -> String {
    match refusal {
        Refusal::Vote => "both sides have a vote here, and votes are never joined; leave one vote here, move the other to a \
                          new file of the same name with `-2` before `.yaml`, and delete the marker lines"
            .to_owned(),
        Refusal::Report => {
            "both sides have a report here; import NITC's file again: `heatpack import nitc FILE --replace`".to_owned()
        }
        Refusal::TwoRecords if kind == FileKind::Poc => {
            "both sides added a POC with this id; if they are two people, give one of them another id; if they are one, \
             write each field once, and delete the marker lines"
                .to_owned()
        }
        Refusal::TwoRecords => "both sides gave this number to different records".to_owned(),
        Refusal::OtherRecord => {
            "one side gave this number to another record, and the other side edited the first one; keep the record of the \
             base branch here, and move the edits of the other one to its new file"
                .to_owned()
        }
        Refusal::ActionNumbers(ids) => format!("both sides gave {} to different action items", ids.join(", ")),
        Refusal::Unreadable => {
            "a version is not valid YAML for a record; correct the file in an editor, and delete the marker lines".to_owned()
        }
        Refusal::Layout => {
            "the lines of the two versions do not fit together; write each entry and field once in an editor, and delete \
             the marker lines"
                .to_owned()
        }
    }
}

/// What the entries of both sides of a ticket break together, by the process, that neither side breaks alone.
///
/// The ticket is checked without any other record, so nothing that depends on one is reported.
pub fn broken_together(path: &str, versions: Versions, joined: &str) -> Option<String> {
    let both = alone(path, joined)?;
    let at = both.tickets.values().flat_map(|ticket| &ticket.log).map(|entry| entry.at.value).max()?;
    let mut found = forbidden(&both, at);
    for side in [versions.ours, versions.theirs] {
        let project = alone(path, side)?;
        found.keep_new(&forbidden(&project, at));
    }
    found.diagnostics.first().map(|own| own.one_line())
}

/// The entries of a ticket that are not allowed in its state.
fn forbidden(project: &Project, at: Minute) -> Findings<'_> {
    let mut found = rules::check(&Context::new(&Prepared::new(project), at, true));
    found.retain(|own| own.rule == RuleId::TransitionForbidden);
    Findings::new(project, at, found)
}

/// A project of one ticket.
fn alone(path: &str, text: &str) -> Option<Project> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let ticket = Ticket::decode(&parse(body, &mut Faults::default())?, &mut Faults::default())?;
    let mut project = Project::default();
    project.files.push(SourceFile { path: path.to_owned(), text: body.into() });
    project.tickets.insert(ticket.id.value, Loaded { file: FileId(0), record: Arc::new(ticket) });
    Some(project)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_project_may_be_a_folder_of_the_repository() {
        for folder in ["", "desk/", "data/desk/", "my data/"] {
            let path = format!("{folder}data/tickets/2026/HEAT-1.yaml");
            assert_eq!(kind_in_repository(&path), Some(FileKind::Ticket), "{path}");
        }
        assert_eq!(kind_in_repository("mydata/staff.yaml"), None);
        assert_eq!(kind_in_repository("README.md"), None);
    }
}
