//! Every field that the data format does not call optional must be present, and a required text must not be blank. In a
//! log entry, this includes the fields that its event needs, except the note.
//!
//! **Why.** The packs show these fields of every record, and deadlines are computed from them.
//!
//! **Example.**
//!
//! ```yaml
//! - at: 2026-11-02 15:40
//!   event: acknowledged         # no `nitc_ref` follows
//!   by: rpatel
//! ```
//!
//! **How to fix it.**
//!
//! - Add the field named in the message, here `nitc_ref: N-2291`, NITC's number for the ticket.
