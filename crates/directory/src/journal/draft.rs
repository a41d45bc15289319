//! An entry of the journal, as whoever writes knows it.

use kartoteka_boxed::boxed;
use kartoteka_model::text::cut;
use kartoteka_store::Tx;
use kartoteka_store::own::journal;

use crate::actor::{Actor, Door, Principal};
use crate::directory::Inside;
use crate::error::{Error, Result};
use crate::plan::{Change, Effect};

/// What an entry says beside who, when and which record.
pub struct JournalDraft<'a> {
    pub action: &'a str,
    pub kind: &'a str,
    pub source: &'a str,
    pub key: &'a str,
    pub key_before: &'a str,
    pub changes: &'a [Change],
    pub effects: &'a [Effect],
}

impl Inside<'_> {
    /// Appends an entry to the journal.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn journal_entry(
        self,
        tx: &mut Tx,
        actor: &Actor,
        draft: JournalDraft<'_>,
    ) -> Result<i64> {
        self.journal_entry_of_job(tx, actor, draft, None).await
    }

    /// The same for what is part of a job.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn journal_entry_of_job(
        self,
        tx: &mut Tx,
        actor: &Actor,
        draft: JournalDraft<'_>,
        job: Option<i64>,
    ) -> Result<i64> {
        self.mark_request_written(tx).await?;
        // Whose permissions changed follows from all that is told.
        let told = |effect: &&Effect| !matches!(effect, Effect::ChangesPermission { .. });
        let effects: Vec<&Effect> = draft.effects.iter().filter(told).collect();
        let mut body = serde_json::json!({ "changes": draft.changes, "effects": effects });
        if let Some(job) = job {
            body["job"] = job.into();
        }
        let entry = entry_of(actor, &draft, body.to_string(), self.inner.clock.now_ms())?;
        append(tx, entry, &draft).await
    }

    /// Appends an entry about what a source did by itself.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn journal_entry_of_source(
        self,
        tx: &mut Tx,
        draft: JournalDraft<'_>,
    ) -> Result<i64> {
        let body = serde_json::json!({ "changes": draft.changes, "effects": draft.effects });
        let program = Actor {
            principal: Principal::Program,
            door: Door::Terminal,
        };
        let now = self.inner.clock.now_ms();
        let entry = journal::Entry {
            who: format!("source:{}", draft.source),
            door: "source".to_owned(),
            ..entry_of(&program, &draft, body.to_string(), now)?
        };
        append(tx, entry, &draft).await
    }
}

async fn append(tx: &mut Tx, entry: journal::Entry, draft: &JournalDraft<'_>) -> Result<i64> {
    let id = journal::append(tx, entry).await.map_err(Error::home)?;
    if !draft.key_before.is_empty() {
        // So that an earlier key leads to the record that has another one now.
        let kind = format!("renamed-{}", draft.kind);
        journal::link(tx, id, &kind, draft.key_before)
            .await
            .map_err(Error::home)?;
    }
    Ok(id)
}

/// The entry for a draft; number and chain are filled in by the journal.
///
/// # Errors
/// `Internal` for a door that can't be written as JSON.
pub fn entry_of(
    actor: &Actor,
    draft: &JournalDraft<'_>,
    body: String,
    at: i64,
) -> Result<journal::Entry> {
    let door = serde_json::to_value(actor.door).map_err(Error::internal)?;
    Ok(journal::Entry {
        id: 0,
        at,
        who: cut(&actor.name(), 191),
        actor_id: actor.id(),
        door: door.as_str().unwrap_or_default().to_owned(),
        action: draft.action.to_owned(),
        kind: draft.kind.to_owned(),
        source: draft.source.to_owned(),
        key: cut(draft.key, 191),
        key_before: cut(draft.key_before, 191),
        body,
        previous: String::new(),
        hash: String::new(),
    })
}
