//! What is supported: the MITS modules and PMA initiatives (`subjects.yaml`).

use super::{Day, Spanned, SubjectId, Text, Until};
use crate::{record, words};

words! {
    /// The kind of subject.
    pub enum SubjectKind: "kind of subject" {
        /// A module of MITS.
        Module = "module",
        /// An initiative of the PMA.
        Initiative = "initiative",
    }
}

record! {
    /// A module or initiative.
    pub struct Subject: "a subject" {
        /// its id, used in records
        pub id: Spanned<SubjectId>,
        /// its name in packs
        pub name: Text,
        /// module or initiative
        pub kind: SubjectKind,
        /// the first date on which it is supported
        pub from: Option<Spanned<Day>>,
        /// the last date on which it is supported
        pub until: Option<Spanned<Until>>,
    }
}
