//! Every record must be one YAML document in UTF-8: fields with values, or a list in data/subjects.yaml and
//! data/staff.yaml. Its limits are 1 MiB, 32 levels and 10,000 log entries. Anchors, aliases, merge keys, tags and a
//! second document are not allowed. The rest of the file is not checked until it can be read. A comment needs a line of
//! its own, or follows a value in quotes or brackets, because after a plain value it may be part of the text (`see
//! #10423 and call`). Settings can have comments after their values.
//!
//! **Why.** Two programs could read an unclear file as two different tickets.
//!
//! **Example.**
//!
//! ```yaml
//! id: HEAT-10423
//! title: Export: the last quarter is missing   # a second colon in the value
//! ```
//!
//! **How to fix it.**
//!
//! - Correct the line shown, as the help describes. Here, put the value into quotes: `title: "Export: the last quarter
//!   is missing"`.
