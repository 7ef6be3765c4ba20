//! Files → records: each file is read, parsed and decoded by itself, all of them in parallel.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::assemble::add;
use super::file_cache::{FileCache, Stamp};
use super::file_text::text_of;
use super::files::{self, FileKind, Found, FoundKind, LoadError, stem};
use super::parsed::{ParsedFile, ParsedRecord};
use super::project::Project;
use super::source::Source;
use super::{nitc, personal_data, request, yaml};
use crate::model::{
    Answer, AnswerId, Board, CrId, FileId, Meeting, PersonId, RuleId, Settings, SettingsFile, SourceFile, Span,
    SubjectId, Ticket, TicketId, is_field_name, parse_date,
};
use crate::record::{Faults, Kind, Node, Value};

/// The most entries that a log may have.
const LONGEST_LOG: usize = 10_000;

/// Reads every file of a source, but those in the `cache` that are unchanged.
pub fn read(source: Source, mut cache: Option<&mut FileCache>) -> Result<Project, LoadError> {
    let found = source.find()?;
    let mut project = Project::default();
    let settings_at = found.iter().position(|found| matches!(found.what, FoundKind::Record(FileKind::Settings)));
    let mut settings_faults = Faults::default();
    let mut settings_text = String::new();
    // A link or folder of that name is not opened: what the settings are is not known then.
    project.settings_left_out = settings_at.is_none() && found.iter().any(|found| found.path == "data/heatpack.yaml");
    if let Some(at) = settings_at {
        let path = &found[at].path;
        let unreadable = |error| LoadError::Unreadable { path: source.root().join(path), source: error };
        let bytes = source.read(path).map_err(unreadable)?;
        let (text, settings) = decode_settings(bytes, &mut settings_faults);
        settings_text = text;
        project.settings_left_out = settings.is_none();
        project.settings = settings.unwrap_or_default();
    }
    let settings = (!project.settings_left_out).then_some(&project.settings);
    if let Some(cache) = cache.as_deref_mut() {
        cache.set_settings(settings.map(|_| settings_text));
    }
    let read = |(index, found): (usize, Found)| {
        let file = FileId(index as u32);
        // Without settings the time zone is unknown.
        let faults = Faults { zone: settings.map(|settings| settings.zone), ..Faults::default() };
        let read_again = |found| read_one(source, file, found, settings, faults);
        match cache.as_deref() {
            Some(cache) if !source.is_drafted(&found.path) => cache.get_or_read(source.root(), file, found, read_again),
            _ => (Arc::new(read_again(found)), None),
        }
    };
    let (readings, stamps): (Vec<Arc<ParsedFile>>, Vec<Option<Stamp>>) =
        found.into_par_iter().enumerate().map(read).unzip();
    if let Some(cache) = cache {
        cache.store(&readings, stamps);
    }
    for (index, reading) in readings.into_iter().enumerate() {
        // What is remembered is copied, all else moved.
        add(&mut project, FileId(index as u32), Arc::unwrap_or_clone(reading));
    }
    for votes in project.votes.values_mut() {
        // Of two votes in one minute the less favorable one counts, whatever their file names.
        votes.sort_by_key(|vote| (vote.at.value, vote.decision.value.severity(), vote.file));
    }
    Ok(project)
}

/// Decodes `heatpack.yaml`, with its text. Returns `None` if it has fatal errors; the defaults then apply.
pub fn decode_settings(bytes: Vec<u8>, faults: &mut Faults) -> (String, Option<Settings>) {
    let Some(text) = text_of(bytes, RuleId::Syntax, faults) else { return (String::new(), None) };
    let node = yaml::parse(&text, faults);
    let file = rooted(node, Root::Mapping, faults).and_then(|node| SettingsFile::decode(&node, faults));
    let settings = file.filter(|_| !faults.are_fatal()).map(Settings::new);
    (text, settings)
}

