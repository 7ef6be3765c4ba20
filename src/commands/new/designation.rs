//! `heatpack new designation`: a further module or initiative of a POC.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use super::record::{Kind, not_written, subjects};
use crate::commands::common::options::status;
use crate::commands::common::record_file::read_record;
use crate::commands::common::session::Session;
use crate::commands::common::terminal;
use crate::commands::entry::ask::Ask;
use crate::commands::entry::draft::{self, Draft, ForceArgs};
use crate::commands::entry::flags::FieldFlags;
use crate::commands::entry::flags::FlagValues;
use crate::commands::entry::form::{Choice, Form};
use crate::commands::entry::judge::{self, Trial};
use crate::commands::entry::meeting_file::refuse_errors;
use crate::commands::entry::people::pocs;
use crate::commands::entry::stated_fields::Stated;
use crate::commands::entry::typed::Reader;
use crate::load::{Project, Who, add_item};
use crate::model::{Designation, PersonId, Poc, SubjectId};
use crate::record::{Field, Fields, Node, Value, did_you_mean, fields_of};
use crate::render::shown;

/// Designate a POC for a further module or initiative
///
/// `heatpack end` ends a designation.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  heatpack new designation jrivera --subject grants --role backup --from 2026-12-01"
)]
pub struct Arguments {
    /// Id or name of the POC
    poc: Option<String>,
    #[command(flatten)]
    own: FieldFlags<Designation>,
}

impl Kind for Designation {
    const NAME: &'static str = "poc";

    fn fields() -> Vec<Field> {
        flag_fields()
    }
}

/// The fields of a designation.
pub fn fields() -> Vec<Field> {
    fields_of(&Designation::schema(), Designation::FIELDS)
}

/// The same as flags, of which --subject takes several.
pub fn flag_fields() -> Vec<Field> {
    let mut fields = fields();
    fields.iter_mut().for_each(|field| field.is_list = field.name == "subject");
    fields
}

/// What was said, with one subject of several, and all of them as records write them.
pub fn subjects_said(
    session: &Session,
    said: &FlagValues,
    ask: Option<&Ask>,
) -> anyhow::Result<(FlagValues, Vec<String>)> {
    let (mut first, mut all) = (said.clone(), Vec::new());
    let reader = Reader::new(session, ask);
    for typed in said.get("subject").into_iter().flatten().filter(|typed| !typed.trim().is_empty()) {
        let subject = reader.subject(typed)?;
        if !all.contains(&subject) {
            all.push(subject);
        }
    }
    if let (Some(values), Some(one)) = (first.get_mut("subject"), all.first()) {
        *values = vec![one.clone()];
    }
    Ok((first, all))
}

/// The designation of a form, once for each of the subjects.
pub fn each(form: &Form, subjects: &[String]) -> Vec<Fields<'static>> {
    if subjects.len() < 2 {
        return vec![form.fields()];
    }
    let own = fields();
    let one = |subject: &String| {
        let fill = |record: Fields<'static>, field: &Field| match field.name.as_str() {
            "subject" => record.with("subject", subject.clone()),
            name => record.with_some(name.to_owned(), form.node(field)),
        };
        own.iter().fold(Fields::new(), fill)
    };
    subjects.iter().map(one).collect()
}

/// Asks for what a designation lacks.
pub fn ask_for_the_rest(session: &Session, form: &mut Form) -> anyhow::Result<()> {
    form.propose("from", &session.as_of.date().to_string())?;
    form.ask_for_the_rest()
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments, ask: Option<&Ask>) -> anyhow::Result<ExitCode> {
    let project = &session.project;
    let typed = match (&arguments.poc, ask) {
        (Some(typed), _) => Reader::new(session, ask).person(typed, Who::Poc)?,
        (None, Some(ask)) => {
            let all: Vec<Choice> = pocs(session, None, None);
            let names: Vec<String> =
                project.pocs.values().map(|poc| format!("{} ({})", poc.name.0, poc.id.value)).collect();
            if all.is_empty() {
                bail!("no POC is on record: make one with `heatpack new poc`");
            }
            let chosen = ask.choice("Which POC?", &names)?;
            project.pocs.keys().nth(chosen).map(ToString::to_string).context("no POC was chosen")?
        }
        (None, None) => bail!("the POC is missing: add their id, for example `heatpack new designation jrivera`"),
    };
    let id = PersonId::parse(&typed).filter(|id| project.pocs.contains_key(id) || project.known.pocs.has(id));
    let near = || did_you_mean(&typed, project.pocs.keys().map(PersonId::as_str));
    let help = || near().unwrap_or_else(|| "make one with `heatpack new poc`".to_owned());
    let id = id.with_context(|| format!("no POC `{typed}`; {}", help()))?;
    add(session, &id, &arguments.own.said, ask)
}

