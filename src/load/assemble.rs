//! Combines the parsed files into a [`Project`]: records, diagnostics and known ids.

use super::files::stem;
use super::id_index::StatedId;
use super::parsed::{ParsedFile, ParsedRecord};
use super::project::{Loaded, LoadedChange, LoadedVote, Project};
use crate::model::{AnswerId, CrId, FileId, PersonId, Place, TicketId};

/// Adds what a file came to; of two records with one id the first by path stands (`placement` says so).
pub(super) fn add(project: &mut Project, file: FileId, reading: ParsedFile) {
    let ParsedFile { source, opened, content, record, faults } = reading;
    if faults.are_fatal() || content.is_left_out() {
        project.left_out.push(source.path.clone());
    }
    let path = source.path.clone();
    project.files.push(source);
    for fault in faults.list {
        let own = project.fault(fault.rule, (file, fault.span), &record, fault.message, fault.help);
        own.labels.extend(fault.label.map(|label| (Place::In(file, label.span), label.value)));
        own.notes = fault.notes;
    }
    let known = &mut project.known;
    let stated = |span, id: String| StatedId::new(&path, file, span, id);
    match content {
        ParsedRecord::Nothing if !opened => known.miss_folder(&path),
        ParsedRecord::Nothing => {}
        ParsedRecord::Subjects(Some(subjects), _) => {
            known.subjects.ids.extend(subjects.iter().map(|subject| subject.id.value.clone()));
            project.subjects.extend(subjects.into_iter().map(|record| Loaded { file, record }));
        }
        ParsedRecord::Subjects(None, ids) => known.subjects.add_all_broken(ids),
        ParsedRecord::Staff(Some(staff), _) => {
            known.staff.ids.extend(staff.iter().map(|person| person.id.value.clone()));
            project.staff.extend(staff.into_iter().map(|record| Loaded { file, record }));
        }
        ParsedRecord::Staff(None, ids) => known.staff.add_all_broken(ids),
        ParsedRecord::Board(Some(board), _) => {
            known.members.ids.extend(board.members.iter().map(|member| member.id.value.clone()));
            project.board = board;
            project.board_file = Some(file);
        }
        ParsedRecord::Board(None, ids) => known.members.add_all_broken(ids),
        ParsedRecord::Poc(poc, id) => {
            project.counts.pocs += usize::from(opened);
            known.pocs.add_one(poc.as_ref().map(|poc| &poc.id.value), id, PersonId::parse(stem(&path)));
            if let Some(poc) = poc {
                known.stated.extend(stated(poc.id.span, poc.id.to_string()));
                project.pocs.entry(poc.id.value.clone()).or_insert(Loaded { file, record: poc });
            }
        }
        ParsedRecord::Ticket(ticket, id) => {
            project.counts.tickets += usize::from(opened);
            known.tickets.add_one(ticket.as_ref().map(|ticket| &ticket.id.value), id, TicketId::parse(stem(&path)));
            if let Some(ticket) = ticket {
                known.stated.extend(stated(ticket.id.span, ticket.id.to_string()));
                project.tickets.entry(ticket.id.value).or_insert(Loaded { file, record: ticket });
            }
        }
        ParsedRecord::Answer(answer, id) => {
            known.answers.add_one(answer.as_ref().map(|answer| &answer.id.value), id, AnswerId::parse(stem(&path)));
            if let Some(answer) = answer {
                known.stated.extend(stated(answer.id.span, answer.id.to_string()));
                project.answers.entry(answer.id.value.clone()).or_insert(Loaded { file, record: answer });
            }
        }
        ParsedRecord::Change(change, id, digest) => {
            project.counts.crs += usize::from(opened);
            known.changes.add_one(change.as_ref().map(|change| &change.id.value), id, CrId::parse(stem(&path)));
            if let Some(change) = change {
                known.stated.extend(stated(change.id.span, change.id.to_string()));
                let id = change.id.value.clone();
                project.changes.entry(id).or_insert(LoadedChange { file, record: change, digest });
            }
        }
        ParsedRecord::Vote(vote, cr, reason_digest) => match (vote, cr) {
            (Some(vote), _) => {
                let votes = project.votes.entry(vote.cr.value.clone()).or_default();
                votes.push(LoadedVote { file, record: vote, reason_digest });
            }
            (None, named) => known.miss_vote(&path, named),
        },
        ParsedRecord::Meeting(Some(meeting)) => {
            let key = (meeting.kind, meeting.date.0);
            known.stated.extend(stated(meeting.date.span, meeting.name()));
            project.meetings.entry(key).or_insert(Loaded { file, record: meeting });
        }
        ParsedRecord::Meeting(None) => {}
        ParsedRecord::Report(Some(report), date) => drop(project.reports.insert(date, report)),
        ParsedRecord::Report(None, date) => drop(project.malformed_reports.insert(date)),
    }
}
