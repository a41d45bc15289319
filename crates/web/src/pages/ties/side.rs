//! The five sides: what they are called, and where they are.

use kartoteka_directory::{Kind, Tie, TiePage};

use crate::context::Ctx;
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
    let below = match tie {
        Tie::CustomersOf(_) => "customers",
        Tie::ServicesOf(_) => "services",
        Tie::PeopleOf(_) | Tie::PeopleWith(_) => "people",
        Tie::DefaultServices => return "/default-services".into(),
    };
    format!("{}/{below}", home(tie))
}

/// The record that is picked; the default services are nobody's.
pub fn record(tie: &Tie) -> Option<(Kind, &str)> {
    match tie {
        Tie::CustomersOf(login) | Tie::ServicesOf(login) => Some((Kind::CustomerUser, login)),
        Tie::PeopleOf(id) => Some((Kind::Customer, id)),
        Tie::PeopleWith(name) => Some((Kind::Service, name)),
        Tie::DefaultServices => None,
    }
}

/// What plans call the picked record's side of a relation: what is wrong there is wrong with every tick.
pub fn field(tie: &Tie) -> &'static str {
    match tie {
        Tie::CustomersOf(_) | Tie::ServicesOf(_) => "UserLogin",
        Tie::PeopleOf(_) => "CustomerID",
        Tie::PeopleWith(_) => "Service",
        Tie::DefaultServices => "",
    }
}

/// The list that the picked record is in, and its name.
fn list(tie: &Tie) -> (String, &'static str) {
    match tie {
        Tie::CustomersOf(_) | Tie::ServicesOf(_) => (CUSTOMER_USERS.list(), "nav-customer-users"),
        Tie::PeopleOf(_) => (CUSTOMERS.list(), "nav-customers"),
        Tie::PeopleWith(_) | Tie::DefaultServices => (SERVICES.list(), "nav-services"),
    }
}

/// Where somebody goes whose record is gone.
pub fn list_path(tie: &Tie) -> String {
    list(tie).0
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

/// The frame around the page.
pub fn frame(ctx: &Ctx, tie: &Tie, ties: &TiePage) -> Frame {
    let title = format!("{}-title", texts(tie));
    let frame = match tie {
        Tie::DefaultServices => ctx.frame(ctx.t(&title)),
        _ => ctx.frame_of(&title, &ties.text),
    };
    let frame = frame.group(ctx.t("nav-group-people"));
    let (list, name) = list(tie);
    let frame = frame.crumb(&list, ctx.t(name));
    match tie {
        Tie::DefaultServices => frame,
        _ => frame.crumb(&home(tie), ties.text.clone()),
    }
}
