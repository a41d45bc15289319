//! People of an LDAP tree, beside those of a table: found in the mirror, kept in step, and there when the server is not.

use std::time::{Duration, Instant};

use kartoteka_access::Access;
use kartoteka_directory::{Actor, Error, Kind, Search, ValidFilter};
use kartoteka_model::CustomerUserSource;
use kartoteka_model::ldap::{LdapTree, VALID_FILTER};
use kartoteka_testbed::Engine;
use kartoteka_testbed::ldap::{ADMIN, Entry, SUFFIX, Slapd};
use ldap3::{Ldap, LdapConnAsync, Mod};

use crate::Desk;

fn entries() -> Vec<Entry> {
    let person = |login: &str, first: &str, last: &str, kind: &str| {
        let mail = format!("{login}@ldap.example");
        let attributes = [
            ("givenName", first),
            ("sn", last),
            ("mail", mail.as_str()),
            ("o", "ACME"),
            ("employeeType", kind),
        ];
        Entry::person(login, &attributes)
    };
    let mut entries = Entry::tree();
    entries.push(person("kasia", "Katarzyna", "Żak", "desk"));
    entries.push(person("anna", "Somebody", "Else", "desk"));
    entries.push(person("piotr", "Piotr", "Wójcik", "desk"));
    entries.push(person("dawny", "Jan", "Dawny", "left"));
    entries
}

fn source(slapd: &Slapd) -> CustomerUserSource {
    let mut source = CustomerUserSource::of_ldap();
    let spec = &mut source.spec;
    spec.id = "CustomerUser1".into();
    spec.name = "LDAP".into();
    spec.valid = Some(VALID_FILTER.into());
    spec.origin = LdapTree {
        hosts: vec![slapd.address()],
        base: format!("ou=people,{SUFFIX}"),
        valid_filter: Some("(employeeType=desk)".into()),
        timeout: 2,
        ..LdapTree::default()
    }
    .into();
    spec.search_fields = ["uid", "givenname", "sn"].map(str::to_owned).to_vec();
    for field in &mut spec.map.0 {
        if field.name == "UserCustomerID" {
            field.column = "o".into();
        }
    }
    source.customer_id = "o".into();
    source
}

/// Anna in the table, and others in the tree.
async fn desk(engine: Engine) -> (Desk, Slapd) {
    let slapd = Slapd::start(&entries(), ["", ""]).unwrap();
    let desk = Desk::with_customers(engine).await;
    desk.person("anna").await;
    let source = source(&slapd);
    let desk = desk.again(|settings| settings.customer_users.push(source));
    (desk.await, slapd)
}

async fn admin(slapd: &Slapd) -> Ldap {
    let (connection, mut ldap) = LdapConnAsync::new(&slapd.address()).await.unwrap();
    tokio::spawn(connection.drive());
    let bound = ldap.simple_bind(ADMIN.0, ADMIN.1).await.unwrap();
    bound.success().unwrap();
    ldap
}

fn dn(login: &str) -> String {
    format!("uid={login},ou=people,{SUFFIX}")
}

async fn found(desk: &Desk, text: Option<&str>, valid: ValidFilter) -> Vec<String> {
    let search = Search {
        text: text.map(str::to_owned),
        valid,
        ..Search::default()
    };
    let actor = Actor::operator();
    let page = desk
        .directory
        .search(&actor, Kind::CustomerUser, &search)
        .await
        .unwrap();
    let mut keys: Vec<String> = page.rows.into_iter().map(|row| row.key).collect();
    keys.sort_unstable();
    keys
}

/// Looks for changes, and compares everything, as is done in the background.
async fn look(desk: &Desk) {
    let kind = Kind::CustomerUser;
    desk.directory.sync_external_changes(kind).await.unwrap();
    while !desk.directory.sweep(kind).await.unwrap() {}
    desk.directory.wait_for_index().await.unwrap();
}

