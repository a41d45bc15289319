//! The row of tabs that all pages about one record have.

use kartoteka_directory::{Action, Kind, Object};

use super::screen::{CUSTOMER_USERS, CUSTOMERS, GROUPS, SERVICES, Screen};
use crate::frame::Frame;

/// A page about the record.
#[derive(Debug, Clone)]
pub struct Tab {
    pub href: String,
    pub name: String,
    pub current: bool,
}

/// Pages below a record's own, and the text keys of their names.
fn pages(screen: Screen) -> &'static [(&'static str, &'static str)] {
    match screen {
        CUSTOMER_USERS => &[
            ("/customers", "tab-customers"),
            ("/services", "tab-services"),
            ("/permissions", "tab-permissions"),
            ("/past", "tab-past"),
        ],
        CUSTOMERS => &[
            ("/people", "tab-people"),
            ("/permissions", "tab-permissions"),
            ("/past", "tab-past"),
        ],
        GROUPS => &[
            ("/permissions", "tab-people"),
            ("/permissions/customers", "tab-customers"),
            ("/permissions/who", "tab-who"),
            ("/past", "tab-past"),
        ],
        _ => &[("/people", "tab-people")],
    }
}

impl Frame {
    /// The same frame with the tabs of the record that the page is about.
    pub fn tabs_of(mut self, kind: Kind, key: &str) -> Self {
        let screens = [CUSTOMER_USERS, CUSTOMERS, GROUPS, SERVICES];
        let Some(screen) = screens.into_iter().find(|screen| screen.kind == kind) else {
            return self;
        };
        let home = screen.record(key);
        let below = pages(screen).iter();
        let mut tabs: Vec<(String, &str)> = vec![(home.clone(), "tab-overview")];
        tabs.extend(below.map(|(path, name)| (format!("{home}{path}"), *name)));
        if self.may(Action::See, Object::Journal) {
            let key = self.part(key);
            let path = format!("/journal?kind={}&key={key}", kind.name());
            tabs.push((path, "tab-history"));
        }
        // The page itself, or the one that leads to it.
        let here = |path: &str| self.path == path || self.path.starts_with(&format!("{path}/"));
        let current = tabs
            .iter()
            .map(|(path, _)| path)
            .filter(|path| here(path))
            .max_by_key(|path| path.len())
            .cloned();
        self.tabs = tabs
            .into_iter()
            .map(|(path, name)| Tab {
                href: self.url(&path),
                name: self.t(name),
                current: Some(&path) == current.as_ref(),
            })
            .collect();
        self
    }
}
