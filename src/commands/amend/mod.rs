//! `heatpack amend`: corrects an entry or a ticket, as long as the base branch does not have it.

mod fixed;
mod plan;
mod text;

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use crate::commands::common::options::status;
use crate::commands::common::record_file::read_record;
use crate::commands::common::session::Session;
use crate::commands::common::{lookup, terminal};
use crate::commands::entry::ask::Ask;
use crate::commands::entry::draft::{self, Draft, ForceArgs, Written};
use crate::commands::entry::flags::{FieldFlags, FlagFields};
use crate::commands::entry::log_record::find;
use crate::commands::entry::stated_fields::{FlagNames, Stated};
use crate::load::Project;
use crate::model::{ChangeEvent, LogId, TicketEvent, TicketId, all_entry_fields};
use crate::record::{Field, Fields, Node, to_yaml};
use crate::render::shown;
use crate::report::entered::{Entered, amended_change, amended_ticket};
use crate::workflow::{Context, Prepared};
use fixed::{BaseRecords, Fixed, listed};
use plan::{Flags, Plan, Set, What};
use text::Change;

/// Correct an entry or a ticket that is not in the base branch yet
///
/// Changes an entry, moves it to another ticket, or takes it back. Without --entry and --last, corrects a field of the
/// ticket itself. Leaves the rest of the files unchanged. Asks when run in a terminal without flags, and shows what
/// changes.
///
/// Rejects what the base branch has: origin's default branch as last fetched, or the local one without a remote. For
/// that, use `heatpack log` with a `note`, `reopened` or `struck`.
///
/// Exit status 1: the edit was rejected, and nothing was written.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  heatpack amend HEAT-10423 --last --note \"Told Jordan about the export.\"\n  heatpack amend 10423 --last --to 10424\n  heatpack amend 10423 --entry 2 --remove\n  heatpack amend 10430 --kind question"
)]
pub struct Arguments {
    /// Ticket or CR, for example HEAT-10423, 10423 or CR-2026-007
    id: String,
    /// Entry by its number, 1 is the oldest, or by time and event
    #[arg(long, value_name = "N", conflicts_with = "last")]
    entry: Option<String>,
    /// The last entry of the log
    #[arg(long)]
    last: bool,
    /// Move the entry to this ticket
    #[arg(long, value_name = "ID", conflicts_with = "remove")]
    to: Option<String>,
    /// Take the entry back
    #[arg(long)]
    remove: bool,
    #[command(flatten)]
    own: FieldFlags<OwnFields>,
    #[command(flatten)]
    force_args: ForceArgs,
}

/// The fields that can be amended, as flags: of an entry or of the ticket.
#[derive(Debug)]
struct OwnFields;

impl FlagFields for OwnFields {
    fn flag_fields() -> Vec<Field> {
        own_fields()
    }
}

/// The fields that can be amended: those of entries, then those of tickets.
fn own_fields() -> Vec<Field> {
    let is_own = |field: &Field| !["id", "log", "exception", "digest", "entry"].contains(&field.name.as_str());
    let mut fields: Vec<Field> = all_entry_fields().into_iter().filter(is_own).collect();
    for field in text::ticket_fields().into_iter().filter(is_own) {
        match fields.iter_mut().find(|own| own.name == field.name) {
            Some(own) => own.about = format!("{}; of the ticket: {}", own.about.trim_end_matches('.'), field.about),
            None => fields.push(field),
        }
    }
    fields
}

/// The fields of a ticket that were stated with flags.
const TICKET_FLAGS: FlagNames = &[
    ("title", "title"),
    ("subject", "subject"),
    ("kind", "kind"),
    ("area", "area"),
    ("poc", "poc"),
    ("received", "received"),
    ("via", "via"),
    ("description", "description"),
    ("first_line", "first-line"),
];

/// The fields by which others know a ticket.
const IDENTITY: [&str; 3] = ["poc", "received", "subject"];

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Some(record) = find(session, arguments.id.trim())? else { return Ok(status(1)) };
    let Some(to) = target(session, arguments, &record)? else { return Ok(status(1)) };
    let ask = Ask::new(session.colors(&std::io::stderr()));
    let base = BaseRecords::read(session)?;
    let fixed = base.of(&session.project, &record);
    let entries = listed(&session.project, &record);
    let free: Vec<usize> = (0..entries.len()).filter(|at| fixed.is_free(*at)).collect();
    let flags = Flags {
        entry: arguments.entry.as_deref(),
        last: arguments.last,
        to,
        remove: arguments.remove,
        fields: &arguments.own.said,
    };
    let planned = plan::plan(session, &record, &flags, ask.as_ref(), &free)?;
    let is_asked = planned.is_none();
    let before = read(session, &session.project, &record)?;
    let plan = match (planned, &ask) {
        (Some(plan), _) => plan,
        (None, Some(ask)) => {
            plan::asked(session, &record, &flags, ask, &free, |entry, name| before.value(entry, name))?
        }
        (None, None) => bail!("nothing to amend: add a flag with the new value, for example --note"),
    };
    if is_refused(&base, &fixed, &record, &plan, &entries) {
        return Ok(status(1));
    }
    let changes = before.differences(&plan, &entries);
    if let Some(ask) = ask.as_ref().filter(|_| is_asked) {
        say!("{}", shown(changes.trim_end()));
        if !ask.consent("Write this?")? {
            say!("nothing was written");
            return Ok(status(1));
        }
    }
    let make = |project: &Project, exception: Option<&Node<'static>>| {
        if listed(project, &record) != entries {
            bail!("another program changed {record}; nothing was written: run the command again");
        }
        drafts(session, project, &record, &plan, exception)
    };
    let Some(written) = draft::write_each(session, &arguments.force_args, ask.as_ref(), make)? else {
        return Ok(status(1));
    };
    draft::print_diagnostics(session, &written.project, &written.lapses);
    print(session, &record, &plan, &changes, is_asked, &written)?;
    Ok(ExitCode::SUCCESS)
}

