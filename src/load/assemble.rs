//! Combines the parsed files into a [`Project`]: records, diagnostics and known ids.

use super::files::stem;
use super::id_index::StatedId;
use super::parsed::{ParsedFile, ParsedRecord};
use super::project::{Loaded, LoadedChange, LoadedVote, Project};
use crate::model::{CrId, Diagnostic, FileId, Level, PersonId, Place, TicketId};

/// Adds what a file came to; of two records with one id the first by path stands (`placement` says so).
pub(super) fn add(project: &mut Project, file: FileId, reading: ParsedFile) {
    let ParsedFile { source, opened, content, record, faults } = reading;
    if faults.are_fatal() || content.is_left_out() {
        project.left_out.push(source.path.clone());
    }
    let path = source.path.clone();
    project.files.push(source);
    for fault in faults.list {
        let labels = fault.label.map(|label| (Place::In(file, label.span), label.value)).into_iter().collect();
        project.faults.push(Diagnostic {
            rule: fault.rule,
            level: Level::Error,
            place: Place::In(file, fault.span),
            record: record.clone(),
            message: fault.message,
            notes: fault.notes,
            help: fault.help,
            labels,
            excepted: false,
            on: None,
        });
    }
    let known = &mut project.known;
    let stated = |span, id: String| StatedId::new(&path, file, span, id);
    match content {
        ParsedRecord::Nothing if !opened => known.miss_folder(&path),
        ParsedRecord::Nothing => {}
        ParsedRecord::Subjects(Some(subjects), _) => {
            for subject in subjects {
                known.subjects.add(subject.id.value.clone());
                project.subjects.push(Loaded { file, record: subject });
            }
        }
        ParsedRecord::Subjects(None, ids) => {
            known.subjects.add_all_broken(ids);
        }
        ParsedRecord::Staff(Some(staff), _) => {
            for person in staff {
                known.staff.add(person.id.value.clone());
                project.staff.push(Loaded { file, record: person });
            }
        }
        ParsedRecord::Staff(None, ids) => {
            known.staff.add_all_broken(ids);
        }
        ParsedRecord::Board(Some(board), _) => {
            board.members.iter().for_each(|member| known.members.add(member.id.value.clone()));
            project.board = board;
            project.board_file = Some(file);
        }
        ParsedRecord::Board(None, ids) => {
            known.members.add_all_broken(ids);
        }
        ParsedRecord::Poc(poc, id) => {
            project.counts.pocs += usize::from(opened);
            match poc {
                Some(poc) => {
                    known.pocs.add_named(PersonId::parse(stem(&path)));
                    known.stated.extend(stated(poc.id.span, poc.id.to_string()));
                    known.pocs.add(poc.id.value.clone());
                    project.pocs.entry(poc.id.value.clone()).or_insert(Loaded { file, record: poc });
                }
                None => {
                    known.pocs.add_broken(id);
                    known.pocs.add_named(PersonId::parse(stem(&path)));
                }
            }
        }
        ParsedRecord::Ticket(ticket, id) => {
            project.counts.tickets += usize::from(opened);
            match ticket {
                Some(ticket) => {
                    known.tickets.add_named(TicketId::parse(stem(&path)));
                    known.stated.extend(stated(ticket.id.span, ticket.id.to_string()));
                    known.tickets.add(ticket.id.value);
                    project.tickets.entry(ticket.id.value).or_insert(Loaded { file, record: ticket });
                }
                None => {
                    known.tickets.add_broken(id);
                    known.tickets.add_named(TicketId::parse(stem(&path)));
                }
            }
        }
        ParsedRecord::Change(change, id, digest) => {
            project.counts.crs += usize::from(opened);
            match change {
                Some(change) => {
                    known.changes.add_named(CrId::parse(stem(&path)));
                    known.stated.extend(stated(change.id.span, change.id.to_string()));
                    known.changes.add(change.id.value.clone());
                    let id = change.id.value.clone();
                    project.changes.entry(id).or_insert(LoadedChange { file, record: change, digest });
                }
                None => {
                    known.changes.add_broken(id);
                    known.changes.add_named(CrId::parse(stem(&path)));
                }
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
