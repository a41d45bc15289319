//! The keys of sources, with OTOBO's names.

use super::ldap_keys::with_ldap;
use crate::key::{Key, Kind};

const PARAMS_USER: &[Key] = &with_ldap(params("\"customer_user\""));
const PARAMS_COMPANY: &[Key] = &params("\"customer_company\"");

const fn params(table: &'static str) -> [Key; 9] {
    [
        Key::new("Table", Kind::Text, table, "The table."),
        Key::optional(
            "DSN",
            Kind::Text,
            "\"postgres://reader@localhost/crm\"",
            "Another database: sqlite://, postgres://, mysql://, or as OTOBO writes it (DBI:mysql:database=crm;host=localhost). Without it the home database.",
        )
        .secret(),
        Key::optional("User", Kind::Text, "\"reader\"", "User of that database."),
        Key::optional(
            "Password",
            Kind::Text,
            "\"…\"",
            "Password of that user; better given as a variable …__PARAMS__PASSWORD_FILE.",
        )
        .secret(),
        Key::optional(
            "Type",
            Kind::Text,
            "\"mysql\"",
            "Taken for OTOBO's sake; the DSN says it already.",
        ),
        Key::new(
            "ForeignDB",
            Kind::Switch,
            "false",
            "The table has no create and change columns.",
        ),
        Key::new(
            "SearchCaseSensitive",
            Kind::Switch,
            "false",
            "Searches compare exactly, as Text = \"exact\".",
        ),
        Key::optional(
            "CaseSensitive",
            Kind::Switch,
            "false",
            "Older name of SearchCaseSensitive.",
        ),
        Key::optional(
            "File",
            Kind::Text,
            "\"people.csv\"",
            "With Module = \"CSV\" the file, from the folder of this one: UTF-8, its first line names the columns.",
        ),
    ]
}

const NAME: Key = Key::new(
    "Name",
    Kind::Text,
    "\"Database Backend\"",
    "The name that people see. Numbered sources: \"No Name 1\" ….",
);
const MODULE: Key = Key::optional(
    "Module",
    Kind::Text,
    "\"Kernel::System::CustomerUser::DB\"",
    "OTOBO's module for databases, or none; \"LDAP\" (or OTOBO's long name): people from an LDAP server, read only; \"CSV\": from a file, read only, and read anew when it changes.",
);
const TEXT: Key = Key::new(
    "Text",
    Kind::Choice(&["folded", "ignore-case", "exact"]),
    "\"folded\"",
    "How searches compare: without case and diacritics, without case, or exactly.",
);
const CACHE_TTL: Key = Key::new(
    "CacheTTL",
    Kind::Whole(0, 31_536_000),
    "0",
    "Seconds after which all of the source is read anew, for whom sweeps are too slow to find what change_time does not tell: rows deleted or changed by hand, tables without that column. 0 is never.",
);
const LOSS_LIMIT: Key = Key::new(
    "LossLimit",
    Kind::Whole(1, 100),
    "10",
    "Of a source that is only read and not in the own database: when more than so many in a hundred of its records are gone or no longer valid (and more than ten, or all), nothing of it is done until an admin has said so. 100 never asks.",
);
const MAX_AGE: Key = Key::new(
    "MaxAge",
    Kind::Whole(0, 31_536_000),
    "0",
    "Seconds after which what the search index has of the source counts as old, where the source did not tell of its changes: searches say so. 0 is never.",
);
const READ_ONLY: Key = Key::new(
    "ReadOnly",
    Kind::Switch,
    "false",
    "Nothing is added or changed here.",
);
const MAP: Key = Key::optional(
    "Map",
    Kind::Map,
    "[[\"UserLogin\", \"Username\", \"login\", 1, 1, \"var\", \"\", 0]]",
    "The fields, in the order of forms; replaces the shipped map.",
);
const MAP_ADD: Key = Key::optional(
    "MapAdd",
    Kind::Map,
    "[[\"UserRoom\", \"Pokój\", \"room\", 1, 0, \"var\", \"\", 0]]",
    "Further fields, after those of the map.",
);
const SELECTIONS: Key = Key::optional(
    "Selections",
    Kind::Selections,
    "{ UserTitle = { \"Ms.\" = \"Ms.\", \"Mr.\" = \"Mr.\" } }",
    "Drop-downs: field, stored value, label.",
);
const LIST_LIMIT: Kind = Kind::Whole(0, 1_000_000);

