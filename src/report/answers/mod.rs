//! Answers that POCs can read: what was resolved before, and what was written up, without the names of POCs.

mod found;
mod model;
mod nameless;
mod proposal;
mod view;

pub use found::{FOLDER, Found, Source, anchor_of, answers, page_path, path_of};
pub use model::{AnswerLine, AnswerView, AnswersOf, AnswersPage, Release, SubjectAnswersPage};
pub use nameless::Nameless;
pub use proposal::{Proposal, proposal};
pub use view::{one_line, title, view};