fn read_one(source: Source, file: FileId, found: Found, settings: Option<&Settings>, mut faults: Faults) -> ParsedFile {
    let kind = match found.what {
        FoundKind::Record(kind) => kind,
        FoundKind::Stray { message, help } => {
            faults.add(RuleId::MisplacedFile, Span::default(), message).help(help);
            return unopened(found.path, file, settings, faults);
        }
        FoundKind::Unreadable(reason) => {
            faults.add(RuleId::Syntax, Span::default(), format!("this cannot be read: {reason}")).help(UNREADABLE);
            return unopened(found.path, file, settings, faults);
        }
    };
    let text = match source.read(&found.path) {
        Ok(bytes) if kind == FileKind::Report => nitc::text_of(bytes, &mut faults),
        Ok(bytes) => text_of(bytes, RuleId::Syntax, &mut faults),
        Err(error) => {
            let reason = files::reason(&error);
            faults.add(RuleId::Syntax, Span::default(), format!("this cannot be read: {reason}")).help(UNREADABLE);
            None
        }
    };
    let (content, record) = content(kind, file, &found.path, text.as_deref(), settings, &mut faults);
    one_fault_a_place(&mut faults);
    // Whatever else is wrong with the file, and after that, so that it leaves nothing out.
    text.iter().for_each(|text| personal_data::check(text, &mut faults));
    let source = SourceFile { path: found.path, text: text.unwrap_or_default().into() };
    ParsedFile { source, opened: true, content, record, faults }
}

/// A place that cannot be read is not checked again.
fn one_fault_a_place(faults: &mut Faults) {
    let unread = faults.list.iter().filter(|fault| fault.rule == RuleId::Syntax).map(|fault| fault.span);
    let unread: BTreeSet<Span> = unread.collect();
    if !unread.is_empty() {
        faults.list.retain(|fault| fault.rule == RuleId::Syntax || !unread.contains(&fault.span));
    }
}

/// A file that is not opened. If its path is that of a record, the record's id stays known.
fn unopened(path: String, file: FileId, settings: Option<&Settings>, mut faults: Faults) -> ParsedFile {
    let (content, record) = match files::kind_of(&path) {
        Some(kind) => content(kind, file, &path, None, settings, &mut faults),
        None => (ParsedRecord::Nothing, stem(&path).to_owned()),
    };
    ParsedFile { source: SourceFile { path, text: "".into() }, opened: false, content, record, faults }
}

const UNREADABLE: &str = "ask your administrator for read access, or restore the file from git";

/// What the outermost node of a file has to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Root {
    Mapping,
    List,
}

fn rooted<'a>(node: Option<Node<'a>>, root: Root, faults: &mut Faults) -> Option<Node<'a>> {
    let node = node?;
    let fits = match &node.kind {
        Kind::Map(_) => root == Root::Mapping,
        Kind::List(_) => root == Root::List,
        // A file with nothing in it is an empty mapping, or list.
        Kind::Text(_) => node.is_blank(),
    };
    if !fits {
        let (what, help) = match (root, &node.kind) {
            (Root::Mapping, _) => ("fields", "write lines of the form `field: value`".to_owned()),
            (Root::List, Kind::Map(entries)) if entries.first().is_some_and(|(key, _)| is_field_name(&key.text)) => {
                let name = &entries[0].0.text;
                ("a list", format!("put `- ` before `{name}`, and two spaces before the entry's further lines"))
            }
            (Root::List, _) => ("a list", "begin each item with `- `, its further lines two spaces in".to_owned()),
        };
        faults.add(RuleId::Syntax, node.span, format!("this file must contain {what}")).help(help);
        return None;
    }
    if let Some(extra) = node.get("log").and_then(|log| log.items().get(LONGEST_LOG)) {
        faults
            .add(RuleId::Syntax, extra.span, format!("a log has {LONGEST_LOG} entries at most"))
            .help("close this record, and continue in a new one");
        return None;
    }
    Some(node)
}

