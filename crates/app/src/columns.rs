//! Columns that the settings name and the tables lack, asked of the databases.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use kartoteka_model::source::{Address, LdapTree, Origin, Table};
use kartoteka_model::{FieldKind, SourceSpec};
use kartoteka_settings::{Diagnostic, Mistake, Place, Settings, embedded_file, nearest};
use kartoteka_sources::SourceError;
use kartoteka_sources::csv::{CsvError, CsvSource};
use kartoteka_sources::ldap::LdapSource;
use kartoteka_store::schema::otobo_tables;
use kartoteka_store::source::{TableColumn, TableStore, columns};
use kartoteka_store::{Db, StoreError};

/// How long a database may take to say what it has.
const DATABASE_TIMEOUT: Duration = Duration::from_secs(6);

/// What a look at the tables found.
#[derive(Default)]
pub struct Findings {
    /// Mistakes in the settings: columns and tables that are not there.
    pub mistakes: Vec<Diagnostic>,
    /// Tables that `migrate` will create.
    pub to_create: Vec<String>,
    /// Sources whose database does not answer, and why.
    pub silent: Vec<(String, String)>,
}

/// Looks at the columns of every source's table. Nothing is created.
pub async fn look(settings: &Settings) -> Findings {
    look_at(settings, false).await
}

/// The same, and counts rows whose keys are none or others', too: that reads every key of the tables.
pub async fn look_through(settings: &Settings) -> Findings {
    look_at(settings, true).await
}

async fn look_at(settings: &Settings, counts_keys: bool) -> Findings {
    let mut findings = Findings::default();
    let people = settings.customer_users.iter().map(|source| {
        let mut named = named_columns(&source.spec);
        let further = [&source.sender_fields, &source.name_fields]
            .into_iter()
            .flatten();
        named.extend(further.chain([&source.customer_id]).cloned());
        (&source.spec, named)
    });
    let customers = settings
        .customers
        .iter()
        .map(|source| (&source.spec, named_columns(&source.spec)));
    for (source, named) in people.chain(customers) {
        let looked = match &source.origin {
            Origin::Table(table) => {
                look_at_table(
                    &mut findings,
                    settings,
                    (source, table),
                    &named,
                    counts_keys,
                )
                .await
            }
            Origin::Ldap(tree) => look_at_tree(&mut findings, source, tree, counts_keys).await,
            Origin::Csv(csv) => {
                let names = (source, csv.file.as_path());
                look_at_file(&mut findings, settings, names, &named, counts_keys).await
            }
        };
        if let Err(reason) = looked {
            findings.silent.push((source.id.clone(), reason));
        }
    }
    findings
}

/// Looks at a table; why it does not answer.
async fn look_at_table(
    findings: &mut Findings,
    settings: &Settings,
    (source, table): (&SourceSpec, &Table),
    named: &[String],
    counts_keys: bool,
) -> Result<(), String> {
    let home = table.database.is_none();
    let address = table.database.as_ref().unwrap_or(&settings.database.url);
    let mut tables = vec![table.name.as_str()];
    let first = settings.customer_users.first();
    if home && first.is_some_and(|first| first.spec.id == source.id) {
        tables.extend(otobo_tables().iter().map(|table| table.name));
    }
    let asked = tokio::time::timeout(DATABASE_TIMEOUT, present(address, &tables)).await;
    let present = asked
        .map_err(|_| "no answer in time".to_owned())?
        .map_err(|error| reason(&error))?;
    let is_made = otobo_tables().iter().any(|one| one.name == table.name);
    if present[0].is_empty() && home && is_made {
        findings.to_create.push(table.name.clone());
    } else {
        let columns = present[0].iter().map(|column| column.name.as_str());
        compare(
            findings,
            settings,
            source,
            named,
            &columns.collect::<Vec<_>>(),
        );
    }
    warn_of_narrow_text(findings, source, &tables, &present);
    let has_key = present[0]
        .iter()
        .any(|column| column.name.eq_ignore_ascii_case(&source.key));
    if counts_keys && has_key {
        warn_of_keys(findings, address, source).await;
    }
    Ok(())
}

/// Looks at a file; why it can't be read.
async fn look_at_file(
    findings: &mut Findings,
    settings: &Settings,
    (source, file): (&SourceSpec, &Path),
    named: &[String],
    counts_keys: bool,
) -> Result<(), String> {
    let opened = CsvSource::open(source.clone(), file.to_owned()).await;
    // A file that others write may be wrong for a while, which keeps nothing from starting.
    if counts_keys
        && let Err(SourceError::File { cause, .. }) = &opened
        && let CsvError::NoColumn { there, .. } = &**cause
    {
        let there: Vec<&str> = there.iter().map(String::as_str).collect();
        compare(findings, settings, source, named, &there);
        return Ok(());
    }
    let opened = opened.map_err(|error| error.to_string())?;
    if counts_keys {
        let (nobody, again) = opened.left_out().await.map_err(|error| error.to_string())?;
        warn_of_rows(
            findings,
            source,
            [(nobody, Mistake::NoKey), (again, Mistake::SameKey)],
        );
    }
    Ok(())
}

