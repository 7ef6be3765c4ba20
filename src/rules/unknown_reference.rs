//! Every POC, module or initiative, member of staff or the board, ticket and CR in a record must have a record of its
//! own. It must be of the right kind: `by` of a log entry is a member of staff, and `by` of a vote is a member of the
//! board.
//!
//! **Why.** With a misspelled id, no one would get the work.
//!
//! **Example.**
//!
//! ```yaml
//! id: HEAT-10423
//! poc: jriver                   # no POC has this id
//! ```
//!
//! **How to fix it.**
//!
//! - The id is wrong: correct it. The help shows the nearest one.
//! - The record is missing: add it, for a POC with `heatpack new poc`.
