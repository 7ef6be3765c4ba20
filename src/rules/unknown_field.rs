//! Every field must be one of the record's own. A field of another event, for example `nitc_ref` on an event other than
//! `acknowledged`, is unknown too.
//!
//! **Why.** No pack would show the value of a misspelled field.
//!
//! **Example.**
//!
//! ```yaml
//! id: HEAT-10423
//! recieved: 2026-11-02 09:14    # misspelled
//! ```
//!
//! **How to fix it.**
//!
//! - Correct the field's name, here `received`. The help shows the nearest field, or lists them all.
