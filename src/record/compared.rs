//! Values as two versions of a record are compared: by their texts, not by how or where they are written.

use super::Spanned;

/// A value that can be compared.
pub trait Compared {
    /// Its text, or those of a list's items; `None` if it is absent.
    fn texts(&self) -> Option<Vec<String>>;
}

/// The fields of a record and their texts.
pub type Values = Vec<(&'static str, Option<Vec<String>>)>;

impl<T: Compared> Compared for Option<T> {
    fn texts(&self) -> Option<Vec<String>> {
        self.as_ref().and_then(T::texts)
    }
}

impl<T: Compared> Compared for Vec<T> {
    fn texts(&self) -> Option<Vec<String>> {
        Some(self.iter().filter_map(T::texts).flatten().collect())
    }
}

impl<T: Compared> Compared for Spanned<T> {
    fn texts(&self) -> Option<Vec<String>> {
        self.value.texts()
    }
}

/// Compares values by the text that they display, or that one of their fields displays: `compared!(CrId, Day.0)`.
#[macro_export]
macro_rules! compared {
    ($($name:ident $(.$field:tt)?),+) => {
        $(impl $crate::record::Compared for $name {
            fn texts(&self) -> Option<Vec<String>> {
                Some(vec![self $(.$field)?.to_string()])
            }
        })+
    };
}

compared!(bool);
