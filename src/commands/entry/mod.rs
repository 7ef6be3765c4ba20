//! Entering records: questions and flags, drafts of records, and the rules' judgment of each before it is written.

pub mod ask;
pub mod author;
pub mod draft;
pub mod flags;
pub mod form;
pub mod judge;
pub mod kept;
pub mod keys;
pub mod line;
pub mod log_record;
pub mod meeting_file;
pub mod own_fields;
pub mod people;
pub mod refusal;
pub mod round;
pub mod stated_fields;
pub mod typed;