#[tokio::test]
async fn people_of_a_tree_are_people_like_any_other() {
    let actor = Actor::operator();
    for engine in Engine::all() {
        let (desk, _slapd) = desk(engine).await;
        let all = ["anna", "dawny", "kasia", "piotr"];
        assert_eq!(found(&desk, None, ValidFilter::All).await, all, "{engine}");
        // The filter decides who is valid, and of one login the first source speaks.
        let valid = ["anna", "kasia", "piotr"];
        let is = found(&desk, None, ValidFilter::Valid).await;
        assert_eq!(is, valid, "{engine}");
        let wojcik = found(&desk, Some("wojc"), ValidFilter::All).await;
        assert_eq!(wojcik, ["piotr"], "{engine}");
        assert!(
            found(&desk, Some("else"), ValidFilter::All)
                .await
                .is_empty()
        );
        let find = |key| desk.directory.find(&actor, Kind::CustomerUser, key);
        let kasia = find("KASIA").await.unwrap();
        assert_eq!((kasia.key.as_str(), kasia.writable), ("kasia", false));
        assert_eq!(kasia.full_name, "Katarzyna Żak");
        let dawny = find("dawny").await.unwrap();
        assert_eq!(dawny.record.get("ValidID"), "2", "{engine}");

        // They are kept elsewhere; what they have beside that is not.
        let name = [("UserLastname", "Other")];
        let refused = desk.update(Kind::CustomerUser, "kasia", &name).await;
        assert!(
            matches!(refused, Err(Error::ReadOnly { .. })),
            "{refused:?}"
        );
        let german = [("UserLanguage", "de")];
        let kept = desk.update(Kind::CustomerUser, "kasia", &german).await;
        kept.unwrap();
        let kasia = find("kasia").await.unwrap();
        assert_eq!(kasia.preferences.get("UserLanguage").unwrap(), "de");
    }
}

#[tokio::test]
async fn what_changes_in_the_tree_is_taken_in() {
    for engine in Engine::all() {
        let (desk, slapd) = desk(engine).await;
        assert_eq!(found(&desk, Some("zak"), ValidFilter::All).await, ["kasia"]);
        let mut ldap = admin(&slapd).await;
        let married = Mod::Replace("sn", ["Bąk"].into());
        let changed = ldap.modify(&dn("kasia"), vec![married]).await.unwrap();
        changed.success().unwrap();
        let left = Mod::Replace("employeeType", ["left"].into());
        let changed = ldap.modify(&dn("piotr"), vec![left]).await.unwrap();
        changed.success().unwrap();
        let gone = ldap.delete(&dn("dawny")).await.unwrap();
        gone.success().unwrap();
        look(&desk).await;
        assert!(found(&desk, Some("zak"), ValidFilter::All).await.is_empty());
        assert_eq!(found(&desk, Some("bak"), ValidFilter::All).await, ["kasia"]);
        let valid = found(&desk, None, ValidFilter::Valid).await;
        assert_eq!(valid, ["anna", "kasia"], "{engine}");
        let all = found(&desk, None, ValidFilter::All).await;
        assert_eq!(all, ["anna", "kasia", "piotr"], "{engine}");
    }
}

#[tokio::test]
async fn a_server_that_is_down_keeps_nobody_waiting() {
    let actor = Actor::operator();
    let (desk, mut slapd) = desk(Engine::Sqlite).await;
    let find = |key| desk.directory.find(&actor, Kind::CustomerUser, key);
    let kasia = find("kasia").await.unwrap();
    assert_eq!(kasia.unavailable_since, None);
    slapd.freeze().unwrap();
    let began = Instant::now();
    // What was last known of her, and that it is that.
    let copy = find("KASIA").await.unwrap();
    assert!(copy.unavailable_since.is_some());
    assert_eq!(copy.record, kasia.record);
    assert!(
        began.elapsed() < Duration::from_secs(6),
        "{:?}",
        began.elapsed()
    );
    // From here on it is known to be down, and nobody waits for it.
    let began = Instant::now();
    assert!(find("kasia").await.unwrap().unavailable_since.is_some());
    // Nobody knows whether it has somebody of whom nothing is known.
    let unknown = find("nobody").await;
    assert!(matches!(unknown, Err(Error::Unavailable { .. })));
    let access = Access::of(&desk.directory)
        .permissions_of(&actor, "kasia")
        .await;
    assert_eq!(access.unwrap().person.login, "kasia");
    find("anna").await.unwrap();
    let all = found(&desk, None, ValidFilter::All).await;
    assert_eq!(
        all,
        ["anna", "dawny", "kasia", "piotr"],
        "out of the mirror"
    );
    assert!(
        began.elapsed() < Duration::from_secs(1),
        "{:?}",
        began.elapsed()
    );
    slapd.thaw().unwrap();
    look(&desk).await;
    assert_eq!(find("kasia").await.unwrap().unavailable_since, None);

    slapd.stop().unwrap();
    assert!(find("kasia").await.unwrap().unavailable_since.is_some());
    slapd.start_again().unwrap();
    look(&desk).await;
    assert_eq!(find("kasia").await.unwrap().unavailable_since, None);
}

