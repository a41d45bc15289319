//! What an admin set in the pages of OTOBO, where the home database is OTOBO's; and a person who moves.

use tempfile::tempdir;

use crate::run::{done, run};

fn sql(folder: &std::path::Path, file: &str, statements: &[&str]) {
    let file = folder.join(file);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        if !file.exists() {
            std::fs::write(&file, "").unwrap();
        }
        let address = format!("sqlite://{}", file.display());
        let db = kartoteka_store::Db::open_foreign(&address).await.unwrap();
        for statement in statements {
            db.execute(statement, &[]).await.unwrap();
        }
        db.close().await;
    });
}

const TABLE: &str = "CREATE TABLE sysconfig_modified (id INTEGER PRIMARY KEY, name VARCHAR(250), user_id INTEGER, \
    is_valid SMALLINT, effective_value TEXT, is_dirty SMALLINT, reset_to_default SMALLINT)";

#[test]
fn what_was_set_in_the_pages_of_otobo_counts_and_is_explained() {
    let data = tempdir().unwrap();
    done(data.path(), &["migrate"]);
    let row = |name: &str, user: &str, value: &str, dirty: u8| {
        format!(
            "INSERT INTO sysconfig_modified (name, user_id, is_valid, effective_value, is_dirty, reset_to_default) \
             VALUES ('{name}', {user}, 1, '{value}', {dirty}, 0)"
        )
    };
    let database = kartoteka_settings::Database::in_dir(data.path());
    let file = kartoteka_settings::embedded_file(database.url.expose()).unwrap();
    let file = std::path::PathBuf::from(file);
    let name = file.file_name().unwrap().to_str().unwrap();
    let rows = [
        row("CustomerGroupSupport", "NULL", "--- 1\n", 0),
        row("CustomerGroupAlwaysGroups", "7", "---\n- mine\n", 0),
        row(
            "CustomerGroupCompanyAlwaysGroups",
            "NULL",
            "---\n- later\n",
            1,
        ),
    ];
    let mut statements = vec![TABLE];
    statements.extend(rows.iter().map(String::as_str));
    sql(data.path(), name, &statements);

    let shown = done(data.path(), &["settings", "access", "show", "--json"]).json();
    let setting = |key: &str| {
        let settings = shown["items"].as_array().or_else(|| shown.as_array());
        let found = settings.into_iter().flatten().find(|one| one["key"] == key);
        found.unwrap_or_else(|| panic!("{shown}")).clone()
    };
    assert_eq!(setting("customer_group_support")["value"], true);
    assert_eq!(setting("customer_group_support")["origin"], "otobo");
    // What somebody set for themselves, and what is not deployed, does not count.
    assert_ne!(setting("always_groups")["origin"], "otobo");
    assert_ne!(setting("company_always_groups")["origin"], "otobo");

    let broken = row("System::Customer::Permission", "NULL", "--- *x\n", 0);
    sql(data.path(), name, &[&broken]);
    let said = run(data.path(), &["check"]);
    assert_eq!(said.exit, 1, "{said:?}");
    let place = "sysconfig_modified, System::Customer::Permission";
    assert!(said.out.contains(place), "{said:?}");
}

#[test]
fn a_person_is_moved_at_the_terminal() {
    let data = tempdir().unwrap();
    sql(
        data.path(),
        "staff.db",
        &[
            "CREATE TABLE staff (account VARCHAR(100) PRIMARY KEY, family VARCHAR(100), mail VARCHAR(100), firm VARCHAR(100))",
        ],
    );
    let file = data.path().join("staff.db");
    let config = format!(
        r#"
[CustomerUser]
[CustomerUser1]
Name = "Staff"
Module = "DB"
CustomerKey = "account"
CustomerID = "firm"
CustomerUserListFields = ["family", "mail"]
CustomerUserSearchFields = ["account", "family"]
CustomerUserNameFields = ["family"]
CustomerUserPostMasterSearchFields = ["mail"]
Params = {{ DSN = "DBI:SQLite:dbname={}", Table = "staff", ForeignDB = true }}
Map = [
    ["UserLogin", "Username", "account", 1, 1, "var"],
    ["UserLastname", "Lastname", "family", 1, 1, "var"],
    ["UserEmail", "Email", "mail", 1, 1, "var"],
    ["UserCustomerID", "CustomerID", "firm", 0, 1, "var"],
]
"#,
        file.display()
    );
    std::fs::write(data.path().join("kartoteka.toml"), config).unwrap();
    done(data.path(), &["customer", "add", "acme", "--name", "ACME"]);
    let add = [
        "customer-user",
        "add",
        "anna",
        "--first-name",
        "Anna",
        "--last-name",
        "Nowak",
        "--email",
        "anna@acme-lab.org",
        "--customer",
        "acme",
    ];
    done(data.path(), &add);
    let to = [
        "customer-user",
        "move",
        "anna",
        "--to",
        "CustomerUser1",
        "--json",
    ];
    let dry: Vec<&str> = to.iter().copied().chain(["--dry-run"]).collect();
    let plan = done(data.path(), &dry).json();
    assert_eq!(plan["effects"][0]["effect"], "moves", "{plan}");
    let moved = done(data.path(), &to).json();
    assert_eq!(moved["record"]["Source"], "CustomerUser1", "{moved}");
    let again = run(data.path(), &to);
    assert_ne!(again.exit, 0, "{again:?}");
    let words = run(
        data.path(),
        &["customer-user", "move", "anna", "--to", "CustomerUser1"],
    );
    assert!(words.err.contains("already"), "{words:?}");
    // Back into a table that needs more than the other had.
    let back = [
        "customer-user",
        "move",
        "anna",
        "--to",
        "CustomerUser",
        "--set",
        "UserFirstname=Anna",
        "--json",
    ];
    let back = done(data.path(), &back).json();
    assert_eq!(back["record"]["Source"], "CustomerUser", "{back}");
}
