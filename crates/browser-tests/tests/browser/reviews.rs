//! An access review in a browser, in Polish: begun, decided by keyboard, signed off, exported; and what holds on its
//! pages.

use std::path::PathBuf;

use kartoteka_store::Db;
use serde_json::Value;

use crate::checks::inspect;
use crate::program::Program;
use crate::tab::{DOWN, ENTER, TAB, Tab, visit};
use crate::walk::{add_customer, add_person, set_up};

/// WebDriver's characters for keys.

#[tokio::test]
async fn an_access_review() {
    visit("access_review", true, |tab| review(tab, true)).await;
}

#[tokio::test]
async fn an_access_review_without_scripts() {
    visit("access_review_without_scripts", false, |tab| {
        review(tab, false)
    })
    .await;
}

async fn review(tab: Tab, scripts: bool) {
    let mut program = Program::serve().await;
    let code = program.said("set-up code: ").await;
    set_up(&tab, &program.url, code.trim()).await;
    add_customer(&tab, &program.url).await;
    add_person(&tab, &program.url, scripts).await;
    let program = program.again(give).await;
    let url = program.url.clone();
    let mut complaints = vec![];
    tab.go(&format!("{url}/")).await;
    tab.click("header nav a[href$='/reviews']").await;
    tab.shows("h1", "Przeglądy dostępu").await;
    tab.shows(".empty", "Nie ma jeszcze przeglądów").await;
    complaints.extend(right(&tab, "reviews, none", scripts).await);
    tab.click(".empty a.primary").await;
    tab.keys("#search", &format!("acme{ENTER}")).await;
    tab.shows("main", "Zakłady Acme").await;
    complaints.extend(right(&tab, "reviews, choosing", scripts).await);
    tab.go(&format!("{url}/reviews/new")).await;
    tab.click("a[href$='/reviews/new?group=stats']").await;
    tab.shows("main", "Do przejrzenia są 2 pozycje").await;
    tab.keys("#note", "drugie półrocze").await;
    complaints.extend(right(&tab, "reviews, beginning", scripts).await);
    tab.click("form.form button.primary").await;
    tab.shows("#messages", "Przegląd się zaczął: 2 pozycje")
        .await;
    tab.shows("main", "obejmuje 1 osobę").await;
    complaints.extend(right(&tab, "review", scripts).await);
    decide(&tab).await;
    tab.go(&format!("{url}/reviews/1?show=all")).await;
    complaints.extend(right(&tab, "review, decided", scripts).await);
    tab.click("a[href$='/reviews/1/cancel']").await;
    tab.shows("h1", "Anulowanie przeglądu").await;
    complaints.extend(right(&tab, "review, cancelling", scripts).await);
    tab.go(&format!("{url}/reviews/1")).await;
    tab.click("a[href$='/reviews/1/sign-off']").await;
    tab.shows("main", "Zatwierdź i odbierz 1").await;
    complaints.extend(right(&tab, "review, signing", scripts).await);
    tab.keys("textarea[name=note]", "zgodnie z listą").await;
    tab.click("form.form button.primary").await;
    tab.shows("#messages", "Odebrano 1 pozycję").await;
    tab.shows("h1", "zatwierdzony").await;
    tab.shows("main", "zgodnie z listą").await;
    complaints.extend(right(&tab, "review, signed", scripts).await);
    exported(&tab, &url).await;
    tab.go(&format!("{url}/reviews")).await;
    tab.shows("tbody", "Grupa stats").await;
    complaints.extend(right(&tab, "reviews", scripts).await);
    tab.go(&format!("{url}/customers/acme")).await;
    tab.shows("main", "Rozpocznij przegląd dostępu").await;
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// The group *stats* for the customer and for the person.
async fn give(data: PathBuf) {
    let address = format!("sqlite://{}", data.join("kartoteka.db").display());
    let db = Db::open(&address).await.unwrap();
    let audit = "'2030-01-01 00:00:00', 1, '2030-01-01 00:00:00', 1";
    for statement in [
        format!(
            "INSERT INTO group_customer (customer_id, group_id, permission_key, permission_value, permission_context, \
             create_time, create_by, change_time, change_by) VALUES ('acme', 3, 'ro', 1, \
             'Ticket::CustomerID::Same', {audit})"
        ),
        format!(
            "INSERT INTO group_customer_user (user_id, group_id, permission_key, permission_value, create_time, \
             create_by, change_time, change_by) VALUES ('ewa', 3, 'ro', 1, {audit})"
        ),
    ] {
        db.execute(&statement, &[]).await.unwrap();
    }
    db.close().await;
}

/// With the arrow keys and the tabulator alone: the first is revoked with a comment, the second confirmed.
async fn decide(tab: &Tab) {
    let first = "input[name=d1][value=undecided]";
    tab.keys(first, DOWN).await;
    tab.keys("input[name=d1][value=confirm]", &format!("{DOWN}{TAB}"))
        .await;
    assert_eq!(
        tab.run("return document.activeElement.name").await,
        Value::from("c1"),
        "the comment comes after the decision"
    );
    tab.keys("input[name=c1]", "umowa się skończyła").await;
    tab.keys("input[name=d2][value=undecided]", DOWN).await;
    tab.keys("button[value=save]", ENTER).await;
    tab.shows("#messages", "Zapisano 2 decyzje").await;
    tab.shows("#progress", "Zdecydowano 2 z 2").await;
}

/// What the links for files answer.
async fn exported(tab: &Tab, url: &str) {
    if !tab.scripts {
        return;
    }
    for (format, words) in [
        ("csv", "umowa się skończyła"),
        ("json", "\"outcome\":\"revoked\""),
    ] {
        let address = format!("{url}/reviews/1/export?format={format}");
        let script = format!("return fetch('{address}').then((answer) => answer.text())");
        let text = tab.run(&script).await;
        let text = text.as_str().unwrap_or_default().to_owned();
        assert!(text.contains(words), "{text}");
    }
}

/// Looks at the page as it is; axe is a script itself, so without scripts there is nobody to ask.
async fn right(tab: &Tab, page: &str, scripts: bool) -> Vec<String> {
    match scripts {
        true => inspect(tab, page).await,
        false => vec![],
    }
}
