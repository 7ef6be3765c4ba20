//! The pages of the site, one file each.

mod answers;
mod archive;
mod book;
mod change;
mod index;
mod lists;
mod poc;
mod rules_page;
mod subject;
mod ticket;

pub use answers::{answers_page, subject_answers_page};
pub use archive::around;
pub use book::Site;
pub use change::change_page;
pub use index::index_page;
pub use lists::{changes_page, pocs_page, subjects_page, tickets_page};
pub use poc::poc_page;
pub use rules_page::{check_page, rules_page};
pub use subject::subject_page;
pub use ticket::ticket_page;
