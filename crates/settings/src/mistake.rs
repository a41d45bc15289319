//! The kinds of mistakes in settings, each with a translation key and an English text.

macro_rules! mistakes {
    ($($(#[$doc:meta])* $name:ident $key:literal $text:literal;)*) => {
        /// A kind of mistake.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Mistake { $($(#[$doc])* $name,)* }

        impl Mistake {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The translation key.
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// The English text; `{name}` stands for the parameter `name`.
            pub fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

mistakes! {
    /// Not TOML.
    Syntax "settings-syntax" "this is not valid TOML: {reason}";
    NotUtf8 "settings-not-utf8" "the file is not UTF-8 from here on";
    TooLarge "settings-too-large" "the file is larger than {limit} MiB";
    Unreadable "settings-unreadable" "the file cannot be read: {reason}";
    UnknownSection "settings-unknown-section" "there is no section or key `{key}`";
    UnknownKey "settings-unknown-key" "there is no key `{key}` in {section}";
    UnknownVariable "settings-unknown-variable" "this variable names no setting";
    WrongType "settings-wrong-type" "`{key}` must be {expected}";
    OutOfRange "settings-out-of-range" "`{key}` must be from {least} to {most}";
    NotAChoice "settings-not-a-choice" "`{key}` must be one of {choices}";
    BadValue "settings-bad-value" "`{key}` must be {expected}";
    /// Malformed, too large, or not to be found in linear time.
    BadExpression "settings-bad-expression" "`{key}` is not a regular expression that can be used: {reason}";
    /// Line breaks, NUL and the like where text of one line belongs.
    ControlCharacter "settings-control-character" "`{key}` holds a control character";
    TooMany "settings-too-many" "`{key}` has more than {limit} entries";
    NotAnIdentifier "settings-not-an-identifier" "`{key}` must be a plain identifier: letters without accents, digits and _, at most 63, not beginning with a digit";
    MissingPart "settings-missing-part" "this map entry has no `{part}`";
    TooManyParts "settings-too-many-parts" "a map entry has ten positions at most";
    DuplicateField "settings-duplicate-field" "the field `{field}` is in the map twice";
    MissingField "settings-missing-field" "the map of [{section}] has no field `{field}`";
    ColumnNotMapped "settings-column-not-mapped" "`{key}` names the column `{column}`, which no entry of the map has";
    SecretColumn "settings-secret-column" "`{key}` names `{column}`, which holds a password or another secret: secrets are never searched, listed or shown";
    SecretMapped "settings-secret-mapped" "the field `{field}` would show the column `{column}`, which holds a password or another secret";
    UnsafeLink "settings-unsafe-link" "the link of `{field}` would run a script";
    DeadLink "settings-dead-link" "the link of `{field}` leads nowhere: {reason}";
    SelectionWithoutField "settings-selection-without-field" "there are selections for `{field}`, which is not in the map";
    UnknownColumn "settings-unknown-column" "the table `{table}` has no column `{column}`";
    NarrowText "settings-narrow-text" "text is kept as {charset} in {tables}, which can't hold every character: others are refused";
    LdapLater "settings-ldap-later" "[{section}] is an LDAP source: LDAP sources come later";
    UnknownModule "settings-unknown-module" "[{section}] names a module that is not known";
    NoEffect "settings-no-effect" "`{key}` has no effect: {reason}";
    SameTable "settings-same-table" "[{section}] reads the same table of the same database as [{other}]";
    /// Rows that nobody can name.
    Twins "settings-twins" "{count} keys of the table `{table}` stand in several rows in upper and lower case: a rename takes along only what spells the key as that row does, and what is asked for in another case finds one of them";
    NoKey "settings-no-key" "{count} rows of the table `{table}` have no `{column}`: they are nobody, and left out";
    /// Rows of a file.
    SameKey "settings-same-key" "{count} rows of `{table}` have a `{column}` that a row before them has: they are left out";
    TooShort "settings-too-short" "`{key}` must not be less than `{other}`";
}

impl Mistake {
    /// What to write instead, where the value itself does not tell anything better.
    pub fn usual_remedy(self) -> Option<&'static str> {
        Some(match self {
            Self::Syntax => {
                "key = \"text\", key = 5 or key = true, each on a line of its own, below its [section]"
            }
            Self::NotUtf8 => "the same text, saved as UTF-8",
            Self::TooLarge => "only what differs from the defaults",
            Self::Unreadable => "the name of a file that this user may read",
            Self::UnknownSection | Self::UnknownKey | Self::UnknownVariable => {
                "a name that `kartoteka config-schema` has"
            }
            Self::ControlCharacter => "the text on one line, without control characters",
            Self::TooMany => "fewer entries",
            Self::NotAnIdentifier => "a plain name, such as \"room\"",
            Self::TooManyParts => {
                "var, label, column, shown, required, type, link, read-only, target and class"
            }
            Self::ColumnNotMapped => "a column of the map, or an entry for this one in `MapAdd`",
            Self::SecretColumn | Self::SecretMapped => "a column that holds no secret",
            Self::UnsafeLink => "a link that begins with https://, mailto: or tel:",
            Self::DeadLink => "a link such as https://intranet/?login=[% Data.UserLogin | uri %]",
            Self::UnknownColumn => {
                "a column that the table has; or add the column to the table, or a `Map` without it"
            }
            Self::NarrowText => {
                "ALTER TABLE … CONVERT TO CHARACTER SET utf8mb4 (MariaDB); a database of the encoding UTF8 (PostgreSQL)"
            }
            Self::Twins => "keys that differ in more than the case of letters, or one row of each",
            Self::SameKey => "a key of its own in each row",
            Self::NoKey => "a key in each of these rows, or no such rows",
            _ => return None,
        })
    }
}
