//! A ticket is `data/tickets/<year received>/<id>.yaml`, a POC `data/pocs/<id>.yaml`, a CR
//! `data/crs/<id>.yaml`, a vote `data/decisions/<CR>/<date>-<member>.yaml`, a meeting `data/meetings/<scheduled
//! date>-<kind>.yaml` and NITC's report `data/nitc/<date>.csv`. Any other file in `data/` is out of place;
//! symbolic links are not followed.
//!
//! **Why.** One file for each record, named for it, is how two people work at once without meeting, and how
//! anybody finds a record without searching.
//!
//! **Example.**
//!
//! ```yaml
//! # data/tickets/2025/HEAT-10423.yaml
//! id: HEAT-10423
//! received: 2026-11-02 09:14
//! ```
//!
//! **To mend it:** rename the file as the message says, or correct the id or date inside, whichever is wrong.
