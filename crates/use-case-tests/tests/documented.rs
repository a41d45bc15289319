//! The examples of docs/sources.md, each against what it is about.

use kartoteka_directory::{Actor, Kind, Search, ValidFilter};
use kartoteka_model::CustomerUserSource;
use kartoteka_store::Db;
use kartoteka_testbed::ldap::{
    ADMIN, ADMINISTRATOR, ActiveDirectory, DOMAIN, Entry, SUFFIX, Slapd,
};
use kartoteka_testbed::{Engine, fresh_database};
use ldap3::{LdapConnAsync, LdapConnSettings};

use crate::Desk;

/// The source of an example, with these words in place of others.
fn example(name: &str, words: &[(&str, &str)], password: (&str, &str)) -> CustomerUserSource {
    let page = include_str!("../../../docs/sources.md");
    let mark = format!("<!-- tested: {name} -->\n```toml\n");
    let (_, after) = page.split_once(&mark).expect("the example");
    let (text, _) = after.split_once("```").expect("its end");
    let mut text = text.to_owned();
    for (old, new) in words {
        assert!(text.contains(old), "{old} is not in the example {name}");
        text = text.replace(old, new);
    }
    let (section, _) = text[1..].split_once(']').expect("a section");
    let variable = format!(
        "KARTOTEKA_{}__PARAMS__{}",
        section.to_uppercase(),
        password.0
    );
    let given = [(variable, password.1.to_owned())];
    let read = kartoteka_settings::read_text("kartoteka.toml", &text, given);
    assert!(read.diagnostics.is_empty(), "{:#?}", read.diagnostics);
    let mut sources = read.settings.expect("settings").customer_users;
    sources.pop().expect("the source of the example")
}

/// Who is valid and who is there, in a directory with this source beside its table.
async fn found(source: CustomerUserSource) -> [Vec<String>; 2] {
    let desk = Desk::with_customers(Engine::Sqlite).await;
    let desk = desk.again(|settings| settings.customer_users.push(source));
    let desk = desk.await;
    let mut found = vec![];
    for valid in [ValidFilter::Valid, ValidFilter::All] {
        let search = Search {
            text: Some("nowak".into()),
            valid,
            ..Search::default()
        };
        let actor = Actor::operator();
        let page = desk.directory.search(&actor, Kind::CustomerUser, &search);
        let rows = page.await.unwrap().rows;
        let mut texts: Vec<String> = rows.into_iter().map(|row| row.text).collect();
        texts.sort_unstable();
        found.push(texts);
    }
    desk.directory.close().await;
    found.try_into().expect("two")
}

#[tokio::test]
async fn openldap() {
    let anna = [
        ("givenName", "Anna"),
        ("sn", "Nowak"),
        ("mail", "anna@x.example"),
    ];
    let jan = [
        ("givenName", "Jan"),
        ("sn", "Nowak"),
        ("mail", "jan@x.example"),
        ("employeeType", "left"),
    ];
    let mut entries = Entry::tree();
    entries.push(Entry::person("anna", &anna));
    entries.push(Entry::person("jan", &jan));
    let slapd = Slapd::start(&entries, ["", ""]).unwrap();
    let ca_file = slapd.ca_file().display().to_string();
    let base = format!("ou=people,{SUFFIX}");
    let words = [
        // The first of the two does not answer.
        ("ldaps://ldap1.example.com", "ldaps://127.0.0.1:1"),
        ("ldaps://ldap2.example.com", &slapd.secure_address()),
        ("ou=people,dc=example,dc=com", &base),
        ("cn=reader,dc=example,dc=com", ADMIN.0),
        ("/etc/ssl/example-ca.pem", &ca_file),
    ];
    let [valid, all] = found(example("openldap", &words, ("USERPW", ADMIN.1))).await;
    assert_eq!(valid, ["\"Anna Nowak\" <anna@x.example>"]);
    assert_eq!(all.len(), 2);
}

#[tokio::test]
async fn active_directory() {
    let controller = ActiveDirectory::start().unwrap();
    let settings = LdapConnSettings::new().set_no_tls_verify(true);
    let address = controller.secure_address();
    let connected = LdapConnAsync::with_settings(settings, &address).await;
    let (connection, mut ldap) = connected.unwrap();
    tokio::spawn(connection.drive());
    let bound = ldap.simple_bind(ADMINISTRATOR.0, ADMINISTRATOR.1).await;
    bound.unwrap().success().unwrap();
    for (login, first, control) in [("anna", "Anna", "544"), ("jan", "Jan", "546")] {
        let mail = format!("{login}@x.example");
        let attributes = [
            ("objectClass", "user"),
            ("sAMAccountName", login),
            ("givenName", first),
            ("sn", "Nowak"),
            ("displayName", "Nowak"),
            ("mail", &mail),
            ("userAccountControl", control),
        ];
        let attributes = attributes.map(|(name, value)| (name, [value].into()));
        let dn = format!("CN={login},CN=Users,{DOMAIN}");
        let added = ldap.add(&dn, attributes.to_vec()).await.unwrap();
        added.success().unwrap();
    }
    let ca_file = controller.ca_file().display().to_string();
    let words = [
        ("ldaps://dc1.example.com", address.as_str()),
        ("DC=example,DC=com", DOMAIN),
        ("reader@example.com", ADMINISTRATOR.0),
        ("/etc/ssl/example-ca.pem", &ca_file),
    ];
    let source = example("active-directory", &words, ("USERPW", ADMINISTRATOR.1));
    let [valid, all] = found(source).await;
    assert_eq!(valid, ["\"Anna Nowak\" <anna@x.example>"]);
    assert_eq!(all.len(), 2);
}

#[tokio::test]
async fn another_table() {
    let address = fresh_database(Engine::Mariadb).await.unwrap();
    let db = Db::open_foreign(&address).await.unwrap();
    let made = "CREATE TABLE contacts (uname VARCHAR(80) PRIMARY KEY, fname VARCHAR(80), \
                lname VARCHAR(80), mail VARCHAR(80), firm VARCHAR(80))";
    db.execute(made, &[]).await.unwrap();
    let added = "INSERT INTO contacts VALUES ('anna', 'Anna', 'Nowak', 'anna@x.example', 'ACME')";
    db.execute(added, &[]).await.unwrap();
    let (server, name) = address.rsplit_once('/').unwrap();
    let port = server.rsplit_once(':').unwrap().1;
    let dsn = format!("DBI:mysql:database={name};host=127.0.0.1;port={port}");
    let words = [
        ("DBI:mysql:database=crm;host=crm.example.com", dsn.as_str()),
        ("User = \"reader\"", "User = \"root\""),
    ];
    let [valid, _] = found(example("table", &words, ("PASSWORD", ""))).await;
    assert_eq!(valid, ["\"Anna Nowak\" <anna@x.example>"]);
}
