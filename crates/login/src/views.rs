//! Views of lists: an address with its filters, order and columns under a name, for whoever saved it or for everybody.

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::JournalDraft;
use kartoteka_directory::{
    Action, Actor, Change, Error, FieldError, FieldProblem, Kind, Object, Principal, Result, Topic,
};
use kartoteka_store::own::state;
use serde::{Deserialize, Serialize};

use crate::Logins;

/// Under this name they are kept.
const STATE: &str = "list-views";

/// The most views there are, and the longest name and query of one, in characters.
const MOST: usize = 100;
const LONGEST_NAME: usize = 60;
const LONGEST_QUERY: usize = 400;

/// So many bytes fit into the column of every engine.
const LARGEST: usize = 60_000;

/// A view of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    pub id: u64,
    /// The kind of records that the list has.
    pub kind: String,
    pub name: String,
    /// The query of the list's address, which says all that is asked of it.
    pub query: String,
    /// The login of the agent who saved it.
    pub owner: String,
    /// Everybody sees it.
    pub shared: bool,
}

/// A view that somebody wants to save.
#[derive(Debug, Clone)]
pub struct ViewWanted {
    pub kind: Kind,
    pub name: String,
    pub query: String,
    pub shared: bool,
}

fn owner(actor: &Actor) -> Result<&str> {
    match &actor.principal {
        Principal::Agent { login, .. } => Ok(login),
        _ => Err(Error::Unknown {
            what: "agent",
            key: actor.name(),
        }),
    }
}

impl Logins<'_> {
    /// The views of a list that somebody sees: their own, and those for everybody, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn views(self, actor: &Actor, kind: Kind) -> Result<Vec<View>> {
        let Ok(owner) = owner(actor) else {
            return Ok(vec![]);
        };
        let mut views = self.all_views().await?;
        views.retain(|view| view.kind == kind.name() && (view.shared || view.owner == owner));
        let collation = self.directory.collation();
        views.sort_by_cached_key(|view| collation.key(&view.name));
        Ok(views)
    }

    async fn all_views(self) -> Result<Vec<View>> {
        let kept = state::find(self.directory.home(), STATE).await;
        match kept.map_err(Error::home)? {
            Some(text) => serde_json::from_str(&text).map_err(Error::internal),
            None => Ok(vec![]),
        }
    }

    /// Saves a view; one of theirs of the same name becomes this. For agents; editors may save some for everybody.
    ///
    /// # Errors
    /// `Invalid` at `name` and `query`, at `views` when there are too many; `Forbidden` for readers who share.
    #[boxed]
    pub async fn save_view(self, actor: &Actor, wanted: ViewWanted) -> Result<()> {
        let owner = owner(actor)?.to_owned();
        if wanted.shared {
            actor.require(Action::Change, Object::Records(wanted.kind))?;
        }
        let name = wanted.name.trim().to_owned();
        let mut errors = vec![];
        for (field, text, max) in [
            ("name", &name, LONGEST_NAME),
            ("query", &wanted.query, LONGEST_QUERY),
        ] {
            if text.chars().count() > max {
                errors.push(FieldError::new(field, FieldProblem::TooLong { max }));
            }
            if text.chars().any(char::is_control) {
                errors.push(FieldError::new(field, FieldProblem::ControlCharacter));
            }
        }
        if name.is_empty() {
            errors.push(FieldError::new("name", FieldProblem::Required));
        }
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        self.directory
            .save(|| async {
                let mut tx = self.directory.begin_locked().await?;
                let mut views = self.all_views().await?;
                let mine = |view: &View| {
                    view.owner == owner && view.kind == wanted.kind.name() && view.name == name
                };
                let before = views.iter().find(|view| mine(view)).cloned();
                views.retain(|view| !mine(view));
                if views.len() >= MOST {
                    let problem = FieldProblem::TooMany { max: MOST };
                    return Err(Error::field("views", problem));
                }
                let view = View {
                    id: views.iter().map(|view| view.id).max().unwrap_or(0) + 1,
                    kind: wanted.kind.name().to_owned(),
                    name: name.clone(),
                    query: wanted.query.clone(),
                    owner: owner.clone(),
                    shared: wanted.shared,
                };
                views.push(view.clone());
                self.write_views(&mut tx, actor, &views, (before.as_ref(), Some(&view)))
                    .await?;
                tx.commit().await.map_err(Error::home)
            })
            .await
    }

    /// Takes a view away: one's own, as an admin also one of others.
    ///
    /// # Errors
    /// `Unknown`; `Forbidden` for views of others.
    #[boxed]
    pub async fn delete_view(self, actor: &Actor, id: u64) -> Result<View> {
        let owner = owner(actor)?.to_owned();
        self.directory
            .save(|| async {
                let mut tx = self.directory.begin_locked().await?;
                let mut views = self.all_views().await?;
                let unknown = || Error::Unknown {
                    what: "view",
                    key: id.to_string(),
                };
                let at = views.iter().position(|view| view.id == id);
                let view = views.remove(at.ok_or_else(unknown)?);
                if view.owner != owner {
                    match view.shared {
                        true => actor.require(Action::Change, Object::Settings)?,
                        // Somebody else's own view is nobody's business.
                        false => return Err(unknown()),
                    }
                }
                self.write_views(&mut tx, actor, &views, (Some(&view), None))
                    .await?;
                tx.commit().await.map_err(Error::home)?;
                Ok(view)
            })
            .await
    }

    async fn write_views(
        self,
        tx: &mut kartoteka_store::Tx,
        actor: &Actor,
        views: &[View],
        (before, after): (Option<&View>, Option<&View>),
    ) -> Result<()> {
        let text = serde_json::to_string(views).map_err(Error::internal)?;
        if text.len() > LARGEST {
            return Err(Error::field(
                "views",
                FieldProblem::TooMany {
                    max: views.len() - 1,
                },
            ));
        }
        state::set_in(tx, STATE, Some(&text))
            .await
            .map_err(Error::home)?;
        let said = |view: Option<&View>| {
            view.map_or_else(String::new, |view| format!("{}?{}", view.kind, view.query))
        };
        let changes = [Change {
            field: "Query".into(),
            before: said(before),
            after: said(after),
        }];
        let name = after.or(before).map_or("", |view| view.name.as_str());
        let action = match (before, after) {
            (None, _) => "create",
            (Some(_), Some(_)) => "update",
            (Some(_), None) => "delete",
        };
        let draft = JournalDraft {
            action,
            kind: Topic::View.name(),
            source: "kt_state",
            key: name,
            key_before: "",
            changes: &changes,
            effects: &[],
        };
        self.directory.journal_entry(tx, actor, draft).await?;
        Ok(())
    }
}
