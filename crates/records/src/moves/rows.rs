//! What the sources have under a login, in their order.

use kartoteka_directory::inside::{SourceHandle, not_found, version};
use kartoteka_directory::{Error, Fields, Kind, Result, Version};
use kartoteka_sources::SourceRow;

use crate::Records;

/// What one source has.
pub(super) struct Row<'d> {
    pub handle: &'d SourceHandle,
    pub stored: SourceRow,
    /// How it stands to the source that is to keep the person.
    place: Place,
}

/// How a source stands to the one that is to keep the person.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Before,
    There,
    After,
}

/// What all have that have the login; the first speaks for it (D19).
pub(super) struct Rows<'d>(Vec<Row<'d>>);

impl<'d> Rows<'d> {
    /// The one that speaks for the login now.
    pub fn speaker(&self) -> Option<&Row<'d>> {
        self.0.first()
    }

    /// What the source has that is to keep the person.
    pub fn target(&self) -> Option<&Row<'d>> {
        self.0.iter().find(|row| row.place == Place::There)
    }

    /// Whether that one speaks for the login already.
    pub fn target_speaks(&self) -> bool {
        let first = self.speaker();
        first.is_some_and(|row| row.place == Place::There)
    }

    /// The first that stands before it and stays, since it can't be written.
    pub fn speaks_on(&self) -> Option<&Row<'d>> {
        let stays = |row: &&Row| row.place == Place::Before && row.handle.spec.read_only;
        self.0.iter().find(stays)
    }

    /// Those that go.
    pub fn removable(&self) -> impl Iterator<Item = &Row<'d>> {
        let goes = |row: &&Row| row.place != Place::There && !row.handle.spec.read_only;
        self.0.iter().filter(goes)
    }

    /// Those that are written, or go.
    pub fn written(&self) -> impl Iterator<Item = &Row<'d>> {
        self.0.iter().filter(|row| !row.handle.spec.read_only)
    }

    /// Those that stay after it and are not asked for the login.
    pub fn shadows(&self) -> impl Iterator<Item = &Row<'d>> {
        let stays = |row: &&Row| row.place == Place::After && row.handle.spec.read_only;
        self.0.iter().filter(stays)
    }

    /// The state of each.
    pub fn seen(&self) -> Vec<(String, Version)> {
        let seen = |row: &Row| (row.handle.spec.id.clone(), state(&row.stored));
        self.0.iter().map(seen).collect()
    }
}

/// The state of a row by itself.
pub(super) fn state(stored: &SourceRow) -> Version {
    version(stored, &Fields::new())
}

impl<'d> Records<'d> {
    /// What the sources have under a login. One after the source that is to keep the person, which can't be written and
    /// does not answer, does not matter.
    pub(super) async fn rows_under(self, login: &str, to: &SourceHandle) -> Result<Rows<'d>> {
        let kind = Kind::CustomerUser;
        if login.is_empty() || login.contains('\0') {
            return Err(not_found(kind, login));
        }
        let mut rows = vec![];
        let mut place = Place::Before;
        for handle in self.directory.handles(kind) {
            let here = match handle.spec.id == to.spec.id {
                true => Place::There,
                false => place,
            };
            if here == Place::There {
                place = Place::After;
            }
            let found = match self.row_of(handle, login).await {
                Err(Error::Unavailable { .. })
                    if here == Place::After && handle.spec.read_only && !rows.is_empty() =>
                {
                    None
                }
                found => found?,
            };
            rows.extend(found.map(|stored| Row {
                handle,
                stored,
                place: here,
            }));
        }
        Ok(Rows(rows))
    }

    async fn row_of(
        self,
        handle: &SourceHandle,
        login: &str,
    ) -> Result<Option<kartoteka_sources::SourceRow>> {
        let source = handle.source().await?;
        let failed = |error| handle.failed(error);
        let found = match source.find(login).await.map_err(failed)? {
            None => source.find_ignoring_case(login).await.map_err(failed)?,
            found => found,
        };
        handle.answered();
        Ok(found)
    }
}
