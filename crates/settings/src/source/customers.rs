//! One source of customers.

use kartoteka_model::source::CustomerSource;

use super::keys::CUSTOMER_COMPANY_KEYS;
use super::spec::{self, Names};
use crate::document::Entry;
use crate::findings::Findings;
use crate::places::Places;
use crate::section::Section;

const NAMES: Names = Names {
    key: "CustomerCompanyKey",
    valid: "CustomerCompanyValid",
    list_fields: "CustomerCompanyListFields",
    search_fields: "CustomerCompanySearchFields",
    search_prefix: "CustomerCompanySearchPrefix",
    search_suffix: "CustomerCompanySearchSuffix",
    list_limit: "CustomerCompanySearchListLimit",
    key_field: "CustomerID",
    needed: &["CustomerID", "CustomerCompanyName"],
};

/// Lays the section over the shipped source. None for a module that is not known.
pub(super) fn read(
    id: &str,
    entry: Option<&Entry>,
    findings: &Findings<'_>,
    places: &mut Places,
) -> Option<CustomerSource> {
    let module = super::module(id, entry, findings)?;
    let mut section = Section::open(format!("[{id}]"), CUSTOMER_COMPANY_KEYS, entry, findings);
    section.module = module;
    if let Some(entry) = entry {
        places.note_source(id, findings.place(&entry.key_at));
    }
    let shipped = CustomerSource::preset().spec;
    let spec = spec::read(id, &section, shipped, &NAMES, places);
    Some(CustomerSource { spec })
}
