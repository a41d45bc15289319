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
    BadCollation "settings-bad-collation" "`{key}` is no order that there is: {reason}";
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
    NoLdapCustomers "settings-no-ldap-customers" "[{section}] is an LDAP source: people are read from LDAP, customers are not";
    UnknownModule "settings-unknown-module" "[{section}] names a module that is not known";
    NoEffect "settings-no-effect" "`{key}` has no effect: {reason}";
    SameTable "settings-same-table" "[{section}] reads the same table of the same database as [{other}]";
    /// Rows that nobody can name.
    Twins "settings-twins" "{count} keys of the table `{table}` stand in several rows in upper and lower case: a rename takes along only what spells the key as that row does, and what is asked for in another case finds one of them";
    NoKey "settings-no-key" "{count} rows of the table `{table}` have no `{column}`: they are nobody, and left out";
    /// Rows of a file.
    SameKey "settings-same-key" "{count} rows of `{table}` have a `{column}` that a row before them has: they are left out";
    /// An LDAP tree.
    NobodyThere "settings-nobody-there" "[{section}] has nobody: no entry below `{base}` has `{key}` and meets its filter";
    EmptyAttribute "settings-empty-attribute" "none of the first {count} entries of [{section}] has the attribute `{attribute}`";
    PlainPassword "settings-plain-password" "the password of `UserDN` goes to {host} as everybody between can read it";
    NoLogin "settings-no-login" "{nobody} of the first {count} entries of [{section}] have no `{key}`: they are nobody, and left out";
    TooShort "settings-too-short" "`{key}` must not be less than `{other}`";
    /// Of a configuration of OTOBO, which is Perl.
    OtoboSyntax "settings-otobo-syntax" "Perl would not take this file: {reason}";
    OtoboLimit "settings-otobo-limit" "this is more than is read: {reason}";
    OtoboOddHash "settings-otobo-odd-hash" "a key in here has no value, so what is a key and what a value can't be told: it is not read";
    OtoboCycle "settings-otobo-cycle" "this value is in itself";
    OtoboLatin1 "settings-otobo-latin1" "from here on lines are not UTF-8: they are read as Latin-1";
    OtoboCode "settings-otobo-code" "this is code (`{what}`), which is not run: {meaning}";
    OtoboNotUnderstood "settings-otobo-not-understood" "what this is can't be told without running Perl: it is read as if it was not there";
    OtoboElided "settings-otobo-elided" "`...` is no Perl: it stands for something that was left out";
    OtoboUnreached "settings-otobo-unreached" "this stands behind `return`: OTOBO never comes here, so it is not read";
    OtoboUnset "settings-otobo-unset" "`{name}` has no value here";
    OtoboNoCollection "settings-otobo-no-collection" "this has no keys or elements: nothing is assigned";
    OtoboIncomplete "settings-otobo-incomplete" "[{section}] leaves out {keys}, without which OTOBO has no working source: what OTOBO ships is taken";
    OtoboCompleted "settings-otobo-completed" "the `Map` of [{section}] has `...` in it: these fields of OTOBO's own map are taken in its place: {fields}";
    OtoboLater "settings-otobo-later" "read, not yet in use: {key}{meaning}";
    OtoboIgnored "settings-otobo-ignored" "there is no key `{key}` in {section}: OTOBO passes over it, too";
    OtoboLeftOut "settings-otobo-left-out" "[{section}] is left out: {reason}; {instead}";
    OtoboDatabase "settings-otobo-database" "the database of OTOBO is none that is spoken to ({reason}): without another address the embedded one is taken";
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
            Self::OtoboSyntax => "what Perl takes: perl -c Kernel/Config.pm",
            Self::OtoboLimit => "the settings of customers alone, in a file of their own",
            Self::OtoboOddHash => "Key => 'value', for each",
            Self::OtoboCycle => "a copy of it: { %{ $Self->{…} } }",
            Self::OtoboLatin1 => "the same text, saved as UTF-8",
            Self::OtoboCode | Self::OtoboNotUnderstood => {
                "the value itself; or the setting in kartoteka.toml, which counts before this file"
            }
            Self::OtoboElided => "all of it, or nothing",
            Self::OtoboUnreached => "the same above `return`",
            Self::OtoboUnset => {
                "a variable that is set above or in the environment; \\@ or \\$ for the sign itself"
            }
            Self::OtoboNoCollection => "a hash or list above",
            Self::NobodyThere => {
                "a BaseDN and AlwaysFilter that somebody meets, and an account that may read them"
            }
            Self::EmptyAttribute => "the attribute as the server spells it, or a `Map` without it",
            Self::PlainPassword => "Host = \"ldaps://…\", or StartTLS = true",
            Self::NoLogin => "an AlwaysFilter that only people meet",
            Self::NoKey => "a key in each of these rows, or no such rows",
            _ => return None,
        })
    }
}
