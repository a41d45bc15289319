//! What the form of a source asks for, by the keys of its section.

use kartoteka_directory::Kind;

/// What a source is read with, as its section names it.
pub(super) const MODULES: [&str; 3] = ["LDAP", "DB", "CSV"];

/// How a key is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Take {
    Text,
    /// It is never shown; left empty it stays.
    Secret,
    /// Yes or no, and what it is when nothing is said.
    Switch(bool),
    Choice(&'static [&'static str]),
    /// Texts with commas between them.
    List,
}

/// A key that the form asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Input {
    pub path: &'static str,
    /// What people call it: a text key.
    pub label: &'static str,
    pub take: Take,
    modules: &'static [&'static str],
}

const LDAP: &[&str] = &["LDAP"];
const DB: &[&str] = &["DB"];
const CSV: &[&str] = &["CSV"];
const COLUMNS: &[&str] = &["DB", "CSV"];
const ALL: &[&str] = &["LDAP", "DB", "CSV"];

const fn input(
    path: &'static str,
    label: &'static str,
    take: Take,
    modules: &'static [&'static str],
) -> Input {
    Input {
        path,
        label,
        take,
        modules,
    }
}

/// Where the records are.
const PLACE: &[Input] = &[
    input("Name", "sources-setup-name", Take::Text, ALL),
    input("Params.Host", "sources-setup-host", Take::List, LDAP),
    input(
        "Params.StartTLS",
        "sources-setup-starttls",
        Take::Switch(false),
        LDAP,
    ),
    input(
        "Params.VerifyTLS",
        "sources-setup-verifytls",
        Take::Switch(true),
        LDAP,
    ),
    input("Params.CAFile", "sources-setup-cafile", Take::Text, LDAP),
    input("Params.UserDN", "sources-setup-userdn", Take::Text, LDAP),
    input(
        "Params.UserPw",
        "sources-setup-password",
        Take::Secret,
        LDAP,
    ),
    input("Params.BaseDN", "sources-setup-basedn", Take::Text, LDAP),
    input(
        "Params.SSCOPE",
        "sources-setup-scope",
        Take::Choice(&["sub", "one", "base"]),
        LDAP,
    ),
    input(
        "Params.AlwaysFilter",
        "sources-setup-filter",
        Take::Text,
        LDAP,
    ),
    input("Params.DSN", "sources-setup-dsn", Take::Text, DB),
    input("Params.User", "sources-setup-user", Take::Text, DB),
    input(
        "Params.Password",
        "sources-setup-password",
        Take::Secret,
        DB,
    ),
    input("Params.Table", "sources-setup-table", Take::Text, DB),
    input(
        "Params.ForeignDB",
        "sources-setup-foreign",
        Take::Switch(false),
        DB,
    ),
    input(
        "ReadOnly",
        "sources-setup-read-only",
        Take::Switch(false),
        DB,
    ),
    input("Params.File", "sources-setup-file", Take::Text, CSV),
];

/// What means what, of people.
const PEOPLE: &[Input] = &[
    input("CustomerKey", "sources-setup-key", Take::Text, ALL),
    input("CustomerID", "sources-setup-customer", Take::Text, ALL),
    input("CustomerValid", "sources-setup-valid", Take::Text, COLUMNS),
    input(
        "CustomerUserValidFilter",
        "sources-setup-valid-filter",
        Take::Text,
        LDAP,
    ),
    input(
        "CustomerUserListFields",
        "sources-setup-list-fields",
        Take::List,
        ALL,
    ),
    input(
        "CustomerUserSearchFields",
        "sources-setup-search-fields",
        Take::List,
        ALL,
    ),
    input(
        "CustomerUserNameFields",
        "sources-setup-name-fields",
        Take::List,
        ALL,
    ),
    input(
        "CustomerUserPostMasterSearchFields",
        "sources-setup-sender-fields",
        Take::List,
        ALL,
    ),
    input(
        "CustomerCompanySupport",
        "sources-setup-support",
        Take::Switch(true),
        ALL,
    ),
    input(
        "Mirror",
        "sources-setup-mirror",
        Take::Choice(&["on", "off"]),
        LDAP,
    ),
];

/// The same of customers.
const CUSTOMERS: &[Input] = &[
    input(
        "CustomerCompanyKey",
        "sources-setup-key",
        Take::Text,
        COLUMNS,
    ),
    input(
        "CustomerCompanyValid",
        "sources-setup-valid",
        Take::Text,
        COLUMNS,
    ),
    input(
        "CustomerCompanyListFields",
        "sources-setup-list-fields",
        Take::List,
        COLUMNS,
    ),
    input(
        "CustomerCompanySearchFields",
        "sources-setup-search-fields",
        Take::List,
        COLUMNS,
    ),
];

/// What is asked for of a source.
pub(super) fn inputs(kind: Kind, module: &str) -> Vec<Input> {
    let meaning = match kind {
        Kind::Customer => CUSTOMERS,
        _ => PEOPLE,
    };
    let all = PLACE.iter().chain(meaning).copied();
    all.filter(|input| input.modules.contains(&module))
        .collect()
}

impl Input {
    /// Its name in the form.
    pub fn name(&self) -> String {
        self.path.replace('.', "-")
    }

    pub fn is_switch(&self) -> bool {
        matches!(self.take, Take::Switch(_))
    }

    pub fn is_secret(&self) -> bool {
        self.take == Take::Secret
    }

    pub fn choices(&self) -> &'static [&'static str] {
        match self.take {
            Take::Choice(choices) => choices,
            _ => &[],
        }
    }
}
