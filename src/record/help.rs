//! What to do about a finding: the kind of fix, worded for someone who edits the file or who used a command's flags.

use std::borrow::Cow;

/// What to do about a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Help {
    /// Advice that is the same wherever it is read.
    Plain(String),
    /// A field is missing. `file` shows how to write it.
    Add { field: &'static str, file: String },
    /// A field has no place in the record.
    Remove { file: String },
    /// A value is not what its field takes. `advice` shows what the field takes.
    Correct { advice: String },
    /// No record has the id (or the number, as `noun` has it). `meant` is the nearest one; `or` is the other way out.
    Refer { noun: &'static str, meant: Option<String>, or: String },
    /// Each has words of its own. [`FLAG`] in `flags` stands for the flag of the field that the finding points at.
    Either { file: String, flags: String },
}

/// Stands for a field's flag in [`Help::Either`].
pub const FLAG: &str = "{flag}";

impl Help {
    /// Advice about an entry that breaks a rule, which an `exception` on the entry, or `--force`, may put on record.
    pub fn or_exception(advice: &str) -> Help {
        Help::Either {
            file: format!("{advice}; what was done knowingly takes an `exception`"),
            flags: format!("{advice}; what was done knowingly takes `--force --reason TEXT --allowed-by ID`"),
        }
    }

    /// The words for someone who edits the file.
    pub fn in_file(&self) -> Cow<'_, str> {
        match self {
            Help::Plain(advice) | Help::Correct { advice } => advice.into(),
            Help::Add { file, .. } | Help::Remove { file } | Help::Either { file, .. } => file.into(),
            Help::Refer { meant: Some(meant), .. } => format!("did you mean `{meant}`?").into(),
            Help::Refer { noun, or, .. } => format!("correct the {noun}, or {or}").into(),
        }
    }

    /// The words for someone who gave `field`, at which the finding points, with its flag: a file that was not written
    /// cannot be edited. The event is given without a flag, and a blank field is none in particular.
    pub fn with_flags(&self, field: &str) -> Cow<'_, str> {
        let flag = if field.is_empty() { "a flag".to_owned() } else { flag_of(field) };
        match self {
            Help::Plain(advice) => advice.into(),
            Help::Add { field, .. } => format!("give it with {}", flag_of(field)).into(),
            Help::Remove { .. } => format!("leave {flag} out").into(),
            Help::Correct { advice } if field == "event" => advice.into(),
            Help::Correct { advice } => format!("{advice}; it is given with {flag}").into(),
            Help::Refer { meant: Some(meant), .. } => format!("did you mean `{flag} {meant}`?").into(),
            Help::Refer { or, .. } => format!("correct {flag}, or {or}").into(),
            Help::Either { flags, .. } => flags.replace(FLAG, &flag).into(),
        }
    }
}

/// The flag of a field: `--duplicate-of`.
pub fn flag_of(field: &str) -> String {
    format!("--{}", field.replace('_', "-"))
}

impl From<String> for Help {
    fn from(advice: String) -> Help {
        Help::Plain(advice)
    }
}

impl From<&str> for Help {
    fn from(advice: &str) -> Help {
        Help::Plain(advice.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_worded_for_files_and_for_flags() {
        let add = Help::Add { field: "allowed_by", file: "add a line `allowed_by: …`".to_owned() };
        assert_eq!(add.in_file(), "add a line `allowed_by: …`");
        assert_eq!(add.with_flags("event"), "give it with --allowed-by");
        let meant = Help::Refer { noun: "id", meant: Some("jrivera".to_owned()), or: String::new() };
        assert_eq!(meant.in_file(), "did you mean `jrivera`?");
        assert_eq!(meant.with_flags("poc"), "did you mean `--poc jrivera`?");
        let either =
            Help::Either { file: "correct the time".to_owned(), flags: "give a later time with {flag}".to_owned() };
        assert_eq!(either.with_flags("at"), "give a later time with --at");
    }
}
