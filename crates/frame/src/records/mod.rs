//! What all pages know of records: their addresses, fields and names.

pub mod address;
pub mod control;
pub mod fields;
pub mod key;
pub mod preferences;
pub mod screen;
pub mod suggest;
pub mod tabs;

use kartoteka_directory::Found;

pub use screen::{CUSTOMER_USERS, CUSTOMERS, GROUPS, SERVICES, Screen};

/// What people call a record whose display text is this: OTOBO joins list fields to `"Anna Nowak" <anna@example.org>` and
/// `ID Name`. Its key or address stands beside it, so the name alone is left.
pub fn name_of(text: &str, key: &str) -> String {
    let quoted = text
        .strip_prefix('"')
        .and_then(|rest| rest.split_once("\" <"));
    let name = match quoted {
        Some((name, rest)) if rest.ends_with('>') => name,
        _ => text
            .strip_prefix(key)
            .and_then(|rest| rest.strip_prefix(' '))
            .unwrap_or(text),
    };
    match name.trim() {
        "" => text.to_owned(),
        name => name.to_owned(),
    }
}

/// The name that a record's pages are headed with; its key if it has none.
pub fn title(found: &Found) -> String {
    let name = found.shown_name.trim();
    if name.is_empty() {
        found.key.clone()
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn names_stand_without_what_is_beside_them() {
        assert_eq!(
            name_of("\"Anna Nowak\" <anna@example.org>", "anna"),
            "Anna Nowak"
        );
        assert_eq!(name_of("acme Acme s.c.", "acme"), "Acme s.c.");
        assert_eq!(name_of("acme", "acme"), "acme");
        assert_eq!(name_of("Acme", "ac"), "Acme");
        assert_eq!(name_of("\"\" <a@b.c>", "a"), "\"\" <a@b.c>");
        assert_eq!(name_of("\"Anna <x>", "a"), "\"Anna <x>");
    }
}
