//! The configuration of a case, laid over the default one.

use kartoteka_model::source::Table;
use kartoteka_model::{
    CustomerSource, CustomerUserSource, Field, FieldKind, FieldMap, Shown, SourceSpec, TextMode,
};
use kartoteka_settings::Settings;
use serde_json::{Map, Value};

use crate::whole_sources;

/// A setting that the runner does not know, which is its own fault.
pub const UNKNOWN: &str = "unknown configuration";

fn texts(value: &Value) -> Vec<String> {
    let texts = value.as_array().into_iter().flatten();
    texts
        .filter_map(|one| one.as_str().map(str::to_owned))
        .collect()
}

fn is_true(value: &Value) -> bool {
    !(value.is_null() || value == 0 || value == "" || value == "0" || value == "__DELETE__")
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

fn field(entry: &Value) -> Option<Field> {
    let at = |position: usize| entry.get(position).map(text).unwrap_or_default();
    let mut field = Field::new(entry.get(0)?.as_str()?, &at(1), &at(2));
    field.shown = match at(3).as_str() {
        "0" => Shown::Never,
        "2" => Shown::AlsoLite,
        _ => Shown::Always,
    };
    field.required = at(4) == "1";
    field.kind = match at(5).as_str() {
        "int" => FieldKind::Int,
        "dynamic_field" => FieldKind::DynamicField,
        _ => FieldKind::Var,
    };
    field.link = at(6);
    field.read_only = at(7) == "1";
    Some(field)
}

/// Applies a setting of access; whether it is one.
fn access(groups: &mut kartoteka_settings::Groups, key: &str, value: &Value) -> bool {
    match key {
        "CustomerGroupSupport" => groups.customer_group_support = is_true(value),
        "CustomerGroupAlwaysGroups" => groups.always_groups = texts(value),
        "CustomerGroupCompanyAlwaysGroups" => groups.company_always_groups = texts(value),
        "CustomerGroupPermissionContext/100-CustomerID-other" => {
            groups.other_customers = is_true(value);
        }
        "System::Customer::Permission" => groups.permissions = texts(value),
        "Ticket::Frontend::CustomerDisableCompanyTicketAccess" => {
            groups.disable_company_tickets = is_true(value);
        }
        // Services are related and listed whether tickets show them or not.
        "Ticket::Service"
        | "Ticket::Service::KeepChildren"
        | "Ticket::Service::Default::UnknownCustomer" => {}
        _ => return false,
    }
    true
}

/// Applies the differences; an error kind where the configuration itself is one.
pub fn apply(
    settings: &mut Settings,
    config: Option<&Map<String, Value>>,
    input: &Map<String, Value>,
) -> Result<(), &'static str> {
    if let Some(config) = config {
        whole_sources::apply(settings, config)?;
    }
    // The full grammar is asked with its own affixes and fields.
    if let (Some(prefix), Some(suffix)) = (input.get("SearchPrefix"), input.get("SearchSuffix"))
        && let Some(people) = settings.customer_users.first_mut()
    {
        people.spec.search_prefix = text(prefix);
        people.spec.search_suffix = text(suffix);
        if let Some(key) = input.get("Key") {
            people.spec.search_fields = texts(key);
        }
        if input.get("CaseSensitive").is_some_and(is_true) {
            people.spec.text = TextMode::Exact;
        }
    }
    for (key, value) in config.into_iter().flatten() {
        let deleted = value == "__DELETE__";
        if access(&mut settings.groups, key, value) {
            continue;
        }
        let (id, name) = key.split_once('/').unwrap_or((key, ""));
        if whole_sources::source(key).is_some()
            // How old passwords were written does not change what is written now (D16).
            || key.ends_with("CryptType")
        {
            continue;
        }
        let mut people = settings
            .customer_users
            .iter_mut()
            .find(|source| source.spec.id == id);
        let company = settings
            .customers
            .iter_mut()
            .find(|source| source.spec.id == id);
        if let Some(people) = &mut people
            && of_people(people, name, value)?
        {
            continue;
        }
        let (source, people) = match (people, company) {
            (Some(people), _) => (&mut people.spec, true),
            (None, Some(company)) => (&mut company.spec, false),
            (None, None) => return Err(UNKNOWN),
        };
        match name {
            "CustomerUserSearchPrefix" | "CustomerCompanySearchPrefix" => {
                source.search_prefix = if deleted { String::new() } else { text(value) };
            }
            "CustomerUserSearchSuffix" | "CustomerCompanySearchSuffix" => {
                source.search_suffix = if deleted { "*".into() } else { text(value) };
            }
            "CustomerUserSearchFields" | "CustomerCompanySearchFields" if deleted => {
                source.search_fields = shipped(people).search_fields;
            }
            "CustomerUserSearchFields" | "CustomerCompanySearchFields" => {
                source.search_fields = some(value)?;
            }
            "CustomerUserListFields" | "CustomerCompanyListFields" => {
                source.list_fields = texts(value)
            }
            "CustomerUserSearchListLimit" | "CustomerCompanySearchListLimit" => {
                source.list_limit = text(value).parse().ok();
            }
            // How often a table is read anew does not change what is read.
            "CacheTTL" | "LossLimit" => {}
            "Name" if deleted => source.name = "No Name ".to_owned(),
            "Name" => source.name = text(value),
            "CustomerValid" | "CustomerCompanyValid" => {
                source.valid = (!deleted && value != "").then(|| text(value));
            }
            "CustomerKey" | "CustomerCompanyKey" if !deleted => source.key = text(value),
            "Params/Table" if !deleted => {
                let name = text(value);
                source.origin = Table {
                    name,
                    ..table(source)
                }
                .into();
            }
            "Params/ForeignDB" => {
                let foreign = is_true(value);
                source.origin = Table {
                    foreign,
                    ..table(source)
                }
                .into();
            }
            "Selections" if deleted => source.selections.clear(),
            // Without these OTOBO has no such source.
            "CustomerKey" | "CustomerCompanyKey" | "CustomerID" | "Map" | "Params/Table"
                if deleted =>
            {
                return Err("invalid");
            }
            "Params/SearchCaseSensitive" if deleted => {}
            "Params/SearchCaseSensitive" | "Params/CaseSensitive" => {
                source.text = if is_true(value) {
                    TextMode::Exact
                } else {
                    TextMode::Folded
                };
            }
            "ReadOnly" => source.read_only = is_true(value),
            "Map" => {
                source.map = FieldMap(
                    value
                        .as_array()
                        .into_iter()
                        .flatten()
                        .filter_map(field)
                        .collect(),
                )
            }
            "Map+" => source
                .map
                .0
                .extend(value.as_array().into_iter().flatten().filter_map(field)),
            "Selections" => {
                source.selections =
                    serde_json::from_value(value.clone()).map_err(|_| "unreadable selections")?;
            }
            _ => return Err(UNKNOWN),
        }
    }
    Ok(())
}

