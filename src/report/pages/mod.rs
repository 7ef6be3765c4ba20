//! The pages of the site, one file each.

mod book;
mod change;
mod index;
mod poc;
mod rules_page;
mod subject;
mod ticket;

pub use book::Site;
pub use change::change_page;
pub use index::index_page;
pub use poc::poc_page;
pub use rules_page::{check_page, rules_page};
pub use subject::subject_page;
pub use ticket::ticket_page;
