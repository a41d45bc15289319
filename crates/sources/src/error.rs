//! Why a source does not answer.

use std::path::PathBuf;
use std::sync::Arc;

use kartoteka_store::StoreError;

use crate::csv::CsvError;

/// A failure of a source.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// Its database's.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file that is not there, or not as it has to be. It counts as a source that does not answer.
    #[error("{}: {cause}", file.display())]
    File { file: PathBuf, cause: Arc<CsvError> },
}
