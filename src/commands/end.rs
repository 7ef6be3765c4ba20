//! `heatpack end`: the last day of a designation, or of a person's time on the staff or the board.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use chrono::NaiveDate;

use crate::commands::common::options::status;
use crate::commands::common::record_file::read_record;
use crate::commands::common::session::Session;
use crate::commands::common::{terminal, typed};
use crate::commands::entry::ask::Ask;
use crate::commands::entry::draft::{self, Draft, ForceArgs};
use crate::commands::entry::stated_fields::Stated;
use crate::commands::entry::typed::Reader;
use crate::load::{BOARD, Project, Target, Who, set_field};
use crate::model::{
    Designation, Leaning, Member, PersonId, Poc, Spanned, Staff, SubjectId, Until, day_in_words, parse_date,
};
use crate::record::{Field, Node, Value, fields_of};
use crate::render::shown;

/// End a designation, or a person's time in an office
///
/// Enters the last day (`until`), which still counts. Nothing is deleted: earlier entries and votes stay valid. Hand over
/// the open tickets of a POC with `heatpack log TICKET handed-over`.
///
/// Exit status 1: the edit was rejected, and nothing was written.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  heatpack end jrivera --subject scorecard --on 2026-11-30\n  heatpack end tnominal --staff --on today"
)]
pub struct Arguments {
    /// Id or name of the person
    person: String,
    /// Module or initiative whose designation ends
    #[arg(long)]
    subject: Option<String>,
    /// Ends their time on the staff
    #[arg(long, conflicts_with = "subject")]
    staff: bool,
    /// Ends their time on the board
    #[arg(long, conflicts_with_all = ["subject", "staff"])]
    board: bool,
    /// Last day, included [default: today]
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
}

/// Something that can end: its place in its file, and what it is.
struct Open {
    path: String,
    list: Option<&'static str>,
    index: usize,
    kind: OpenKind,
    words: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum OpenKind {
    Designation(SubjectId),
    Staff,
    Member,
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let ask = Ask::new(session.colors(&std::io::stderr()));
    let (project, reader) = (&session.project, Reader::new(session, ask.as_ref()));
    let id = reader.person(&arguments.person, Who::Anyone)?;
    let id = PersonId::parse(&id).filter(|id| project.people(Who::Anyone).contains_key(id));
    let id = id.with_context(|| format!("no person `{}` is on record: use their id or name", arguments.person))?;
    let on = match &arguments.on {
        Some(on) => {
            let read = reader.day(on, Leaning::Either)?;
            parse_date(&read).with_context(|| format!("`{on}` is not a date: write it like 2026-11-30"))?
        }
        None => session.as_of.date(),
    };
    let subject = arguments.subject.as_deref().map(|own| reader.subject(own)).transpose()?;
    let fits = |kind: &OpenKind| match (kind, &subject) {
        (OpenKind::Designation(own), Some(subject)) => own.as_str() == subject,
        (_, Some(_)) => false,
        (OpenKind::Staff, None) if arguments.staff => true,
        (OpenKind::Member, None) if arguments.board => true,
        (_, None) => !arguments.staff && !arguments.board,
    };
    let mut open: Vec<Open> = open(project, &id, on).into_iter().filter(|own| fits(&own.kind)).collect();
    let name = project.person_name(&id);
    let chosen = match (open.len(), &ask) {
        (0, _) => bail!("{name} ({id}) has nothing of that kind that could end on {on}"),
        (1, _) => open.swap_remove(0),
        (_, Some(ask)) => {
            let names: Vec<String> = open.iter().map(|own| own.words.clone()).collect();
            open.swap_remove(ask.choice("What ends?", &names)?)
        }
        (_, None) => {
            let names: Vec<String> = open.iter().map(|own| own.words.clone()).collect();
            bail!("{}: use --subject, --staff or --board", typed::either(&name, &names));
        }
    };
    end(session, &chosen, &format!("{id}: {name}"), on)
}

/// Enters the last day.
fn end(session: &Session, chosen: &Open, who: &str, on: NaiveDate) -> anyhow::Result<ExitCode> {
    let path = &chosen.path;
    let fields: Vec<Field> = match chosen.kind {
        OpenKind::Designation(_) => fields_of(&Designation::schema(), Designation::FIELDS),
        OpenKind::Staff => fields_of(&Staff::schema(), Staff::FIELDS),
        OpenKind::Member => fields_of(&Member::schema(), Member::FIELDS),
    };
    let make = |_: &Project, _: Option<&Node<'static>>| {
        let (old, text) = read_record(session, path)?;
        let target = Target::Nth { list: chosen.list, index: chosen.index };
        let new = set_field(&text, target, &fields, "until", &on.to_string().into());
        let new = new.with_context(|| format!("cannot edit {path}"))?;
        Ok(Draft { path: path.clone(), new: new.into_bytes(), old: Some(old) })
    };
    let stated = chosen.list.map_or(Stated::Fields(&[]), |list| Stated::Items(list, &[("until", "on")]));
    let Some(written) = draft::write(session, &ForceArgs::default(), None, stated, make)? else {
        return Ok(status(1));
    };
    draft::print_diagnostics(session, &written.project, &written.lapses);
    let text = format!("{who}, {}: until {}\n{}", chosen.words, day_in_words(on), written.files());
    let told = std::io::stdout().lock().write_all(shown(&text).as_bytes());
    told.with_context(|| terminal::written_anyway(path))?;
    Ok(ExitCode::SUCCESS)
}

/// What of a person has no end, or a later one than that day.
fn open(project: &Project, id: &PersonId, on: NaiveDate) -> Vec<Open> {
    let is_open = |until: Option<Spanned<Until>>| until.is_none_or(|until| until.value.0 > on);
    let designations = project.pocs.get(id).map(|poc| poc.designations.as_slice()).unwrap_or_default();
    let designations = designations.iter().enumerate().filter(|(_, own)| is_open(own.until)).map(|(index, own)| Open {
        path: Poc::path(id),
        list: Some("designations"),
        index,
        words: format!("{} POC for {}", own.role.value, project.subject_name(&own.subject.value)),
        kind: OpenKind::Designation(own.subject.value.clone()),
    });
    let staff = project.staff.iter().enumerate().filter(|(_, own)| own.id.value == *id && is_open(own.until));
    let staff = staff.map(|(index, own)| Open {
        path: "data/staff.yaml".to_owned(),
        list: None,
        index,
        words: format!("staff of {}", own.office),
        kind: OpenKind::Staff,
    });
    let members = project.board.members.iter().enumerate();
    let members = members.filter(|(_, own)| own.id.value == *id && is_open(own.until)).map(|(index, _)| Open {
        path: BOARD.to_owned(),
        list: Some("members"),
        index,
        words: "member of the board".to_owned(),
        kind: OpenKind::Member,
    });
    designations.chain(staff).chain(members).collect()
}
