//! Why a source does not answer.

use std::path::PathBuf;
use std::sync::Arc;

use kartoteka_model::source::Locked;
use kartoteka_store::StoreError;

use crate::csv::CsvError;
use crate::ldap::LdapFailure;

/// A failure of a source.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// Its database's.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file that is not there, or not as it has to be. It counts as a source that does not answer.
    #[error("{}: {cause}", file.display())]
    File { file: PathBuf, cause: Arc<CsvError> },
    /// An LDAP server's.
    #[error(transparent)]
    Ldap(#[from] Box<LdapFailure>),
    /// Its secrets can't be opened here, so nobody was asked.
    #[error("its secrets can't be opened here")]
    Locked(Locked),
}

impl From<LdapFailure> for SourceError {
    fn from(failure: LdapFailure) -> Self {
        Self::Ldap(Box::new(failure))
    }
}
