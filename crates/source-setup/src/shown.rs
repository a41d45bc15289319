//! Sources as they are set up here, and where others are.

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::written_fields;
use kartoteka_directory::{Action, Actor, Error, Kind, Object, RefusedFields, Result};
use kartoteka_model::source::Locked;
use kartoteka_settings::{Document, kind_of_source, source_ids};
use serde::Serialize;

use crate::SourceSetup;

/// A section that a source may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupPlace {
    pub id: String,
    pub kind: Kind,
    /// Where file, environment or an OTOBO's configuration say how it is: that wins.
    pub said: Option<String>,
    /// Whether it is set up here.
    pub is_here: bool,
}

impl SetupPlace {
    /// Whether a source can be set up here.
    pub fn is_free(&self) -> bool {
        self.said.is_none() && !self.is_here
    }
}

/// Whether people or customers are in the source of a section, if there may be such a one.
pub fn kind_of(id: &str) -> Option<Kind> {
    kind_of_source(id).map(|of_people| match of_people {
        true => Kind::CustomerUser,
        false => Kind::Customer,
    })
}

/// A source as it is set up here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetupShown {
    pub id: String,
    /// The write that it is from.
    pub version: u64,
    /// Without secrets.
    pub document: Document,
    /// The keys of its secrets.
    pub secrets: Vec<String>,
    /// Why those can't be opened on this node.
    pub locked: Option<Locked>,
    /// Where it is said how it is: that wins, and this is not in force.
    pub said: Option<String>,
    /// What pages wrote and is not in force on this node.
    pub refused: Option<RefusedFields>,
}

impl SourceSetup<'_> {
    /// All sections that sources may have. Role: admin.
    ///
    /// # Errors
    /// `Forbidden`; when the database does not answer.
    #[boxed]
    pub async fn places(self, actor: &Actor) -> Result<Vec<SetupPlace>> {
        actor.require(Action::Change, Object::Settings)?;
        let written = written_fields(self.directory.home())
            .await
            .map_err(Error::home)?;
        let file = self.directory.file_settings();
        let place = |id: String| SetupPlace {
            kind: kind_of(&id).unwrap_or(Kind::CustomerUser),
            said: file.says_source(&id),
            is_here: written.definitions.contains_key(&id),
            id,
        };
        Ok(source_ids().map(place).collect())
    }

    /// The section that is named, or else the first free one of customer users, if there is one. Role: admin.
    ///
    /// # Errors
    /// `Forbidden`; when the database does not answer.
    #[boxed]
    pub async fn section(self, actor: &Actor, named: Option<String>) -> Result<Option<String>> {
        if named.is_some() {
            return Ok(named);
        }
        let mut places = self.places(actor).await?.into_iter();
        // The first is there in any case: what it has is kept.
        let is_fit = |one: &SetupPlace| {
            one.is_free() && one.kind == Kind::CustomerUser && one.id != "CustomerUser"
        };
        Ok(places.find(is_fit).map(|one| one.id))
    }

    /// A source as it is set up here. Role: admin.
    ///
    /// # Errors
    /// `Forbidden`; `Unknown` where it is not set up here.
    #[boxed]
    pub async fn shown(self, actor: &Actor, id: &str) -> Result<SetupShown> {
        actor.require(Action::Change, Object::Settings)?;
        let written = written_fields(self.directory.home())
            .await
            .map_err(Error::home)?;
        let unknown = || Error::Unknown {
            what: "source",
            key: id.to_owned(),
        };
        let found = written.definitions.get(id).ok_or_else(unknown)?;
        Ok(SetupShown {
            id: id.to_owned(),
            version: found.version,
            document: found.document.clone(),
            secrets: found.sealed.keys().cloned().collect(),
            locked: self.directory.opened_secrets(id, found).err(),
            said: self.directory.file_settings().says_source(id),
            refused: self.directory.refused_fields(),
        })
    }
}
