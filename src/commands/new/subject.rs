//! `heatpack new subject`: a module or initiative that the Help Desk supports.

use std::process::ExitCode;

use super::list_file::ListFile;
use super::record::{Kind, not_written};
use crate::commands::common::options::status;
use crate::commands::common::session::Session;
use crate::commands::entry::ask::Ask;
use crate::commands::entry::flags::FieldFlags;
use crate::commands::entry::form::Form;
use crate::model::{Subject, SubjectId, SubjectKind};
use crate::record::{Field, Value, Word, fields_of};

/// Add a module or initiative to data/subjects.yaml
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  heatpack new subject --name Scorecard --kind module\n  heatpack new subject --name \"Data for Decisions\" --id decisions --kind initiative --from 2026-12-01"
)]
pub struct Arguments {
    #[command(flatten)]
    own: FieldFlags<Subject>,
}

impl Kind for Subject {
    const NAME: &'static str = "subjects";

    fn fields() -> Vec<Field> {
        fields_of(&Subject::schema(), Subject::FIELDS)
    }
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments, ask: Option<&Ask>) -> anyhow::Result<ExitCode> {
    const LIST: ListFile = ListFile::Subjects;
    if !LIST.is_editable(session) {
        return Ok(status(1));
    }
    let fields = Subject::fields();
    let judge = |form: &Form, name: &str| LIST.wrong_with(session, form, name, &[]);
    let mut form = Form::new(session, &fields, &arguments.own.said, ask)?.judged_by(&judge);
    form.ask_for("name")?;
    if let Some(id) = free_id(session, form.get("name").unwrap_or_default()) {
        form.propose("id", &id)?;
    }
    form.ask_for_the_rest()?;
    if !form.confirm()? {
        return Ok(not_written());
    }
    let words = format!("{}: {}", form.get("id").unwrap_or_default(), form.get("name").unwrap_or_default());
    let kind = form.get("kind").and_then(|kind| SubjectKind::ALL.iter().find(|own| own.name() == kind));
    let words = kind.map_or_else(|| words.clone(), |kind| format!("{words}, {kind}"));
    let words = format!("{words}\nnext: `heatpack new poc` or `heatpack new designation`, for its POC");
    LIST.add(session, ask, &form, &form.fields(), Ok, &words)
}

/// An id made of the words of a name: `travel-vouchers`.
fn free_id(session: &Session, name: &str) -> Option<String> {
    let letters = name.to_lowercase().chars().map(crate::model::plain_letter).collect::<String>();
    let words = letters.split(|own: char| !own.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let id = SubjectId::parse(&words.collect::<Vec<_>>().join("-"))?;
    (!session.project.known.subjects.has(&id)).then(|| id.to_string())
}
