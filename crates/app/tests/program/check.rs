//! `kartoteka check`, and that `serve` refuses what it finds.

use tempfile::tempdir;

use crate::run::{Server, done, run};

#[test]
fn mistakes_are_explained_with_their_place() {
    let data = tempdir().unwrap();
    let file = data.path().join("kartoteka.toml");
    std::fs::write(
        &file,
        "[server]\nlisten = \"nowhere\"\nbase_pth = \"/desk\"\n",
    )
    .unwrap();
    let said = run(data.path(), &["check"]);
    assert_eq!(said.exit, 1);
    assert!(said.out.contains("kartoteka.toml:2:"), "{said:?}");
    assert!(said.out.contains("base_path"), "{said:?}");
    let refused = run(data.path(), &["serve"]);
    assert_eq!((refused.exit, refused.out.as_str()), (1, ""));
    assert!(refused.err.contains("kartoteka.toml:3:"), "{refused:?}");

    let said = run(data.path(), &["check", "--json"]);
    assert_eq!(said.exit, 1);
    let said = said.json();
    assert_eq!(said["mistakes"].as_array().unwrap().len(), 2, "{said}");
    assert_eq!(said["mistakes"][1]["severity"], "error");
    assert_eq!(said["mistakes"][1]["place"], "kartoteka.toml:3:1");
    assert_eq!(said["mistakes"][1]["mistake"], "settings-unknown-key");
    assert_eq!(said["mistakes"][1]["write_instead"], "base_path");
}

#[test]
fn a_mistake_in_an_option_is_not_blamed_on_a_variable() {
    let data = tempdir().unwrap();
    let said = run(data.path(), &["check", "--database", "foo://x"]);
    assert_eq!(said.exit, 1);
    assert!(said.out.starts_with("--database: error"), "{said:?}");
    assert!(said.out.contains("--database postgres://"), "{said:?}");
    assert!(!said.out.contains("KARTOTEKA_"), "{said:?}");
}

#[test]
fn columns_that_are_not_there_are_named_with_the_nearest() {
    let data = tempdir().unwrap();
    assert!(
        done(data.path(), &["check"])
            .out
            .contains("customer_user is not there yet")
    );
    let check = done(data.path(), &["check", "--json"]).json();
    assert!(
        check["tables_to_create"]
            .as_array()
            .unwrap()
            .contains(&"customer_user".into()),
        "{check}"
    );
    let dry = done(data.path(), &["migrate", "--dry-run", "--json"]).json();
    assert!(
        dry["steps"][0]["statements"][0]
            .as_str()
            .unwrap()
            .contains("CREATE TABLE"),
        "{dry}"
    );
    let steps = done(data.path(), &["migrate", "--json"]).json();
    // The first rows hold the time at which they were made.
    let names = |document: &serde_json::Value| -> Vec<String> {
        let steps = document["steps"].as_array().unwrap().iter();
        steps.map(|step| step["name"].to_string()).collect()
    };
    assert_eq!(names(&steps), names(&dry));
    let none = done(data.path(), &["migrate", "--json"]).json();
    assert_eq!(none["steps"], serde_json::json!([]));
    assert!(
        done(data.path(), &["check"])
            .out
            .contains("the settings are fine")
    );
    let settings = "[CustomerUser]\nMapAdd = [[\"UserTown\", \"Town\", \"citi\"]]\n";
    std::fs::write(data.path().join("kartoteka.toml"), settings).unwrap();
    let said = run(data.path(), &["check"]);
    assert_eq!(said.exit, 1, "{said:?}");
    assert!(
        said.out.contains(
            "kartoteka.toml:2:32: error: the table `customer_user` has no column `citi`\n  write instead: \"city\""
        ),
        "{said:?}"
    );
    assert_eq!(
        run(data.path(), &["serve", "--listen", "127.0.0.1:0"]).exit,
        1
    );
}

/// A table without anything but people, as other programs have them.
#[test]
fn people_can_be_added_to_a_source_without_validity() {
    let data = tempdir().unwrap();
    let file = data.path().join("branch.db");
    let address = format!("sqlite://{}", file.display());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        std::fs::write(&file, "").unwrap();
        let db = kartoteka_store::Db::open_foreign(&address).await.unwrap();
        let sql = "CREATE TABLE branch (uname VARCHAR(100) PRIMARY KEY, lname VARCHAR(100), mail VARCHAR(100), \
                   cid VARCHAR(100))";
        db.execute(sql, &[]).await.unwrap();
        db.close().await;
    });
    let settings = format!(
        r#"[CustomerUser1]
Name = "Filia"
CustomerKey = "uname"
CustomerID = "cid"
CustomerValid = ""
CustomerCompanySupport = false
CustomerUserListFields = ["lname", "mail"]
CustomerUserNameFields = ["lname"]
CustomerUserSearchFields = ["uname", "lname"]
CustomerUserPostMasterSearchFields = ["mail"]
Params = {{ Table = "branch", ForeignDB = true, DSN = "{address}" }}
Map = [["UserLogin", "Login", "uname", 1, 1], ["UserLastname", "L", "lname", 1, 1], ["UserEmail", "E", "mail", 1, 1],
  ["UserCustomerID", "C", "cid", 0, 1]]
"#
    );
    std::fs::write(data.path().join("kartoteka.toml"), settings).unwrap();
    let add = [
        "customer-user",
        "add",
        "bolek",
        "--source",
        "CustomerUser1",
        "--last-name",
        "Filialny",
        "--email",
        "bolek@branch-lab.org",
        "--customer",
        "acme",
    ];
    done(data.path(), &["check"]);
    done(data.path(), &add);
    // Another program's file is written to, and stays as it was made.
    let journal = |file: &std::path::Path| std::fs::read(file).unwrap()[18..20].to_vec();
    assert_eq!(journal(&file), [1, 1], "not in WAL mode");
    let shown = done(data.path(), &["customer-user", "show", "bolek", "--json"]).json();
    assert_eq!(shown["UserLastname"], "Filialny");
    assert_eq!(shown["UserCustomerID"], "acme");
}

