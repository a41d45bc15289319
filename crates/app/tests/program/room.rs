//! A column that an admin adds to the table and one line in the settings: a field at every door, on every engine.

use std::path::Path;

use kartoteka_store::Db;
use kartoteka_testbed::{Engine, fresh_database};
use serde_json::json;
use tempfile::tempdir;

use crate::run::{Server, done, run};

const FILE: &str = r#"
[CustomerUser]
MapAdd = [["UserRoom", "Pokój", "room", 1, 0, "var", "", 0]]
CustomerUserSearchFields = ["login", "first_name", "last_name", "room"]
"#;

fn database(engine: Engine) -> String {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(fresh_database(engine)).unwrap()
}

/// What an admin does with the tools of the database.
fn add_column(address: &str) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let db = Db::open(address).await.unwrap();
        let sql = "ALTER TABLE customer_user ADD COLUMN room VARCHAR(20)";
        db.execute(sql, &[]).await.unwrap();
        db.close().await;
    });
}

/// Options before, and the database after.
fn on<'a>(address: &'a str, arguments: &[&'a str]) -> Vec<&'a str> {
    let place = ["--config", "kartoteka.toml", "--database", address];
    [arguments, &place].concat()
}

fn add(data: &Path, address: &str) {
    let customer = ["customer", "add", "acme", "--name", "Acme"];
    done(data, &on(address, &customer));
    let name = ["--first-name", "Anna", "--last-name", "Żak"];
    let rest = ["--email", "anna@acme-lab.org", "--customer", "acme"];
    let person = [&["customer-user", "add", "anna"][..], &name, &rest].concat();
    done(data, &on(address, &person));
}

#[test]
fn a_field_of_the_map_is_at_the_terminal_and_in_rest() {
    for engine in Engine::ALL {
        let data = tempdir().unwrap();
        let data = data.path();
        let address = database(engine);
        let file = data.join("kartoteka.toml");
        std::fs::write(&file, "").unwrap();
        add(data, &address);

        // The map names a column that is not there.
        std::fs::write(&file, FILE).unwrap();
        let checked = run(data, &on(&address, &["check"]));
        assert_eq!(checked.exit, 1, "{engine}: {checked:?}");
        assert!(
            checked.out.contains("kartoteka.toml:3:"),
            "{engine}: {checked:?}"
        );
        assert!(checked.out.contains("room"), "{engine}: {checked:?}");
        let served = run(data, &on(&address, &["serve", "--listen", "127.0.0.1:0"]));
        assert_eq!((served.exit, served.out.as_str()), (1, ""), "{engine}");

        add_column(&address);
        done(data, &on(&address, &["check"]));
        let edit = ["customer-user", "edit", "anna", "--set", "UserRoom=B-214"];
        done(data, &on(&address, &edit));
        let shown = done(data, &on(&address, &["customer-user", "show", "anna"]));
        assert!(
            shown.out.contains("Pokój") && shown.out.contains("B-214"),
            "{engine}: {shown:?}"
        );
        let found = done(data, &on(&address, &["customer-user", "search", "b-21"]));
        assert!(
            found.out.contains("anna@acme-lab.org"),
            "{engine}: {found:?}"
        );
        let long = format!("UserRoom={}", "x".repeat(21));
        let edit = ["customer-user", "edit", "anna", "--set", &long];
        let refused = run(data, &on(&address, &edit));
        assert_eq!(refused.exit, 1, "{engine}: {refused:?}");
        assert!(refused.err.contains("20"), "{engine}: {refused:?}");

        let token = ["token", "add", "test", "--scope", "editor", "--json"];
        let token = done(data, &on(&address, &token)).json();
        let token = token["token"].as_str().unwrap();
        let server = Server::start(data, &on(&address, &["serve"]));
        let path = "/api/v1/customer-users?field.UserRoom=*214";
        let list = server.get(path, Some(token)).json();
        assert_eq!(list["items"][0]["UserRoom"], "B-214", "{engine}: {list}");
        let person = json!({
            "UserLogin": "ewa", "UserFirstname": "Ewa", "UserLastname": "Żak", "UserEmail": "ewa@acme-lab.org",
            "UserCustomerID": "acme", "UserRoom": "C-1",
        });
        let made = server.post("/api/v1/customer-users", token, &person);
        assert_eq!(made.json()["UserRoom"], "C-1", "{engine}: {made:?}");
    }
}
