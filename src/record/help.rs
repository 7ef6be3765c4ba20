//! What to do about a finding: the kind of fix, worded for someone who edits the file or who used a command's flags.

use std::borrow::Cow;

/// What to do about a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Help {
    /// Advice that is the same wherever it is read.
    Plain(String),
    /// A field is missing. `file` shows how to write it.
    Add { field: &'static str, file: String },
    /// A field does not belong in the record.
    Remove { file: String },
    /// A value is not valid for its field. `advice` shows a valid one.
    Correct { advice: String },
    /// A value is not the id that its field takes; `text` may be the name of what has the id.
    Lookup { among: Lookup, text: String, advice: String },
    /// No record has the id or number (`noun`). `meant` is the nearest one, and `or` is another fix.
    Refer { noun: &'static str, meant: Option<String>, or: String },
    /// Different advice for each. [`FLAG`] in `flags` stands for the flag of the field that the finding points at.
    Either { file: String, flags: String },
}

/// The records among which a name is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup {
    Person,
    /// A person or an office.
    Owner,
    Subject,
    /// The action items, of which none has a name: the next free id is meant.
    Action,
}

/// Stands for a field's flag in [`Help::Either`].
pub const FLAG: &str = "{flag}";

impl Help {
    /// Advice about an entry that breaks a rule, and that an `exception` on it, or `--force`, can excuse.
    pub fn or_exception(file: &str, flags: &str) -> Help {
        Help::Either {
            file: format!("{file}; if it was deliberate, add an `exception`"),
            flags: format!("{flags}; if it was deliberate, add `--force --reason TEXT --allowed-by ID`"),
        }
    }

    /// The text for someone who edits the file.
    pub fn in_file(&self) -> Cow<'_, str> {
        match self {
            Help::Plain(advice) | Help::Correct { advice } | Help::Lookup { advice, .. } => advice.into(),
            Help::Add { file, .. } | Help::Remove { file } | Help::Either { file, .. } => file.into(),
            Help::Refer { meant: Some(meant), .. } => format!("did you mean `{meant}`?").into(),
            Help::Refer { noun, or, .. } => format!("correct the {noun}, or {or}").into(),
        }
    }

    /// The text for someone who used the flag of `field`, at which the finding points: the file was not written, so no one
    /// can edit it. The event has no flag, and an empty `field` means no particular one.
    pub fn with_flags(&self, field: &str) -> Cow<'_, str> {
        let flag = if field.is_empty() { "a flag".to_owned() } else { flag_of(field) };
        match self {
            Help::Plain(advice) => advice.into(),
            Help::Add { field, .. } => format!("add {}", flag_of(field)).into(),
            Help::Remove { .. } => format!("omit {flag}").into(),
            Help::Correct { advice } if field == "event" => advice.into(),
            Help::Correct { advice } | Help::Lookup { advice, .. } => format!("{advice}; use {flag}").into(),
            Help::Refer { meant: Some(meant), .. } => format!("did you mean `{flag} {meant}`?").into(),
            Help::Refer { or, .. } => format!("correct {flag}, or {or}").into(),
            Help::Either { flags, .. } => flags.replace(FLAG, &flag).into(),
        }
    }

    /// The field that is missing.
    pub fn missing_field(&self) -> Option<&'static str> {
        match self {
            Help::Add { field, .. } => Some(field),
            _ => None,
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
    fn each_kind_has_texts_for_files_and_for_flags() {
        let add = Help::Add { field: "allowed_by", file: "add a line `allowed_by: …`".to_owned() };
        assert_eq!(add.in_file(), "add a line `allowed_by: …`");
        assert_eq!(add.with_flags("event"), "add --allowed-by");
        let meant = Help::Refer { noun: "id", meant: Some("jrivera".to_owned()), or: String::new() };
        assert_eq!(meant.in_file(), "did you mean `jrivera`?");
        assert_eq!(meant.with_flags("poc"), "did you mean `--poc jrivera`?");
        let either =
            Help::Either { file: "correct the time".to_owned(), flags: "use a later time with {flag}".to_owned() };
        assert_eq!(either.with_flags("at"), "use a later time with --at");
    }
}