#[test]
fn tables_that_cannot_hold_every_character_are_warned_of() {
    let data = tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let fresh = kartoteka_testbed::fresh_database(kartoteka_testbed::Engine::Mariadb);
    let address = runtime.block_on(fresh).unwrap();
    let check = ["check", "--database", &address];
    done(data.path(), &["migrate", "--database", &address]);
    let said = done(data.path(), &check);
    assert!(!said.out.contains("warning"), "{said:?}");
    runtime.block_on(async {
        let db = kartoteka_store::Db::open_foreign(&address).await.unwrap();
        for (table, charset) in [("customer_user", "latin1"), ("service", "utf8mb3")] {
            let sql = format!("ALTER TABLE {table} CONVERT TO CHARACTER SET {charset}");
            db.execute(&sql, &[]).await.unwrap();
        }
        db.close().await;
    });
    let said = done(data.path(), &check);
    let warned = "[CustomerUser]: warning: text is kept as latin1 in `customer_user`, which";
    assert!(said.out.contains(warned), "{said:?}");
    assert!(said.out.contains("utf8mb3 in `service`"), "{said:?}");
    assert!(said.out.contains("the settings are fine"), "{said:?}");
    // It keeps nobody from starting.
    Server::start(data.path(), &["serve", "--database", &address]);
}

#[test]
fn rows_that_are_odd_are_counted_by_a_check_and_keep_nobody_from_starting() {
    let data = tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let fresh = kartoteka_testbed::fresh_database(kartoteka_testbed::Engine::Postgres);
    let address = runtime.block_on(fresh).unwrap();
    done(data.path(), &["migrate", "--database", &address]);
    runtime.block_on(async {
        let db = kartoteka_store::Db::open_foreign(&address).await.unwrap();
        for login in ["anna", "Anna", ""] {
            let sql = "INSERT INTO customer_user (login, email, customer_id, first_name, last_name, valid_id, \
                       create_time, create_by, change_time, change_by) \
                       VALUES (?, 'a@acme-lab.org', 'ACME', 'Anna', 'Nowak', 1, now(), 1, now(), 1)";
            db.execute(sql, &kartoteka_store::args![login]).await.unwrap();
        }
        db.close().await;
    });
    let said = done(data.path(), &["check", "--database", &address]);
    for warned in [
        "warning: 1 keys of the table `customer_user` stand in several rows",
        "warning: 1 rows of the table `customer_user` have no `login`",
        "the settings are fine",
    ] {
        assert!(said.out.contains(warned), "{said:?}");
    }
    Server::start(data.path(), &["serve", "--database", &address]);
}

#[test]
fn a_file_of_people_is_looked_at() {
    let data = tempdir().unwrap();
    let settings = "[CustomerUser1]\nModule = \"CSV\"\nParams = { File = \"people.csv\" }\n\
        CustomerUserListFields = [\"E-Mail\"]\nCustomerUserNameFields = [\"Login\"]\n\
        CustomerUserSearchFields = [\"Login\"]\n\
        Map = [[\"UserLogin\", \"Login\", \"Login\", 1, 1], [\"UserEmail\", \"Mail\", \"E-Mail\", 1, 1],\n\
        [\"UserCustomerID\", \"ID\", \"Firma\", 0, 1]]\n";
    let file = data.path().join("people.csv");
    std::fs::write(data.path().join("kartoteka.toml"), settings).unwrap();
    let told = |text: Option<&str>, exit: i32, expected: &str| {
        if let Some(text) = text {
            std::fs::write(&file, text).unwrap();
        }
        let said = run(data.path(), &["check"]);
        assert_eq!(said.exit, exit, "{said:?}");
        assert!(said.out.contains(expected), "{said:?}");
    };
    told(None, 5, "people.csv: No such file");
    told(
        Some("Login;Mail;Firma\nanna;a;b\n"),
        1,
        "has no column `E-Mail`",
    );
    told(Some("Login;Email;Firma\n"), 1, "write instead: \"Email\"");
    told(
        Some("Login;E-Mail;Firma\nanna;a\n"),
        5,
        "people.csv: line 2 has 2 cells",
    );
    let rows = "Login;E-Mail;Firma\nanna;a;b\n;nobody;b\nANNA;again;b\n";
    told(Some(rows), 0, "1 rows of `");
    told(Some(rows), 0, "1 rows of the table `");
    told(
        Some("Login;E-Mail;Firma\nanna;a;b\n"),
        0,
        "the settings are fine",
    );

    // Its people are like any others.
    done(data.path(), &["migrate"]);
    let found = done(data.path(), &["customer-user", "show", "anna", "--json"]).json();
    assert_eq!(found["UserEmail"], "a", "{found}");
}
