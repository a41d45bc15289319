//! The doctor: a source is gone through step by step, each with its time, what came of it, and what to do about it. What is
//! examined is what is set up, whether it is in force yet or not; nothing is kept, and nothing but reading is done.
//!
//! Steps that build on one that failed are left out. No step takes longer than the source's timeout, and all of them
//! together no longer than [`TOTAL`].

mod certificate;
mod finding;
mod net;
mod steps;
mod table;

use kartoteka_boxed::boxed;
use kartoteka_model::SourceSpec;
use kartoteka_model::source::{Address, Locked, Origin};
use kartoteka_store::Db;

use crate::error::SourceError;
pub use finding::{Finding, What};
pub(crate) use net::{Host, handshake, reach};
pub use steps::{Outcome, Step, StepName, TOTAL};
pub(crate) use steps::{Report, Said, shown};
pub(crate) use table::no_column;

/// The database that tables are in without one of their own.
#[derive(Debug, Clone, Copy)]
pub enum Home<'h> {
    /// It is open.
    Open(&'h Db),
    /// It is where this says.
    At(&'h Address),
}

/// What an error of a source is to whoever has to mend it; `origin` is what people call the place it was met in.
pub fn finding(error: &SourceError, origin: &str) -> Finding {
    match error {
        SourceError::Store(error) => table::trouble(error, origin),
        SourceError::File { file, cause } => crate::csv::failed(cause, &file.display().to_string()),
        SourceError::Ldap(failure) => crate::ldap::failed(failure),
        SourceError::Locked(locked) => sealed(*locked),
    }
}

fn sealed(locked: Locked) -> Finding {
    Finding::new(match locked {
        Locked::NoKey => What::NoSecretKey,
        Locked::OtherKey => What::OtherSecretKey,
    })
}

/// Examines what is set up, at a time in seconds since 1970; `further` are columns that the source names outside its field
/// map.
#[boxed]
pub async fn examine(spec: &SourceSpec, further: &[String], home: Home<'_>, now: i64) -> Vec<Step> {
    let mut report = Report::begin(now);
    if let Some(locked) = spec.locked {
        let failed = async { Err::<Said<()>, _>(sealed(locked)) };
        report.run(StepName::Settings, (None, None), failed).await;
        return report.steps;
    }
    match &spec.origin {
        Origin::Table(table) => {
            report.bound(table::LONGEST);
            Box::pin(table::examine(spec, table, (further, home), &mut report)).await;
        }
        Origin::Csv(csv) => {
            // What was found is in the report.
            let _ = crate::csv::examine(spec, &csv.file, &mut report).await;
        }
        Origin::Ldap(tree) => {
            report.bound(std::time::Duration::from_secs(tree.timeout.max(1).into()));
            Box::pin(crate::ldap::examine(spec, tree, &mut report)).await;
        }
    }
    report.steps
}

#[cfg(test)]
mod tests;
