//! The same of an LDAP tree.

use kartoteka_access::Access;
use kartoteka_directory::{Actor, Error, JournalFilter, ValidFilter};
use kartoteka_model::CustomerUserSource;
use kartoteka_model::ldap::{LdapTree, VALID_FILTER};
use kartoteka_test_desk::{Begin, TestClock};
use kartoteka_testbed::Engine;
use kartoteka_testbed::ldap::{ADMIN, Entry, SUFFIX, Slapd};
use ldap3::{Ldap, LdapConnAsync, Mod};

use super::{KIND, everybody, held, look, sweep};
use crate::Desk;

fn source(slapd: &Slapd) -> CustomerUserSource {
    let mut source = CustomerUserSource::of_ldap();
    let spec = &mut source.spec;
    spec.id = "CustomerUser1".into();
    spec.valid = Some(VALID_FILTER.into());
    spec.origin = LdapTree {
        hosts: vec![slapd.address()],
        base: format!("ou=people,{SUFFIX}"),
        valid_filter: Some("(employeeType=desk)".into()),
        timeout: 2,
        ..LdapTree::default()
    }
    .into();
    source
}

pub(super) fn login(number: usize) -> String {
    format!("p{number:03}")
}

pub(super) fn dn(number: usize) -> String {
    format!("uid={},ou=people,{SUFFIX}", login(number))
}

