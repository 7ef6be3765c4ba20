//! What tests share: small projects on disk, the real binary, git, keys, a terminal, and readers of what it writes.

pub mod cases;
pub mod git;
pub mod html;
mod project;
pub mod random;
pub mod shell;
pub mod sshsig;
pub mod terminal;

pub use project::*;
