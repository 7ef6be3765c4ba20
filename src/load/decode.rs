//! Files → records: each file is read, parsed and decoded by itself, all of them in parallel.

use std::path::Path;

use rayon::prelude::*;

use super::files::{self, FileKind, Found, LARGEST, LoadError, What};
use super::placement::StatedId;
use super::project::{Loaded, LoadedChange, LoadedVote, Project};
use super::{nitc, request, yaml};
use crate::model::{
    Board, Change, CrId, Diagnostic, FileId, Level, Meeting, NitcReport, PersonId, Place, Poc, Settings, SettingsFile,
    SourceFile, Span, Staff, Subject, SubjectId, Ticket, TicketId, Vote, parse_date,
};
use crate::record::{Faults, Kind, Node, Value};

/// The most entries that a log may have.
const LONGEST_LOG: usize = 10_000;

/// What one file came to.
struct Reading {
    source: SourceFile,
    content: Content,
    record: String,
    faults: Faults,
}

/// The record of a file, or what is known of it where faults leave it out.
enum Content {
    Nothing,
    Subjects(Option<Vec<Subject>>, Vec<SubjectId>),
    Staff(Option<Vec<Staff>>, Vec<PersonId>),
    Board(Option<Board>, Vec<PersonId>),
    Poc(Option<Box<Poc>>, Option<PersonId>),
    Ticket(Option<Box<Ticket>>, Option<TicketId>),
    Change(Option<Box<Change>>, Option<CrId>, String),
    Vote(Option<Box<Vote>>, Option<CrId>, String),
    Meeting(Option<Box<Meeting>>),
    Report(Option<NitcReport>, chrono::NaiveDate),
}

/// Reads every file that was found.
pub fn read(root: &Path, found: Vec<Found>, rule_names: &'static [&'static str]) -> Result<Project, LoadError> {
    let mut project = Project::default();
    let settings_at = found.iter().position(|found| matches!(found.what, What::Record(FileKind::Settings)));
    let mut settings_faults = Faults { rule_names, ..Faults::default() };
    if let Some(at) = settings_at {
        let path = &found[at].path;
        let bytes =
            files::read(root, path).map_err(|source| LoadError::Unreadable { path: root.join(path), source })?;
        let (_, settings) = decode_settings(bytes, &mut settings_faults);
        project.settings = settings.unwrap_or_default();
    }
    let settings = &project.settings;
    let readings: Vec<Reading> = found
        .into_par_iter()
        .enumerate()
        .map(|(index, found)| read_one(root, FileId(index as u32), found, settings, rule_names))
        .collect();
    for (index, reading) in readings.into_iter().enumerate() {
        add(&mut project, FileId(index as u32), reading);
    }
    for votes in project.votes.values_mut() {
        votes.sort_by_key(|vote| (vote.at.value, vote.file));
    }
    Ok(project)
}

/// Decodes `heatpack.yaml`; gives its text too. `None` where faults leave it out: the defaults then stand.
pub fn decode_settings(bytes: Vec<u8>, faults: &mut Faults) -> (String, Option<Settings>) {
    let Some(text) = text_of(bytes, "syntax", faults) else { return (String::new(), None) };
    let file = rooted(&text, Root::Mapping, faults).and_then(|node| SettingsFile::decode(&node, faults));
    let settings = file.filter(|_| !faults.are_fatal()).map(Settings::new);
    (text, settings)
}

fn read_one(
    root: &Path,
    file: FileId,
    found: Found,
    settings: &Settings,
    rule_names: &'static [&'static str],
) -> Reading {
    let mut faults = Faults { zone: Some(settings.zone), rule_names, ..Faults::default() };
    let record = stem(&found.path).to_owned();
    let nothing = |path: String, faults: Faults, record: String| Reading {
        source: SourceFile { path, text: String::new() },
        content: Content::Nothing,
        record,
        faults,
    };
    let kind = match found.what {
        What::Record(kind) => kind,
        What::Stray { message, help } => {
            faults.add("misplaced-file", Span::default(), message).help(help);
            return nothing(found.path, faults, record);
        }
        What::Unreadable(reason) => {
            faults.add("syntax", Span::default(), format!("this cannot be read: {reason}")).help(UNREADABLE);
            return nothing(found.path, faults, record);
        }
    };
    let rule = if kind == FileKind::Report { "nitc-report-malformed" } else { "syntax" };
    let text = match files::read(root, &found.path) {
        Ok(bytes) => text_of(bytes, rule, &mut faults),
        Err(error) => {
            let reason = files::reason(&error);
            faults.add("syntax", Span::default(), format!("this cannot be read: {reason}")).help(UNREADABLE);
            None
        }
    };
    let (content, record) = content(kind, file, &found.path, text.as_deref(), settings, &mut faults);
    Reading { source: SourceFile { path: found.path, text: text.unwrap_or_default() }, content, record, faults }
}

const UNREADABLE: &str = "ask whoever keeps this computer to let you read it, or fetch the file again from git";

