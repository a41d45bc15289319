//! What agents chose for their pages: kept with the agent, so that it holds in every browser.

use std::collections::BTreeMap;

use kartoteka_store::own::agent_preferences;

use crate::apply::Note;
use crate::error::{Error, FieldError, FieldProblem, Result};
use crate::{Actor, Change, Directory, Kind, Principal};

/// Something that agents choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Look {
    /// The language, by its code; OTOBO's pages take it too.
    Language,
    /// `light`, `dark`, or `auto` for the browser's wish.
    Theme,
    /// Whether single keys do something: `on` or `off`.
    Keys,
}

/// The choices that an agent made; what is missing is not chosen.
pub type Looks = BTreeMap<Look, String>;

impl Look {
    const ALL: [Self; 3] = [Self::Language, Self::Theme, Self::Keys];

    /// The key under which it is stored. OTOBO has no themes and keys like ours, so these names are our own.
    pub fn key(self) -> &'static str {
        match self {
            Self::Language => "UserLanguage",
            Self::Theme => "KartotekaTheme",
            Self::Keys => "KartotekaKeys",
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
        }
    }
}

impl Directory {
    /// What the actor chose; nothing for anybody but agents.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn looks(&self, actor: &Actor) -> Result<Looks> {
        let Principal::Agent { id, .. } = &actor.principal else {
            return Ok(Looks::new());
        };
        let rows = agent_preferences::of(&self.inner.home, *id).await;
        Ok(chosen(rows.map_err(Error::home)?))
    }

    /// Stores what the actor chooses, and leaves the rest as it is.
    ///
    /// # Errors
    /// `Invalid` for values that nobody can choose; `Unknown` for anybody but agents.
    pub async fn choose_looks(&self, actor: &Actor, wanted: &Looks) -> Result<()> {
        let Principal::Agent { id, login, .. } = &actor.principal else {
            return Err(Error::Unknown {
                what: "agent",
                key: actor.name(),
            });
        };
        let wrong = wanted.iter().filter(|(look, value)| !look.takes(value));
        let errors: Vec<_> = wrong
            .map(|(look, _)| FieldError::new(look.key(), FieldProblem::NotAChoice))
            .collect();
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        self.save(|| async {
            let mut tx = self.begin_locked().await?;
            let before = self.looks(actor).await?;
            let before = |look: &Look| before.get(look).cloned().unwrap_or_default();
            let changes: Vec<Change> = wanted
                .iter()
                .map(|(look, value)| Change {
                    field: look.key().to_owned(),
                    before: before(look),
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
            let note = Note {
                action: "set-preference",
                kind: Kind::Agent.name(),
                source: "user_preferences",
                key: login,
                key_before: "",
                changes: &changes,
                effects: &[],
            };
            self.journal_entry(&mut tx, actor, note).await?;
            tx.commit().await.map_err(Error::home)
        })
        .await
    }
}

fn chosen(rows: Vec<(String, String)>) -> Looks {
    let look = |(key, value): (String, String)| {
        let look = Look::ALL.into_iter().find(|look| look.key() == key)?;
        look.takes(&value).then_some((look, value))
    };
    rows.into_iter().filter_map(look).collect()
}