#[tokio::test]
async fn one_that_never_answered_is_no_proof_that_there_is_nobody() {
    let actor = Actor::operator();
    let mut slapd = Slapd::start(&entries(), ["", ""]).unwrap();
    slapd.stop().unwrap();
    let desk = Desk::with_customers(Engine::Sqlite).await;
    let source = source(&slapd);
    let desk = desk.again(|settings| settings.customer_users = vec![source]);
    let desk = desk.await;
    let search = Search::default();
    let page = desk
        .directory
        .search(&actor, Kind::CustomerUser, &search)
        .await;
    assert!(matches!(page, Err(Error::Unavailable { .. })), "{page:?}");
    slapd.start_again().unwrap();
    look(&desk).await;
    let all = found(&desk, None, ValidFilter::All).await;
    assert_eq!(all, ["anna", "dawny", "kasia", "piotr"]);
}

#[tokio::test]
async fn an_index_that_is_made_while_the_server_is_down_keeps_its_people() {
    let (desk, mut slapd) = desk(Engine::Sqlite).await;
    slapd.stop().unwrap();
    let mut settings = desk.directory.settings().clone();
    // Another field of the table is another layout.
    let room = kartoteka_model::Field::new("UserRoom", "Room", "street");
    settings.customer_users[0].spec.map.0.push(room);
    desk.directory.reload(settings).await.unwrap();
    let all = ["anna", "dawny", "kasia", "piotr"];
    assert_eq!(found(&desk, None, ValidFilter::All).await, all);
    assert_eq!(found(&desk, Some("zak"), ValidFilter::All).await, ["kasia"]);
    slapd.start_again().unwrap();
    let mut ldap = admin(&slapd).await;
    let married = Mod::Replace("sn", ["Bąk"].into());
    let changed = ldap.modify(&dn("kasia"), vec![married]).await.unwrap();
    changed.success().unwrap();
    look(&desk).await;
    assert_eq!(found(&desk, Some("bak"), ValidFilter::All).await, ["kasia"]);
    assert_eq!(found(&desk, None, ValidFilter::All).await, all);
}

#[tokio::test]
async fn what_the_server_cuts_short_takes_nothing_from_the_others() {
    let slapd = Slapd::start(&entries(), ["", "limits anonymous size=3"]).unwrap();
    let desk = Desk::with_customers(Engine::Sqlite).await;
    desk.person("anna").await;
    let source = source(&slapd);
    let desk = desk.again(|settings| settings.customer_users.push(source));
    let desk = desk.await;
    desk.directory.wait_for_index().await.unwrap();
    assert_eq!(found(&desk, None, ValidFilter::All).await, ["anna"]);
    // It answers all the same.
    let actor = Actor::operator();
    let kasia = desk.directory.find(&actor, Kind::CustomerUser, "kasia");
    assert_eq!(kasia.await.unwrap().unavailable_since, None);
}

#[tokio::test]
async fn who_is_not_in_the_group_is_not_searched() {
    let group = format!("cn=desk,ou=groups,{SUFFIX}");
    let members = [
        ("cn", "desk"),
        ("gidNumber", "1"),
        ("memberUid", "kasia"),
        ("memberUid", "piotr"),
    ];
    let mut entries = entries();
    entries.push(Entry::new(&group, &["posixGroup"], &members));
    let slapd = Slapd::start(&entries, ["", ""]).unwrap();
    let desk = Desk::with_customers(Engine::Sqlite).await;
    desk.person("anna").await;
    let mut source = source(&slapd);
    if let kartoteka_model::source::Origin::Ldap(tree) = &mut source.spec.origin {
        tree.group = Some(group.clone());
    }
    let desk = desk.again(|settings| settings.customer_users.push(source));
    let desk = desk.await;
    let all = found(&desk, None, ValidFilter::All).await;
    assert_eq!(all, ["anna", "kasia", "piotr"]);
    // One is taken out of the group, and somebody who is not in it changes.
    let mut ldap = admin(&slapd).await;
    let out = Mod::Delete("memberUid", ["piotr"].into());
    let changed = ldap.modify(&group, vec![out]).await.unwrap();
    changed.success().unwrap();
    let other = Mod::Replace("sn", ["Other"].into());
    let changed = ldap.modify(&dn("dawny"), vec![other]).await.unwrap();
    changed.success().unwrap();
    look(&desk).await;
    let all = found(&desk, None, ValidFilter::All).await;
    assert_eq!(all, ["anna", "kasia"]);
}

