//! How a source is, as far as that is known without asking it.

use kartoteka_sources::doctor::Finding;
use serde::Serialize;

/// How a source is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceStatus {
    pub id: String,
    pub name: String,
    pub writable: bool,
    /// Whether the search index has its records; otherwise the search asked the source.
    pub mirrored: bool,
    /// Since when it has not answered, in seconds since 1970; none while it answers.
    pub unavailable_since: Option<i64>,
    /// Of a source that was asked: how many of its records were looked at, if it has more that may be meant.
    pub first_only: Option<u32>,
    /// Since when what the index has of it may be outdated, in seconds since 1970; none while it is as current as it has to
    /// be.
    pub stale_since: Option<i64>,
}

/// The last time that a source failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastError {
    /// In seconds since 1970.
    pub at: i64,
    pub finding: Finding,
}