/// The ticket that the entry goes to, if any; the outer `None` if it has errors, which are printed.
fn target(session: &Session, arguments: &Arguments, record: &LogId) -> anyhow::Result<Option<Option<TicketId>>> {
    let Some(typed) = &arguments.to else { return Ok(Some(None)) };
    match (find(session, typed.trim())?, record) {
        (None, _) => Ok(None),
        (Some(LogId::Ticket(to)), LogId::Ticket(from)) if to != *from => Ok(Some(Some(to))),
        (Some(LogId::Ticket(_)), LogId::Ticket(_)) => bail!("the entry is in {record} already: use another ticket"),
        _ => bail!("an entry can move from a ticket to a ticket only; {} is not one", lookup::numbered(typed)),
    }
}

/// Whether the base branch has what would change; then it prints what the process offers instead.
fn is_refused(base: &BaseRecords, fixed: &Fixed, record: &LogId, plan: &Plan, entries: &[fixed::Listed]) -> bool {
    match plan {
        Plan::Record(sets) => {
            let Some(own) = sets.iter().find(|set| IDENTITY.contains(&set.field.name.as_str())) else { return false };
            if matches!(fixed, Fixed::Nothing) {
                return false;
            }
            say!("error: {record} is in {}: its `{}` cannot be amended", base.name(), own.field.name);
            match own.field.name.as_str() {
                "poc" => say!("help: if another POC follows it, run `heatpack log {record} handed-over --poc ID`"),
                _ => say!("help: void it with `heatpack log {record} voided --note TEXT`, and enter it again"),
            }
        }
        Plan::Entry { place, .. } if fixed.is_free(*place) => return false,
        Plan::Entry { place, .. } => {
            let (name, event) =
                entries.get(*place).map(|own| (own.name.as_str(), own.event.as_str())).unwrap_or_default();
            say!("error: the entry `{name}` of {record} is in {}: it cannot be amended", base.name());
            say!("help: to correct what it says, run `heatpack log {record} note --note TEXT`");
            if matches!(record, LogId::Ticket(_)) {
                if event == TicketEvent::Closed.as_str() {
                    say!(
                        "help: if the POC says that it is not resolved, run `heatpack log {record} reopened --note TEXT`"
                    );
                }
                if event != TicketEvent::Struck.as_str() {
                    say!(
                        "help: if it should not be there, run `heatpack log {record} struck --entry \"{name}\" --note TEXT`"
                    );
                }
            }
            say!(
                "help: if the entry itself must change, edit it and add an `exception`; `heatpack explain history-rewritten`"
            );
        }
    }
    say!("nothing was written");
    true
}

/// The file of a record as it is.
struct Before {
    path: String,
    bytes: Vec<u8>,
    text: String,
}

fn read(session: &Session, project: &Project, record: &LogId) -> anyhow::Result<Before> {
    let file = project.log_file(record).with_context(|| format!("another program deleted {record}"))?;
    let path = project.file(file).path.clone();
    let (bytes, text) = read_record(session, &path)?;
    Ok(Before { path, bytes, text })
}

impl Before {
    fn draft(self, text: String) -> Draft {
        Draft { path: self.path, new: text.into_bytes(), old: Some(self.bytes) }
    }

    /// The value of a field of an entry or of the record, as one text.
    fn value(&self, entry: Option<usize>, name: &str) -> Option<String> {
        let root = crate::load::parse(&self.text, &mut crate::record::Faults::default())?;
        let node = match entry {
            Some(at) => root.get("log")?.items().get(at)?,
            None => &root,
        };
        let value = node.get(name)?;
        let items = || value.items().iter().filter_map(Node::text).collect::<Vec<_>>().join(", ");
        Some(value.text().map_or_else(items, str::to_owned))
    }

