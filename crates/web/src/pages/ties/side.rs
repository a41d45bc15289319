//! The five sides: what they are called, and where they are.

use kartoteka_directory::{Role, Tie, TiePage};

use crate::context::Ctx;
use crate::format::escape;
use crate::frame::Frame;
use crate::pages::records::{CUSTOMER_USERS, CUSTOMERS, SERVICES};

/// The beginning of the side's text keys.
pub fn texts(tie: &Tie) -> &'static str {
    match tie {
        Tie::CustomersOf(_) => "ties-customers-of",
        Tie::PeopleOf(_) => "ties-people-of",
        Tie::ServicesOf(_) => "ties-services-of",
        Tie::PeopleWith(_) => "ties-people-with",
        Tie::DefaultServices => "ties-default-services",
    }
}

/// The page's own path.
pub fn path(tie: &Tie) -> String {
    match tie {
        Tie::CustomersOf(login) => format!("/customer-users/{}/customers", escape(login)),
        Tie::PeopleOf(id) => format!("/customers/{}/people", escape(id)),
        Tie::ServicesOf(login) => format!("/customer-users/{}/services", escape(login)),
        Tie::PeopleWith(name) => format!("/services/{}/people", escape(name)),
        Tie::DefaultServices => "/default-services".into(),
    }
}

/// Where *Save and finish* leads: the page of what was picked.
pub fn home(tie: &Tie) -> String {
    match tie {
        Tie::CustomersOf(login) | Tie::ServicesOf(login) => CUSTOMER_USERS.record(login),
        Tie::PeopleOf(id) => CUSTOMERS.record(id),
        Tie::PeopleWith(name) => SERVICES.record(name),
        Tie::DefaultServices => SERVICES.list(),
    }
}

/// The page of a row.
pub fn row(tie: &Tie, key: &str) -> String {
    match tie {
        Tie::CustomersOf(_) => CUSTOMERS.record(key),
        Tie::PeopleOf(_) | Tie::PeopleWith(_) => CUSTOMER_USERS.record(key),
        Tie::ServicesOf(_) | Tie::DefaultServices => SERVICES.record(key),
    }
}

/// The same side with what is picked spelled as stored.
pub fn spelled(tie: Tie, key: &str) -> Tie {
    match tie {
        Tie::CustomersOf(_) => Tie::CustomersOf(key.into()),
        Tie::PeopleOf(_) => Tie::PeopleOf(key.into()),
        Tie::ServicesOf(_) => Tie::ServicesOf(key.into()),
        Tie::PeopleWith(_) => Tie::PeopleWith(key.into()),
        Tie::DefaultServices => Tie::DefaultServices,
    }
}

/// Who may change what stands here.
pub fn role(_tie: &Tie) -> Role {
    Role::Editor
}

/// The frame around the page.
pub fn frame(ctx: &Ctx, tie: &Tie, ties: &TiePage) -> Frame {
    let title = ctx.t(&format!("{}-title", texts(tie)));
    let frame = ctx.frame(title).group(ctx.t("nav-group-people"));
    let (list, name) = match tie {
        Tie::CustomersOf(_) | Tie::ServicesOf(_) => (CUSTOMER_USERS.list(), "nav-customer-users"),
        Tie::PeopleOf(_) => (CUSTOMERS.list(), "nav-customers"),
        Tie::PeopleWith(_) | Tie::DefaultServices => (SERVICES.list(), "nav-services"),
    };
    let frame = frame.crumb(&list, ctx.t(name));
    match tie {
        Tie::DefaultServices => frame,
        _ => frame.crumb(&home(tie), ties.text.clone()),
    }
}
