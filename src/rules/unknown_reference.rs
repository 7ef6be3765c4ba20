//! Every POC, subject, member of staff or of the board, ticket and CR that a record names is on record, as what
//! is asked for there: `by` of a log entry is a member of staff, `by` of a vote a member of the board.
//!
//! **Why.** An inquiry has a POC, an event somebody who did it, a vote a member of the board; a slip of the pen
//! would give the work to nobody.
//!
//! **Example.**
//!
//! ```yaml
//! id: HEAT-10423
//! poc: jriver
//! ```
//!
//! **To mend it:** correct the id (the message names the nearest one), or add the person's record.
