//! `heatpack new staff`: a person of the Help Desk, NITC or ACFO-FS.

use std::process::ExitCode;

use super::list_file::ListFile;
use super::people::propose_id;
use super::record::{Kind, not_written};
use crate::commands::common::options::status;
use crate::commands::common::session::Session;
use crate::commands::entry::ask::Ask;
use crate::commands::entry::flags::FieldFlags;
use crate::commands::entry::form::{Choice, Form};
use crate::load::Who;
use crate::model::{Office, Staff};
use crate::record::{Field, Value, fields_of};
use crate::report::words::Words;

/// Add a member of staff to data/staff.yaml
///
/// A person who comes back has the same id, and another --from.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  heatpack new staff --name \"Taylor Nominal\" --office help-desk --email tnominal@example.org"
)]
pub struct Arguments {
    #[command(flatten)]
    own: FieldFlags<Staff>,
}

impl Kind for Staff {
    const NAME: &'static str = "staff";

    fn fields() -> Vec<Field> {
        fields_of(&Staff::schema(), Staff::FIELDS)
    }
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments, ask: Option<&Ask>) -> anyhow::Result<ExitCode> {
    const LIST: ListFile = ListFile::Staff;
    if !LIST.is_editable(session) {
        return Ok(status(1));
    }
    let fields = Staff::fields();
    let judge = |form: &Form, name: &str| LIST.wrong_with(session, form, name, &[]);
    let mut form = Form::new(session, &fields, &arguments.own.said, ask)?.judged_by(&judge);
    form.ask_for("name")?;
    propose_id(session, &mut form, ask, &[Who::Anyone])?;
    let words = Words::new(&session.project.settings.names);
    let offices: Vec<Choice> = Office::ALL
        .iter()
        .map(|office| (office.to_string(), format!("{} ({office})", words.office(*office))))
        .collect();
    form.choose("office", &offices)?;
    form.offer("email")?;
    form.offer("from")?;
    form.ask_for_the_rest()?;
    if !form.confirm()? {
        return Ok(not_written());
    }
    let (id, name) = (form.get("id").unwrap_or_default(), form.get("name").unwrap_or_default());
    let mut text = format!("{id}: {name}, {}", form.get("office").unwrap_or_default());
    if ask.is_some() && crate::commands::common::session::own_staff_id().is_none() {
        text.push_str(&format!("\nif that is you, set HEATPACK_STAFF to {id}: logs then name you"));
    }
    LIST.add(session, ask, &form, &form.fields(), Ok, &text)
}
