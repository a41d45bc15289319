//! The four matrices: whose permissions, seen from which end.

use kartoteka_access::Wanted;
use kartoteka_directory::Kind;

use super::cell::CellKey;
use crate::records::{CUSTOMER_USERS, CUSTOMERS, GROUPS, address};

/// A matrix, with the login, customer ID or group that it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// One person by groups.
    Person(String),
    /// One customer by groups.
    Customer(String),
    /// One group by people.
    GroupPeople(String),
    /// One group by customers.
    GroupCustomers(String),
}

impl Side {
    /// The address of the matrix.
    pub fn path(&self) -> String {
        match self {
            Self::Person(_) | Self::Customer(_) | Self::GroupPeople(_) => {
                format!("{}/permissions", self.record())
            }
            Self::GroupCustomers(_) => format!("{}/permissions/customers", self.record()),
        }
    }

    /// The address of the record that it is of.
    pub fn record(&self) -> String {
        match self {
            Self::Person(login) => CUSTOMER_USERS.record(login),
            Self::Customer(id) => CUSTOMERS.record(id),
            Self::GroupPeople(group) | Self::GroupCustomers(group) => GROUPS.record(group),
        }
    }

    /// The record that it is of.
    pub fn key(&self) -> &str {
        match self {
            Self::Person(key)
            | Self::Customer(key)
            | Self::GroupPeople(key)
            | Self::GroupCustomers(key) => key,
        }
    }

    /// The kind of the record that it is of.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Person(_) => Kind::CustomerUser,
            Self::Customer(_) => Kind::Customer,
            Self::GroupPeople(_) | Self::GroupCustomers(_) => Kind::Group,
        }
    }

    /// The list that the record is in.
    pub fn list(&self) -> String {
        match self {
            Self::Person(_) => CUSTOMER_USERS.list(),
            Self::Customer(_) => CUSTOMERS.list(),
            Self::GroupPeople(_) | Self::GroupCustomers(_) => GROUPS.list(),
        }
    }

    /// What plans call the record's side of a relation: what is wrong there is wrong with every tick.
    pub fn field(&self) -> &'static str {
        match self {
            Self::Person(_) => "UserLogin",
            Self::Customer(_) => "CustomerID",
            Self::GroupPeople(_) | Self::GroupCustomers(_) => "Group",
        }
    }

    /// The same matrix of the record as it is stored.
    pub fn of(&self, key: String) -> Self {
        match self {
            Self::Person(_) => Self::Person(key),
            Self::Customer(_) => Self::Customer(key),
            Self::GroupPeople(_) => Self::GroupPeople(key),
            Self::GroupCustomers(_) => Self::GroupCustomers(key),
        }
    }

    /// Whether the rows are groups, of which all are shown; people and customers are searched for.
    pub fn has_all_rows(&self) -> bool {
        matches!(self, Self::Person(_) | Self::Customer(_))
    }

    /// Whether permissions are given to customers.
    pub fn is_of_customers(&self) -> bool {
        matches!(self, Self::Customer(_) | Self::GroupCustomers(_))
    }

    /// The word in this matrix's texts.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::Customer(_) => "customer",
            Self::GroupPeople(_) => "group-people",
            Self::GroupCustomers(_) => "group-customers",
        }
    }

    /// A cell's change as the directory wants it.
    pub fn wanted(&self, cell: &CellKey, given: bool) -> Wanted {
        let (row, permission) = (cell.row.clone(), cell.permission.clone());
        let person = |login, group| Wanted::PersonGroup {
            login,
            group,
            permission: permission.clone(),
            given,
        };
        let customer = |customer, group| Wanted::CustomerGroup {
            customer,
            group,
            permission: permission.clone(),
            context: cell.context,
            given,
        };
        match self.clone() {
            Self::Person(login) => person(login, row),
            Self::GroupPeople(group) => person(row, group),
            Self::Customer(id) => customer(id, row),
            Self::GroupCustomers(group) => customer(row, group),
        }
    }
}

/// The address of an explanation.
pub fn explain_path(login: &str, group: &str, permission: Option<&str>) -> String {
    let mut pairs = vec![("group", group)];
    pairs.extend(permission.map(|permission| ("permission", permission)));
    let path = Side::Person(login.to_owned()).path();
    format!("{path}/explain?{}", address::query(pairs))
}
