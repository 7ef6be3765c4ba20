//! Points of Contact and what they are designated for (`pocs/`).

use super::{Day, PersonId, Spanned, SubjectId, Text, Until};
use crate::{record, words};

words! {
    /// A POC's role for a subject.
    pub enum Role: "role" {
        /// The primary POC.
        Primary = "primary",
        /// The person who replaces the POC.
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
    /// A Point of Contact, or a caller who is not one.
    pub struct Poc: "a POC" {
        /// the person's id, as in the file's name
        pub id: Spanned<PersonId>,
        /// the person's name
        pub name: Text,
        /// their email address; this or a phone number is needed
        pub email: Option<Text>,
        /// their phone number
        pub phone: Option<Text>,
        /// the POC's office
        pub office: Option<Text>,
        /// the POC's designations; [] for a caller who is not a POC
        pub designations: Vec<Designation>,
    }
}

impl Poc {
    /// The path of a POC's file.
    pub fn path(id: &PersonId) -> String {
        format!("data/pocs/{id}.yaml")
    }
}
