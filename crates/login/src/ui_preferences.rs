//! What agents chose for their pages: kept with the agent, so that it holds in every browser.

use std::collections::BTreeMap;

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::JournalDraft;
use kartoteka_directory::{
    Actor, Change, Error, FieldError, FieldProblem, Kind, Principal, Result,
};
use kartoteka_store::own::agent_preferences;

use crate::Logins;

/// Something that agents choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UiPreference {
    /// The language, by its code; OTOBO's pages take it too.
    Language,
    /// `light`, `dark`, or `auto` for the browser's wish.
    Theme,
    /// Whether single keys do something: `on` or `off`.
    Keys,
    /// The columns of the list of customer users: names of fields in their order, joined by commas.
    PeopleColumns,
    /// The columns of the list of customers.
    CustomerColumns,
}

/// The longest value that OTOBO's table of preferences holds, in bytes.
const LONGEST: usize = 250;

/// The choices that an agent made; what is missing is not chosen.
pub type UiPreferences = BTreeMap<UiPreference, String>;

impl UiPreference {
    const ALL: [Self; 5] = [
        Self::Language,
        Self::Theme,
        Self::Keys,
        Self::PeopleColumns,
        Self::CustomerColumns,
    ];

    /// The key under which it is stored. OTOBO has nothing like most of them, so these names are our own.
    pub fn key(self) -> &'static str {
        match self {
            Self::Language => "UserLanguage",
            Self::Theme => "KartotekaTheme",
            Self::Keys => "KartotekaKeys",
            Self::PeopleColumns => "KartotekaPeopleColumns",
            Self::CustomerColumns => "KartotekaCustomerColumns",
        }
    }

    fn takes(self, value: &str) -> bool {
        match self {
            Self::Language => {
                let letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
                (2..=10).contains(&value.len()) && value.bytes().all(letter)
            }
            Self::Theme => ["auto", "light", "dark"].contains(&value),
            Self::Keys => ["on", "off"].contains(&value),
            Self::PeopleColumns | Self::CustomerColumns => {
                let part = |byte: u8| byte.is_ascii_alphanumeric() || b"_,".contains(&byte);
                value.len() <= LONGEST && value.bytes().all(part)
            }
        }
    }
}

impl Logins<'_> {
    /// What the actor chose; nothing for anybody but agents.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn ui_preferences(self, actor: &Actor) -> Result<UiPreferences> {
        let Principal::Agent { id, .. } = &actor.principal else {
            return Ok(UiPreferences::new());
        };
        let rows = agent_preferences::of(self.directory.home(), *id).await;
        Ok(chosen(rows.map_err(Error::home)?))
    }

    /// Stores what the actor chooses, and leaves the rest as it is.
    ///
    /// # Errors
    /// `Invalid` for values that nobody can choose; `Unknown` for anybody but agents.
    #[boxed]
    pub async fn set_ui_preferences(self, actor: &Actor, wanted: &UiPreferences) -> Result<()> {
        let Principal::Agent { id, login, .. } = &actor.principal else {
            return Err(Error::Unknown {
                what: "agent",
                key: actor.name(),
            });
        };
        let wrong = wanted
            .iter()
            .filter(|(preference, value)| !preference.takes(value));
        let errors: Vec<_> = wrong
            .map(|(preference, _)| FieldError::new(preference.key(), FieldProblem::NotAChoice))
            .collect();
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        self.directory
            .save(|| async {
                let mut tx = self.directory.begin_locked().await?;
                let before = self.ui_preferences(actor).await?;
                let before =
                    |preference: &UiPreference| before.get(preference).cloned().unwrap_or_default();
                let changes: Vec<Change> = wanted
                    .iter()
                    .map(|(preference, value)| Change {
                        field: preference.key().to_owned(),
                        before: before(preference),
                        after: value.clone(),
                    })
                    .filter(|change| change.before != change.after)
                    .collect();
                if changes.is_empty() {
                    return Ok(());
                }
                for change in &changes {
                    agent_preferences::set(&mut tx, *id, &change.field, Some(&change.after))
                        .await
                        .map_err(Error::home)?;
                }
                let draft = JournalDraft {
                    action: "set-preference",
                    kind: Kind::Agent.name(),
                    source: "user_preferences",
                    key: login,
                    key_before: "",
                    changes: &changes,
                    effects: &[],
                };
                self.directory.journal_entry(&mut tx, actor, draft).await?;
                tx.commit().await.map_err(Error::home)
            })
            .await
    }
}

fn chosen(rows: Vec<(String, String)>) -> UiPreferences {
    let preference = |(key, value): (String, String)| {
        let preference = UiPreference::ALL
            .into_iter()
            .find(|preference| preference.key() == key)?;
        preference.takes(&value).then_some((preference, value))
    };
    rows.into_iter().filter_map(preference).collect()
}
