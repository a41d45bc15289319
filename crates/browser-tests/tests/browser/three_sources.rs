//! People of three sources: the program's own table, an LDAP server, and a table of others in MariaDB. The server goes
//! away and comes back, and a person moves.

use std::time::{Duration, Instant};

use kartoteka_store::Db;
use kartoteka_testbed::ldap::{Entry, SUFFIX, Slapd};
use kartoteka_testbed::{Engine, fresh_database};

use crate::checks::inspect;
use crate::program::Program;
use crate::tab::{Tab, visit};
use crate::walk::{add_customer, add_person, set_up};

/// How long a page may take while the server is away: it waits no longer than that.
const IN_TIME: Duration = Duration::from_secs(10);

fn settings(slapd: &Slapd, table: &str) -> String {
    format!(
        r#"
[CustomerUser]
CustomerUserSearchFields = ["login", "first_name", "last_name"]

[CustomerUser1]
Name = "Katalog"
Module = "LDAP"
CustomerKey = "uid"
CustomerID = "o"
CustomerUserListFields = ["givenName", "sn", "mail"]
CustomerUserSearchFields = ["uid", "givenName", "sn"]
CustomerUserNameFields = ["givenName", "sn"]
CustomerUserPostMasterSearchFields = ["mail"]
Map = [
  ["UserFirstname", "Firstname", "givenName", 1, 1, "var"],
  ["UserLastname", "Lastname", "sn", 1, 1, "var"],
  ["UserLogin", "Username", "uid", 1, 1, "var"],
  ["UserEmail", "Email", "mail", 1, 1, "var"],
  ["UserCustomerID", "CustomerID", "o", 0, 1, "var"],
]
[CustomerUser1.Params]
Host = ["{}"]
BaseDN = "ou=people,{SUFFIX}"
AlwaysFilter = "(objectClass=inetOrgPerson)"
Params = {{ timeout = 2 }}

[CustomerUser2]
Name = "CRM"
CustomerKey = "uname"
CustomerID = "firm"
CustomerValid = ""
ReadOnly = true
CustomerUserListFields = ["lname", "mail"]
CustomerUserSearchFields = ["uname", "lname"]
CustomerUserNameFields = ["lname"]
CustomerUserPostMasterSearchFields = ["mail"]
Map = [
  ["UserLastname", "Lastname", "lname", 1, 1, "var"],
  ["UserLogin", "Username", "uname", 1, 1, "var"],
  ["UserEmail", "Email", "mail", 1, 1, "var"],
  ["UserCustomerID", "CustomerID", "firm", 0, 1, "var"],
]
[CustomerUser2.Params]
DSN = "{table}"
Table = "contacts"
ForeignDB = true
"#,
        slapd.address()
    )
}

#[tokio::test]
async fn people_of_three_sources_are_found_whatever_answers() {
    visit("three_sources", true, three_sources).await;
}

async fn three_sources(tab: Tab) {
    let mut entries = Entry::tree();
    let kasia = [
        ("givenName", "Katarzyna"),
        ("sn", "Żak"),
        ("mail", "kasia@acme-lab.org"),
        ("o", "acme"),
    ];
    entries.push(Entry::person("kasia", &kasia));
    let mut slapd = Slapd::start(&entries, ["", ""]).unwrap();
    let table = fresh_database(Engine::Mariadb).await.unwrap();
    let db = Db::open_foreign(&table).await.unwrap();
    for sql in [
        "CREATE TABLE contacts (uname VARCHAR(50) PRIMARY KEY, lname VARCHAR(50), mail VARCHAR(80), firm VARCHAR(50))",
        "INSERT INTO contacts VALUES ('bolek', 'Filialny', 'bolek@acme-lab.org', 'acme')",
    ] {
        db.execute(sql, &[]).await.unwrap();
    }
    let mut program = Program::serve().await;
    let code = program.said("set-up code: ").await;
    set_up(&tab, &program.url, code.trim()).await;
    add_customer(&tab, &program.url).await;
    add_person(&tab, &program.url, true).await;
    let file = settings(&slapd, &table);
    let program = program
        .again(|data| async move { std::fs::write(data.join("kartoteka.toml"), file).unwrap() })
        .await;
    let url = program.url.clone();
    let all = ["Wiśniewska", "Żak", "Filialny"];
    let found = async || {
        let begun = Instant::now();
        for name in all {
            tab.go(&format!("{url}/customer-users?search={name}")).await;
            tab.shows("tbody th a", name).await;
        }
        begun.elapsed()
    };
    found().await;

    // The server goes: pages answer in time and say so, and its people are found in the copy.
    slapd.stop().unwrap();
    let took = found().await;
    assert!(took < IN_TIME, "{took:?}");
    let begun = Instant::now();
    tab.go(&format!("{url}/customer-users/kasia")).await;
    tab.shows(".banner.warn", "Źródło nie odpowiada").await;
    tab.shows("main", "kasia@acme-lab.org").await;
    assert!(begun.elapsed() < IN_TIME, "{:?}", begun.elapsed());
    tab.go(&format!("{url}/customer-users")).await;
    tab.shows("main", "niedostępne od").await;
    let mut complaints = inspect(&tab, "three sources, one is down").await;

    // It is back, and so is everything.
    slapd.start_again().unwrap();
    let back = Instant::now();
    loop {
        tab.go(&format!("{url}/customer-users/kasia")).await;
        if !tab.text("main").await.contains("nie odpowiada") {
            break;
        }
        assert!(back.elapsed() < Duration::from_secs(60), "it stays away");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    found().await;

    // She leaves the company: into the program's own table, which stands first.
    tab.go(&format!("{url}/customer-users/kasia")).await;
    tab.shows("main", "odczytywanym przez LDAP").await;
    tab.click("a[href$='/customer-users/kasia/move']").await;
    tab.shows("h1", "Przenoszenie do innego źródła").await;
    complaints.extend(inspect(&tab, "where to move to").await);
    tab.go(&format!("{url}/customer-users/kasia/move?_to=CustomerUser"))
        .await;
    tab.shows("main", "też ma ten login").await;
    complaints.extend(inspect(&tab, "what moving does").await);
    tab.click("button[value=save]").await;
    tab.shows("#messages", "Przeniesiono").await;
    tab.shows(".timeline", "przeniesiono do innego źródła")
        .await;
    found().await;
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    db.close().await;
}
