//! Pages that come only at a moment: at the door, after a form, with a secret that is shown once, and refusals.

use std::path::PathBuf;

use crate::checks::{inspect, look};
use crate::program::Program;
use crate::tab::{Tab, visit};
use crate::walk::{PASSWORD, add_customer, add_person, set_up};

/// Passwords age, and there is a second source, which does not answer.
const AGING: &str = r#"
[passwords]
max_valid_days = 30

[CustomerUser1]
Name = "Filia"

[CustomerUser1.Params]
DSN = "postgres://nobody@127.0.0.1:1/none"
"#;

const READ_ONLY: &str = r#"
[CustomerUser]
ReadOnly = true

[CustomerCompany]
ReadOnly = true
"#;

/// Sends the agent's form of the page as it came, with another first name, as if from another window.
const SAVED_ELSEWHERE: &str = r#"
const form = document.querySelector("form[action$='/edit']");
const fields = new URLSearchParams(new FormData(form));
fields.set("UserFirstname", "Rosa");
return fetch(form.action, { method: "POST", body: fields, redirect: "manual" }).then((answer) => answer.type);
"#;

/// Guesses at an agent who never came from here, until that is refused.
const GUESSES: &str = r#"
const body = new URLSearchParams({ login: "gosia", password: "nie to" });
const guess = () => fetch("/login", { method: "POST", body, redirect: "manual" });
return (async () => {
  let answer;
  for (let number = 0; number < 6; number += 1) answer = await guess();
  return answer.status;
})();
"#;

#[tokio::test]
async fn pages_of_a_moment_have_names_and_fit() {
    visit("moments", true, moments).await;
}