/// Whether the file of one record has nothing in it: that is one fault, and not one for each field.
fn says_nothing(kind: FileKind, node: &Node, text: Option<&str>, faults: &mut Faults) -> bool {
    use FileKind::{Answer, Change, Meeting, Poc, Ticket, Vote};
    let is_record = matches!(kind, Poc | Ticket | Answer | Change | Vote | Meeting);
    let is_empty = is_record && node.is_blank();
    if is_empty {
        let message = match text.is_none_or(|text| text.trim().is_empty()) {
            true => "this file is empty",
            false => "this file has comments and no fields",
        };
        faults.add(RuleId::MissingField, node.span, message).help("write the record's fields, or delete the file");
    }
    is_empty
}

fn content(
    kind: FileKind,
    file: FileId,
    path: &str,
    text: Option<&str>,
    settings: Option<&Settings>,
    faults: &mut Faults,
) -> (ParsedRecord, String) {
    let name = stem(path);
    if kind == FileKind::Report {
        let date = parse_date(name).unwrap_or_default();
        let names = settings.map(|settings| &settings.nitc_report);
        let report = text.and_then(|text| nitc::read(text, file, date, names, faults));
        return (ParsedRecord::Report(report, date), format!("nitc-{name}"));
    }
    let root = if matches!(kind, FileKind::Subjects | FileKind::Staff) { Root::List } else { Root::Mapping };
    let node = match kind {
        // Comments behind the values of settings explain them, and texts are few there.
        FileKind::Settings => text.and_then(|text| yaml::parse(text, faults)),
        _ => text.and_then(|text| yaml::parse_record(text, faults)),
    };
    let node = rooted(node, root, faults).filter(|node| !says_nothing(kind, node, text, faults));
    let node = node.as_ref();
    let id = |key: &str| node.and_then(|node| node.get(key)).and_then(|node| node.text()).unwrap_or(name).to_owned();
    match kind {
        FileKind::Subjects => {
            let ids = node.and_then(|node| ids_of(node.items(), SubjectId::parse));
            (ParsedRecord::Subjects(decode(node, faults).map(shared), ids), name.to_owned())
        }
        FileKind::Staff => {
            let ids = node.and_then(|node| ids_of(node.items(), PersonId::parse));
            (ParsedRecord::Staff(decode(node, faults).map(shared), ids), name.to_owned())
        }
        FileKind::Board => {
            let members = node.and_then(|node| node.get("members"));
            let ids = members.and_then(|members| ids_of(members.items(), PersonId::parse));
            // A file with nothing in it is an empty board, as a missing one is.
            let board = match node {
                Some(node) if node.is_blank() => Some(Board::default()),
                node => decode(node, faults).and_then(|board| check_keys(board, faults)),
            };
            (ParsedRecord::Board(board, ids), name.to_owned())
        }
        FileKind::Poc => {
            let id = id("id");
            (ParsedRecord::Poc(decode(node, faults).map(Arc::new), PersonId::parse(&id)), id)
        }
        FileKind::Ticket => {
            let id = id("id");
            let ticket = decode(node, faults).and_then(|ticket| check_via(ticket, faults));
            (ParsedRecord::Ticket(ticket.map(Arc::new), TicketId::parse(&id)), id)
        }
        FileKind::Answer => {
            let id = id("id");
            let answer = decode(node, faults).and_then(|answer| check_subjects(answer, faults));
            (ParsedRecord::Answer(answer.map(Arc::new), AnswerId::parse(&id)), id)
        }
        FileKind::Change => {
            let id = id("id");
            let digest = node.map(request::digest).unwrap_or_default();
            (ParsedRecord::Change(decode(node, faults).map(Arc::new), CrId::parse(&id), digest), id)
        }
        FileKind::Vote => {
            let folder = path.rsplit('/').nth(1).unwrap_or("");
            let cr = node.and_then(|node| node.get("cr")).and_then(|node| node.text()).unwrap_or(folder).to_owned();
            let reason = node.and_then(|node| node.get("reason")).and_then(|node| node.text()).unwrap_or("");
            let reason_digest = request::sha256(reason.as_bytes());
            (ParsedRecord::Vote(decode(node, faults).map(Arc::new), CrId::parse(&cr), reason_digest), cr)
        }
        FileKind::Meeting => {
            let meeting: Option<Meeting> = decode(node, faults);
            let record = meeting.as_ref().map_or(name.to_owned(), Meeting::name);
            (ParsedRecord::Meeting(meeting.and_then(|meeting| check_meeting(meeting, faults)).map(Arc::new)), record)
        }
        // The settings were read before everything else; here only their faults are gathered.
        FileKind::Settings => {
            let mut own = Faults { ..Faults::default() };
            if let Some(node) = node {
                SettingsFile::decode(node, &mut own);
            }
            faults.list.append(&mut own.list);
            (ParsedRecord::Nothing, name.to_owned())
        }
        FileKind::Report => (ParsedRecord::Nothing, name.to_owned()),
    }
}

