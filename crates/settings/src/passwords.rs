//! `[passwords]`: the policy for new passwords (OTOBO's `CustomerPreferencesGroups###Password`), and
//! the form in which they are stored.

use kartoteka_model::RegExp;

use crate::database::Database;
use crate::key::{Key, Kind};
use crate::section::Section;

pub(crate) const KEYS: &[Key] = &[
    Key::new(
        "write",
        Kind::Choice(&["auto", "argon2id", "otobo"]),
        "\"auto\"",
        "Form in which new passwords are stored: argon2id, or otobo (BCRYPT:…, which OTOBO reads). auto is argon2id on SQLite and otobo elsewhere.",
    ),
    Key::new(
        "min_size",
        Kind::Whole(1, 1000),
        "8",
        "Least number of characters (PasswordMinSize).",
    ),
    Key::new(
        "min_2_lower_2_upper_characters",
        Kind::Switch,
        "false",
        "Two lower-case and two upper-case letters (PasswordMin2Lower2UpperCharacters).",
    ),
    Key::new(
        "need_digit",
        Kind::Switch,
        "true",
        "A digit (PasswordNeedDigit).",
    ),
    Key::new(
        "min_2_characters",
        Kind::Switch,
        "false",
        "Two word characters: letters, digits, underscores (PasswordMin2Characters).",
    ),
    Key::new(
        "min_3_of_4",
        Kind::Switch,
        "false",
        "Three of: digit, lower-case letter, upper-case letter, other character (PasswordMin3of4).",
    ),
    Key::new(
        "history",
        Kind::Whole(0, 100),
        "3",
        "How many passwords before the present one may not be taken again, nor the present one (PasswordHistory); 0 allows all.",
    ),
    Key::optional(
        "max_valid_days",
        Kind::Whole(1, 36_500),
        "90",
        "Days after which agents have to choose a new password when they log in, also when they did not choose the present one themselves (PasswordMaxValidTimeInDays); without the key never.",
    ),
    Key::optional(
        "regexp",
        Kind::Text,
        "'[a-z].*[-_.!?]'",
        "Regular expression that has to be found in a new password (PasswordRegExp). Look-around and back references are not understood: finding it takes linear time.",
    ),
];

/// The form in which new passwords are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WriteFormat {
    /// Argon2id on SQLite, `Otobo` elsewhere.
    #[default]
    Auto,
    Argon2id,
    /// `BCRYPT:cost:salt:hash`, which OTOBO reads.
    Otobo,
}

/// `[passwords]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passwords {
    pub write: WriteFormat,
    /// Characters.
    pub min_size: u32,
    pub min_2_lower_2_upper: bool,
    pub need_digit: bool,
    pub min_2_characters: bool,
    pub min_3_of_4: bool,
    /// How many passwords before the present one are refused, and the present one; 0 refuses none.
    pub history: u32,
    /// Days; `None` is for ever.
    pub max_valid_days: Option<u32>,
    pub regexp: Option<RegExp>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self {
            write: WriteFormat::Auto,
            min_size: 8,
            min_2_lower_2_upper: false,
            need_digit: true,
            min_2_characters: false,
            min_3_of_4: false,
            history: 3,
            max_valid_days: None,
            regexp: None,
        }
    }
}

impl Passwords {
    /// The form to write on this database: never `Auto`.
    pub fn format_on(&self, database: &Database) -> WriteFormat {
        match self.write {
            WriteFormat::Auto if database.is_sqlite() => WriteFormat::Argon2id,
            WriteFormat::Auto => WriteFormat::Otobo,
            chosen => chosen,
        }
    }

    pub(crate) fn read(section: &Section<'_>) -> Self {
        let shipped = Self::default();
        let switch = |key, shipped| section.bool(key).unwrap_or(shipped);
        Self {
            write: match section.choice("write") {
                Some("argon2id") => WriteFormat::Argon2id,
                Some("otobo") => WriteFormat::Otobo,
                _ => WriteFormat::Auto,
            },
            min_size: section.number("min_size").unwrap_or(shipped.min_size),
            min_2_lower_2_upper: switch(
                "min_2_lower_2_upper_characters",
                shipped.min_2_lower_2_upper,
            ),
            need_digit: switch("need_digit", shipped.need_digit),
            min_2_characters: switch("min_2_characters", shipped.min_2_characters),
            min_3_of_4: switch("min_3_of_4", shipped.min_3_of_4),
            history: section.number("history").unwrap_or(shipped.history),
            max_valid_days: section.number("max_valid_days"),
            regexp: section.expression("regexp", RegExp::new).flatten(),
        }
    }
}
