//! What the threads of the server say to one another: requests for pages, files that changed, and answers.

use std::collections::BTreeSet;

use tokio::sync::oneshot;

use crate::render::LivePage;
use crate::report::places::PackFormat;

/// What the thread is told.
pub enum Message {
    /// A browser asks for a page.
    Ask(Ask),
    /// These files were written, from the project's root; a blank name is any file.
    Changed(BTreeSet<String>),
}

/// A path from the site's root, and where to answer.
pub struct Ask {
    pub path: String,
    pub reply: oneshot::Sender<Job>,
}

/// Makes a page or file. It needs the records no more, so that it may take its time elsewhere.
pub type Job = Box<dyn FnOnce() -> Answer + Send>;

/// What stands at a path.
pub enum Answer {
    Page(LivePage),
    File(Vec<u8>, PackFormat),
    Calendar(String),
    Script(String),
    /// No page of the site.
    Missing(LivePage),
    /// It could not be made; the page says why.
    Failed(LivePage),
}