    /// What changes, a line for each value before and after.
    fn differences(&self, plan: &Plan, entries: &[fixed::Listed]) -> String {
        let entry = |place: &usize| entries.get(*place).map(|own| own.words.as_str()).unwrap_or_default();
        let lines = |sets: &[Set], place: Option<usize>| -> String {
            let one = |set: &Set| {
                let name = &set.field.name;
                let was = self.value(place, name).map(|was| lines_of('-', name, &was)).unwrap_or_default();
                format!("{was}{}", lines_of('+', name, &set.text()))
            };
            sets.iter().map(one).collect()
        };
        match plan {
            Plan::Record(sets) => lines(sets, None),
            Plan::Entry { place, what: What::Gone } => lines_of('-', "entry", entry(place)),
            Plan::Entry { place, what: What::Changes { fields, .. } } => lines(fields, Some(*place)),
        }
    }
}

/// "  + note: Told Jordan."; of a long text each line.
fn lines_of(sign: char, name: &str, text: &str) -> String {
    let yaml = to_yaml(&Fields::new().with(name, text).into());
    let own = yaml.lines().filter(|line| !line.trim().is_empty());
    own.map(|line| format!("  {sign} {line}\n")).collect()
}

/// The files of the records as they will be, and what was stated of each.
fn drafts(
    session: &Session,
    project: &Project,
    record: &LogId,
    plan: &Plan,
    exception: Option<&Node<'static>>,
) -> anyhow::Result<Vec<(Draft, Stated)>> {
    let before = read(session, project, record)?;
    let failed = format!("cannot edit {}", before.path);
    let own = before.text.clone();
    let excused = exception.map(|node| ("exception".to_owned(), Some(node.clone())));
    match plan {
        Plan::Record(sets) => {
            let changes: Vec<Change> = sets.iter().map(change).chain(excused).collect();
            let text = text::with_fields(&own, &changes).context(failed)?;
            Ok(vec![(before.draft(text), Stated::Fields(TICKET_FLAGS))])
        }
        Plan::Entry { place, what: What::Gone } => {
            let text = crate::load::remove(&own, *place).context(failed)?;
            Ok(vec![(before.draft(text), Stated::Nothing)])
        }
        Plan::Entry { place, what: What::Changes { fields, to } } => {
            let entry = text::entry_of(&own, *place)?;
            let mut changes: Vec<Change> = Vec::new();
            if let Some(event) = fields.iter().find(|set| set.field.name == "event") {
                changes.extend(match record {
                    LogId::Ticket(_) => text::of_event::<TicketEvent>(&entry, &event.text()),
                    LogId::Change(_) => text::of_event::<ChangeEvent>(&entry, &event.text()),
                });
            }
            changes.extend(fields.iter().map(change).chain(excused));
            let Some(to) = to else {
                let (text, place) = text::with_entry(&own, *place, &changes).context(failed)?;
                return Ok(vec![(before.draft(text), Stated::Entry(place))]);
            };
            let rest = crate::load::remove(&own, *place).context(failed)?;
            let other = read(session, project, &LogId::Ticket(*to))?;
            let moved = text::changed(&entry, &changes);
            let (text, place) =
                text::with_new_entry(&other.text, &moved).with_context(|| format!("cannot edit {}", other.path))?;
            Ok(vec![(other.draft(text), Stated::Entry(place)), (before.draft(rest), Stated::Nothing)])
        }
    }
}

fn change(set: &Set) -> Change {
    (set.field.name.clone(), Some(set.node()))
}

/// Prints what was amended, and how the records stand.
fn print(
    session: &Session,
    record: &LogId,
    plan: &Plan,
    changes: &str,
    is_shown: bool,
    written: &Written,
) -> anyhow::Result<()> {
    let prepared = Prepared::new(&written.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let entry =
        |place: &usize| listed(&session.project, record).get(*place).map(|own| own.name.clone()).unwrap_or_default();
    let mut what = match plan {
        Plan::Record(_) => "amended".to_owned(),
        Plan::Entry { place, what: What::Gone } => format!("entry `{}` taken back", entry(place)),
        Plan::Entry { place, what: What::Changes { to: Some(to), .. } } => {
            format!("entry `{}` moved to {to}", entry(place))
        }
        Plan::Entry { place, what: What::Changes { .. } } => format!("entry `{}` amended", entry(place)),
    };
    let is_removal = matches!(plan, Plan::Entry { what: What::Gone, .. });
    if !is_shown && !is_removal && !changes.is_empty() {
        what.push_str(&format!("\n{}", changes.trim_end()));
    }
    let mut text = entered(&ctx, record, what).map(|own| own.text()).unwrap_or_default();
    if let Plan::Entry { what: What::Changes { to: Some(to), .. }, .. } = plan {
        let other = LogId::Ticket(*to);
        let what = format!("entry moved here from {record}");
        text.push_str(&entered(&ctx, &other, what).map(|own| own.text()).unwrap_or_default());
    }
    text.push_str(&written.files());
    let told = std::io::stdout().lock().write_all(shown(&text).as_bytes());
    told.with_context(|| terminal::written_anyway(written.path()))
}

fn entered(ctx: &Context, record: &LogId, what: String) -> Option<Entered> {
    match record {
        LogId::Ticket(id) => amended_ticket(ctx, *id, what),
        LogId::Change(id) => amended_change(ctx, id, what),
    }
}
