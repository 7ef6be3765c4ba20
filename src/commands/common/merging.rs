//! What `resolve` and `merge-driver` share: the kind of a file in a repository, and why versions are not joined.

use crate::load::{FileKind, kind_of};
use crate::merge::Refusal;

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
