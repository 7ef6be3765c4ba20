//! Every field's name is one of the record's own. A field that belongs to another event, such as `nitc_ref` on
//! anything but `acknowledged`, is unknown too.
//!
//! **Why.** A misspelt field would be information that no pack ever shows, and nobody would notice.
//!
//! **Example.**
//!
//! ```yaml
//! id: HEAT-10423
//! recieved: 2026-11-02 09:14
//! ```
//!
//! **To mend it:** write the field as the data format names it, here `received`. The message names the nearest
//! field, or lists them all.
