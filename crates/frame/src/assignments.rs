//! The five sides: what they are called, and where they are.

use kartoteka_access::{AssignmentPage, AssignmentSide};
use kartoteka_directory::Kind;

use crate::context::Ctx;
use crate::frame::Frame;
use crate::records::{CUSTOMER_USERS, CUSTOMERS, SERVICES, name_of};

/// The beginning of the side's text keys.
pub fn texts(side: &AssignmentSide) -> &'static str {
    match side {
        AssignmentSide::CustomersOf(_) => "ties-customers-of",
        AssignmentSide::PeopleOf(_) => "ties-people-of",
        AssignmentSide::ServicesOf(_) => "ties-services-of",
        AssignmentSide::PeopleWith(_) => "ties-people-with",
        AssignmentSide::DefaultServices => "ties-default-services",
    }
}

/// The page's own path.
pub fn path(side: &AssignmentSide) -> String {
    let below = match side {
        AssignmentSide::CustomersOf(_) => "customers",
        AssignmentSide::ServicesOf(_) => "services",
        AssignmentSide::PeopleOf(_) | AssignmentSide::PeopleWith(_) => "people",
        AssignmentSide::DefaultServices => return "/default-services".into(),
    };
    format!("{}/{below}", home(side))
}

/// The record that is picked; the default services are nobody's.
pub fn record(side: &AssignmentSide) -> Option<(Kind, &str)> {
    match side {
        AssignmentSide::CustomersOf(login) | AssignmentSide::ServicesOf(login) => {
            Some((Kind::CustomerUser, login))
        }
        AssignmentSide::PeopleOf(id) => Some((Kind::Customer, id)),
        AssignmentSide::PeopleWith(name) => Some((Kind::Service, name)),
        AssignmentSide::DefaultServices => None,
    }
}

/// What plans call the picked record's side of a relation: what is wrong there is wrong with every tick.
pub fn field(side: &AssignmentSide) -> &'static str {
    match side {
        AssignmentSide::CustomersOf(_) | AssignmentSide::ServicesOf(_) => "UserLogin",
        AssignmentSide::PeopleOf(_) => "CustomerID",
        AssignmentSide::PeopleWith(_) => "Service",
        AssignmentSide::DefaultServices => "",
    }
}

/// The list that the picked record is in, and its name.
fn list(side: &AssignmentSide) -> (String, &'static str) {
    match side {
        AssignmentSide::CustomersOf(_) | AssignmentSide::ServicesOf(_) => {
            (CUSTOMER_USERS.list(), "nav-customer-users")
        }
        AssignmentSide::PeopleOf(_) => (CUSTOMERS.list(), "nav-customers"),
        AssignmentSide::PeopleWith(_) | AssignmentSide::DefaultServices => {
            (SERVICES.list(), "nav-services")
        }
    }
}

/// Where somebody goes whose record is gone.
pub fn list_path(side: &AssignmentSide) -> String {
    list(side).0
}

/// Where *Save and finish* leads: the page of what was picked.
pub fn home(side: &AssignmentSide) -> String {
    match side {
        AssignmentSide::CustomersOf(login) | AssignmentSide::ServicesOf(login) => {
            CUSTOMER_USERS.record(login)
        }
        AssignmentSide::PeopleOf(id) => CUSTOMERS.record(id),
        AssignmentSide::PeopleWith(name) => SERVICES.record(name),
        AssignmentSide::DefaultServices => SERVICES.list(),
    }
}

/// The page of a row.
pub fn row(side: &AssignmentSide, key: &str) -> String {
    match side {
        AssignmentSide::CustomersOf(_) => CUSTOMERS.record(key),
        AssignmentSide::PeopleOf(_) | AssignmentSide::PeopleWith(_) => CUSTOMER_USERS.record(key),
        AssignmentSide::ServicesOf(_) | AssignmentSide::DefaultServices => SERVICES.record(key),
    }
}

/// The same side with what is picked spelled as stored.
pub fn spelled(side: AssignmentSide, key: &str) -> AssignmentSide {
    match side {
        AssignmentSide::CustomersOf(_) => AssignmentSide::CustomersOf(key.into()),
        AssignmentSide::PeopleOf(_) => AssignmentSide::PeopleOf(key.into()),
        AssignmentSide::ServicesOf(_) => AssignmentSide::ServicesOf(key.into()),
        AssignmentSide::PeopleWith(_) => AssignmentSide::PeopleWith(key.into()),
        AssignmentSide::DefaultServices => AssignmentSide::DefaultServices,
    }
}

/// The frame around the page.
pub fn frame(ctx: &Ctx, side: &AssignmentSide, assignments: &AssignmentPage) -> Frame {
    let title = format!("{}-title", texts(side));
    let frame = match side {
        AssignmentSide::DefaultServices => ctx.frame(ctx.t(&title)),
        _ => ctx.frame_of(&title, &name_of(&assignments.text, &assignments.key)),
    };
    let frame = frame.group(ctx.t("nav-group-people"));
    let (list, name) = list(side);
    let frame = frame.crumb(&list, ctx.t(name));
    let frame = match side {
        AssignmentSide::DefaultServices => frame,
        _ => frame.crumb(&home(side), name_of(&assignments.text, &assignments.key)),
    };
    match record(side) {
        Some((kind, key)) => frame.tabs_of(kind, key),
        None => frame,
    }
}
