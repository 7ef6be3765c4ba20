//! What both sides changed in different ways, for a person to decide.

use crate::record::{Node, to_yaml};

/// A value that both sides changed in different ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// The entry or item that it is in, by its time and event or its id.
    pub entry: Option<String>,
    /// The field.
    pub field: String,
    /// Each side's value; `None` if the side removed it.
    pub ours: Option<String>,
    pub theirs: Option<String>,
}

impl Disagreement {
    /// The field, with the entry that it is in.
    pub fn place(&self) -> String {
        match &self.entry {
            Some(entry) => format!("`{}` of {entry}", self.field),
            None => format!("`{}`", self.field),
        }
    }

    /// Whether a value has several lines, as Markdown has.
    pub fn is_long(&self) -> bool {
        [&self.ours, &self.theirs].into_iter().flatten().any(|text| text.trim_end().contains('\n'))
    }
}

/// What a person decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Ours,
    Theirs,
    /// A text in place of both.
    Text(String),
}

/// A value as a person reads it.
pub(super) fn shown(node: &Node) -> String {
    match node.text() {
        Some(text) => text.to_owned(),
        None => to_yaml(node),
    }
}
