//! What entries of the journal are about.

use crate::kind::Kind;

/// What an entry of the journal is about: a record, or something that Kartoteka keeps beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    Record(Kind),
    /// An access review.
    Review,
    /// A job: started, stopped. What it changed is told of its people.
    Job,
    /// A named set of changes for jobs.
    Template,
    /// What permissions depend on.
    Settings,
    /// A token for programs.
    Token,
    /// Log-ins that failed, and locks after many of them.
    LogIn,
    /// Many relations that were taken in at once.
    Relation,
    /// A source: set up, changed or taken away, or one of which nothing is taken in until somebody says so.
    Source,
    /// A view of a list.
    View,
}

impl Topic {
    /// All topics.
    pub const ALL: [Topic; 14] = [
        Self::Record(Kind::CustomerUser),
        Self::Record(Kind::Customer),
        Self::Record(Kind::Agent),
        Self::Record(Kind::Group),
        Self::Record(Kind::Service),
        Self::Review,
        Self::Job,
        Self::Template,
        Self::Settings,
        Self::Token,
        Self::LogIn,
        Self::Relation,
        Self::Source,
        Self::View,
    ];

    /// The word that the journal uses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Record(kind) => kind.name(),
            Self::Review => "review",
            Self::Job => "job",
            Self::Template => "template",
            Self::Settings => "settings",
            Self::Token => "token",
            Self::LogIn => "log-in",
            Self::Relation => "relation",
            Self::Source => "source",
            Self::View => "view",
        }
    }

    /// The topic of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.name() == name)
    }
}

impl From<Kind> for Topic {
    fn from(kind: Kind) -> Self {
        Self::Record(kind)
    }
}