/// Decodes a record. A record with a fatal error is excluded.
fn decode<T: Value>(node: Option<&Node>, faults: &mut Faults) -> Option<T> {
    let record = T::decode(node?, faults)?;
    (!faults.are_fatal()).then_some(record)
}

fn shared<T>(records: Vec<T>) -> Vec<Arc<T>> {
    records.into_iter().map(Arc::new).collect()
}

/// Rejects a ticket with an empty `via`.
fn check_via(ticket: Ticket, faults: &mut Faults) -> Option<Ticket> {
    if ticket.via.is_empty() {
        let help = "write `[phone]`, `[email]` or `[phone, email]`";
        faults.invalid(ticket.via.span, "`via` is empty", help);
        return None;
    }
    Some(ticket)
}

/// Rejects an answer that is about nothing.
fn check_subjects(answer: Answer, faults: &mut Faults) -> Option<Answer> {
    if answer.subjects.is_empty() {
        let help = "write the ids of the modules or initiatives that it is about, for example `[scorecard]`";
        faults.invalid(answer.subjects.span, "`subjects` is empty", help);
        return None;
    }
    Some(answer)
}

/// Keys are unique to a person: a shared key would allow two votes. A member who is listed for two periods keeps theirs.
fn check_keys(board: Board, faults: &mut Faults) -> Option<Board> {
    let before = faults.list.len();
    let keys: Vec<_> =
        board.members.iter().flat_map(|own| own.keys.iter().map(move |key| (&own.id.value, key))).collect();
    for (index, (id, key)) in keys.iter().enumerate() {
        let data = key.key.key.key_data();
        let first = keys[..index].iter().find(|(other, first)| other != id && first.key.key.key_data() == data);
        if let Some((other, first)) = first {
            let message = format!("`{id}` and `{other}` have the same key, so that one person could vote twice");
            let help = format!("ask `{id}` for a new key (`ssh-keygen -t ed25519`), and put its `.pub` line here");
            faults
                .add(RuleId::InvalidValue, key.key.span, message)
                .help(help)
                .label(first.key.span, format!("the key of `{other}`"));
        }
    }
    (faults.list.len() == before).then_some(board)
}

/// Rejects a canceled meeting that is also held or moved.
fn check_meeting(meeting: Meeting, faults: &mut Faults) -> Option<Meeting> {
    let Some(canceled) = &meeting.canceled else { return Some(meeting) };
    let other = match (&meeting.moved_to, &meeting.held) {
        (Some(moved), _) => Some((moved.span, "moved_to")),
        (_, Some(held)) if held.value => Some((held.span, "held: true")),
        _ => None,
    };
    let Some((span, field)) = other else { return Some(meeting) };
    faults
        .add(RuleId::InvalidValue, span, format!("a canceled meeting cannot have `{field}`"))
        .help("delete this line, or the line `canceled`")
        .label(canceled.span, "canceled here");
    None
}

/// The ids of a list; `None` if one of them cannot be read, because the ids are then incomplete.
fn ids_of<T>(items: &[Node], parse: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    items.iter().map(|item| item.get("id").and_then(|id| id.text()).and_then(&parse)).collect()
}
