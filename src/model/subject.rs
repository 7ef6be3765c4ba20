//! What is supported: the MITS modules and PMA initiatives (`subjects.yaml`).

use super::{Day, Spanned, SubjectId, Text, Until};
use crate::{record, words};

words! {
    /// What a subject is.
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
        /// its id, by which records name it
        pub id: Spanned<SubjectId>,
        /// its name, as packs show it
        pub name: Text,
        /// module or initiative
        pub kind: SubjectKind,
        /// the first date on which it is supported
        pub from: Option<Spanned<Day>>,
        /// the last date on which it is supported
        pub until: Option<Spanned<Until>>,
    }
}
