//! Sources above a list: a filter for each, and how each is.

use kartoteka_directory::{SourceInfo, SourceStatus};

use super::criteria::Criteria;
use super::paging::Link;
use super::rows::{Badge, badge};
use crate::format;
use crate::frame::Frame;

/// How a source is.
pub struct SourceChip {
    pub badge: Badge,
    /// Since when it has not answered: time of day.
    pub down: Option<String>,
    pub writable: bool,
    /// How many of its records were looked at, where it has more.
    pub first_only: Option<u32>,
    /// Whether it was asked itself, so that no count has its people.
    pub live: bool,
    /// Since when it may have changed: time of day.
    pub stale: Option<String>,
}

/// All sources, then each; none where there is only one.
pub fn source_chips(
    page: &Frame,
    sources: &[SourceInfo],
    criteria: &Criteria,
    path: &str,
) -> Vec<Link> {
    if sources.len() < 2 {
        return Vec::new();
    }
    let chip = |id: &str, label: String| Link {
        label,
        href: Criteria {
            source: id.to_owned(),
            page: 1,
            ..criteria.clone()
        }
        .address(path),
        current: criteria.source == id,
    };
    let each = sources
        .iter()
        .map(|source| chip(&source.id, source.name.clone()));
    std::iter::once(chip("", page.t("records-filter-all-sources")))
        .chain(each)
        .collect()
}

/// How a source is, for the line above a list.
pub fn source_chip(page: &Frame, sources: &[SourceInfo], status: &SourceStatus) -> SourceChip {
    let zone = &page.site.options().time_zone;
    SourceChip {
        badge: badge(sources, &status.id),
        down: status
            .unavailable_since
            .map(|since| format::clock(zone, since)),
        writable: status.writable,
        first_only: status.first_only,
        live: !status.mirrored,
        stale: status.stale_since.map(|since| format::clock(zone, since)),
    }
}
