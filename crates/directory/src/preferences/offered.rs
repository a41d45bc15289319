//! The preferences that forms offer (OTOBO's `CustomerPreferencesGroups`), and what each can be.
//!
//! Not among them: passwords, and what is a secret or belongs to one (second factors, keys).

use std::sync::LazyLock;

use crate::handle::SourceHandle;

/// A preference of customer users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Preference {
    /// The language of the customers' pages.
    Language,
    /// The time zone in which times are shown.
    TimeZone,
    /// The look of the customers' pages, by the name that the help desk gave it.
    Skin,
    /// How many tickets a page lists.
    ShownTickets,
    /// After how many minutes a list is loaded anew.
    RefreshTime,
}

impl Preference {
    /// All of them, in the order of forms.
    pub const ALL: [Self; 5] = [
        Self::Language,
        Self::TimeZone,
        Self::Skin,
        Self::ShownTickets,
        Self::RefreshTime,
    ];

    /// The key under which it is stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Language => "UserLanguage",
            Self::TimeZone => "UserTimeZone",
            Self::Skin => "UserSkin",
            Self::ShownTickets => "UserShowTickets",
            Self::RefreshTime => "UserRefreshTime",
        }
    }

    /// The preference with this key.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }

    /// What it can be set to; none: any text.
    pub fn choices(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Language => Some(&LANGUAGES),
            Self::TimeZone => Some(&TIME_ZONES),
            Self::Skin => None,
            Self::ShownTickets => Some(&["15", "20", "25", "30"]),
            Self::RefreshTime => Some(&["0", "2", "5", "7", "10", "15"]),
        }
    }

    /// What holds where nothing is stored; none where the help desk decides.
    pub fn default_value(self) -> Option<&'static str> {
        match self {
            Self::ShownTickets => Some("25"),
            Self::RefreshTime => Some("0"),
            Self::Language | Self::TimeZone | Self::Skin => None,
        }
    }
}

/// Languages that help desks' pages come in, by the codes that OTOBO stores.
const LANGUAGES: [&str; 33] = [
    "pl", "en", "de", "bg", "ca", "cs", "da", "el", "es", "et", "fi", "fr", "gl", "hr", "hu", "it",
    "ja", "ko", "lt", "lv", "nb_NO", "nl", "pt", "pt_BR", "ro", "ru", "sk_SK", "sl", "sv", "tr",
    "uk", "zh_CN", "zh_TW",
];

/// The places of the world that have zones of their own; the rest of the database are old names and offsets.
const AREAS: [&str; 10] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
];

/// The zones that the machine's database of time zones knows, by name; the names live as long as the program.
static TIME_ZONES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let is_place = |name: &str| {
        name.split_once('/')
            .is_some_and(|(area, _)| AREAS.contains(&area))
    };
    let known = jiff::tz::db().available();
    let mut zones: Vec<String> = known
        .map(|name| name.as_str().to_owned())
        .filter(|name| is_place(name))
        .collect();
    zones.sort_unstable();
    zones.dedup();
    zones.insert(0, "UTC".to_owned());
    zones
        .into_iter()
        .map(|zone| &*Box::leak(zone.into_boxed_str()))
        .collect()
});

impl SourceHandle {
    /// The preferences that this source's people have: all but those whose key is a field of the map.
    pub fn preferences(&self) -> impl Iterator<Item = Preference> {
        let offered = self.people.is_some().then_some(Preference::ALL);
        offered
            .into_iter()
            .flatten()
            .filter(|one| self.spec.map.find(one.key()).is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_name_preferences() {
        for one in Preference::ALL {
            assert_eq!(Preference::parse(one.key()), Some(one));
            let default = one.default_value();
            let choices = one.choices();
            assert!(default.is_none_or(|value| choices.is_some_and(|all| all.contains(&value))));
        }
        assert_eq!(Preference::parse("UserLastPw"), None);
    }

    #[test]
    fn time_zones_are_places() {
        let zones = Preference::TimeZone.choices().unwrap();
        assert!(zones.contains(&"Europe/Warsaw") && zones.contains(&"UTC"));
        assert!(
            !zones
                .iter()
                .any(|zone| zone.starts_with("posix") || zone.starts_with("Etc"))
        );
    }
}
