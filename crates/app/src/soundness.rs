//! Whether a file is a database that Kartoteka can go on with: looked at before anything is done with it.

use std::path::Path;

use anyhow::Context;
use kartoteka_model::source::Address;
use kartoteka_settings::Settings;
use kartoteka_store::schema::{otobo_tables, own_tables};
use kartoteka_store::{Db, StoreError, args};

use crate::exit::Ended;

/// Rows that are read at once.
const PORTION: usize = 2000;

/// The engine's own check, that nothing is in the file that does not belong there, and that all its texts are texts.
///
/// # Errors
/// With what is wrong.
pub async fn check(file: &Path, address: &Address, settings: &Settings) -> anyhow::Result<()> {
    let db = Db::open(address.expose()).await?;
    let checked = contents(&db, settings).await;
    db.close().await;
    let fault = checked.with_context(|| format!("{} can't be read as a backup", file.display()))?;
    match fault {
        None => Ok(()),
        Some(fault) => Err(Ended::refused(format!("{}: {fault}", file.display())).into()),
    }
}

async fn contents(db: &Db, settings: &Settings) -> Result<Option<String>, StoreError> {
    if let Some(fault) = db.unsound().await? {
        return Ok(Some(format!("the file is damaged: {fault}")));
    }
    let known = known_tables(settings);
    let is_known = |name: &str| {
        name.starts_with("sqlite_") || known.iter().any(|known| known.eq_ignore_ascii_case(name))
    };
    // Names may be broken, too: they are read as bytes.
    let sql = "SELECT type, hex(name), hex(tbl_name), CAST(rootpage AS TEXT) FROM sqlite_master ORDER BY type, name";
    let mut tables = vec![];
    for row in db.fetch(sql, &[]).await? {
        let (name, table) = (text_of(row.text(1)), text_of(row.text(2)));
        match row.text(0) {
            // A virtual table has no pages of its own: a module of the engine answers for it.
            "table" if is_known(&name) && row.text(3) != "0" => tables.push(name),
            "index" if is_known(&table) => {}
            kind => {
                let fault = format!("it holds the {kind} {name:?}, which is none of Kartoteka's");
                return Ok(Some(fault));
            }
        }
    }
    let needed = ["kt_state", "customer_user"];
    if !needed
        .iter()
        .all(|name| tables.iter().any(|table| table == name))
    {
        return Ok(Some("it holds no directory".into()));
    }
    for table in tables {
        if let Some(row) = broken_text(db, &table).await? {
            let fault = format!("table {table} holds a text in row {row} that is not UTF-8");
            return Ok(Some(fault));
        }
    }
    Ok(None)
}

/// OTOBO's tables, Kartoteka's own, and those of sources that the settings name.
fn known_tables(settings: &Settings) -> Vec<String> {
    let own = own_tables().into_iter().flat_map(|(_, tables)| tables);
    let people = settings.customer_users.iter().map(|source| &source.spec);
    let customers = settings.customers.iter().map(|source| &source.spec);
    let sources = people.chain(customers);
    let tables = sources.filter_map(|spec| Some(spec.origin.table()?.name.clone()));
    otobo_tables()
        .into_iter()
        .chain(own)
        .map(|table| table.name.to_owned())
        .chain(tables)
        .collect()
}

/// The number of a row with a text that is none.
async fn broken_text(db: &Db, table: &str) -> Result<Option<i64>, StoreError> {
    let name = db.engine().quote(table);
    let columns = format!("SELECT name FROM pragma_table_info({})", quoted(table));
    let columns: Vec<String> = db
        .fetch(&columns, &[])
        .await?
        .iter()
        .map(|row| db.engine().quote(row.text(0)))
        .collect();
    // Bytes as they are, which only what stands in a text has to make sense of.
    let texts = columns
        .iter()
        .map(|column| format!("CASE typeof({column}) WHEN 'text' THEN hex({column}) END"));
    let texts = texts.collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT CAST(rowid AS TEXT), {texts} FROM {name} WHERE rowid > ? ORDER BY rowid LIMIT {PORTION}"
    );
    let mut last = i64::MIN;
    loop {
        let rows = db.fetch(&sql, &args![last]).await?;
        for row in &rows {
            let texts = (1..=columns.len()).map(|at| row.text(at));
            let mut bytes = texts.map(bytes_of);
            if !bytes.all(|bytes| std::str::from_utf8(&bytes).is_ok()) {
                return Ok(Some(row.int(0)?));
            }
        }
        match rows.last().map(|row| row.int(0)).transpose()? {
            Some(number) if rows.len() == PORTION => last = number,
            _ => return Ok(None),
        }
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn bytes_of(hex: &str) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).unwrap_or_default() as u8;
    let (pairs, _) = hex.as_bytes().as_chunks::<2>();
    pairs
        .iter()
        .map(|[high, low]| digit(*high) << 4 | digit(*low))
        .collect()
}

fn text_of(hex: &str) -> String {
    String::from_utf8_lossy(&bytes_of(hex)).into_owned()
}
