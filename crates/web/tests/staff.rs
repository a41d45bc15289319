//! A second source of people: a table in a database of its own.

use kartoteka_directory::{Kind, Maintenance};
use kartoteka_model::source::{Address, Table};
use kartoteka_model::{CustomerUserSource, Field, FieldMap};
use kartoteka_store::Db;
use tempfile::TempDir;

/// The table is only read, and numbers its rows: `u0` to `u11`, whom others write.
pub async fn numbered() -> (CustomerUserSource, Db, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("staff.db");
    std::fs::write(&file, "").expect("a file");
    let address = format!("sqlite://{}", file.display());
    let db = Db::open_foreign(&address).await.expect("opens");
    let sql = "CREATE TABLE staff (id INTEGER PRIMARY KEY AUTOINCREMENT, login VARCHAR(200), email VARCHAR(200), \
               firm VARCHAR(200))";
    db.execute(sql, &[]).await.expect("makes the table");
    for number in 0..12 {
        make_anew(&db, &format!("u{number}")).await;
    }
    let mut source = CustomerUserSource::preset();
    source.spec.id = "CustomerUser1".into();
    source.spec.name = "Staff".into();
    source.spec.origin = Table::foreign("staff").of(Address::new(&address)).into();
    source.spec.valid = None;
    source.spec.read_only = true;
    source.spec.search_fields = vec!["login".into()];
    source.spec.list_fields = vec!["email".into()];
    source.spec.map = FieldMap(
        [
            ("UserLogin", "login"),
            ("UserEmail", "email"),
            ("UserCustomerID", "firm"),
        ]
        .map(|(name, column)| Field::new(name, name, column).required())
        .to_vec(),
    );
    source.customer_id = "firm".into();
    source.name_fields = vec!["login".into()];
    (source, db, folder)
}

/// Deletes a row, and makes it again: it has another number.
pub async fn make_anew(db: &Db, login: &str) {
    let sql = "DELETE FROM staff WHERE login = ?";
    db.execute(sql, &[login.into()]).await.expect("deletes");
    let sql = "INSERT INTO staff (login, email, firm) VALUES (?, ?, 'MUSTER')";
    let mail = format!("{login}@staff.example");
    let values = [login.into(), mail.into()];
    db.execute(sql, &values).await.expect("inserts");
}

/// Looks at the source as is done in the background, until everything was compared.
pub async fn compare(directory: &Maintenance) {
    let kind = Kind::CustomerUser;
    for _ in 0..2 {
        while !directory.sweep(kind).await.expect("a source") {}
        directory.sync_external_changes(kind).await.expect("looks");
        directory.wait_for_index().await.expect("an index");
    }
}

/// The source `CustomerUser1`, which can be written, and the folder that its database is in. It has no place for fax numbers.
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
