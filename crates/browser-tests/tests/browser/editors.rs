//! Two who edit the same person at the same time.

use crate::checks::inspect;
use crate::program::Program;
use crate::tab::{Tab, visit};
use crate::walk::{add_customer, add_person, set_up};

/// Sends the form of the page as it came, with another first name, as if from another window.
const SAVED_ELSEWHERE: &str = r#"
const form = document.querySelector("main form[method=post]");
const fields = new URLSearchParams(new FormData(form));
fields.set("UserFirstname", "Ewelina");
fields.set("_do", "save");
return fetch(form.action, { method: "POST", body: fields, redirect: "manual" }).then((answer) => answer.type);
"#;

#[tokio::test]
async fn who_saves_second_is_asked() {
    visit("two_editors", true, two_editors).await;
}

async fn two_editors(tab: Tab) {
    let mut program = Program::serve().await;
    let code = program.said("set-up code: ").await;
    let url = program.url.clone();
    set_up(&tab, &url, code.trim()).await;
    add_customer(&tab, &url).await;
    add_person(&tab, &url, true).await;
    tab.go(&format!("{url}/customer-users/ewa/edit")).await;
    assert_eq!(tab.run(SAVED_ELSEWHERE).await, "opaqueredirect");
    tab.fill("#field-UserFirstname", "Eva").await;
    tab.fill("#field-UserLastname", "Wiśniewska-Żak").await;
    tab.click("button[value=save]").await;
    tab.shows("h1", "Ktoś inny zapisał zmiany").await;
    tab.shows("main", "Nic nie zostało nadpisane").await;
    tab.shows("main", "Eva").await;
    tab.shows("main", "Ewelina").await;
    let complaints = inspect(&tab, "conflict").await;
    assert!(complaints.is_empty(), "{complaints:?}");
    // The other's first name and the own surname.
    tab.click("input[name=UserFirstname][value=Ewelina]").await;
    tab.click("button[value=save]").await;
    tab.shows("#messages", "Zapisano").await;
    tab.go(&format!("{url}/customer-users/ewa")).await;
    tab.shows("h1", "Ewelina Wiśniewska-Żak").await;
}
