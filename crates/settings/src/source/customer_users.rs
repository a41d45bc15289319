//! One source of customer users.

use kartoteka_model::source::CustomerUserSource;

use super::Module;
use super::columns::Columns;
use super::keys::CUSTOMER_USER_KEYS;
use super::spec::{self, Names};
use crate::document::Entry;
use crate::findings::Findings;
use crate::places::Places;
use crate::section::Section;

const NAMES: Names = Names {
    key: "CustomerKey",
    valid: "CustomerValid",
    list_fields: "CustomerUserListFields",
    search_fields: "CustomerUserSearchFields",
    search_prefix: "CustomerUserSearchPrefix",
    search_suffix: "CustomerUserSearchSuffix",
    list_limit: "CustomerUserSearchListLimit",
    key_field: "UserLogin",
    needed: &["UserLogin", "UserEmail", "UserCustomerID"],
};

/// Lays the section over the shipped source. None for a module that is not known.
pub(super) fn read(
    id: &str,
    entry: Option<&Entry>,
    findings: &Findings<'_>,
    places: &mut Places,
) -> Option<CustomerUserSource> {
    let module = super::module(id, entry, findings)?;
    let shipped = match module {
        Module::Ldap => CustomerUserSource::of_ldap(),
        Module::Database | Module::Csv => CustomerUserSource::preset(),
    };
    let mut section = Section::open(format!("[{id}]"), CUSTOMER_USER_KEYS, entry, findings);
    section.module = module;
    if let Some(entry) = entry {
        places.note_source(id, findings.place(&entry.key_at));
    }
    let spec = spec::read(id, &section, shipped.spec.clone(), &NAMES, places);
    let columns = Columns {
        id,
        section: &section,
        map: &spec.map,
        shipped: &shipped.spec.map,
    };
    let switch = |key, shipped| section.bool(key).unwrap_or(shipped);
    let prefix = section.text("AutoLoginCreationPrefix");
    Some(CustomerUserSource {
        customer_id: columns.one("CustomerID", "UserCustomerID", shipped.customer_id, places),
        sender_fields: columns.list(
            "CustomerUserPostMasterSearchFields",
            &shipped.sender_fields,
            false,
            places,
        ),
        name_fields: columns.list("CustomerUserNameFields", &shipped.name_fields, true, places),
        name_join: section
            .text("CustomerUserNameFieldsJoin")
            .unwrap_or(shipped.name_join),
        email_unique: switch("CustomerUserEmailUniqCheck", shipped.email_unique),
        exclude_primary_customer: switch(
            "CustomerUserExcludePrimaryCustomerID",
            shipped.exclude_primary_customer,
        ),
        auto_login: section
            .bool("AutoLoginCreation")
            .unwrap_or(shipped.auto_login.is_some())
            .then(|| prefix.unwrap_or_else(|| "auto".into())),
        set_preferences: switch("AdminSetPreferences", shipped.set_preferences),
        customer_support: switch("CustomerCompanySupport", shipped.customer_support),
        spec,
    })
}
