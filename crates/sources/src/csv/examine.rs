//! A file of records, step by step: what the doctor does with one.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use kartoteka_model::SourceSpec;

use super::LARGEST;
use super::read::{self, CsvError};
use super::records::Records;
use crate::doctor::{Finding, Report, Said, StepName, What, no_column, shown};

pub(crate) async fn examine(spec: &SourceSpec, file: &Path, report: &mut Report) -> Option<()> {
    let name = file.display().to_string();
    let path: PathBuf = file.to_owned();
    let reading = async {
        let read = move || match std::fs::metadata(&path) {
            Ok(found) if !found.is_file() => Err(CsvError::NoFile),
            Ok(_) => read::text(&path, LARGEST),
            Err(error) => Err(error.into()),
        };
        let read = tokio::task::spawn_blocking(read).await;
        let read = read.unwrap_or_else(|error| Err(std::io::Error::other(error).into()));
        let text = read.map_err(|error| failed(&error, &name))?;
        let told = Finding::of(What::FileFound, [("file", &name)]);
        let told = told.and("count", text.len());
        Ok(Said::new(text, [told]))
    };
    let text = report.run(StepName::File, (None, None), reading).await?;
    let columns = async {
        let owned = spec.clone();
        let read = tokio::task::spawn_blocking(move || Records::read(&text, &owned)).await;
        let read = read.unwrap_or_else(|error| Err(std::io::Error::other(error).into()));
        let records = read.map_err(|error| failed(&error, &name))?;
        Ok(Said::new(records, [Finding::new(What::ColumnsFound)]))
    };
    let records = report.run(StepName::Columns, (None, None), columns).await?;
    let counting = async {
        let what = match records.len() {
            0 => What::Nobody,
            _ => What::Counted,
        };
        let told = Finding::of(what, [("count", records.len())]);
        Ok(Said::new((), [told]))
    };
    report.run(StepName::Count, (None, None), counting).await?;
    let keys = async {
        let counts = [
            (records.without_key, What::NoKey),
            (records.again, What::SameKey),
        ];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let told = |(count, what)| Finding::of(what, [("key", &spec.key)]).and("count", count);
        let mut findings: Vec<Finding> = counts.map(told).collect();
        if findings.is_empty() {
            findings.push(Finding::of(What::KeysFine, [("key", &spec.key)]));
        }
        Ok(Said::new((), findings))
    };
    report.run(StepName::Keys, (None, None), keys).await?;
    let sampling = async {
        let (mut rows, _) = records.portion(None, 1);
        let row = rows.next().ok_or_else(|| Finding::new(What::NoSample))?;
        let stored = records.source_row(row);
        let key = records.key_of(row).to_owned();
        let mut said = Said::new(key, [Finding::new(What::Sampled)]);
        said.fields = shown(spec, &stored.record);
        Ok(said)
    };
    let key = report.run(StepName::Sample, (None, None), sampling).await?;
    let looking = async {
        let what = match records.find(&key) {
            Some(_) => What::Found,
            None => What::NotFound,
        };
        Ok(Said::new((), [Finding::of(what, [("key", &key)])]))
    };
    report.run(StepName::LookUp, (None, None), looking).await
}

/// What is wrong with a file, to whoever has to mend it.
pub(crate) fn failed(error: &CsvError, file: &str) -> Finding {
    match error {
        CsvError::Io(error) if error.kind() == ErrorKind::NotFound => {
            Finding::of(What::NoFile, [("file", file)])
        }
        CsvError::NoFile => Finding::of(What::NoFile, [("file", file)]),
        CsvError::Io(error) if error.kind() == ErrorKind::PermissionDenied => {
            Finding::of(What::FileRefused, [("file", file)])
        }
        CsvError::NotUtf8 { line } => Finding::of(What::NotUtf8, [("line", line)]),
        CsvError::Empty => Finding::new(What::FileEmpty),
        CsvError::NoColumn { column, there } => {
            let there: Vec<&str> = there.iter().map(String::as_str).collect();
            no_column(column, &there)
        }
        _ => Finding::of(What::FileBroken, [("cause", error)]),
    }
}