/// A list that must have something in it: an empty one is a mistake of the settings.
fn some(value: &Value) -> Result<Vec<String>, &'static str> {
    let texts = texts(value);
    if texts.is_empty() {
        return Err("invalid");
    }
    Ok(texts)
}

/// The table of a source: every recorded one is of tables.
fn table(source: &SourceSpec) -> Table {
    let table = source.origin.table().cloned();
    table.unwrap_or_else(|| Table::at_home(""))
}

fn shipped(people: bool) -> SourceSpec {
    match people {
        true => CustomerUserSource::shipped().spec,
        false => CustomerSource::shipped().spec,
    }
}

/// What only sources of people have; whether it was that.
fn of_people(
    people: &mut CustomerUserSource,
    name: &str,
    value: &Value,
) -> Result<bool, &'static str> {
    let deleted = value == "__DELETE__";
    match name {
        "CustomerUserPostMasterSearchFields" if deleted => {
            people.sender_fields = CustomerUserSource::shipped().sender_fields;
        }
        "CustomerUserPostMasterSearchFields" => people.sender_fields = some(value)?,
        "CustomerUserNameFields" => people.name_fields = texts(value),
        "CustomerUserNameFieldsJoin" if deleted => people.name_join = " ".to_owned(),
        "CustomerUserNameFieldsJoin" => people.name_join = text(value),
        "CustomerUserExcludePrimaryCustomerID" => people.exclude_primary_customer = is_true(value),
        "CustomerUserEmailUniqCheck" => people.email_unique = is_true(value),
        "AutoLoginCreation" => people.auto_login = is_true(value).then(|| "auto".to_owned()),
        "AutoLoginCreationPrefix" if deleted => {
            people.auto_login = people.auto_login.take().map(|_| "auto".to_owned());
        }
        "AutoLoginCreationPrefix" => people.auto_login = Some(text(value)),
        "AdminSetPreferences" => people.set_preferences = deleted || is_true(value),
        "CustomerCompanySupport" => people.customer_support = is_true(value),
        "CustomerID" if !deleted => people.customer_id = text(value),
        _ => return Ok(false),
    }
    Ok(true)
}
