//! Which services a person may ask for.

use serde::{Deserialize, Serialize};

/// Where a person's services come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceSource {
    /// The person has services of their own, so default services are off.
    Own,
    /// The person has none of their own, so the default services apply.
    Default,
}

/// The services that apply, with where they come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppliedServices<S> {
    pub source: ServiceSource,
    pub services: Vec<S>,
}

/// The services that apply to a person: their own valid ones, or else the default ones (OTOBO's
/// `CustomerUserServiceMemberList`). Both lists hold valid services only: an invalid one of one's own does not switch
/// the default ones off.
pub fn applied_services<S>(own: Vec<S>, defaults: Vec<S>) -> AppliedServices<S> {
    if own.is_empty() {
        AppliedServices {
            source: ServiceSource::Default,
            services: defaults,
        }
    } else {
        AppliedServices {
            source: ServiceSource::Own,
            services: own,
        }
    }
}
