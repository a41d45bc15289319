//! Configured sources: one place each that customer users or customers come from.

use std::collections::BTreeMap;

use serde::Serialize;

pub use crate::address::Address;
use crate::field::{Field, FieldMap};
pub use crate::ldap::{LdapTree, Scope, Security};
pub use crate::origin::{CsvFile, Origin, Table};
use crate::text::TextMode;

/// Selections of a field: stored value to label.
pub type Selections = BTreeMap<String, BTreeMap<String, String>>;

/// So many in a hundred records of a source may be lost without asking, unless its settings say otherwise.
pub const LOSS_LIMIT: u8 = 10;

/// What the two kinds of sources have in common: where their records are, a key, a field map and search rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceSpec {
    /// The configuration key: `CustomerUser`, `CustomerUser1` … or `CustomerCompany` ….
    pub id: String,
    /// The name that people see.
    pub name: String,
    #[serde(flatten)]
    pub origin: Origin,
    /// How searches compare text.
    pub text: TextMode,
    /// The column that holds the key (`login`, `customer_id`).
    pub key: String,
    /// The column that holds the validity; without one everybody is valid.
    pub valid: Option<String>,
    /// Columns of the display text.
    pub list_fields: Vec<String>,
    /// Columns of the free search.
    pub search_fields: Vec<String>,
    /// Put before each search word (`*` or nothing, or ordinary text).
    pub search_prefix: String,
    /// Put after each search word.
    pub search_suffix: String,
    /// How many of the hits of a search can be paged through; without it, as many as lists have in general.
    pub list_limit: Option<u32>,
    /// How long what was read may count, in seconds; 0 is for ever. Known changes are taken in at once.
    pub cache_ttl: u32,
    /// Where nothing is written: so many in a hundred of its records may be lost without asking; all at 100.
    pub loss_limit: u8,
    /// Whether the search index has its records. Otherwise each search asks the source.
    pub mirror: bool,
    /// How long after the source last told of its changes what the index has of it counts as current, in seconds; 0 is for
    /// ever.
    pub max_age: u32,
    pub read_only: bool,
    pub map: FieldMap,
    pub selections: Selections,
    /// Its secrets are sealed and can't be opened here: it is not asked then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locked: Option<Locked>,
}

/// Why the secrets of a source can't be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Locked {
    /// There is no key here.
    NoKey,
    /// They were sealed with another key than the one that is here, or altered.
    OtherKey,
}

/// A source of customer users: OTOBO's `CustomerUser` … `CustomerUser10`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CustomerUserSource {
    #[serde(flatten)]
    pub spec: SourceSpec,
    /// The column of the primary customer.
    pub customer_id: String,
    /// Columns in which the sender of a mail is looked up: `CustomerUserPostMasterSearchFields`.
    pub sender_fields: Vec<String>,
    /// Columns of the full name.
    pub name_fields: Vec<String>,
    /// What joins them; a blank by default.
    pub name_join: String,
    /// Refuse an e-mail address that another person of this source has.
    pub email_unique: bool,
    /// Do not count the primary customer among a person's customers.
    pub exclude_primary_customer: bool,
    /// `AutoLoginCreation`: the prefix of generated logins, if they are generated.
    pub auto_login: Option<String>,
    /// Whether the edit form shows preferences.
    pub set_preferences: bool,
    /// The primary customer must be one that exists; its data are joined.
    pub customer_support: bool,
}

/// A source of customers: OTOBO's `CustomerCompany` … `CustomerCompany10`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CustomerSource {
    #[serde(flatten)]
    pub spec: SourceSpec,
}

impl SourceSpec {
    /// The field that holds the key.
    pub fn key_field(&self) -> &str {
        self.map
            .find_column(&self.key)
            .map_or(self.key.as_str(), |field| field.name.as_str())
    }

    /// The column of the validity, where no field of the map is in it.
    pub fn unmapped_valid(&self) -> Option<&str> {
        let column = self.valid.as_deref()?;
        self.map.find_column(column).is_none().then_some(column)
    }

    /// What holds the validity in a record: the field of its column, or else an entry beside the fields. None where
    /// everybody is valid.
    pub fn valid_entry(&self) -> Option<&str> {
        let field = self.map.find_column(self.valid.as_deref()?);
        let beside = || match self.map.find("ValidID") {
            None => "ValidID",
            Some(_) => "Valid",
        };
        Some(field.map_or_else(beside, |field| field.name.as_str()))
    }

    /// Names of the fields that these columns hold, in their order; columns without a field are left out.
    pub fn field_names<'a>(&'a self, columns: &'a [String]) -> impl Iterator<Item = &'a str> {
        columns
            .iter()
            .filter_map(|column| self.map.find_column(column))
            .map(|field| field.name.as_str())
    }
}

impl CustomerUserSource {
    /// The shipped source as it is where settings say nothing: the free search looks at e-mail addresses and phone
    /// numbers, too (D27).
    pub fn preset() -> Self {
        let mut source = Self::shipped();
        let further = texts(&["email", "phone", "mobile"]);
        source.spec.search_fields.extend(further);
        source
    }

