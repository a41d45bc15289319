//! The navigation: which places there are, and who may go where.

use kartoteka_directory::Role;

use crate::state::Site;

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

/// The places that a role may go to.
pub fn places(site: &Site, role: Role, path: &str) -> Vec<PlaceGroup> {
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
        place("/permissions", "nav-permissions", "about-permissions"),
        place("/reviews", "nav-reviews", "about-reviews"),
        place("/services", "nav-services", "about-services"),
    ];
    if role >= Role::Editor {
        people.push(place("/jobs", "nav-jobs", "about-jobs"));
    }
    let mut system = Vec::new();
    if role >= Role::Admin {
        people.push(place("/agents", "nav-agents", "about-agents"));
        system.push(place(
            "/settings/access",
            "nav-access-settings",
            "about-access-settings",
        ));
        system.push(place("/journal", "nav-journal", "about-journal"));
        system.push(place("/tokens", "nav-tokens", "about-tokens"));
    }
    system.push(place("/account", "nav-account", "about-account"));
    vec![
        PlaceGroup {
            name: "nav-group-people",
            places: people,
        },
        PlaceGroup {
            name: "nav-group-system",
            places: system,
        },
    ]
}
