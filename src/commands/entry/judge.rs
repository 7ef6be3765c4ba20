//! Judges the answers to questions one by one, by the rules that judge files: the record is tried as far as it goes.

use super::draft::{ForceArgs, new_diagnostics};
use super::form::{Form, PartialRecord};
use super::stated_fields::{Stated, StatedFields};
use crate::commands::common::session::Session;
use crate::load::Drafts;
use crate::model::{Diagnostic, Level};
use crate::record::to_yaml;

/// Why the answer to the question for the field `name` will not do in a record at `path`; nothing where it will.
///
/// What is wrong elsewhere in the record was said with flags, or stands for what is still to be said; only once all is
/// said does it come of the last answer.
pub fn wrong_with(
    session: &Session,
    force_args: &ForceArgs,
    form: &Form,
    name: &str,
    path: &str,
    trial: PartialRecord,
) -> anyhow::Result<Option<String>> {
    let PartialRecord { record, is_whole } = trial;
    let text = to_yaml(&record.into());
    wrong_in(session, force_args, form, name, Trial { path, text, stated: Stated::All, is_whole })
}

/// A file as it would be with the answers so far.
pub struct Trial<'t> {
    pub path: &'t str,
    pub text: String,
    /// What of it was said and answered.
    pub stated: Stated,
    /// Nothing is still to be said.
    pub is_whole: bool,
}

/// The same for a file that holds more than what is asked for.
pub fn wrong_in(
    session: &Session,
    force_args: &ForceArgs,
    form: &Form,
    name: &str,
    trial: Trial,
) -> anyhow::Result<Option<String>> {
    let Trial { path, text, stated, is_whole } = trial;
    let after = session.reload(&Drafts::from([(path.to_owned(), text.into_bytes())]))?;
    let fields = StatedFields::new(&after, path, stated);
    let is_of_answer = |found: &Diagnostic| match fields.at(&after, found) {
        Some(field) => field == name || (is_whole && !form.was_stated(field)),
        None => is_whole,
    };
    let found = new_diagnostics(session, &session.project, &after);
    let mut errors = found.into_iter().filter(|own| own.level == Level::Error && !force_args.covers(own));
    Ok(errors.find(is_of_answer).map(|error| words(&error)))
}

/// The message as `check` prints it, without the place, which is not known yet.
pub fn words(error: &Diagnostic) -> String {
    let help = error.help_in_file().map(|help| format!("; {help}")).unwrap_or_default();
    let excused = match error.rule.takes_exception() {
        true => " (if this was deliberate, start again with --force)",
        false => "",
    };
    format!("error[{}]: {}{help}{excused}", error.rule, error.one_line())
}