    /// The sample of an LDAP source that OTOBO ships: people of `inetOrgPerson`.
    pub fn of_ldap() -> Self {
        let field = Field::new;
        let mut source = Self::shipped();
        source.spec = SourceSpec {
            name: "LDAP Backend".into(),
            origin: LdapTree::default().into(),
            key: "uid".into(),
            valid: None,
            list_fields: texts(&["cn", "mail"]),
            search_fields: texts(&["uid", "cn", "mail"]),
            search_prefix: String::new(),
            read_only: true,
            map: FieldMap(vec![
                field("UserTitle", "Title or salutation", "title"),
                field("UserFirstname", "Firstname", "givenname").required(),
                field("UserLastname", "Lastname", "sn").required(),
                field("UserLogin", "Username", "uid").required(),
                field("UserEmail", "Email", "mail").required(),
                field("UserCustomerID", "CustomerID", "mail")
                    .hidden()
                    .required(),
                field("UserPhone", "Phone", "telephonenumber"),
                field("UserAddress", "Address", "postaladdress"),
                field("UserComment", "Comment", "description"),
                field("cn", "cn", "cn").hidden(),
            ]),
            ..source.spec
        };
        Self {
            customer_id: "mail".into(),
            sender_fields: texts(&["mail"]),
            name_fields: texts(&["givenname", "sn"]),
            set_preferences: false,
            customer_support: false,
            email_unique: false,
            ..source
        }
    }

    /// The source that OTOBO ships: table `customer_user` of the home database.
    pub fn shipped() -> Self {
        let field = Field::new;
        Self {
            spec: SourceSpec {
                id: "CustomerUser".into(),
                name: "Database Backend".into(),
                origin: Table::at_home("customer_user").into(),
                text: TextMode::Folded,
                key: "login".into(),
                valid: Some("valid_id".into()),
                list_fields: texts(&["first_name", "last_name", "email"]),
                search_fields: texts(&["login", "first_name", "last_name", "customer_id"]),
                search_prefix: "*".into(),
                search_suffix: "*".into(),
                list_limit: None,
                cache_ttl: 0,
                loss_limit: LOSS_LIMIT,
                mirror: true,
                max_age: 0,
                read_only: false,
                map: FieldMap(vec![
                    field("UserTitle", "Title or salutation", "title"),
                    field("UserFirstname", "Firstname", "first_name").required(),
                    field("UserLastname", "Lastname", "last_name").required(),
                    field("UserLogin", "Username", "login").required(),
                    field("UserPassword", "Password", "pw").hidden(),
                    field("UserEmail", "Email", "email").required(),
                    field("UserCustomerID", "CustomerID", "customer_id")
                        .hidden()
                        .required(),
                    field("UserPhone", "Phone", "phone"),
                    field("UserFax", "Fax", "fax"),
                    field("UserMobile", "Mobile", "mobile"),
                    field("UserStreet", "Street", "street"),
                    field("UserZip", "Zip", "zip"),
                    field("UserCity", "City", "city"),
                    field("UserCountry", "Country", "country"),
                    field("UserComment", "Comment", "comments"),
                    field("ValidID", "Valid", "valid_id")
                        .hidden()
                        .required()
                        .int(),
                ]),
                selections: Selections::new(),
                locked: None,
            },
            customer_id: "customer_id".into(),
            sender_fields: texts(&["email"]),
            name_fields: texts(&["title", "first_name", "last_name"]),
            name_join: " ".into(),
            email_unique: true,
            exclude_primary_customer: false,
            auto_login: None,
            set_preferences: true,
            customer_support: true,
        }
    }
}

impl CustomerSource {
    /// The shipped source as it is where settings say nothing: the free search looks at the city, too (D27).
    pub fn preset() -> Self {
        let mut source = Self::shipped();
        source.spec.search_fields.push("city".into());
        source
    }

    /// The source that OTOBO ships: table `customer_company` of the home database.
    pub fn shipped() -> Self {
        let field = Field::new;
        Self {
            spec: SourceSpec {
                id: "CustomerCompany".into(),
                name: "Database Backend".into(),
                origin: Table::at_home("customer_company").into(),
                text: TextMode::Folded,
                key: "customer_id".into(),
                valid: Some("valid_id".into()),
                list_fields: texts(&["customer_id", "name"]),
                search_fields: texts(&["customer_id", "name"]),
                search_prefix: "*".into(),
                search_suffix: "*".into(),
                list_limit: None,
                cache_ttl: 0,
                loss_limit: LOSS_LIMIT,
                mirror: true,
                max_age: 0,
                read_only: false,
                map: FieldMap(vec![
                    field("CustomerID", "CustomerID", "customer_id")
                        .hidden()
                        .required(),
                    field("CustomerCompanyName", "Customer", "name").required(),
                    field("CustomerCompanyStreet", "Street", "street"),
                    field("CustomerCompanyZIP", "Zip", "zip"),
                    field("CustomerCompanyCity", "City", "city"),
                    field("CustomerCompanyCountry", "Country", "country"),
                    field("CustomerCompanyURL", "URL", "url"),
                    field("CustomerCompanyComment", "Comment", "comments"),
                    field("ValidID", "Valid", "valid_id")
                        .hidden()
                        .required()
                        .int(),
                ]),
                selections: Selections::new(),
                locked: None,
            },
        }
    }
}

fn texts(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}
