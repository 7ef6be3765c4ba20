//! A record is one YAML document in UTF-8: fields with values, or a list in subjects.yaml and staff.yaml. It
//! has at most 1 MiB, is nested at most 32 deep and has at most 10,000 log entries. Anchors, aliases, merge
//! keys, tags and a second document are not used. The rest of the file is not checked until it can be read. A comment
//! has a line of its own, or follows a value in quotes or brackets: behind a plain value it may be a part of the text
//! (`see #10423 and call`). Settings may have comments behind their values.
//!
//! **Why.** What cannot be read for certain cannot be kept on record: two readers would see two different
//! tickets.
//!
//! **Example.**
//!
//! ```yaml
//! id: HEAT-10423
//! title: Export: the last quarter is missing
//! ```
//!
//! **To mend it:** put the value into quotes, `title: "Export: the last quarter is missing"`. The message says
//! which line it is and what stands in the way.
