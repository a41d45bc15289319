//! An admin adds a field to the people: a column, a line in the file, and it is everywhere.

use std::path::PathBuf;

use kartoteka_store::Db;

use crate::checks::inspect;
use crate::program::Program;
use crate::tab::{ENTER, Tab, visit};
use crate::walk::{add_customer, add_person, set_up};

const FILE: &str = r#"
[CustomerUser]
MapAdd = [["UserRoom", "Pokój", "room", 1, 0, "var", "", 0]]
CustomerUserSearchFields = ["login", "first_name", "last_name", "room"]
"#;

#[tokio::test]
async fn a_field_of_the_map_is_everywhere() {
    visit("room", true, room).await;
}

async fn room(tab: Tab) {
    let mut program = Program::serve().await;
    let code = program.said("set-up code: ").await;
    set_up(&tab, &program.url, code.trim()).await;
    add_customer(&tab, &program.url).await;
    add_person(&tab, &program.url, true).await;
    let program = program.again(add_column).await;
    let url = program.url.clone();
    // The form: with its label, not required, and with the length of its column.
    tab.go(&format!("{url}/customer-users/ewa/edit")).await;
    tab.shows("label[for=field-UserRoom]", "Pokój").await;
    assert!(!tab.text("label[for=field-UserRoom]").await.contains('*'));
    let length = tab.run("return document.querySelector('#field-UserRoom').maxLength");
    assert_eq!(length.await, 20);
    tab.fill("#field-UserRoom", "B-214").await;
    let mut complaints = inspect(&tab, "form with a room").await;
    tab.click("button[value=save]").await;
    tab.shows("#messages", "Zapisano").await;
    // The detail view, with the change in the history.
    tab.go(&format!("{url}/customer-users/ewa")).await;
    tab.shows("dl.details", "Pokój").await;
    tab.shows("dl.details", "B-214").await;
    tab.shows(".timeline .diff", "Pokój").await;
    tab.shows(".timeline .diff", "B-214").await;
    complaints.extend(inspect(&tab, "detail with a room").await);
    // The search, and the detail search.
    tab.go(&format!("{url}/customer-users?search=nikogo")).await;
    tab.fill("#global-search", &format!("b-21{ENTER}")).await;
    tab.shows("tbody th a", "Wiśniewska").await;
    tab.go(&format!("{url}/customer-users/search")).await;
    tab.shows("label[for=by-UserRoom]", "Pokój").await;
    tab.fill("#by-UserRoom", &format!("*214{ENTER}")).await;
    tab.shows("tbody th a", "Wiśniewska").await;
    assert!(tab.url().await.contains("UserRoom=*214"));
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// What an admin does beside Kartoteka.
async fn add_column(data: PathBuf) {
    std::fs::write(data.join("kartoteka.toml"), FILE).unwrap();
    let file = data.join("kartoteka.db");
    let database = Db::open(&format!("sqlite://{}", file.display())).await;
    let database = database.unwrap();
    let statement = "ALTER TABLE customer_user ADD COLUMN room VARCHAR(20)";
    database.execute(statement, &[]).await.unwrap();
    database.close().await;
}
