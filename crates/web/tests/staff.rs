//! A second source of people that can be written: a table in a database of its own.

use kartoteka_model::CustomerUserSource;
use kartoteka_model::source::{Address, Table};
use kartoteka_store::Db;
use tempfile::TempDir;

/// The source `CustomerUser1`, and the folder that its database is in. It has no place for fax numbers.
pub async fn staff() -> (CustomerUserSource, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("staff.db");
    std::fs::write(&file, "").expect("a file");
    let address = format!("sqlite://{}", file.display());
    let mut source = CustomerUserSource::preset();
    source.spec.id = "CustomerUser1".into();
    source.spec.name = "Staff".into();
    source.spec.map.0.retain(|field| field.name != "UserFax");
    source.spec.origin = Table::foreign("staff").of(Address::new(&address)).into();
    let columns = source
        .spec
        .map
        .0
        .iter()
        .map(|field| match field.name.as_str() {
            "UserLogin" => "login VARCHAR(200) PRIMARY KEY".to_owned(),
            "ValidID" => "valid_id INTEGER".to_owned(),
            _ => format!("{} VARCHAR(200)", field.column),
        });
    let columns: Vec<String> = columns.collect();
    let db = Db::open_foreign(&address).await.expect("opens");
    let sql = format!("CREATE TABLE staff ({})", columns.join(", "));
    db.execute(&sql, &[]).await.expect("makes the table");
    db.close().await;
    (source, folder)
}