async fn moments(tab: Tab) {
    let mut program = Program::serve().await;
    let code = program.said("set-up code: ").await;
    let url = program.url.clone();
    set_up(&tab, &url, code.trim()).await;
    add_customer(&tab, &url).await;
    add_person(&tab, &url, true).await;
    let mut complaints = secrets(&tab, &url).await;
    complaints.extend(conflict(&tab, &url).await);
    complaints.extend(waiting(&tab, &url).await);
    complaints.extend(look(&tab, &format!("{url}/logout"), 405).await);
    complaints.extend(door(&tab, &url).await);

    let program = program.again(|data| write(data, AGING)).await;
    let url = program.url.clone();
    complaints.extend(due(&tab, &url).await);
    // A reader may not see the agents; a person is nowhere while one source does not answer.
    complaints.extend(look(&tab, &format!("{url}/agents"), 403).await);
    complaints.extend(look(&tab, &format!("{url}/customer-users/nikt"), 503).await);
    leave(&tab).await;
    enter(&tab, &url, "jola", PASSWORD).await;
    tab.shows(".top-menu", "jola").await;
    tab.go(&format!("{url}/customer-users/new")).await;
    tab.shows("label[for=source]", "źródł").await;
    complaints.extend(inspect(&tab, "choice of a source").await);

    let program = program.again(|data| write(data, READ_ONLY)).await;
    let url = program.url.clone();
    complaints.extend(look(&tab, &format!("{url}/customer-users/new"), 403).await);
    for page in [
        "customer-users/ewa",
        "customer-users/ewa/edit",
        "customer-users/ewa/password",
        "customers/acme",
        "customers/acme/edit",
    ] {
        tab.go(&format!("{url}/{page}")).await;
        tab.shows("main", "tylko do odczytu").await;
        complaints.extend(look(&tab, &format!("{url}/{page}?read-only"), 200).await);
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

async fn write(data: PathBuf, settings: &'static str) {
    std::fs::write(data.join("kartoteka.toml"), settings).unwrap();
}

/// A new password of a person, that of a new agent, and a token.
async fn secrets(tab: &Tab, url: &str) -> Vec<String> {
    tab.go(&format!("{url}/customer-users/ewa/password")).await;
    tab.click("main form button.primary").await;
    tab.shows("h1", "Nowe hasło").await;
    let mut complaints = inspect(tab, "password shown once").await;
    tab.go(&format!("{url}/agents/new")).await;
    agent(tab, "gosia").await;
    tab.shows("#secret", "").await;
    complaints.extend(inspect(tab, "password of an agent").await);
    tab.go(&format!("{url}/tokens")).await;
    tab.keys("#name", "import").await;
    tab.click("form[data-validate] button.primary").await;
    tab.shows("#made", "import").await;
    complaints.extend(inspect(tab, "token shown once").await);
    complaints
}

/// Fills in the form of a new agent, without a password, and saves it.
async fn agent(tab: &Tab, login: &str) {
    tab.keys("#UserFirstname", "Rita").await;
    tab.keys("#UserLastname", "Nowak").await;
    tab.keys("#UserLogin", login).await;
    tab.click("button[value=stay]").await;
}

/// An agent with a password of somebody else's choice, saved by two.
async fn conflict(tab: &Tab, url: &str) -> Vec<String> {
    tab.go(&format!("{url}/agents/new")).await;
    tab.keys("#UserPassword", PASSWORD).await;
    tab.click("#Role option[value=reader]").await;
    agent(tab, "rita").await;
    tab.shows("#messages", "rita").await;
    tab.go(&format!("{url}/agents/rita/edit")).await;
    assert_eq!(tab.run(SAVED_ELSEWHERE).await, "opaqueredirect");
    tab.fill("#UserFirstname", "Róża").await;
    tab.click("button[value=stay]").await;
    tab.shows("[role=alert]", "").await;
    tab.shows("main", "Rosa").await;
    inspect(tab, "conflict of an agent").await
}

/// Who has to wait after too many wrong passwords, as an admin sees it, and what the door says to them.
async fn waiting(tab: &Tab, url: &str) -> Vec<String> {
    tab.go(&format!("{url}/agents")).await;
    assert_eq!(tab.run(GUESSES).await, 429);
    let mut complaints = vec![];
    for page in ["agents", "agents/gosia/edit"] {
        let page = format!("{url}/{page}?waiting");
        complaints.extend(look(tab, &page, 200).await);
        tab.shows("#locks", "Logowania wstrzymane").await;
    }
    tab.click("section[aria-labelledby=locks] button").await;
    tab.shows("#messages", "gosia").await;
    // Nobody has to wait any more.
    assert_eq!(
        tab.run("return document.querySelectorAll('#locks').length;")
            .await,
        0
    );
    assert_eq!(tab.run(GUESSES).await, 429);
    complaints.extend(look(tab, &format!("{url}/journal?kind=log-in"), 200).await);
    complaints
}

/// The log-in page, and what it says of a wrong password.
async fn door(tab: &Tab, url: &str) -> Vec<String> {
    tab.go(&format!("{url}/account")).await;
    leave(tab).await;
    let mut complaints = look(tab, &format!("{url}/login"), 200).await;
    tab.go(&format!("{url}/login")).await;
    tab.keys("#login", "jola").await;
    tab.keys("#password", "nie to").await;
    tab.click("form.card button").await;
    tab.shows("#login-error", "").await;
    complaints.extend(inspect(tab, "log-in refused").await);
    tab.go(&format!("{url}/login")).await;
    tab.keys("#login", "gosia").await;
    tab.keys("#password", "nie to").await;
    tab.click("form.card button").await;
    tab.shows("main", "Zbyt wiele prób").await;
    complaints.extend(inspect(tab, "log-in that has to wait").await);
    complaints
}

/// The page that wants a new password, with and without mistakes; then it gets one.
async fn due(tab: &Tab, url: &str) -> Vec<String> {
    enter(tab, url, "rita", PASSWORD).await;
    tab.shows("h1", "Nowe hasło").await;
    let mut complaints = look(tab, &format!("{url}/renew-password"), 200).await;
    let new = "dwa niebieskie wozy 8";
    for (old, new, mistake) in [
        ("nie to", new, "#old-error0"),
        (PASSWORD, "a", "#new-error0"),
    ] {
        tab.keys("#old", old).await;
        tab.keys("#new", new).await;
        tab.click("form.card button.primary").await;
        tab.shows(mistake, "").await;
        complaints.extend(inspect(tab, &format!("renewal with {mistake}")).await);
    }
    tab.keys("#old", PASSWORD).await;
    tab.keys("#new", new).await;
    tab.click("form.card button.primary").await;
    tab.shows("#messages", "hasło").await;
    complaints
}

async fn leave(tab: &Tab) {
    tab.click(".top-menu > details:last-of-type > summary")
        .await;
    tab.click("form[action$='/logout'] button").await;
    tab.shows("h1", "Logowanie").await;
}

async fn enter(tab: &Tab, url: &str, login: &str, password: &str) {
    tab.go(&format!("{url}/login")).await;
    tab.keys("#login", login).await;
    tab.keys("#password", password).await;
    tab.click("form.card button").await;
}