fn attributes(number: usize) -> [(&'static str, String); 5] {
    [
        ("givenName", "Anna".into()),
        ("sn", format!("N{number}")),
        ("mail", format!("p{number}@ldap.example")),
        ("o", "ACME".into()),
        ("employeeType", "desk".into()),
    ]
}

async fn desk(engine: Engine) -> (Desk, Slapd) {
    desk_with(engine, |_| {}).await
}

/// Forty people in a tree, which is set up otherwise.
pub(super) async fn desk_with(
    engine: Engine,
    change: impl FnOnce(&mut CustomerUserSource),
) -> (Desk, Slapd) {
    let mut entries = Entry::tree();
    for number in 0..40 {
        let attributes = attributes(number);
        let attributes = attributes
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        entries.push(Entry::person(&login(number), &attributes));
    }
    let slapd = Slapd::start(&entries, ["", ""]).unwrap();
    // What is found is found by the looks of a test, not by those in the background meanwhile.
    let begin = Begin {
        looks_for_changes: false,
        ..Begin::default()
    };
    let desk = Desk::begun(engine, TestClock::default(), begin, |_| {}).await;
    desk.directory.wait_for_index().await.unwrap();
    let desk = desk.customers().await;
    let mut source = source(&slapd);
    change(&mut source);
    let desk = desk.again(|settings| settings.customer_users.push(source));
    (desk.await, slapd)
}

pub(super) async fn admin(slapd: &Slapd) -> Ldap {
    let (connection, mut ldap) = LdapConnAsync::new(&slapd.address()).await.unwrap();
    tokio::spawn(connection.drive());
    let bound = ldap.simple_bind(ADMIN.0, ADMIN.1).await.unwrap();
    bound.success().unwrap();
    ldap
}

pub(super) async fn add(ldap: &mut Ldap, number: usize) {
    let login = login(number);
    let mut all = vec![
        ("objectClass", ["inetOrgPerson".to_owned()].into()),
        ("uid", [login.clone()].into()),
        ("cn", [login].into()),
    ];
    for (name, value) in attributes(number) {
        all.push((name, [value].into()));
    }
    let all = all
        .into_iter()
        .map(|(name, values)| (name.to_owned(), values));
    let added = ldap.add(&dn(number), all.collect()).await.unwrap();
    added.success().unwrap();
}

fn logins(numbers: std::ops::Range<usize>) -> Vec<String> {
    numbers.map(login).collect()
}

#[tokio::test]
async fn a_tree_that_loses_half_of_its_people() {
    let actor = Actor::operator();
    for engine in Engine::all() {
        let (desk, slapd) = desk(engine).await;
        let all = (logins(0..40), 40);
        assert_eq!(everybody(&desk).await, all, "{engine}");
        let mut ldap = admin(&slapd).await;
        // One may go: they are missing, and back again.
        ldap.delete(&dn(39)).await.unwrap().success().unwrap();
        let gone = desk.directory.find(&actor, KIND, "p039").await;
        assert!(matches!(gone, Err(Error::NotFound { .. })), "{gone:?}");
        // The server tells it itself.
        look(&desk).await;
        assert_eq!(everybody(&desk).await, (logins(0..39), 39), "{engine}");
        let missing = desk.directory.find_missing(&actor, KIND, "p039").await;
        assert_eq!(missing.unwrap().unwrap().source, "CustomerUser1");
        add(&mut ldap, 39).await;
        sweep(&desk).await;
        assert_eq!(everybody(&desk).await, all, "{engine}");
        assert_eq!(desk.directory.missing(&actor, KIND).await.unwrap(), []);

        for number in 20..40 {
            ldap.delete(&dn(number)).await.unwrap().success().unwrap();
        }
        sweep(&desk).await;
        assert_eq!(everybody(&desk).await, all, "{engine}");
        assert_eq!(held(&desk).await[0].gone, 20, "{engine}");
        for number in 0..20 {
            ldap.delete(&dn(number)).await.unwrap().success().unwrap();
        }
        let desk = desk.again(|_| {}).await;
        sweep(&desk).await;
        assert_eq!(everybody(&desk).await, all, "{engine}");
        for number in 0..40 {
            add(&mut ldap, number).await;
        }
        sweep(&desk).await;
        // It is compared again after a rest.
        for _ in 0..60 {
            if held(&desk).await.is_empty() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
            look(&desk).await;
        }
        assert_eq!(held(&desk).await, [], "{engine}");
        assert_eq!(everybody(&desk).await, all, "{engine}");
        let found = desk.directory.find(&actor, KIND, "p039").await.unwrap();
        assert_eq!(found.unavailable_since, None);
    }
}

#[tokio::test]
async fn a_tree_in_which_half_become_invalid() {
    let actor = Actor::operator();
    let (desk, slapd) = desk(Engine::Sqlite).await;
    let mut ldap = admin(&slapd).await;
    for number in 0..20 {
        let left = Mod::Replace("employeeType", ["left"].into());
        let changed = ldap.modify(&dn(number), vec![left]).await.unwrap();
        changed.success().unwrap();
    }
    look(&desk).await;
    sweep(&desk).await;
    assert_eq!(held(&desk).await[0].invalid, 20);
    assert_eq!(everybody(&desk).await, (logins(0..40), 40));
    let through = desk.directory.let_through(&actor, "CustomerUser1").await;
    through.unwrap();
    // Who looks at the same time does not count them twice.
    futures::future::join_all((0..4).map(|_| look(&desk))).await;
    assert_eq!(everybody(&desk).await, (logins(0..40), 20));
    // A few are taken in at once.
    let left = Mod::Replace("employeeType", ["left"].into());
    let changed = ldap.modify(&dn(30), vec![left]).await.unwrap();
    changed.success().unwrap();
    look(&desk).await;
    assert_eq!(everybody(&desk).await, (logins(0..40), 19));
    let search = kartoteka_directory::Search {
        valid: ValidFilter::Invalid,
        ..Default::default()
    };
    let page = desk.directory.search(&actor, KIND, &search).await.unwrap();
    assert_eq!(page.total.count, 21);
}

#[tokio::test]
async fn who_is_renamed_in_the_tree_keeps_everything() {
    let actor = Actor::operator();
    for engine in Engine::all() {
        let (desk, slapd) = desk(engine).await;
        let access = Access::of(&desk.directory);
        for login in ["p030", "p031"] {
            let given = access.relate_customer(&actor, login, "LODZ", true).await;
            given.unwrap();
            let german = [("UserLanguage", "de")];
            desk.update(KIND, login, &german).await.unwrap();
        }
        let mut ldap = admin(&slapd).await;
        let rename = async |ldap: &mut Ldap, from: usize, to: &str| {
            let to = format!("uid={to}");
            let renamed = ldap.modifydn(&dn(from), &to, true, None).await.unwrap();
            renamed.success().unwrap();
        };
        // Found by comparing, and by an index that is made anew.
        rename(&mut ldap, 30, "q030").await;
        sweep(&desk).await;
        rename(&mut ldap, 31, "q031").await;
        desk.directory.rebuild_index(KIND).await.unwrap();
        sweep(&desk).await;
        assert_eq!(held(&desk).await, []);
        let (found, _) = everybody(&desk).await;
        assert_eq!(found.len(), 40, "{engine}");
        for (before, now) in [("p030", "q030"), ("p031", "q031")] {
            let person = access.permissions_of(&actor, now).await.unwrap().person;
            let ids: Vec<&str> = person.customers.iter().map(|one| one.id.as_str()).collect();
            assert!(ids.contains(&"LODZ"), "{engine}: {now} {ids:?}");
            let renamed = desk.directory.find(&actor, KIND, now).await.unwrap();
            assert_eq!(renamed.preferences["UserLanguage"], "de", "{engine}");
            let missing = desk.directory.find_missing(&actor, KIND, before).await;
            assert_eq!(missing.unwrap(), None, "{engine}");
            let history = desk.directory.history(&actor, KIND, now, 10).await.unwrap();
            let entry = history.iter().find(|entry| entry.action == "rename");
            let entry = entry.unwrap();
            assert_eq!(entry.who, "source:CustomerUser1");
            assert_eq!((entry.door.as_str(), entry.key.as_str()), ("source", now));
        }
        let all = JournalFilter::default();
        let journal = desk.directory.journal(&actor, &all).await.unwrap();
        let renames = journal.iter().filter(|entry| entry.action == "rename");
        assert_eq!(renames.count(), 2, "{engine}");
    }
}