/// The text of a file's bytes, its byte-order mark taken off. `None` if it is too long or not UTF-8.
fn text_of(bytes: Vec<u8>, rule: &'static str, faults: &mut Faults) -> Option<String> {
    if bytes.len() as u64 > LARGEST {
        faults
            .add(rule, Span::default(), "the file is larger than 1 MiB")
            .help("records are text of a few pages; move long listings out of it");
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            Some(text)
        }
        Err(error) => {
            let line = error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
            faults
                .add(rule, Span::default(), format!("line {line} holds characters that are not UTF-8"))
                .help("save the file again with the encoding UTF-8");
            None
        }
    }
}

/// What the outermost node of a file has to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Root {
    Mapping,
    List,
}

fn rooted<'a>(text: &'a str, root: Root, faults: &mut Faults) -> Option<Node<'a>> {
    let node = yaml::parse(text, faults)?;
    let fits = match &node.kind {
        Kind::Map(_) => root == Root::Mapping,
        Kind::List(_) => root == Root::List,
        // A file with nothing in it is an empty mapping, or list.
        Kind::Text(_) => node.is_blank(),
    };
    if !fits {
        let (what, help) = match root {
            Root::Mapping => ("fields", "write lines of the form `field: value`"),
            Root::List => ("a list", "write a line with `- ` before each item"),
        };
        faults.add("syntax", node.span, format!("this file has to hold {what}")).help(help);
        return None;
    }
    if let Some(extra) = node.get("log").and_then(|log| log.items().get(LONGEST_LOG)) {
        faults
            .add("syntax", extra.span, format!("a log has {LONGEST_LOG} entries at most"))
            .help("close this record and go on in a new one");
        return None;
    }
    Some(node)
}

fn content(
    kind: FileKind,
    file: FileId,
    path: &str,
    text: Option<&str>,
    settings: &Settings,
    faults: &mut Faults,
) -> (Content, String) {
    let name = stem(path);
    if kind == FileKind::Report {
        let date = parse_date(name).unwrap_or_default();
        let report = text.and_then(|text| nitc::read(text, file, date, &settings.nitc_report.columns, faults));
        return (Content::Report(report, date), format!("nitc-{name}"));
    }
    let root = if matches!(kind, FileKind::Subjects | FileKind::Staff) { Root::List } else { Root::Mapping };
    let node = text.and_then(|text| rooted(text, root, faults));
    let node = node.as_ref();
    let id = |key: &str| node.and_then(|node| node.get(key)).and_then(|node| node.text()).unwrap_or(name).to_owned();
    match kind {
        FileKind::Subjects => {
            let ids = node.map(|node| ids_of(node.items(), SubjectId::parse)).unwrap_or_default();
            (Content::Subjects(decode(node, faults), ids), name.to_owned())
        }
        FileKind::Staff => {
            let ids = node.map(|node| ids_of(node.items(), PersonId::parse)).unwrap_or_default();
            (Content::Staff(decode(node, faults), ids), name.to_owned())
        }
        FileKind::Board => {
            let members = node.and_then(|node| node.get("members"));
            let ids = members.map(|members| ids_of(members.items(), PersonId::parse)).unwrap_or_default();
            // A file with nothing in it is an empty board, as a missing one is.
            let board = match node {
                Some(node) if node.is_blank() => Some(Board::default()),
                node => decode(node, faults),
            };
            (Content::Board(board, ids), name.to_owned())
        }
        FileKind::Poc => {
            let id = id("id");
            (Content::Poc(decode(node, faults).map(Box::new), PersonId::parse(&id)), id)
        }
        FileKind::Ticket => {
            let id = id("id");
            (Content::Ticket(decode(node, faults).map(Box::new), TicketId::parse(&id)), id)
        }
        FileKind::Change => {
            let id = id("id");
            let digest = node.map(request::digest).unwrap_or_default();
            (Content::Change(decode(node, faults).map(Box::new), CrId::parse(&id), digest), id)
        }
        FileKind::Vote => {
            let folder = path.rsplit('/').nth(1).unwrap_or("");
            let cr = node.and_then(|node| node.get("cr")).and_then(|node| node.text()).unwrap_or(folder).to_owned();
            let reason = node.and_then(|node| node.get("reason")).and_then(|node| node.text()).unwrap_or("");
            let reason_digest = request::sha256(reason.as_bytes());
            (Content::Vote(decode(node, faults).map(Box::new), CrId::parse(&cr), reason_digest), cr)
        }
        FileKind::Meeting => {
            let meeting: Option<Meeting> = decode(node, faults);
            let record = meeting.as_ref().map_or(name.to_owned(), Meeting::name);
            (Content::Meeting(meeting.and_then(|meeting| sound(meeting, faults)).map(Box::new)), record)
        }
        // The settings were read before everything else; here only their faults are gathered.
        FileKind::Settings => {
            let mut own = Faults { rule_names: faults.rule_names, ..Faults::default() };
            if let Some(node) = node {
                SettingsFile::decode(node, &mut own);
            }
            faults.list.append(&mut own.list);
            (Content::Nothing, name.to_owned())
        }
        FileKind::Report => (Content::Nothing, name.to_owned()),
    }
}

