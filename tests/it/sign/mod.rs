//! `sign` and `verify` with the real ssh-keygen, ssh-agent and git: each accepts what the other made, and whatever
//! would be an error is refused and writes nothing.
//!
//! These tests need OpenSSH's client and git, and fail without them.

mod board;
mod document;
mod export;
mod keys;
mod refusals;
mod votes;
