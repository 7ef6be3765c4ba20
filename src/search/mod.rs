//! Full-text search: words, their stems, an index of documents, and the documents that fit a query or are alike.
//!
//! It knows nothing of tickets: a document is a list of texts with their weights, known by its place. All figures are
//! integers, so that the site's script ([`shards`]) and the terminal rank alike on every machine. To find another kind
//! of record, add its documents in `report::find`; nothing changes here.

mod alike;
mod chunk;
mod excerpt;
mod groups;
mod index;
mod query;
mod shards;
mod stem;
mod weight;

pub use alike::{Alike, Vectors};
pub use excerpt::{Excerpt, excerpt};
pub use groups::groups;
pub use index::{Document, Field, Index};
pub use query::{Found, Hits};
pub use shards::{DOCUMENTS_A_SHARD, Shards, shards};
pub use stem::{IRREGULAR, STOP_WORDS};