/// Adds designations to a POC on record.
pub fn add(session: &Session, id: &PersonId, said: &FlagValues, ask: Option<&Ask>) -> anyhow::Result<ExitCode> {
    let path = Poc::path(id);
    if !session.project.pocs.contains_key(id) {
        refuse_errors(session, &path);
        return Ok(status(1));
    }
    let fields = fields();
    let (first, subjects_said) = subjects_said(session, said, ask)?;
    let judge = |form: &Form, name: &str| {
        let trial = form.trial(&[]);
        let text = with(&read_record(session, &path)?.1, &[trial.record], &path)?;
        let stated = Stated::LastItem(Some(LIST));
        judge::wrong_in(
            session,
            &ForceArgs::default(),
            form,
            name,
            Trial { path: &path, text, stated, is_whole: trial.is_whole },
        )
    };
    let mut form = Form::new(session, &fields, &first, ask)?.judged_by(&judge);
    form.choose("subject", &subjects(session))?;
    ask_for_the_rest(session, &mut form)?;
    if !form.confirm()? {
        return Ok(not_written());
    }
    let designations = each(&form, &subjects_said);
    let make = |_: &Project, _: Option<&Node<'static>>| {
        let (old, text) = read_record(session, &path)?;
        Ok(Draft { path: path.clone(), new: with(&text, &designations, &path)?.into_bytes(), old: Some(old) })
    };
    let stated = Stated::LastItem(Some(LIST));
    let Some(written) = draft::write(session, &ForceArgs::default(), ask, stated, make)? else {
        let lacks = form.lacks();
        if !lacks.is_empty() {
            say!("to add what is missing, use {}", lacks.join(", "));
        }
        return Ok(status(1));
    };
    draft::print_diagnostics(session, &written.project, &written.lapses);
    let own = written.project.pocs.get(id).map(|poc| poc.designations.as_slice()).unwrap_or_default();
    let new = own.iter().skip(own.len().saturating_sub(designations.len()));
    let name = written.project.person_name(id);
    let lines = new.map(|own| format!("{id}: {name}, {}\n", words(&written.project, own)));
    let text = format!("{}{}", lines.collect::<String>(), written.files());
    let told = std::io::stdout().lock().write_all(shown(&text).as_bytes());
    told.with_context(|| terminal::written_anyway(&path))?;
    Ok(ExitCode::SUCCESS)
}

/// The list of a POC's designations.
const LIST: &str = "designations";

/// The text of a POC's file with more designations.
fn with(text: &str, designations: &[Fields<'static>], path: &str) -> anyhow::Result<String> {
    let fields = fields_of(&Poc::schema(), Poc::FIELDS);
    let add = |text: String, item: &Fields<'static>| add_item(&text, &fields, LIST, &item.clone().into());
    let added = designations.iter().try_fold(text.to_owned(), add);
    added.with_context(|| format!("cannot add to {path}"))
}

/// "primary POC for Scorecard from 2026-12-01".
pub fn words(project: &Project, own: &Designation) -> String {
    let subject: &SubjectId = &own.subject.value;
    let until = own.until.map(|until| format!(" until {}", until.value.0)).unwrap_or_default();
    format!("{} POC for {} from {}{until}", own.role.value, project.subject_name(subject), own.from.value.0)
}