/// Keys of `[CustomerUser]` ….
pub(crate) const CUSTOMER_USER_KEYS: &[Key] = &[
    NAME,
    MODULE,
    Key::optional(
        "Params",
        Kind::Table(PARAMS_USER),
        "{ Table = \"customer_user\" }",
        "The table and its database, the LDAP server, or the file.",
    ),
    TEXT,
    Key::new(
        "CustomerKey",
        Kind::Text,
        "\"login\"",
        "Column of the login.",
    ),
    Key::new(
        "CustomerID",
        Kind::Text,
        "\"customer_id\"",
        "Column of the primary customer.",
    ),
    Key::new(
        "CustomerValid",
        Kind::Text,
        "\"valid_id\"",
        "Column of the validity; empty: everybody is valid.",
    ),
    Key::optional(
        "CustomerUserValidFilter",
        Kind::Text,
        "\"(!(userAccountControl:1.2.840.113556.1.4.803:=2))\"",
        "The filter of an LDAP source that those meet who are valid; without it everybody is.",
    ),
    Key::optional(
        "TranslateManagerTo",
        Kind::Text,
        "\"displayName\"",
        "The attribute of a manager's entry that is shown in place of its name in the tree.",
    ),
    Key::new(
        "CustomerUserListFields",
        Kind::Texts,
        "[\"first_name\", \"last_name\", \"email\"]",
        "Columns of the text in lists; the last one is the e-mail address.",
    ),
    Key::new(
        "CustomerUserSearchFields",
        Kind::Texts,
        "[\"login\", \"first_name\", \"last_name\", \"customer_id\", \"email\", \"phone\", \"mobile\"]",
        "Columns of the free search. Fields called …Phone, …Mobile and …Fax are found by their digits alone, too.",
    ),
    Key::new(
        "CustomerUserSearchPrefix",
        Kind::Text,
        "\"*\"",
        "Put before each word that is searched for.",
    ),
    Key::new(
        "CustomerUserSearchSuffix",
        Kind::Text,
        "\"*\"",
        "Put after each word that is searched for.",
    ),
    Key::optional(
        "CustomerUserSearchListLimit",
        LIST_LIMIT,
        "250",
        "How many of the hits of a search can be paged through; without it, or with 0, `first` of [lists]. The smallest of all sources counts.",
    ),
    Key::new(
        "CustomerUserPostMasterSearchFields",
        Kind::Texts,
        "[\"email\"]",
        "Columns in which the sender of a mail is looked up.",
    ),
    Key::new(
        "CustomerUserNameFields",
        Kind::Texts,
        "[\"title\", \"first_name\", \"last_name\"]",
        "Columns of the full name.",
    ),
    Key::new(
        "CustomerUserNameFieldsJoin",
        Kind::Text,
        "\" \"",
        "What stands between them.",
    ),
    Key::new(
        "CustomerUserEmailUniqCheck",
        Kind::Switch,
        "true",
        "Refuse an e-mail address that somebody else of this source has.",
    ),
    Key::new(
        "CustomerUserExcludePrimaryCustomerID",
        Kind::Switch,
        "false",
        "Do not count the primary customer among a person's customers.",
    ),
    Key::new(
        "AutoLoginCreation",
        Kind::Switch,
        "false",
        "Generate logins; the form does not ask for them.",
    ),
    Key::new(
        "AutoLoginCreationPrefix",
        Kind::Text,
        "\"auto\"",
        "What generated logins begin with.",
    ),
    Key::new(
        "AdminSetPreferences",
        Kind::Switch,
        "true",
        "The form shows preferences.",
    ),
    Key::new(
        "CustomerCompanySupport",
        Kind::Switch,
        "true",
        "The primary customer must exist; its data are shown.",
    ),
    CACHE_TTL,
    LOSS_LIMIT,
    MAX_AGE,
    Key::new(
        "Mirror",
        Kind::Choice(&["on", "off"]),
        "\"on\"",
        "off: each search asks the server, and gets the first 1 000 it finds; the search index has nobody of the source. For Module = \"LDAP\" alone; searches are quickest with Text = \"ignore-case\".",
    ),
    READ_ONLY,
    MAP,
    MAP_ADD,
    SELECTIONS,
];

/// Keys of `[CustomerCompany]` ….
pub(crate) const CUSTOMER_COMPANY_KEYS: &[Key] = &[
    NAME,
    MODULE,
    Key::optional(
        "Params",
        Kind::Table(PARAMS_COMPANY),
        "{ Table = \"customer_company\" }",
        "The table and its database, or the file.",
    ),
    TEXT,
    Key::new(
        "CustomerCompanyKey",
        Kind::Text,
        "\"customer_id\"",
        "Column of the customer ID.",
    ),
    Key::new(
        "CustomerCompanyValid",
        Kind::Text,
        "\"valid_id\"",
        "Column of the validity; empty: every customer is valid.",
    ),
    Key::new(
        "CustomerCompanyListFields",
        Kind::Texts,
        "[\"customer_id\", \"name\"]",
        "Columns of the text in lists.",
    ),
    Key::new(
        "CustomerCompanySearchFields",
        Kind::Texts,
        "[\"customer_id\", \"name\", \"city\"]",
        "Columns of the free search.",
    ),
    Key::new(
        "CustomerCompanySearchPrefix",
        Kind::Text,
        "\"*\"",
        "Put before each word that is searched for.",
    ),
    Key::new(
        "CustomerCompanySearchSuffix",
        Kind::Text,
        "\"*\"",
        "Put after each word that is searched for.",
    ),
    Key::optional(
        "CustomerCompanySearchListLimit",
        LIST_LIMIT,
        "250",
        "How many of the hits of a search can be paged through; without it, or with 0, `first` of [lists]. The smallest of all sources counts.",
    ),
    CACHE_TTL,
    LOSS_LIMIT,
    MAX_AGE,
    READ_ONLY,
    MAP,
    MAP_ADD,
    SELECTIONS,
];
