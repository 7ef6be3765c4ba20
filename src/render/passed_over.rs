//! The errors that a baseline lists, and what it skipped.

use serde::{Deserialize, Serialize};

/// An error in a baseline.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    pub path: String,
    pub record: String,
    pub rule: String,
    /// As in SARIF: it survives a moved line.
    pub fingerprint: String,
}

/// What a baseline skipped.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PassedOver {
    /// How many were found and are listed.
    #[serde(rename = "passed_over")]
    pub count: usize,
    /// What is listed and was not found.
    pub gone: Vec<Listed>,
}
