//! Records as OpenAPI describes them: texts by field name, since field maps are known when the program runs.

use serde_json::json;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{
    AdditionalProperties, AnyOf, Object, ObjectBuilder, Schema, SchemaType, Type,
};
use utoipa::{PartialSchema, ToSchema};

use super::Plan;

fn text(description: &str) -> Object {
    ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::String))
        .description(Some(description))
        .build()
}

fn flag(description: &str) -> Object {
    ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::Boolean))
        .description(Some(description))
        .build()
}

/// Text, or a number for fields that hold numbers.
fn value() -> Schema {
    let number = ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::Integer))
        .build();
    Schema::AnyOf(AnyOf {
        items: vec![text("Text").into(), number.into()],
        ..AnyOf::new()
    })
}

/// A record that answers show: texts by field name.
fn record(
    description: &str,
    known: &[(&str, &str)],
    required: &[&str],
    example: serde_json::Value,
) -> RefOr<Schema> {
    let mut object = ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::Object))
        .description(Some(description));
    for (name, meaning) in known {
        object = object.property(*name, text(meaning));
    }
    for name in required {
        object = object.required(*name);
    }
    let further: RefOr<Schema> = ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::String))
        .build()
        .into();
    object
        .additional_properties(Some(AdditionalProperties::RefOr(further)))
        .examples([example])
        .build()
        .into()
}

/// Fields that a write takes: texts and numbers by field name.
fn fields(description: &str, flags: &[(&str, &str)], example: serde_json::Value) -> RefOr<Schema> {
    let mut object = ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::Object))
        .description(Some(description));
    for (name, meaning) in flags {
        object = match *name {
            "generate_password" | "ahead" => object.property(*name, flag(meaning)),
            _ => object.property(*name, text(meaning)),
        };
    }
    object
        .additional_properties(Some(AdditionalProperties::RefOr(value().into())))
        .examples([example])
        .build()
        .into()
}

macro_rules! document {
    ($($name:ident = $schema:expr;)*) => {$(
        #[doc = concat!("Describes the document `", stringify!($name), "`.")]
        pub struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                $schema
            }
        }

        impl ToSchema for $name {}
    )*};
}

const LOGIN: (&str, &str) = ("UserLogin", "The login: the key");
const SOURCE: (&str, &str) = (
    "Source",
    "The source: `CustomerUser`, `CustomerUser1` …, `CustomerCompany` …",
);
const SINCE: (&str, &str) = (
    "unavailable_since",
    "Since when the source does not answer, where this is what was last known of the record",
);
const TO_SOURCE: (&str, &str) = (
    "Source",
    "The source that gets the record, when several are writable",
);
const GENERATE: (&str, &str) = (
    "generate_password",
    "Makes a password, which is answered once as `password`",
);

