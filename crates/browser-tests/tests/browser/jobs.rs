//! Many people changed at once in a browser, in Polish: selected, previewed, done, looked at, and changed back.

use crate::checks::inspect;
use crate::program::Program;
use crate::tab::{Tab, visit};
use crate::walk::{add_customer, add_person, set_up};

#[tokio::test]
async fn many_people_at_once() {
    visit("many_people_at_once", true, |tab| walk(tab, true)).await;
}

#[tokio::test]
async fn many_people_at_once_without_scripts() {
    visit("many_people_at_once_without_scripts", false, |tab| {
        walk(tab, false)
    })
    .await;
}

async fn walk(tab: Tab, scripts: bool) {
    let mut program = Program::serve().await;
    let code = program.said("set-up code: ").await;
    let url = program.url.clone();
    set_up(&tab, &url, code.trim()).await;
    add_customer(&tab, &url).await;
    add_person(&tab, &url, scripts).await;
    let mut complaints = vec![];
    tab.go(&format!("{url}/jobs")).await;
    tab.shows(".empty h2", "Nie ma jeszcze operacji zbiorczych")
        .await;
    complaints.extend(wrong(&tab, "no jobs yet", scripts).await);
    tab.click(".empty a.primary").await;
    tab.shows("h1", "Użytkownicy klientów").await;
    complaints.extend(wrong(&tab, "selecting", scripts).await);
    if scripts {
        tab.click("input[data-select-all]").await;
    } else {
        tab.click("tbody input[name=login]").await;
    }
    tab.click("#select-people button:not([formaction], [type])")
        .await;
    tab.shows("main", "Dla jednej osoby:").await;
    // Without anything to give or take the form comes back.
    tab.click("button[value=preview]").await;
    tab.shows("main [role=alert]", "Wybierz co najmniej").await;
    complaints.extend(wrong(&tab, "nothing chosen", scripts).await);
    tab.click("select[name='group.0'] option[value=stats]")
        .await;
    tab.click("select[name='group.0.permission'] option[value=rw]")
        .await;
    tab.click("button[value=preview]").await;
    tab.shows("#job-preview", "Co się zmieni").await;
    tab.shows(".counts", "1 osoba zostanie zmieniona").await;
    complaints.extend(wrong(&tab, "preview", scripts).await);
    tab.click("button.primary").await;
    tab.shows("#job-result", "Wynik").await;
    tab.shows("main", "zmieniono jedną osobę").await;
    tab.shows("tbody", "ewa").await;
    complaints.extend(wrong(&tab, "result", scripts).await);
    tab.go(&format!("{url}/customer-users/ewa")).await;
    tab.shows(".timeline", "stats").await;
    tab.go(&format!("{url}/jobs/1")).await;
    tab.click("form[action$='/undo'] button").await;
    tab.shows("main", "Cofa zadanie 1").await;
    tab.click("button.primary").await;
    tab.shows("#job-result", "Wynik").await;
    tab.shows("main", "zmieniono jedną osobę").await;
    complaints.extend(template(&tab, &url, scripts).await);
    tab.go(&format!("{url}/jobs")).await;
    tab.shows("tbody", "Zadanie 2").await;
    complaints.extend(wrong(&tab, "jobs", scripts).await);
    tab.go(&format!("{url}/jobs/1")).await;
    tab.shows("main", "Cofnięte zadaniem 2").await;
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// What new people get is saved under a name, and fills the form for one person.
async fn template(tab: &Tab, url: &str, scripts: bool) -> Vec<String> {
    let mut complaints = vec![];
    tab.go(&format!("{url}/jobs/templates")).await;
    tab.shows(".empty h2", "Nie ma jeszcze szablonów").await;
    complaints.extend(wrong(tab, "no templates yet", scripts).await);
    tab.click(".empty a.primary").await;
    tab.keys("#name", "Nowa osoba").await;
    tab.click("select[name='group.0'] option[value=stats]")
        .await;
    complaints.extend(wrong(tab, "new template", scripts).await);
    tab.click("button[value=save]").await;
    tab.shows("#messages", "Zapisano szablon: Nowa osoba").await;
    complaints.extend(wrong(tab, "templates", scripts).await);
    tab.go(&format!("{url}/customer-users/ewa")).await;
    tab.click(".tie-links a[href*='/jobs/new']").await;
    tab.click("select[name=template] option[value='1']").await;
    complaints.extend(wrong(tab, "choosing a template", scripts).await);
    tab.click("button[value=template]").await;
    tab.shows("select[name='group.1']", "stats").await;
    tab.click(".save-bar button[value=preview]").await;
    tab.shows(".counts", "1 osoba zostanie zmieniona").await;
    complaints
}

/// What is wrong with the page as it is; axe is a script itself, so without scripts there is nobody to ask.
async fn wrong(tab: &Tab, page: &str, scripts: bool) -> Vec<String> {
    match scripts {
        true => inspect(tab, page).await,
        false => vec![],
    }
}
