//! Templates as people read and save them.

use kartoteka_boxed::boxed;
use kartoteka_directory::{
    Action, Actor, Change, Error, FieldProblem, JobChange, Object, Result, Template,
};
use kartoteka_model::text::lower;
use kartoteka_records::templates::{draft, note_of, row_of, template, told};
use kartoteka_store::StoreError;
use kartoteka_store::own::templates;

use crate::Jobs;

/// The most characters of a name.
const LONGEST: usize = 100;

impl Jobs<'_> {
    /// All templates by name. Role: editor.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn templates(self, actor: &Actor) -> Result<Vec<Template>> {
        actor.require(Action::Change, Object::Jobs)?;
        let rows = templates::all(self.directory.home())
            .await
            .map_err(Error::home)?;
        let mut all: Vec<Template> = rows.iter().map(template).collect::<Result<_>>()?;
        all.sort_by_cached_key(|one| (self.directory.collation().key(&one.name), one.id));
        Ok(all)
    }

    /// A template. Role: editor.
    ///
    /// # Errors
    /// `Unknown` for one that is not there.
    #[boxed]
    pub async fn template(self, actor: &Actor, id: i64) -> Result<Template> {
        let all = self.templates(actor).await?;
        all.into_iter()
            .find(|one| one.id == id)
            .ok_or_else(|| Error::Unknown {
                what: "template",
                key: id.to_string(),
            })
    }

    /// Adds a template, or saves one (by its number and the version that the form had) anew. Role: editor, for changes
    /// that the actor may make.
    ///
    /// # Errors
    /// `Invalid` for an empty, overlong or taken name, no changes, changes that can't be made (at `0.Group` for the
    /// first), and one that somebody else saved meanwhile (`ChangedSince`); `Unknown` for one that is gone.
    #[boxed]
    pub async fn save_template(
        self,
        actor: &Actor,
        before: Option<(i64, &str)>,
        name: &str,
        changes: Vec<JobChange>,
    ) -> Result<()> {
        actor.require(Action::Change, Object::Jobs)?;
        let name = name.trim();
        let wrong = |problem| Error::field("name", problem);
        if name.is_empty() {
            return Err(wrong(FieldProblem::Required));
        }
        if name.chars().count() > LONGEST {
            return Err(wrong(FieldProblem::TooLong { max: LONGEST }));
        }
        if name.chars().any(char::is_control) {
            return Err(wrong(FieldProblem::ControlCharacter));
        }
        self.check_changes(actor, &changes).await?;
        self.directory
            .save(|| async {
                let mut tx = self.directory.begin_locked().await?;
                let all = self.templates(actor).await?;
                let stored = match before {
                    None => None,
                    Some((id, version)) => {
                        let stored = self.template(actor, id).await?;
                        if stored.version != version {
                            let by = stored.changed_by;
                            return Err(Error::field(
                                "template",
                                FieldProblem::ChangedSince { by },
                            ));
                        }
                        Some(stored)
                    }
                };
                let own = stored.as_ref().map_or(0, |stored| stored.id);
                let taken = |name: &str| FieldProblem::Taken { by: name.into() };
                if let Some(other) = all
                    .iter()
                    .find(|one| one.id != own && lower(&one.name) == lower(name))
                {
                    return Err(wrong(taken(&other.name)));
                }
                let row = row_of(own, name, &changes, actor, self.directory.clock().now())?;
                let written = match stored {
                    None => templates::insert(&mut tx, &row).await,
                    Some(_) => templates::update(&mut tx, &row).await,
                };
                written.map_err(|error| match error {
                    StoreError::Duplicate(_) => wrong(taken(name)),
                    error => Error::home(error),
                })?;
                let name_before = stored.as_ref().map_or("", |one| &one.name);
                let changes_before = stored.as_ref().map(|one| told(&one.changes));
                let changes_before = changes_before.unwrap_or_default();
                let fields = note_of((name_before, name), (&changes_before, &told(&changes)));
                let action = if own == 0 { "create" } else { "update" };
                if !fields.is_empty() {
                    let draft = draft(action, name, &fields);
                    self.directory.journal_entry(&mut tx, actor, draft).await?;
                }
                tx.commit().await.map_err(Error::home)
            })
            .await
    }

    /// Drops a template; jobs that were made from it stay. Role: editor.
    ///
    /// # Errors
    /// `Unknown` for one that is not there.
    #[boxed]
    pub async fn delete_template(self, actor: &Actor, id: i64) -> Result<()> {
        actor.require(Action::Change, Object::Jobs)?;
        self.directory
            .save(|| async {
                let mut tx = self.directory.begin_locked().await?;
                let stored = self.template(actor, id).await?;
                templates::delete(&mut tx, id).await.map_err(Error::home)?;
                let gone = [Change {
                    field: "Changes".into(),
                    before: told(&stored.changes),
                    after: String::new(),
                }];
                let draft = draft("delete", &stored.name, &gone);
                self.directory.journal_entry(&mut tx, actor, draft).await?;
                tx.commit().await.map_err(Error::home)
            })
            .await
    }
}
