//! The tree of a YAML file: texts, lists and mappings, each with its place.

use std::borrow::Cow;

use super::Span;

/// A node of the tree.
#[derive(Debug, Clone)]
pub struct Node<'a> {
    pub span: Span,
    pub kind: Kind<'a>,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum Kind<'a> {
    /// A scalar, as the text that YAML gives: `no`, `~` and `0123` are texts too.
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    /// Keys and values in the order of the file; a key may come twice.
    Map(Vec<(Key<'a>, Node<'a>)>),
}

/// The key of a mapping's entry.
#[derive(Debug, Clone)]
pub struct Key<'a> {
    pub text: Cow<'a, str>,
    pub span: Span,
}

/// The entries of a mapping's node.
pub type Entries<'n, 'a> = &'n [(Key<'a>, Node<'a>)];

impl<'a> Node<'a> {
    /// The scalar's text; `None` for a list or mapping.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Nothing, or only white space.
    pub fn is_blank(&self) -> bool {
        self.text().is_some_and(|text| text.trim().is_empty())
    }

    /// The value of `key` in a mapping; the first one if the key appears twice.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        match &self.kind {
            Kind::Map(entries) => entries.iter().find(|(k, _)| k.text == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Node<'a>] {
        match &self.kind {
            Kind::List(items) => items,
            _ => &[],
        }
    }

    /// Whether both have the same texts, lists and fields, at any place.
    pub fn says_the_same_as(&self, other: &Node) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::Text(own), Kind::Text(other)) => own == other,
            (Kind::List(own), Kind::List(other)) => {
                own.len() == other.len() && own.iter().zip(other).all(|(own, other)| own.says_the_same_as(other))
            }
            (Kind::Map(own), Kind::Map(other)) => {
                let same = |((key, own), (other_key, other)): (&(Key, Node), &(Key, Node))| {
                    key.text == other_key.text && own.says_the_same_as(other)
                };
                own.len() == other.len() && own.iter().zip(other).all(same)
            }
            _ => false,
        }
    }

    /// What the node is, in a clerk's words.
    pub fn describe(&self) -> String {
        match &self.kind {
            Kind::Text(text) if text.trim().is_empty() => "nothing".to_owned(),
            Kind::Text(text) if text.chars().count() > 40 || text.contains('\n') => "a long text".to_owned(),
            Kind::Text(text) => format!("`{text}`"),
            Kind::List(_) => "a list".to_owned(),
            Kind::Map(_) => "a mapping".to_owned(),
        }
    }
}
