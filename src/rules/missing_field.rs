//! Every field that the data format does not call optional is there, and a required text is not blank. Of a log
//! entry this includes what its event asks for, other than the note.
//!
//! **Why.** The packs show these fields of every record, and the clocks are worked out from them.
//!
//! **Example.**
//!
//! ```yaml
//! - at: 2026-11-02 15:40
//!   event: acknowledged
//!   by: rpatel
//! ```
//!
//! **To mend it:** add the field that the message names; here `nitc_ref: N-2291`, the number under which NITC
//! keeps the ticket.
