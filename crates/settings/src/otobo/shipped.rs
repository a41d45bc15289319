//! What OTOBO ships, for configurations that change a part of it.

use std::collections::BTreeMap;

use kartoteka_model::source::{CustomerSource, CustomerUserSource, SourceSpec};
use kartoteka_model::{Field, FieldKind, Shown};

use crate::groups::Groups;
use crate::passwords::Passwords;
use kartoteka_perl::{Data, Entry, Reader, Value};

/// Gives a reader the values of OTOBO that Kartoteka reads, as if they were read from a file.
pub(super) fn preset(reader: &mut Reader<'_>) {
    let groups = Groups::default();
    for (key, value) in [
        ("CustomerUser", customer_user()),
        ("CustomerCompany", customer_company()),
        ("CustomerGroupAlwaysGroups", texts(&groups.always_groups)),
        (
            "CustomerGroupCompanyAlwaysGroups",
            texts(&groups.company_always_groups),
        ),
        ("System::Customer::Permission", texts(&groups.permissions)),
        (
            "CustomerPreferencesGroups",
            hash([("Password", password_rules())]),
        ),
    ] {
        reader.preset(key, &value);
    }
}

fn customer_user() -> Value {
    let source = CustomerUserSource::shipped();
    let spec = &source.spec;
    hash([
        ("Name", text(&spec.name)),
        ("Module", text("Kernel::System::CustomerUser::DB")),
        ("Params", params(spec)),
        ("CustomerKey", text(&spec.key)),
        ("CustomerID", text(&source.customer_id)),
        ("CustomerValid", text(spec.valid.as_deref().unwrap_or(""))),
        ("CustomerUserListFields", texts(&spec.list_fields)),
        ("CustomerUserSearchFields", texts(&spec.search_fields)),
        ("CustomerUserSearchPrefix", text(&spec.search_prefix)),
        ("CustomerUserSearchSuffix", text(&spec.search_suffix)),
        ("CustomerUserSearchListLimit", integer(250)),
        (
            "CustomerUserPostMasterSearchFields",
            texts(&source.sender_fields),
        ),
        ("CustomerUserNameFields", texts(&source.name_fields)),
        (
            "CustomerUserEmailUniqCheck",
            integer(source.email_unique.into()),
        ),
        (
            "CustomerCompanySupport",
            integer(source.customer_support.into()),
        ),
        ("CacheTTL", integer(86_400)),
        ("Map", map(&spec.map.0)),
        ("Selections", hash([])),
    ])
}

fn customer_company() -> Value {
    let spec = CustomerSource::shipped().spec;
    hash([
        ("Name", text(&spec.name)),
        ("Module", text("Kernel::System::CustomerCompany::DB")),
        ("Params", params(&spec)),
        ("CustomerCompanyKey", text(&spec.key)),
        (
            "CustomerCompanyValid",
            text(spec.valid.as_deref().unwrap_or("")),
        ),
        ("CustomerCompanyListFields", texts(&spec.list_fields)),
        ("CustomerCompanySearchFields", texts(&spec.search_fields)),
        ("CustomerCompanySearchPrefix", text(&spec.search_prefix)),
        ("CustomerCompanySearchSuffix", text(&spec.search_suffix)),
        ("CustomerCompanySearchListLimit", integer(250)),
        ("CacheTTL", integer(86_400)),
        ("Map", map(&spec.map.0)),
    ])
}

fn params(spec: &SourceSpec) -> Value {
    hash([
        ("Table", text(&spec.origin.name())),
        ("ForeignDB", integer(0)),
        ("SearchCaseSensitive", integer(0)),
    ])
}

fn password_rules() -> Value {
    let shipped = Passwords::default();
    hash([
        ("PasswordRegExp", text("")),
        ("PasswordMinSize", integer(shipped.min_size.into())),
        ("PasswordMin2Lower2UpperCharacters", integer(0)),
        ("PasswordNeedDigit", integer(shipped.need_digit.into())),
        ("PasswordMin2Characters", integer(0)),
        ("PasswordHistory", integer(shipped.history.into())),
        ("PasswordMaxValidTimeInDays", text("")),
    ])
}

/// Fields as entries of a map in OTOBO's form.
pub(super) fn map(fields: &[Field]) -> Value {
    new(Data::List(fields.iter().map(field).collect()))
}

pub(super) fn field(field: &Field) -> Value {
    let shown = match field.shown {
        Shown::Never => 0,
        Shown::Always => 1,
        Shown::AlsoLite => 2,
    };
    let kind = match field.kind {
        FieldKind::Int => "int",
        FieldKind::DynamicField => "dynamic_field",
        FieldKind::Var => "var",
    };
    new(Data::List(vec![
        text(&field.name),
        text(&field.label),
        text(&field.column),
        integer(shown),
        integer(field.required.into()),
        text(kind),
        text(&field.link),
        integer(field.read_only.into()),
    ]))
}

fn new(data: Data) -> Value {
    Value { at: None, data }
}

fn text(text: &str) -> Value {
    new(Data::Text(text.to_owned()))
}

fn integer(number: i64) -> Value {
    new(Data::Integer(number))
}

fn texts(texts: &[String]) -> Value {
    new(Data::List(texts.iter().map(|one| text(one)).collect()))
}

fn hash<const N: usize>(entries: [(&str, Value); N]) -> Value {
    let entry = |(key, value): (&str, Value)| {
        let key_at = None;
        (key.to_owned(), Entry { key_at, value })
    };
    let entries: BTreeMap<_, _> = entries.into_iter().map(entry).collect();
    new(Data::Hash(entries))
}
