//! Flags for the fields of a record, made from its declaration: what a record may hold can be said on the command line.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};

use crate::record::Field;

/// What was said of some fields, by their names.
pub type FlagValues = BTreeMap<String, Vec<String>>;

/// Fields that a command has flags for.
pub trait FlagFields {
    /// The fields, in the order of the help.
    fn flag_fields() -> Vec<Field>;
}

/// What was said of those fields.
#[derive(Debug)]
pub struct FieldFlags<F> {
    pub said: FlagValues,
    fields: PhantomData<F>,
}

impl<F: FlagFields> Args for FieldFlags<F> {
    fn augment_args(command: Command) -> Command {
        with_flags(command, &F::flag_fields())
    }

    fn augment_args_for_update(command: Command) -> Command {
        FieldFlags::<F>::augment_args(command)
    }
}

impl<F: FlagFields> FromArgMatches for FieldFlags<F> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<FieldFlags<F>, clap::Error> {
        Ok(FieldFlags { said: flag_values(matches, &F::flag_fields()), fields: PhantomData })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.said = flag_values(matches, &F::flag_fields());
        Ok(())
    }
}

/// The command with a flag for each field; it asks for none of them.
pub fn with_flags(command: Command, fields: &[Field]) -> Command {
    fields.iter().filter(|field| !field.is_nested).fold(command, |command, field| command.arg(flag(field)))
}

fn flag(field: &Field) -> Arg {
    let long = field.name.replace('_', "-");
    let several = match (field.is_list, field.is_free) {
        (true, true) => "; repeat for several",
        (true, false) => "; separate several with commas",
        (false, _) => "",
    };
    let mut about = format!("{}{several}", field.about.trim_end_matches('.'));
    if field.is_long {
        about.push_str("; `-` reads standard input");
    }
    let name = forever(&field.name);
    let mut flag = Arg::new(name)
        .long(forever(&long))
        .help(about)
        .value_name(forever(&value_name(field)))
        // A text of several lines may begin with a hyphen, as a list does.
        .allow_hyphen_values(field.is_long);
    // Records write the name with `_`.
    if long != field.name {
        flag = flag.alias(name);
    }
    if field.is_list {
        flag = flag.action(ArgAction::Append);
    }
    if field.is_list && !field.is_free {
        flag = flag.value_delimiter(',');
    }
    if !field.words.is_empty() {
        let words = field.words.iter().map(|(word, about)| {
            let value = PossibleValue::new(forever(word));
            if about.is_empty() { value } else { value.help(about.trim_end_matches('.').to_owned()) }
        });
        flag = flag.value_parser(PossibleValuesParser::new(words)).ignore_case(true);
    }
    flag
}

/// The command line is made once for a run and lasts as long.
fn forever(text: &str) -> &'static str {
    text.to_owned().leak()
}

/// `TEXT` for what may have many lines; the field's own name elsewhere.
fn value_name(field: &Field) -> String {
    if field.is_long { "TEXT".to_owned() } else { field.name.to_uppercase() }
}

/// What was said of these fields.
pub fn flag_values(matches: &ArgMatches, fields: &[Field]) -> FlagValues {
    let one = |field: &Field| {
        let values = matches.try_get_many::<String>(&field.name).ok().flatten()?;
        // Records write a word in one way, and people type it in any case.
        let word = |typed: &String| {
            let known = field.words.iter().find(|(word, _)| word.eq_ignore_ascii_case(typed));
            known.map_or_else(|| typed.clone(), |(word, _)| word.clone())
        };
        Some((field.name.clone(), values.map(word).collect()))
    };
    fields.iter().filter_map(one).collect()
}
