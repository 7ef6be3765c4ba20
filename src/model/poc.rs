//! Points of Contact and what they are designated for (`pocs/`).

use super::{Day, PersonId, Spanned, SubjectId, Text, Until};
use crate::{record, words};

words! {
    /// A POC's part for a subject.
    pub enum Role: "role" {
        /// The POC.
        Primary = "primary",
        /// Who stands in for the POC.
        Backup = "backup",
    }
}

record! {
    /// A designation for one subject and period.
    pub struct Designation: "a designation" {
        /// the module or initiative
        pub subject: Spanned<SubjectId>,
        /// primary or backup
        pub role: Spanned<Role>,
        /// its first date
        pub from: Spanned<Day>,
        /// its last date
        pub until: Option<Spanned<Until>>,
        /// who designated them
        pub designated_by: Option<Text>,
    }
}

record! {
    /// A Point of Contact, or a caller who is none.
    pub struct Poc: "a POC" {
        /// the person's id, as in the file's name
        pub id: Spanned<PersonId>,
        /// the person's name
        pub name: Text,
        /// their email address; this or a phone number is needed
        pub email: Option<Text>,
        /// their phone number
        pub phone: Option<Text>,
        /// where they work
        pub office: Option<Text>,
        /// what they are POC for; [] for a caller who is no POC
        pub designations: Vec<Designation>,
    }
}

impl Poc {
    /// Where a POC's file belongs.
    pub fn path(id: &PersonId) -> String {
        format!("data/pocs/{id}.yaml")
    }
}