#[tokio::test]
async fn a_tree_without_a_mirror_is_asked_by_each_search() {
    let actor = Actor::operator();
    for engine in Engine::all() {
        let slapd = Slapd::start(&entries(), ["", "limits anonymous size=3"]).unwrap();
        let desk = Desk::with_customers(engine).await;
        desk.person("anna").await;
        let mut source = source(&slapd);
        source.spec.mirror = false;
        let desk = desk.again(|settings| settings.customer_users.push(source));
        let desk = desk.await;
        desk.directory.wait_for_index().await.unwrap();
        let search = async |text: Option<&str>, after: Option<String>, limit: u32| {
            let search = Search {
                text: text.map(str::to_owned),
                valid: ValidFilter::All,
                after,
                limit,
                ..Search::default()
            };
            let found = desk.directory.search(&actor, Kind::CustomerUser, &search);
            found.await.unwrap()
        };
        assert_eq!(found(&desk, Some("zak"), ValidFilter::All).await, ["kasia"]);
        let valid = found(&desk, None, ValidFilter::Valid).await;
        assert_eq!(valid, ["anna", "kasia", "piotr"], "{engine}");
        // What changes is found at once, and nobody is in the index.
        let mut ldap = admin(&slapd).await;
        let married = Mod::Replace("sn", ["Bąk (Żak*)"].into());
        let changed = ldap.modify(&dn("kasia"), vec![married]).await.unwrap();
        changed.success().unwrap();
        assert_eq!(
            found(&desk, Some("\"bak (zak*)\""), ValidFilter::All).await,
            ["kasia"]
        );
        assert_eq!(desk.directory.count(Kind::CustomerUser).await.unwrap().0, 1);
        // The first source speaks for anna, whom the search of the second does find.
        assert!(
            found(&desk, Some("else"), ValidFilter::All)
                .await
                .is_empty()
        );

        // Pages: those of the index, then the others, in their order; of four the server gives three.
        let page = search(None, None, 2).await;
        let logins = |page: &kartoteka_directory::Page| {
            let rows = page.rows.iter();
            rows.map(|row| row.key.clone()).collect::<Vec<_>>()
        };
        let mut all = logins(&page);
        assert_eq!(all[0], "anna");
        let status = &page.sources[1];
        assert_eq!(
            (status.mirrored, status.first_only),
            (false, Some(1_000)),
            "{engine}"
        );
        assert!(!page.total.exact);
        let mut next = page.next;
        while let Some(after) = next {
            let page = search(None, Some(after), 2).await;
            all.extend(logins(&page));
            next = page.next;
        }
        assert_eq!(all.len() as u64, page.total.count, "{all:?}");
    }
}

#[tokio::test]
async fn a_tree_without_a_mirror_that_is_down_keeps_nobody_waiting() {
    let mut slapd = Slapd::start(&entries(), ["", ""]).unwrap();
    let desk = Desk::with_customers(Engine::Sqlite).await;
    desk.person("anna").await;
    let mut source = source(&slapd);
    source.spec.mirror = false;
    let desk = desk.again(|settings| settings.customer_users.push(source));
    let desk = desk.await;
    assert_eq!(found(&desk, Some("zak"), ValidFilter::All).await, ["kasia"]);
    slapd.stop().unwrap();
    let began = Instant::now();
    for _ in 0..20 {
        assert_eq!(found(&desk, None, ValidFilter::All).await, ["anna"]);
    }
    assert!(
        began.elapsed() < Duration::from_secs(6),
        "{:?}",
        began.elapsed()
    );
    slapd.start_again().unwrap();
    look(&desk).await;
    assert_eq!(found(&desk, Some("zak"), ValidFilter::All).await, ["kasia"]);
}
