//! The navigation: which places there are, and who may go where; the search field at the top.

use kartoteka_directory::{Action, Actor, Kind, Object};

use crate::state::Site;

/// Where agents are led whose password is due.
pub const RENEW: &str = "/renew-password";

/// A place in the navigation.
#[derive(Debug, Clone)]
pub struct Place {
    pub href: String,
    /// Text key of the name.
    pub name: &'static str,
    /// Text key of what can be done there.
    pub about: &'static str,
    /// The page is here.
    pub current: bool,
}

/// A group of places: *Users, Groups & Roles*, *System*.
#[derive(Debug, Clone)]
pub struct PlaceGroup {
    pub name: &'static str,
    pub places: Vec<Place>,
}

/// The search field at the top: it finds anything, but on a list, where it is the list's own.
#[derive(Debug, Clone, Default)]
pub struct TopSearch {
    /// The address of the list, without the base path; empty for the search of everything.
    pub list: String,
    /// What can be typed.
    pub label: String,
    pub text: String,
    /// What the list is asked for besides.
    pub kept: Vec<(String, String)>,
    /// The text can't be read.
    pub wrong: bool,
}

/// The places that somebody may go to.
pub fn places(site: &Site, visitor: &Actor, path: &str) -> Vec<PlaceGroup> {
    let place = |to: &str, name, about| Place {
        href: site.url(to),
        name,
        about,
        current: path == to || path.starts_with(&format!("{to}/")),
    };
    let mut people = vec![
        place(
            "/customer-users",
            "nav-customer-users",
            "about-customer-users",
        ),
        place("/customers", "nav-customers", "about-customers"),
        place("/groups", "nav-groups", "about-groups"),
        place("/services", "nav-services", "about-services"),
    ];
    let mut relations = vec![
        place(
            "/relations/customers",
            "nav-relations-customers",
            "about-relations-customers",
        ),
        place("/permissions", "nav-relations-groups", "about-permissions"),
        place(
            "/relations/services",
            "nav-relations-services",
            "about-relations-services",
        ),
        place("/reviews", "nav-reviews", "about-reviews"),
    ];
    let sees = |object| visitor.may(Action::See, object);
    if sees(Object::Jobs) {
        relations.push(place("/jobs", "nav-jobs", "about-jobs"));
    }
    let mut system = Vec::new();
    if sees(Object::Records(Kind::Agent)) {
        people.push(place("/agents", "nav-agents", "about-agents"));
    }
    if sees(Object::Records(Kind::CustomerUser)) {
        system.push(place("/sources", "nav-sources", "about-sources"));
    }
    for (object, to, name, about) in [
        (
            Object::Settings,
            "/settings/access",
            "nav-access-settings",
            "about-access-settings",
        ),
        (
            Object::Settings,
            "/settings/fields",
            "nav-fields",
            "about-fields",
        ),
        (Object::Journal, "/journal", "nav-journal", "about-journal"),
        (Object::Tokens, "/tokens", "nav-tokens", "about-tokens"),
    ] {
        if sees(object) {
            system.push(place(to, name, about));
        }
    }
    system.push(place("/account", "nav-account", "about-account"));
    vec![
        PlaceGroup {
            name: "nav-group-people",
            places: people,
        },
        PlaceGroup {
            name: "nav-group-relations",
            places: relations,
        },
        PlaceGroup {
            name: "nav-group-system",
            places: system,
        },
    ]
}