document! {
    CustomerUser = record(
        "A customer user: the fields of its source's field map, as texts; asked for alone, also the preferences that \
         are set (`UserLanguage`, `UserTimeZone`, `UserSkin`, `UserShowTickets`, `UserRefreshTime`).",
        &[LOGIN, SOURCE, SINCE], &["UserLogin", "Source"],
        json!({"UserLogin": "anna.nowak", "UserFirstname": "Anna", "UserLastname": "Nowak",
            "UserEmail": "anna.nowak@muster.test", "UserCustomerID": "MUSTER", "ValidID": "1", "Source": "CustomerUser"}),
    );
    NewCustomerUser = record(
        "A customer user that was just added, with its generated password.",
        &[LOGIN, SOURCE, ("password", "The generated password; it is answered this once")], &["UserLogin", "Source"],
        json!({"UserLogin": "anna.nowak", "UserLastname": "Nowak", "ValidID": "1", "Source": "CustomerUser"}),
    );
    CustomerUserCreate = fields(
        "The fields of a new customer user, by the names of the field map. `ValidID` is 1 (valid), 2 (invalid) or 3 \
         (invalid-temporarily), as number or text, or one of these names. Preferences, as `/api/v1/fields` lists \
         them, are set in the same way.",
        &[TO_SOURCE, GENERATE],
        json!({"UserLogin": "anna.nowak", "UserFirstname": "Anna", "UserLastname": "Nowak",
            "UserEmail": "anna.nowak@muster.test", "UserCustomerID": "MUSTER", "generate_password": true}),
    );
    CustomerUserUpdate = fields(
        "The fields and preferences to change; what is not named stays, an empty text empties. People of a read-only \
         source have preferences only.", &[],
        json!({"UserPhone": "+48 22 555 01 02", "ValidID": 1}),
    );
    CustomerUserMove = fields(
        "The source to move to, and values that differ from those of the present source or that it does not have.",
        &[("Source", "The source that is to keep the person"),
            ("ahead", "Makes the record also where an earlier read-only source goes on speaking for the login")],
        json!({"Source": "CustomerUser", "UserCustomerID": "MUSTER"}),
    );
    Customer = record(
        "A customer: the fields of its source's field map, as texts.",
        &[("CustomerID", "The key"), SOURCE, SINCE], &["CustomerID", "Source"],
        json!({"CustomerID": "MUSTER", "CustomerCompanyName": "Muster GmbH", "ValidID": "1", "Source": "CustomerCompany"}),
    );
    CustomerCreate = fields(
        "The fields of a new customer, by the names of the field map.", &[TO_SOURCE],
        json!({"CustomerID": "MUSTER", "CustomerCompanyName": "Muster GmbH"}),
    );
    CustomerUpdate = fields(
        "The fields to change; what is not named stays, an empty text empties. A new `CustomerID` renames: what \
         refers to the customer is carried along.", &[],
        json!({"CustomerCompanyCity": "Berlin"}),
    );
    Agent = record(
        "An agent.", &[LOGIN, ("Role", "`reader`, `editor`, `admin`, or empty")], &["UserLogin"],
        json!({"UserLogin": "ewa", "UserFirstname": "Ewa", "UserLastname": "Lis", "Role": "editor", "ValidID": "1"}),
    );
    NewAgent = record(
        "An agent who was just added, with the generated password.",
        &[LOGIN, ("password", "The generated password; it is answered this once")], &["UserLogin"],
        json!({"UserLogin": "ewa", "UserFirstname": "Ewa", "UserLastname": "Lis", "Role": "editor", "ValidID": "1"}),
    );
    AgentCreate = fields(
        "`UserLogin`, `UserFirstname`, `UserLastname`, `Role` (`reader`, `editor`, `admin`), `ValidID`, \
         `UserPassword`.", &[GENERATE],
        json!({"UserLogin": "ewa", "UserFirstname": "Ewa", "UserLastname": "Lis", "Role": "editor", "generate_password": true}),
    );
    AgentUpdate = fields("The fields to change.", &[], json!({"Role": "reader"}));
    Group = record(
        "A group: what permissions are given on.", &[("Name", "The key")], &["Name"],
        json!({"Name": "support", "Comment": "", "ValidID": "1", "Source": "groups_table"}),
    );
    GroupCreate = fields(
        "`Name`, `Comment`, `ValidID`.", &[], json!({"Name": "support", "Comment": "First line"}),
    );
    GroupUpdate = fields(
        "The fields to change; what is not named stays, an empty text empties. A new `Name` renames: permissions \
         stay. `admin` and `users` keep their names and stay valid, since agents' rights come from them.", &[],
        json!({"ValidID": 2}),
    );
    Service = record(
        "A service: what a customer user may ask for.",
        &[("FullName", "The key: `Parent`, `::` and `Name`"), ("Name", "The last part of the full name"),
            ("Parent", "The full name of the service above; empty at the top")],
        &["FullName", "Name", "Parent"],
        json!({"FullName": "IT::Network", "Name": "Network", "Parent": "IT", "Comment": "", "ValidID": "1",
            "Source": "service"}),
    );
    ServiceCreate = fields(
        "`Name`, `Parent` (the full name of the service above, left out at the top), `Comment`, `ValidID`.", &[],
        json!({"Name": "Network", "Parent": "IT"}),
    );
    ServiceUpdate = fields(
        "The fields to change; what is not named stays, an empty text empties. A new `Name` or `Parent` renames the \
         services below, too.", &[],
        json!({"Parent": "IT::Sites"}),
    );
}

/// The changed customer user, or the plan for `dry_run`.
#[derive(ToSchema)]
#[serde(untagged)]
pub enum CustomerUserOrPlan {
    Record(CustomerUser),
    Plan(Plan),
}

/// The changed customer, or the plan for `dry_run`.
#[derive(ToSchema)]
#[serde(untagged)]
pub enum CustomerOrPlan {
    Record(Customer),
    Plan(Plan),
}
