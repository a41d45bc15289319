//! The keys of sources, with OTOBO's names.

use crate::key::{Key, Kind};

const PARAMS_USER: &[Key] = &params("\"customer_user\"");
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
    "OTOBO's module for databases, or none; or \"CSV\": people from a file, read only, and read anew when it changes.",
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
        "The table and its database, or the file.",
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
    READ_ONLY,
    MAP,
    MAP_ADD,
    SELECTIONS,
];
