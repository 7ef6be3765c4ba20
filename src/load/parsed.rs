//! What reading one file comes to: its record, or what is known of it, and its faults.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{
    Answer, AnswerId, Board, Change, CrId, Meeting, NitcReport, PersonId, Poc, SourceFile, Staff, Subject, SubjectId,
    Ticket, TicketId, Vote,
};
use crate::record::Faults;

/// What reading one file came to.
#[derive(Debug, Clone)]
pub(super) struct ParsedFile {
    pub source: SourceFile,
    /// It is a file; links and folders in its place are not opened.
    pub opened: bool,
    pub content: ParsedRecord,
    pub record: String,
    pub faults: Faults,
}

/// The record of a file, or what is known of it where faults leave it out.
#[derive(Debug, Clone)]
pub(super) enum ParsedRecord {
    Nothing,
    Subjects(Option<Vec<Arc<Subject>>>, Option<Vec<SubjectId>>),
    Staff(Option<Vec<Arc<Staff>>>, Option<Vec<PersonId>>),
    Board(Option<Board>, Option<Vec<PersonId>>),
    Poc(Option<Arc<Poc>>, Option<PersonId>),
    Ticket(Option<Arc<Ticket>>, Option<TicketId>),
    Answer(Option<Arc<Answer>>, Option<AnswerId>),
    Change(Option<Arc<Change>>, Option<CrId>, String),
    Vote(Option<Arc<Vote>>, Option<CrId>, String),
    Meeting(Option<Arc<Meeting>>),
    Report(Option<NitcReport>, NaiveDate),
}

impl ParsedRecord {
    /// There is a record, and nothing of it can be used.
    pub fn is_left_out(&self) -> bool {
        use ParsedRecord::{Answer, Board, Change, Meeting, Poc, Report, Staff, Subjects, Ticket, Vote};
        matches!(
            self,
            Subjects(None, _)
                | Staff(None, _)
                | Board(None, _)
                | Poc(None, _)
                | Ticket(None, _)
                | Answer(None, _)
                | Change(None, ..)
                | Vote(None, ..)
                | Meeting(None)
                | Report(None, _)
        )
    }
}
