//! The transactions of one save: that of the home database, and one in each other database that it writes to.

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::SourceHandle;
use kartoteka_directory::{Error, Kind, Result};
use kartoteka_model::source::Address;
use kartoteka_store::{Renamed, StoreError, Tx};

use crate::Records;

/// Open transactions. They are undone unless they are committed.
pub(crate) struct Transactions<'d> {
    pub home: Tx,
    /// One for each database, since an embedded one has one writer at a time.
    others: Vec<(&'d Address, &'d SourceHandle, Tx)>,
}

impl<'d> Transactions<'d> {
    pub fn new(home: Tx) -> Self {
        Self {
            home,
            others: vec![],
        }
    }

    /// The transaction in a source's database, begun if need be.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    #[boxed]
    pub async fn of(&mut self, handle: &'d SourceHandle) -> Result<&mut Tx> {
        let table = handle.spec.origin.table();
        let Some(address) = table.and_then(|table| table.database.as_ref()) else {
            return Ok(&mut self.home);
        };
        let known = self.others.iter().position(|(one, _, _)| *one == address);
        let at = match known {
            Some(at) => at,
            None => {
                let table = handle.table().await?;
                let tx = table.db.begin().await;
                let tx = tx.map_err(|error| handle.failed(error))?;
                self.others.push((address, handle, tx));
                self.others.len() - 1
            }
        };
        Ok(&mut self.others[at].2)
    }

    /// Keeps what was written: in the other databases first, and in the home database with the journal's entry right
    /// after them.
    ///
    /// # Errors
    /// When a database does not answer; those that were committed before it stay so.
    #[boxed]
    pub async fn commit(self) -> Result<()> {
        self.commit_with_last(&[]).await
    }

    /// The same with some of the other databases last of all: those that a record is only taken out of, so that it is
    /// somewhere at each moment, whatever stops it.
    ///
    /// # Errors
    /// As [`Transactions::commit`].
    #[boxed]
    pub async fn commit_with_last(self, last: &[&Address]) -> Result<()> {
        let mut kept = false;
        // What is kept somewhere can't be done again from the beginning.
        let final_once = |kept: bool, error| match error {
            StoreError::Contended(cause) if kept => StoreError::Unavailable(cause),
            error => error,
        };
        let others = self.others.into_iter();
        let (after, before): (Vec<_>, Vec<_>) = others.partition(|(one, ..)| last.contains(one));
        for (_, handle, tx) in before {
            let done = tx.commit().await;
            done.map_err(|error| handle.failed(final_once(kept, error)))?;
            kept = true;
        }
        let done = self.home.commit().await;
        done.map_err(|error| Error::home(final_once(kept, error)))?;
        for (_, handle, tx) in after {
            let done = tx.commit().await;
            done.map_err(|error| handle.failed(final_once(true, error)))?;
        }
        Ok(())
    }
}

impl<'d> Records<'d> {
    /// A renamed customer takes its people along, in every source that can be written (D08).
    pub(crate) async fn update_people_references(
        self,
        open: &mut Transactions<'d>,
        renamed: Renamed<'_>,
        actor: i64,
        now: &str,
    ) -> Result<()> {
        for handle in self.directory.handles(Kind::CustomerUser) {
            let Some(people) = handle.people.as_ref().filter(|_| !handle.spec.read_only) else {
                continue;
            };
            let table = handle.table().await?;
            let tx = open.of(handle).await?;
            table
                .update_references(tx, &people.customer_id, renamed, actor, now)
                .await
                .map_err(|error| handle.failed(error))?;
        }
        Ok(())
    }
}
