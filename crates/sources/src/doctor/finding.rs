//! What a step can find, each with its texts: what it is, and what to do about it.

use super::steps::Outcome;

/// Something that a step found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub what: What,
    /// What its text names. Never a secret, and no more of an entry than its login.
    pub args: Vec<(&'static str, String)>,
}

impl Finding {
    pub(crate) fn new(what: What) -> Self {
        Self { what, args: vec![] }
    }

    pub(crate) fn of<T: ToString>(
        what: What,
        args: impl IntoIterator<Item = (&'static str, T)>,
    ) -> Self {
        let args = args.into_iter();
        Self {
            what,
            args: args
                .map(|(name, value)| (name, value.to_string()))
                .collect(),
        }
    }

    pub(crate) fn and(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// One row for each: its name here, its text key, how bad it is, and the text key of its remedy.
macro_rules! findings {
    ($($name:ident $text:literal $outcome:ident $($remedy:literal)?;)*) => {
        /// What was found.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum What {
            $($name,)*
        }

        impl What {
            /// All that there is.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Its text key; without the word in front it is its name in REST.
            pub fn text(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

            /// How bad it is.
            pub fn outcome(self) -> Outcome {
                match self {
                    $(Self::$name => Outcome::$outcome,)*
                }
            }

            /// The text key of what to do about it.
            pub fn remedy(self) -> Option<&'static str> {
                let remedies: &[&str] = match self {
                    $(Self::$name => &[$($remedy)?],)*
                };
                remedies.first().copied()
            }
        }
    };
}

findings! {
    NoTime "doctor-no-time" Warned;
    NoSecretKey "doctor-no-secret-key" Failed "doctor-no-secret-key-remedy";
    OtherSecretKey "doctor-other-secret-key" Failed "doctor-other-secret-key-remedy";
    Silent "doctor-silent" Failed "doctor-silent-remedy";
    NoSuchHost "doctor-no-such-host" Failed "doctor-no-such-host-remedy";
    Resolved "doctor-resolved" Passed;
    NoAddress "doctor-no-address" Failed "doctor-no-address-remedy";
    Connected "doctor-connected" Passed;
    Refused "doctor-refused" Failed "doctor-refused-remedy";
    Unreachable "doctor-unreachable" Failed "doctor-unreachable-remedy";
    TlsFine "doctor-tls-fine" Passed;
    ValidFor "doctor-valid-for" Passed;
    ExpiresSoon "doctor-expires-soon" Warned "doctor-expires-soon-remedy";
    NotEncrypted "doctor-not-encrypted" Passed;
    InClear "doctor-in-clear" Warned "doctor-in-clear-remedy";
    NotVerified "doctor-not-verified" Warned "doctor-not-verified-remedy";
    UnknownIssuer "doctor-unknown-issuer" Failed "doctor-unknown-issuer-remedy";
    WrongName "doctor-wrong-name" Failed "doctor-wrong-name-remedy";
    Expired "doctor-expired" Failed "doctor-expired-remedy";
    NotValidYet "doctor-not-valid-yet" Failed "doctor-not-valid-yet-remedy";
    BadCertificate "doctor-bad-certificate" Failed "doctor-bad-certificate-remedy";
    NoTls "doctor-no-tls" Failed "doctor-no-tls-remedy";
    TlsSlow "doctor-tls-slow" Failed "doctor-tls-slow-remedy";
    NoStartTls "doctor-no-start-tls" Failed "doctor-no-start-tls-remedy";
    CaFile "doctor-ca-file" Failed "doctor-ca-file-remedy";
    LoggedIn "doctor-logged-in" Passed;
    Anonymous "doctor-anonymous" Passed;
    WrongPassword "doctor-wrong-password" Failed "doctor-wrong-password-remedy";
    LoginRefused "doctor-login-refused" Failed "doctor-login-refused-remedy";
    CannotConnect "doctor-cannot-connect" Failed "doctor-cannot-connect-remedy";
    NoServer "doctor-no-server" Failed "doctor-cannot-connect-remedy";
    NotLdap "doctor-not-ldap" Failed "doctor-not-ldap-remedy";
    Refuses "doctor-refuses" Failed "doctor-refuses-remedy";
    Elsewhere "doctor-elsewhere" Failed "doctor-elsewhere-remedy";
    BaseFound "doctor-base-found" Passed;
    NoBase "doctor-no-base" Failed "doctor-no-base-remedy";
    FiltersFine "doctor-filters-fine" Passed;
    NoFilter "doctor-no-filter" Failed "doctor-no-filter-remedy";
    Counted "doctor-counted" Passed;
    MoreThan "doctor-more-than" Passed;
    Nobody "doctor-nobody" Warned "doctor-nobody-remedy";
    SizeLimit "doctor-size-limit" Failed "doctor-size-limit-remedy";
    NotCounted "doctor-not-counted" Warned;
    AttributesFound "doctor-attributes-found" Passed;
    AttributeMissing "doctor-attribute-missing" Warned "doctor-attribute-missing-remedy";
    Binary "doctor-binary" Warned "doctor-binary-remedy";
    KeysFine "doctor-keys-fine" Passed;
    NoKey "doctor-no-key" Warned "doctor-no-key-remedy";
    SeveralKeys "doctor-several-keys" Warned "doctor-several-keys-remedy";
    SameKey "doctor-same-key" Warned "doctor-same-key-remedy";
    NobodyValid "doctor-nobody-valid" Warned "doctor-nobody-valid-remedy";
    Sampled "doctor-sampled" Passed;
    NoSample "doctor-no-sample" Warned;
    Found "doctor-found" Passed;
    NotFound "doctor-not-found" Failed "doctor-not-found-remedy";
    HomeDatabase "doctor-home-database" Passed;
    NoDatabase "doctor-no-database" Failed "doctor-no-database-remedy";
    NotAllowed "doctor-not-allowed" Failed "doctor-not-allowed-remedy";
    DatabaseFailed "doctor-database-failed" Failed "doctor-database-failed-remedy";
    TableFound "doctor-table-found" Passed;
    NoTable "doctor-no-table" Failed "doctor-no-table-remedy";
    ColumnsFound "doctor-columns-found" Passed;
    NoColumn "doctor-no-column" Failed "doctor-no-column-remedy";
    NearColumn "doctor-near-column" Failed "doctor-near-column-remedy";
    NoNumber "doctor-no-number" Warned "doctor-no-number-remedy";
    NarrowText "doctor-narrow-text" Warned "doctor-narrow-text-remedy";
    FileFound "doctor-file-found" Passed;
    NoFile "doctor-no-file" Failed "doctor-no-file-remedy";
    FileRefused "doctor-file-refused" Failed "doctor-file-refused-remedy";
    FileBroken "doctor-file-broken" Failed "doctor-file-broken-remedy";
    NotUtf8 "doctor-not-utf8" Failed "doctor-not-utf8-remedy";
    FileEmpty "doctor-file-empty" Failed "doctor-file-empty-remedy";
}

impl What {
    /// Its name in REST and on the terminal.
    pub fn name(self) -> &'static str {
        let text = self.text();
        text.strip_prefix("doctor-").unwrap_or(text)
    }
}
