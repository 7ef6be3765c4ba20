//! A field stands once in its record or entry.
//!
//! **Why.** Nobody can say which of the two values is meant, and programs differ in which one they take.
//!
//! **Example.**
//!
//! ```yaml
//! poc: jrivera
//! received: 2026-11-02 09:14
//! poc: bfabula
//! ```
//!
//! **To mend it:** write the field once, with the right value. If another entry of a list begins there, put `- ` before
//! its first field, and delete nothing.