/// Decodes a record; one with a fatal fault is left out.
fn decode<T: Value>(node: Option<&Node>, faults: &mut Faults) -> Option<T> {
    let record = T::decode(node?, faults)?;
    (!faults.are_fatal()).then_some(record)
}

/// Values of a meeting that exclude each other.
fn sound(meeting: Meeting, faults: &mut Faults) -> Option<Meeting> {
    let Some(cancelled) = &meeting.cancelled else { return Some(meeting) };
    let other = match (&meeting.moved_to, &meeting.held) {
        (Some(moved), _) => Some((moved.span, "moved_to")),
        (_, Some(held)) if held.value => Some((held.span, "held: true")),
        _ => None,
    };
    let Some((span, field)) = other else { return Some(meeting) };
    faults
        .add("invalid-value", span, format!("a meeting that is cancelled has no `{field}`"))
        .help("delete this line, or the line `cancelled`")
        .label(cancelled.span, "cancelled here");
    None
}

fn ids_of<T>(items: &[Node], parse: impl Fn(&str) -> Option<T>) -> Vec<T> {
    items.iter().filter_map(|item| item.get("id")).filter_map(|id| id.text()).filter_map(parse).collect()
}

/// A file's name without folder and ending.
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Adds what a file came to; of two records with one id the first by path stands (`placement` says so).
fn add(project: &mut Project, file: FileId, reading: Reading) {
    let Reading { source, content, record, faults } = reading;
    if faults.are_fatal() || faults.list.iter().any(|fault| fault.rule == "nitc-report-malformed") {
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
            help: fault.help,
            labels,
            excepted: false,
            on: None,
        });
    }
    let known = &mut project.known;
    let stated = |span, id: String| StatedId::new(&path, file, span, id);
    match content {
        Content::Nothing => {}
        Content::Subjects(Some(subjects), _) => {
            for subject in subjects {
                known.subjects.add(subject.id.value.clone());
                project.subjects.push(Loaded { file, record: subject });
            }
        }
        Content::Subjects(None, ids) => {
            known.subjects.complete = !ids.is_empty();
            ids.into_iter().for_each(|id| known.subjects.add_broken(Some(id)));
        }
        Content::Staff(Some(staff), _) => {
            for person in staff {
                known.staff.add(person.id.value.clone());
                project.staff.push(Loaded { file, record: person });
            }
        }
        Content::Staff(None, ids) => {
            known.staff.complete = !ids.is_empty();
            ids.into_iter().for_each(|id| known.staff.add_broken(Some(id)));
        }
        Content::Board(Some(board), _) => {
            board.members.iter().for_each(|member| known.members.add(member.id.value.clone()));
            project.board = board;
            project.board_file = Some(file);
        }
        Content::Board(None, ids) => {
            known.members.complete = !ids.is_empty();
            ids.into_iter().for_each(|id| known.members.add_broken(Some(id)));
        }
        Content::Poc(poc, id) => {
            project.counts.pocs += 1;
            match poc {
                Some(poc) => {
                    known.stated.extend(stated(poc.id.span, poc.id.to_string()));
                    known.pocs.add(poc.id.value.clone());
                    project.pocs.entry(poc.id.value.clone()).or_insert(Loaded { file, record: *poc });
                }
                None => known.pocs.add_broken(id),
            }
        }
        Content::Ticket(ticket, id) => {
            project.counts.tickets += 1;
            match ticket {
                Some(ticket) => {
                    known.stated.extend(stated(ticket.id.span, ticket.id.to_string()));
                    known.tickets.add(ticket.id.value);
                    project.tickets.entry(ticket.id.value).or_insert(Loaded { file, record: *ticket });
                }
                None => known.tickets.add_broken(id),
            }
        }
        Content::Change(change, id, digest) => {
            project.counts.crs += 1;
            match change {
                Some(change) => {
                    known.stated.extend(stated(change.id.span, change.id.to_string()));
                    known.changes.add(change.id.value.clone());
                    let id = change.id.value.clone();
                    project.changes.entry(id).or_insert(LoadedChange { file, record: *change, digest });
                }
                None => known.changes.add_broken(id),
            }
        }
        Content::Vote(vote, cr, reason_digest) => match (vote, cr) {
            (Some(vote), _) => {
                let votes = project.votes.entry(vote.cr.value.clone()).or_default();
                votes.push(LoadedVote { file, record: *vote, reason_digest });
            }
            (None, Some(cr)) => drop(known.broken_votes.insert(cr)),
            (None, None) => {}
        },
        Content::Meeting(Some(meeting)) => {
            let key = (meeting.kind, meeting.date.0);
            known.stated.extend(stated(meeting.date.span, meeting.name()));
            project.meetings.entry(key).or_insert(Loaded { file, record: *meeting });
        }
        Content::Meeting(None) => {}
        Content::Report(Some(report), date) => drop(project.reports.insert(date, report)),
        Content::Report(None, date) => drop(project.malformed_reports.insert(date)),
    }
}
