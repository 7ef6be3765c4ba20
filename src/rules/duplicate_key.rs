//! Every field must appear once in its record or entry.
//!
//! **Why.** It is unclear which of the two values is right, and programs differ in which one they use.
//!
//! **Example.**
//!
//! ```yaml
//! poc: jrivera
//! received: 2026-11-02 09:14
//! poc: bfabula                  # the second `poc`
//! ```
//!
//! **How to fix it.**
//!
//! - The same field twice: keep the line with the right value, and delete the other.
//! - Another entry of a list begins here: put `- ` before its first field, and delete nothing.
