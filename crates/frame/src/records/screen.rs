//! What differs between the pages of customer users, customers, groups and services: an address and a word.

use kartoteka_directory::Kind;
use kartoteka_model::search::Grammar;

use super::address;

/// The pages of one kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    pub kind: Kind,
    /// The first segment of the addresses and of the texts: `customer-users`.
    pub word: &'static str,
}

/// The pages of customer users.
pub const CUSTOMER_USERS: Screen = Screen {
    kind: Kind::CustomerUser,
    word: "customer-users",
};

/// The pages of customers.
pub const CUSTOMERS: Screen = Screen {
    kind: Kind::Customer,
    word: "customers",
};

/// The pages of groups.
pub const GROUPS: Screen = Screen {
    kind: Kind::Group,
    word: "groups",
};

/// The pages of services.
pub const SERVICES: Screen = Screen {
    kind: Kind::Service,
    word: "services",
};

impl Screen {
    /// The key of a text that each kind has its own wording for: `customer-users-title`.
    pub fn text(&self, name: &str) -> String {
        format!("{}-{name}", self.word)
    }

    /// The address of the list.
    pub fn list(&self) -> String {
        format!("/{}", self.word)
    }

    /// The address of the form for a new record.
    pub fn new_record(&self) -> String {
        format!("/{}/new", self.word)
    }

    /// The address of the detail search.
    pub fn detail_search(&self) -> String {
        format!("/{}/search", self.word)
    }

    /// The address of the page on which the list's columns are chosen.
    pub fn columns(&self) -> String {
        format!("/{}/columns", self.word)
    }

    /// The address of the page on which views of the list are saved.
    pub fn views(&self) -> String {
        format!("/{}/views", self.word)
    }

    /// The address of a record.
    pub fn record(&self, key: &str) -> String {
        format!("/{}/{}", self.word, address::segment(key))
    }

    /// The address of a record's form.
    pub fn edit(&self, key: &str) -> String {
        format!("{}/edit", self.record(key))
    }

    /// The address of the page that sets a record's password.
    pub fn password(&self, key: &str) -> String {
        format!("{}/password", self.record(key))
    }

    /// The address of the page that moves a record to another source.
    pub fn moving(&self, key: &str) -> String {
        format!("{}/move", self.record(key))
    }

    /// The grammar of this kind's search language, as the directory reads it.
    pub fn grammar(&self) -> Grammar {
        if self.kind == Kind::Customer {
            Grammar::Full
        } else {
            Grammar::Words
        }
    }

    /// Whether this is a kind that has little more than a name, and one table that it is always in.
    pub fn is_named(&self) -> bool {
        matches!(self.kind, Kind::Group | Kind::Service)
    }

    /// Whether this is the kind that logs in and belongs to a customer.
    pub fn is_people(&self) -> bool {
        self.kind == Kind::CustomerUser
    }
}
