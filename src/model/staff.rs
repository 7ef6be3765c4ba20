//! The people of the Help Desk, NITC and ACFO-FS (`staff.yaml`).

use super::{Day, PersonId, Spanned, Text, Until};
use crate::{record, words};

words! {
    /// An office of the process.
    pub enum Office: "office" {
        /// The MITS Help Desk.
        HelpDesk = "help-desk",
        /// The application team.
        Nitc = "nitc",
        /// The sponsor of change requests.
        AcfoFs = "acfo-fs",
    }
}

record! {
    /// A member of staff for one period; an id can appear again for another.
    pub struct Staff: "a member of staff" {
        /// the person's id
        pub id: Spanned<PersonId>,
        /// the person's name
        pub name: Text,
        /// the office that they work for
        pub office: Office,
        /// their email address
        pub email: Option<Text>,
        /// the first date in the office
        pub from: Option<Spanned<Day>>,
        /// the last date in the office
        pub until: Option<Spanned<Until>>,
    }
}
