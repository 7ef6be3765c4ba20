//! Every file in data/ must be a record with the path of its kind. Symbolic links are not followed. The paths are:
//!
//! - ticket: `data/tickets/<year received>/<id>.yaml`
//! - POC: `data/pocs/<id>.yaml`
//! - CR: `data/crs/<id>.yaml`
//! - vote: `data/decisions/<CR>/<date>-<member>.yaml`
//! - meeting: `data/meetings/<scheduled date>-<kind>.yaml`
//! - NITC's report: `data/nitc/<date>.csv`
//!
//! **Why.** With one file for each record, two people can work at once, and anyone can find a record without a search.
//!
//! **Example.**
//!
//! ```yaml
//! # data/tickets/2025/HEAT-10423.yaml
//! id: HEAT-10423
//! received: 2026-11-02 09:14    # 2026, but the folder is 2025
//! ```
//!
//! **How to fix it.**
//!
//! - The path is wrong: rename the file as the help shows.
//! - The value is wrong: correct the id or the date in the file.
