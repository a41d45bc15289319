//! A table of a database, step by step.

use std::time::Duration;

use kartoteka_model::source::Table;
use kartoteka_model::{Field, FieldKind, SourceSpec};
use kartoteka_store::source::{TableColumn, TableStore, columns};
use kartoteka_store::{Db, Engine, StoreError, Trouble};

use super::Home;
use super::finding::{Finding, What};
use super::net::{Host, reach};
use super::steps::{Report, Said, StepName, shown};

/// How long a statement of an examination may take.
pub(super) const LONGEST: Duration = Duration::from_secs(6);

/// Rows that are counted at most.
const COUNTED: u64 = 100_000;

/// Columns that are listed at most.
const LISTED: usize = 40;

pub(super) async fn examine(
    spec: &SourceSpec,
    table: &Table,
    (further, home): (&[String], Home<'_>),
    report: &mut Report,
) {
    let Some((db, is_own)) = login(table, home, report).await else {
        return;
    };
    look(spec, (table, further), &db, report).await;
    if !is_own {
        db.close().await;
    }
}

/// Opens the database; whether it is one that was open already.
async fn login(table: &Table, home: Home<'_>, report: &mut Report) -> Option<(Db, bool)> {
    let address = match (&table.database, home) {
        (None, Home::Open(db)) => {
            let told = Finding::of(What::HomeDatabase, [("engine", name(db.engine()))]);
            let open = async { Ok(Said::new(db.clone(), [told])) };
            let step = (None, None);
            return Some((report.run(StepName::Login, step, open).await?, true));
        }
        (None, Home::At(address)) | (Some(address), _) => address,
    };
    let shown = address.masked();
    let user = user(address.expose());
    let database = database(address.expose());
    let port = match address.expose().split_once(':').map(|(scheme, _)| scheme) {
        Some("postgres" | "postgresql") => Some(5432),
        Some("mysql" | "mariadb") => Some(3306),
        _ => None,
    };
    // One on a socket of this machine has no name to look for.
    if let Some(host) = port.and_then(|port| Host::of(address.expose(), port)) {
        reach(report, &host).await?;
    }
    let opening = async {
        let opened = async {
            let db = Db::open_foreign(address.expose()).await?;
            // A pool connects when it is first asked.
            match columns(&db, &table.name).await {
                Ok(_) => Ok(db),
                Err(error) => {
                    db.close().await;
                    Err(error)
                }
            }
        };
        let failed = |error: StoreError| {
            let finding = trouble(&error, &table.name);
            finding.and("user", &user).and("database", &database)
        };
        let db = opened.await.map_err(failed)?;
        let told = Finding::of(What::LoggedIn, [("user", &user)]);
        Ok(Said::new((db, false), [told]))
    };
    report
        .run(StepName::Login, (Some(&shown), None), opening)
        .await
}

async fn look(
    spec: &SourceSpec,
    (table, further): (&Table, &[String]),
    db: &Db,
    report: &mut Report,
) -> Option<()> {
    let failed = |error: StoreError| trouble(&error, &table.name);
    let opening = async {
        let store = TableStore::open(db.clone(), spec.clone()).await;
        let store = store.map_err(failed)?;
        let told = Finding::of(What::TableFound, [("table", &table.name)]);
        let told = told.and("count", store.columns.len());
        Ok(Said::new(store, [told]))
    };
    let store = report.run(StepName::Table, (None, None), opening).await?;
    let comparing = async {
        let mut findings = compared(spec, further, &store);
        if findings.is_empty() {
            findings.push(Finding::new(What::ColumnsFound));
        }
        Ok(Said::new((), findings))
    };
    report
        .run(StepName::Columns, (None, None), comparing)
        .await?;
    let last = report.steps.last()?;
    if last.outcome() == super::Outcome::Failed {
        return None;
    }
    let counting = async {
        let count = store.count_up_to(COUNTED).await.map_err(failed)?;
        let what = match count {
            0 => What::Nobody,
            COUNTED.. => What::MoreThan,
            _ => What::Counted,
        };
        Ok(Said::new((), [Finding::of(what, [("count", count)])]))
    };
    let asked = Some(store.shown_reading());
    report.run(StepName::Count, (None, asked), counting).await?;
    let keys = async {
        let nobody = store.count_without_key().await.map_err(failed)?;
        let twins = store.count_twins().await.map_err(failed)?;
        let mut findings = vec![];
        for (count, what) in [(nobody, What::NoKey), (twins, What::SameKey)] {
            if count > 0 {
                let told = Finding::of(what, [("key", &spec.key)]);
                findings.push(told.and("count", count));
            }
        }
        if findings.is_empty() {
            findings.push(Finding::of(What::KeysFine, [("key", &spec.key)]));
        }
        Ok(Said::new((), findings))
    };
    // A large table that does not say so in time can be used all the same.
    report.run(StepName::Keys, (None, None), keys).await;
    if let Some(slow) = report.steps.last_mut()
        && slow.findings.iter().any(|one| one.what == What::Silent)
    {
        slow.findings = vec![Finding::new(What::NotCounted)];
    }
    let sampling = async {
        let rows = store.portion(None, 1).await.map_err(failed)?;
        let Some(row) = rows.into_iter().next() else {
            return Err(Finding::new(What::NoSample));
        };
        let key = store.key_of(&row.record).to_owned();
        let mut said = Said::new(key, [Finding::new(What::Sampled)]);
        said.fields = shown(spec, &row.record);
        Ok(said)
    };
    let key = report.run(StepName::Sample, (None, None), sampling).await?;
    let looking = async {
        let found = store.find(&key).await.map_err(failed)?;
        let what = match found {
            Some(_) => What::Found,
            None => What::NotFound,
        };
        Ok(Said::new((), [Finding::of(what, [("key", &key)])]))
    };
    let asked = Some(store.shown_look_up());
    report.run(StepName::LookUp, (None, asked), looking).await
}

/// What is wrong with the columns.
fn compared(spec: &SourceSpec, further: &[String], store: &TableStore) -> Vec<Finding> {
    let fields = spec.map.0.iter();
    let fields: Vec<&Field> = fields
        .filter(|field| field.kind != FieldKind::DynamicField)
        .collect();
    let mut named: Vec<&String> = fields.iter().map(|field| &field.column).collect();
    named.push(&spec.key);
    named.extend(&spec.valid);
    named.extend(spec.list_fields.iter().chain(&spec.search_fields));
    named.extend(further);
    let there: Vec<&str> = store.columns.iter().map(|one| one.name.as_str()).collect();
    let mut findings: Vec<Finding> = vec![];
    let mut told: Vec<&str> = vec![];
    for column in named {
        if told.contains(&column.as_str()) || store.column(column).is_some() {
            continue;
        }
        told.push(column);
        findings.push(no_column(column, &there));
    }
    let is_number = |column: &TableColumn| !column.kind.is_text();
    for field in fields.iter().filter(|field| field.kind == FieldKind::Int) {
        if store
            .column(&field.column)
            .is_some_and(|one| !is_number(one))
        {
            findings.push(Finding::of(What::NoNumber, [("column", &field.column)]));
        }
    }
    let mut charsets: Vec<&str> = store
        .columns
        .iter()
        .filter_map(|column| column.charset.as_deref())
        .collect();
    charsets.sort_unstable();
    charsets.dedup();
    let narrow = charsets.into_iter();
    findings.extend(narrow.map(|one| Finding::of(What::NarrowText, [("charset", one)])));
    findings
}

/// A column that is not there, with the one that was most likely meant.
pub(crate) fn no_column(column: &str, there: &[&str]) -> Finding {
    let near = kartoteka_model::nearest(column, there.iter().copied());
    match near {
        Some(near) => Finding::of(What::NearColumn, [("column", column), ("near", near)]),
        None => {
            let listed = there.iter().take(LISTED).copied().collect::<Vec<_>>();
            let there = listed.join(", ");
            Finding::of(What::NoColumn, [("column", column), ("there", &there)])
        }
    }
}

pub(super) fn trouble(error: &StoreError, table: &str) -> Finding {
    match error.trouble() {
        Trouble::Login => Finding::new(What::WrongPassword),
        Trouble::NoDatabase => Finding::new(What::NoDatabase),
        Trouble::NotAllowed => Finding::of(What::NotAllowed, [("table", table)]),
        Trouble::NoTable => Finding::of(What::NoTable, [("table", table)]),
        Trouble::Address => Finding::of(What::NoAddress, [("cause", error)]),
        Trouble::Silent | Trouble::Other => Finding::of(What::DatabaseFailed, [("cause", error)]),
    }
}

fn name(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
        Engine::MySql => "MariaDB",
    }
}

/// The user that an address names.
fn user(address: &str) -> String {
    let rest = address.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let user = authority.rsplit_once('@').map_or("", |(user, _)| user);
    user.split(':').next().unwrap_or_default().to_owned()
}

/// The database that an address names, or the file.
fn database(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    match address.starts_with("sqlite") {
        true => rest.to_owned(),
        false => rest.split_once('/').map_or("", |(_, name)| name).to_owned(),
    }
}
