//! What was held and why, in words.

use kartoteka_model::access::{AccessSettings, Effective, Permission, Why};

use crate::frame::Frame;

/// What was held in one group.
pub struct Line {
    pub group: String,
    pub permissions: String,
    pub reasons: Vec<String>,
}

/// What was held in every group.
pub fn lines(page: &Frame, effective: &Effective, settings: &AccessSettings) -> Vec<Line> {
    let line = |access: &kartoteka_model::access::GroupAccess| {
        let held = settings.permissions.iter();
        let held = held.filter(|permission| access.holds(permission));
        Line {
            group: access.group.name.clone(),
            permissions: held
                .map(|permission| page.permission_name(permission))
                .collect::<Vec<_>>()
                .join(", "),
            reasons: reasons(page, &access.given),
        }
    };
    effective.groups.iter().map(line).collect()
}

/// Each reason with the permission that it gave.
pub fn reasons(page: &Frame, given: &[(Permission, Why)]) -> Vec<String> {
    let reason = |(permission, why): &(Permission, Why)| {
        let why = match why {
            Why::Direct => page.t("past-why-direct"),
            Why::ViaCustomer { customer, .. } => {
                page.with("past-why-customer", "customer", customer)
            }
            Why::AlwaysGroup => page.t("past-why-always"),
            Why::CompanyAlwaysGroup { customer } => {
                page.with("past-why-company", "customer", customer)
            }
            Why::SupportOff => page.t("past-why-off"),
        };
        format!("{}: {why}", page.permission_name(permission.name()))
    };
    given.iter().map(reason).collect()
}
