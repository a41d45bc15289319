//! What is held back, and what admins say whose it is.

use kartoteka_boxed::boxed;
use kartoteka_store::own::held_back::{self, HeldBackRow};

use super::hold::relations_in;
use crate::actor::Actor;
use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::kind::Kind;
use crate::relation::Relation;
use crate::rights::{Action, Object};

/// As many as are listed, and decided about at a time.
const LISTED: u32 = 200;

/// What somebody had under a login that is another person's now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldBack {
    pub login: String,
    pub source: String,
    /// What the source is called.
    pub source_name: String,
    /// Whose it was, as the source says it: a number of its own, or of LDAP the beginning of a digest.
    pub identity: i64,
    /// Whose the login is.
    pub found: i64,
    /// Seconds since 1970.
    pub since: i64,
    /// What was given.
    pub relations: Vec<Relation>,
    /// Preferences and other rows beside that.
    pub others: u64,
}

/// What is held back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldBackList {
    /// How much there is.
    pub count: u64,
    /// The last ones first, a few hundred at most.
    pub items: Vec<HeldBack>,
}

/// Whose it is what was held back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The person is the same: everything is theirs.
    Same,
    /// The person is another: it is removed.
    Another,
}

/// What somebody decides about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldBackOf {
    pub source: String,
    /// One login; or all of the source.
    pub login: Option<String>,
    /// One of several identities that had the login; or all of them.
    pub identity: Option<i64>,
}

impl Directory {
    /// What is held back since logins are other people's than before. Role: reader.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn held_back(&self, actor: &Actor) -> Result<HeldBackList> {
        actor.require(Action::See, Object::Records(Kind::CustomerUser))?;
        let home = &self.inner.home;
        let count = held_back::count(home).await.map_err(Error::home)?;
        let rows = match count {
            0 => vec![],
            _ => held_back::last(home, None, LISTED)
                .await
                .map_err(Error::home)?,
        };
        let items = rows.into_iter().map(|row| self.told(row));
        Ok(HeldBackList {
            count,
            items: items.collect::<Result<_>>()?,
        })
    }

    /// The same of one login, of whichever source. Role: reader.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn held_back_of_login(&self, actor: &Actor, login: &str) -> Result<Vec<HeldBack>> {
        actor.require(Action::See, Object::Records(Kind::CustomerUser))?;
        let rows = held_back::of_login(&self.inner.home, login).await;
        let rows = rows.map_err(Error::home)?.into_iter();
        rows.map(|row| self.told(row)).collect()
    }

    /// Says whose it is what was held back: it is given to whoever has the login, or removed. How many there were.
    /// Role: admin.
    ///
    /// # Errors
    /// `Unknown` for a source that is not there, and a login of which nothing is held back.
    #[boxed]
    pub async fn decide_held_back(
        &self,
        actor: &Actor,
        of: &HeldBackOf,
        whose: Whose,
    ) -> Result<u64> {
        actor.require(Action::Change, Object::AnyAccess)?;
        let mut handles = self.handles(Kind::CustomerUser).iter();
        let handle = handles.find(|one| one.spec.id == of.source);
        let handle = handle.ok_or_else(|| Error::Unknown {
            what: "source",
            key: of.source.clone(),
        })?;
        let mut decided = 0;
        loop {
            let rows = self.undecided(of).await?;
            let mut of_these = 0;
            for row in &rows {
                let done = match whose {
                    Whose::Same => self.give_back(handle, row, &row.key, Some(actor)).await?,
                    Whose::Another => self.remove_held(handle, row, actor).await?,
                };
                of_these += u64::from(done);
            }
            decided += of_these;
            if of_these == 0 || rows.len() < LISTED as usize {
                break;
            }
        }
        match (decided, &of.login) {
            (0, Some(login)) => Err(Error::Unknown {
                what: "held back login",
                key: login.clone(),
            }),
            _ => Ok(decided),
        }
    }

    /// How much is held back, for metrics and whoever should look.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn held_back_count(&self) -> Result<u64> {
        let count = held_back::count(&self.inner.home).await;
        count.map_err(Error::home)
    }

    async fn undecided(&self, of: &HeldBackOf) -> Result<Vec<HeldBackRow>> {
        let home = &self.inner.home;
        let rows = match &of.login {
            Some(login) => held_back::of_login(home, login).await,
            None => held_back::last(home, Some(&of.source), LISTED).await,
        };
        let mut rows = rows.map_err(Error::home)?;
        rows.retain(|row| {
            row.source == of.source && of.identity.is_none_or(|identity| identity == row.identity)
        });
        Ok(rows)
    }

    fn told(&self, row: HeldBackRow) -> Result<HeldBack> {
        let mut handles = self.handles(Kind::CustomerUser).iter();
        let name = handles.find(|one| one.spec.id == row.source);
        Ok(HeldBack {
            relations: relations_in(&row)?,
            source_name: name.map_or_else(|| row.source.clone(), |one| one.spec.name.clone()),
            login: row.key,
            source: row.source,
            identity: row.identity,
            found: row.found,
            since: row.since,
            others: row.others.unsigned_abs(),
        })
    }
}