/// Looks at a tree; why its server does not answer. One that does not keeps nothing from starting.
async fn look_at_tree(
    findings: &mut Findings,
    source: &SourceSpec,
    tree: &LdapTree,
    counts_keys: bool,
) -> Result<(), String> {
    if !counts_keys {
        return Ok(());
    }
    let looking = async {
        let opened = LdapSource::open(source.clone(), tree.clone()).await?;
        opened.look_through().await
    };
    let looked = tokio::time::timeout(2 * DATABASE_TIMEOUT, looking).await;
    let looked = looked.map_err(|_| "no answer in time".to_owned())?;
    let (count, nobody, missing) = looked.map_err(|error| error.to_string())?;
    let warning = |mistake| {
        let place = Place::whole(format!("[{}]", source.id));
        Diagnostic::warning(place, mistake)
            .param("section", &source.id)
            .param("count", count.to_string())
            .param("key", &source.key)
    };
    if count == nobody {
        let told = warning(Mistake::NobodyThere).param("base", &tree.base);
        findings.mistakes.push(told);
        return Ok(());
    }
    if nobody > 0 {
        let told = warning(Mistake::NoLogin).param("nobody", nobody.to_string());
        findings.mistakes.push(told);
    }
    let missing = missing.into_iter();
    let told = missing.map(|one| warning(Mistake::EmptyAttribute).param("attribute", one));
    findings.mistakes.extend(told);
    Ok(())
}

fn named_columns(source: &SourceSpec) -> Vec<String> {
    let mapped = source
        .map
        .0
        .iter()
        .filter(|field| field.kind != FieldKind::DynamicField);
    let lists = [&source.list_fields, &source.search_fields]
        .into_iter()
        .flatten();
    mapped
        .map(|field| &field.column)
        .chain([&source.key])
        .chain(&source.valid)
        .chain(lists)
        .cloned()
        .collect()
}

/// The columns of each of these tables; none if there is no such table, or no such embedded database yet.
async fn present(address: &Address, tables: &[&str]) -> Result<Vec<Vec<TableColumn>>, StoreError> {
    if let Some(file) = embedded_file(address.expose())
        && !std::path::Path::new(&file).exists()
    {
        return Ok(vec![vec![]; tables.len()]);
    }
    // A look changes nothing, not even how a file of SQLite is written to.
    let db = Db::open_foreign(address.expose()).await?;
    let mut found = Ok(vec![]);
    for table in tables {
        match (columns(&db, table).await, &mut found) {
            (Ok(columns), Ok(found)) => found.push(columns),
            (Err(error), _) => {
                found = Err(error);
                break;
            }
            (Ok(_), Err(_)) => break,
        }
    }
    db.close().await;
    found
}

/// Tables whose encoding has not all characters: what else is typed is refused.
fn warn_of_narrow_text(
    findings: &mut Findings,
    source: &SourceSpec,
    tables: &[&str],
    present: &[Vec<TableColumn>],
) {
    let mut narrow: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (table, columns) in tables.iter().zip(present) {
        for charset in columns
            .iter()
            .filter_map(|column| column.charset.as_deref())
        {
            narrow.entry(charset).or_default().insert(table);
        }
    }
    for (charset, tables) in narrow {
        let tables: Vec<String> = tables.iter().map(|table| format!("`{table}`")).collect();
        let place = Place::whole(format!("[{}]", source.id));
        findings.mistakes.push(
            Diagnostic::warning(place, Mistake::NarrowText)
                .param("charset", charset)
                .param("tables", tables.join(", ")),
        );
    }
}

/// Rows that are nobody, and keys that several rows have. A large table that does not say so in time is not warned of.
async fn warn_of_keys(findings: &mut Findings, address: &Address, source: &SourceSpec) {
    let asked = tokio::time::timeout(DATABASE_TIMEOUT, count_keys(address, source));
    let Ok(Ok((nobody, twins))) = asked.await else {
        return;
    };
    warn_of_rows(
        findings,
        source,
        [(nobody, Mistake::NoKey), (twins, Mistake::Twins)],
    );
}

fn warn_of_rows(findings: &mut Findings, source: &SourceSpec, rows: [(u64, Mistake); 2]) {
    for (count, mistake) in rows.into_iter().filter(|(count, _)| *count > 0) {
        let place = Place::whole(format!("[{}]", source.id));
        findings.mistakes.push(
            Diagnostic::warning(place, mistake)
                .param("count", count.to_string())
                .param("table", source.origin.name())
                .param("column", &source.key),
        );
    }
}

/// How many rows of a source's table are nobody, and how many keys stand in several rows.
async fn count_keys(address: &Address, source: &SourceSpec) -> Result<(u64, u64), StoreError> {
    let db = Db::open_foreign(address.expose()).await?;
    let table = TableStore::open(db.clone(), source.clone()).await?;
    let nobody = table.count_without_key().await;
    let twins = table.count_twins().await;
    db.close().await;
    Ok((nobody?, twins?))
}

fn compare(
    findings: &mut Findings,
    settings: &Settings,
    source: &SourceSpec,
    named: &[String],
    present: &[&str],
) {
    let mut told: Vec<&str> = vec![];
    for column in named {
        let there = present.iter().any(|one| one.eq_ignore_ascii_case(column));
        if there || told.contains(&column.as_str()) {
            continue;
        }
        told.push(column);
        findings.mistakes.push(Diagnostic::unknown_column(
            settings.places.find(&source.id, column),
            &source.id,
            column,
            &source.origin.name(),
            nearest(column, present.iter().copied()),
        ));
    }
}

fn reason(error: &StoreError) -> String {
    let source = std::error::Error::source(error)
        .map(|cause| format!(": {cause}"))
        .unwrap_or_default();
    format!("{error}{source}")
}
