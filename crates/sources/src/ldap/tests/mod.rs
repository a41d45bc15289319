//! Against a real server, OpenLDAP's.

mod active_directory;
mod failures;

use kartoteka_model::ldap::{LdapTree, Scope, VALID_FILTER};
use kartoteka_model::{CustomerUserSource, Field, SourceSpec};
use kartoteka_testbed::ldap::{ADMIN, Entry, SUFFIX, Slapd};
use ldap3::{LdapConnAsync, Mod};

use super::LdapSource;
use crate::{Changes, Cursor, Source, SourceError};

/// The time that whoever asks has: 2023, before anything that servers date.
const NOW: i64 = 1_700_000_000;

pub(super) type Outcome = anyhow::Result<()>;

/// Logins that mean something else where they are not escaped.
const HOSTILE: [&str; 8] = [
    "luid*x",
    "lu(id)",
    "back\\slash",
    "comma, here",
    "plus+equals=",
    "#hash\"quote\"",
    "łucja",
    "semi;colon<angle>",
];

pub(super) fn tree(slapd: &Slapd) -> LdapTree {
    LdapTree {
        hosts: vec![slapd.address()],
        base: format!("ou=people,{SUFFIX}"),
        timeout: 5,
        ..LdapTree::default()
    }
}

pub(super) fn spec(tree: LdapTree) -> SourceSpec {
    let mut spec = CustomerUserSource::of_ldap().spec;
    if tree.valid_filter.is_some() {
        spec.valid = Some(VALID_FILTER.into());
    }
    spec.origin = tree.into();
    spec
}

pub(super) async fn open(tree: LdapTree) -> Result<LdapSource, SourceError> {
    LdapSource::open(spec(tree.clone()), tree).await
}

pub(super) fn people(count: usize) -> Vec<Entry> {
    let mut entries = Entry::tree();
    for number in 0..count {
        let login = format!("p{number:05}");
        let mail = format!("{login}@lab.example");
        let attributes = [("givenName", "Anna"), ("sn", "Nowak"), ("mail", &mail)];
        entries.push(Entry::person(&login, &attributes));
    }
    entries
}

async fn all(source: &LdapSource, portion: u32) -> anyhow::Result<Vec<String>> {
    let mut logins = vec![];
    let mut after: Option<Cursor> = None;
    loop {
        let read = source.scan(after.as_ref(), portion).await?;
        let of = |stored: &crate::SourceRow| stored.record.get("UserLogin").to_owned();
        logins.extend(read.records.iter().map(of));
        after = read.end;
        if after.is_none() {
            return Ok(logins);
        }
    }
}

/// Changes an attribute as the admin of the server.
async fn change(slapd: &Slapd, dn: &str, attribute: &str, value: &str) -> Outcome {
    let (connection, mut ldap) = LdapConnAsync::new(&slapd.address()).await?;
    tokio::spawn(connection.drive());
    ldap.simple_bind(ADMIN.0, ADMIN.1).await?.success()?;
    let replaced = Mod::Replace(attribute, [value].into());
    ldap.modify(dn, vec![replaced]).await?.success()?;
    Ok(())
}

fn text(error: SourceError) -> String {
    error.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_login_finds_exactly_that_person() -> Outcome {
    let mut entries = Entry::tree();
    entries.extend(HOSTILE.map(|login| Entry::person(login, &[("mail", "a@lab.example")])));
    entries.push(Entry::person("luidyx", &[]));
    let slapd = Slapd::start(&entries, ["", ""])?;
    let source = open(tree(&slapd)).await?;
    for login in HOSTILE {
        let found = source.find(login).await?.map(|stored| stored.record);
        assert_eq!(found.as_ref().map(|it| it.get("UserLogin")), Some(login));
        let many = source.find_many(&[login.to_owned()]).await?;
        assert_eq!(many.len(), 1, "{login}");
    }
    for nobody in ["*", "l*", "*)(uid=*", "nobody", "", "luid"] {
        assert!(
            source.find_ignoring_case(nobody).await?.is_none(),
            "{nobody}"
        );
    }
    assert!(source.find("LUIDYX").await?.is_none());
    assert!(source.find_ignoring_case("LUIDYX").await?.is_some());
    let mut known = all(&source, 4).await?;
    known.sort_unstable();
    assert_eq!(known.len(), HOSTILE.len() + 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tree_is_read_in_portions_and_gone_on_with() -> Outcome {
    let slapd = Slapd::start(&people(1_203), ["", ""])?;
    let source = open(tree(&slapd)).await?;
    assert_eq!(source.count_rows().await?, 1_203);
    for portion in [400, 1_000, 5_000] {
        let mut logins = all(&source, portion).await?;
        logins.sort_unstable();
        logins.dedup();
        assert_eq!(logins.len(), 1_203, "portions of {portion}");
    }
    // Another program goes on, as after a restart.
    let first = source.scan(None, 700).await?;
    let other = open(tree(&slapd)).await?;
    let rest = other.scan(first.end.as_ref(), 5_000).await?;
    let of = |stored: &crate::SourceRow| stored.record.get("UserLogin").to_owned();
    let mut logins: Vec<String> = first.records.iter().chain(&rest.records).map(of).collect();
    logins.sort_unstable();
    logins.dedup();
    assert_eq!((first.records.len(), logins.len()), (700, 1_203));
    // Who left meanwhile makes nobody else be passed over.
    let first = source.scan(None, 700).await?;
    let (connection, mut ldap) = LdapConnAsync::new(&slapd.address()).await?;
    tokio::spawn(connection.drive());
    ldap.simple_bind(ADMIN.0, ADMIN.1).await?.success()?;
    for gone in ["p00000", "p00001"] {
        let dn = format!("uid={gone},ou=people,{SUFFIX}");
        ldap.delete(&dn).await?.success()?;
    }
    let other = open(tree(&slapd)).await?;
    let rest = other.scan(first.end.as_ref(), 5_000).await?;
    let mut logins: Vec<String> = first.records.iter().chain(&rest.records).map(of).collect();
    logins.sort_unstable();
    logins.dedup();
    assert_eq!(logins.len(), 1_203);
    // Two at a time do not take each other's place.
    let (one, two) = tokio::join!(all(&source, 300), all(&source, 300));
    assert_eq!((one?.len(), two?.len()), (1_201, 1_201));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_in_a_record() -> Outcome {
    let mut entries = Entry::tree();
    let boss = format!("uid=boss,ou=people,{SUFFIX}");
    entries.push(Entry::person("boss", &[("cn", "Ewa Król"), ("o", "B")]));
    let gone = format!("uid=gone,ou=people,{SUFFIX}");
    let anna = [
        ("mail", "anna@lab.example"),
        ("mail", "second@lab.example"),
        ("manager", &boss),
        ("o", "ACME"),
        ("o", "OTHER"),
        ("employeeType", "helpdesk"),
        ("jpegPhoto", "photo"),
    ];
    entries.push(Entry::person("anna", &anna));
    entries.push(Entry::person("zoe", &[("manager", &gone)]));
    let group = format!("cn=desk,ou=groups,{SUFFIX}");
    let members = [("cn", "desk"), ("gidNumber", "1"), ("memberUid", "anna")];
    entries.push(Entry::new(&group, &["posixGroup"], &members));
    let slapd = Slapd::start(&entries, ["", ""])?;

    let tree = LdapTree {
        valid_filter: Some("(employeeType=helpdesk)".into()),
        manager: Some("cn".into()),
        ..tree(&slapd)
    };
    let mut spec = spec(tree.clone());
    for (field, attribute) in [("UserManager", "manager"), ("UserCustomerIDs", "o")] {
        spec.map.0.push(Field::new(field, field, attribute));
    }
    let source = LdapSource::open(spec.clone(), tree.clone()).await?;
    let record = async |login: &str| {
        source
            .find(login)
            .await
            .map(|found| found.map(|it| it.record))
    };
    let anna = record("anna").await?.unwrap_or_default();
    assert_eq!(anna.get("UserEmail"), "anna@lab.example");
    assert_eq!(anna.get("UserCustomerIDs"), "ACME;OTHER");
    assert_eq!(anna.get("UserManager"), "Ewa Król");
    assert_eq!(anna.get("ValidID"), "1");
    assert!(anna.get("ChangeTime").starts_with("20"), "{anna:?}");
    let zoe = record("zoe").await?.unwrap_or_default();
    assert_eq!(
        (zoe.get("ValidID"), zoe.get("UserManager")),
        ("2", gone.as_str())
    );
    assert!(source.has_any(Some(true), 1).await?);
    assert!(source.has_any(Some(false), 1).await?);
    assert_eq!(source.keys_where("o", "ACME", 9).await?, ["anna"]);
    assert_eq!(source.count_key("o", "acme", false).await?, 1);
    assert_eq!(source.count_key("o", "acme", true).await?, 0);
    let read = source.scan(None, 10).await?;
    let of_anna = read
        .records
        .iter()
        .find(|one| one.record.get("UserLogin") == "anna");
    assert_eq!(of_anna.map(|one| &one.record), Some(&anna));
    assert_eq!(of_anna.map(|one| one.id.is_some()), Some(true));

    let restricted = LdapTree {
        group: Some(group),
        ..tree.clone()
    };
    let source = LdapSource::open(spec.clone(), restricted).await?;
    assert_eq!(all(&source, 10).await?, ["anna"]);
    assert!(source.find("zoe").await?.is_some(), "as in OTOBO");
    assert!(source.find_many(&["zoe".into()]).await?.is_empty());

    let one = LdapTree {
        base: SUFFIX.into(),
        scope: Scope::One,
        ..tree
    };
    let source = LdapSource::open(spec, one).await?;
    assert!(all(&source, 10).await?.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_are_told_from_a_watermark_on() -> Outcome {
    let slapd = Slapd::start(&people(3), ["", ""])?;
    let tree = LdapTree {
        always_filter: Some("(mail=*)".into()),
        ..tree(&slapd)
    };
    let source = Source::Ldap(Box::new(open(tree).await?));
    let back = [(3_600, 100)];
    let Changes::Somewhere { .. } = source.changes(NOW, None, &back).await? else {
        anyhow::bail!("without a watermark everything is to be compared");
    };
    let mark = source.watermark(NOW).await?;
    let none = Changes::Of {
        seen: vec![],
        gone: vec![],
        until: mark.clone(),
    };
    assert_eq!(source.changes(NOW, Some(&mark), &back).await?, none);

    let dn = format!("uid=p00001,ou=people,{SUFFIX}");
    change(&slapd, &dn, "givenName", "Beata").await?;
    let Changes::Of { seen, until, .. } = source.changes(NOW, Some(&mark), &back).await? else {
        anyhow::bail!("the server tells what changed");
    };
    let seen = seen.iter().find(|one| one.key == "p00001");
    let stored = source.find("p00001").await?;
    assert_eq!(seen.map(|it| it.id), stored.as_ref().map(|it| it.id));

    // A second change within the same second is no change to whoever compares times.
    let known = stored.map(|it| it.record.get("ChangeTime").to_owned());
    change(&slapd, &dn, "givenName", "Celina").await?;
    let Changes::Of { seen, until, .. } = source.changes(NOW, Some(&until), &back).await? else {
        anyhow::bail!("the server tells what changed");
    };
    let seen = seen.iter().find(|one| one.key == "p00001");
    assert!(seen.is_some_and(|it| Some(&it.changed) != known.as_ref()));
    assert_ne!(until, mark);

    // Who does not meet the filter any more is told, too: the next look finds them gone.
    change(&slapd, &dn, "mail", "").await.err();
    let (connection, mut ldap) = LdapConnAsync::new(&slapd.address()).await?;
    tokio::spawn(connection.drive());
    ldap.simple_bind(ADMIN.0, ADMIN.1).await?.success()?;
    let removed = Mod::Delete("mail", std::collections::HashSet::<&str>::new());
    ldap.modify(&dn, vec![removed]).await?.success()?;
    let Changes::Of { seen, .. } = source.changes(NOW, Some(&until), &back).await? else {
        anyhow::bail!("the server tells what changed");
    };
    assert!(seen.iter().any(|one| one.key == "p00001"), "{seen:?}");
    assert!(source.find("p00001").await?.is_none());
    Ok(())
}

/// Who is gone is told by a server with a log of changes; one without it is asked as before.
#[tokio::test(flavor = "multi_thread")]
async fn who_is_gone_is_told_where_the_server_keeps_a_log() -> Outcome {
    for (further, is_told) in [("", true), ("syncprov-sessionlog 0", false)] {
        let slapd = Slapd::start(&people(5), ["", further])?;
        let source = Source::Ldap(Box::new(open(tree(&slapd)).await?));
        let back = [(3_600, 100)];
        let known = source.find("p00001").await?.and_then(|it| it.id);
        let mark = source.watermark(NOW).await?;
        let (connection, mut ldap) = LdapConnAsync::new(&slapd.address()).await?;
        tokio::spawn(connection.drive());
        ldap.simple_bind(ADMIN.0, ADMIN.1).await?.success()?;
        let dn = |login: &str| format!("uid={login},ou=people,{SUFFIX}");
        ldap.delete(&dn("p00001")).await?.success()?;
        change(&slapd, &dn("p00002"), "givenName", "Beata").await?;
        let renamed = ldap
            .modifydn(&dn("p00003"), "uid=q00003", true, None)
            .await?;
        renamed.success()?;
        for _ in 0..2 {
            let Changes::Of { seen, gone, until } = source.changes(NOW, Some(&mark), &back).await?
            else {
                anyhow::bail!("the server tells what changed");
            };
            assert_eq!(gone, Vec::from_iter(known.filter(|_| is_told)));
            let keys: Vec<&str> = seen.iter().map(|one| one.key.as_str()).collect();
            assert!(
                keys.contains(&"p00002") && keys.contains(&"q00003"),
                "{keys:?}"
            );
            assert_eq!(keys.len() == 2, is_told, "{keys:?}");
            assert_ne!(until, mark);
        }
        let Changes::TooMany = source.changes(NOW, Some(&mark), &[(3_600, 1)]).await? else {
            anyhow::bail!("more than one changed");
        };
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_made_invalid_while_all_are_read_is_read_as_that() -> Outcome {
    let slapd = Slapd::start(&people(1_203), ["", ""])?;
    let tree = LdapTree {
        valid_filter: Some("(!(description=left))".into()),
        ..tree(&slapd)
    };
    let source = open(tree).await?;
    let first = source.scan(None, 400).await?;
    let dn = format!("uid=p01200,ou=people,{SUFFIX}");
    change(&slapd, &dn, "description", "left").await?;
    let rest = source.scan(first.end.as_ref(), 5_000).await?;
    let of = |row: &&crate::SourceRow| row.record.get("ValidID") == "2";
    let records = first.records.iter().chain(&rest.records);
    let invalid: Vec<&str> = records
        .filter(of)
        .map(|row| row.record.get("UserLogin"))
        .collect();
    assert_eq!(invalid, ["p01200"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn managers_are_asked_for_at_once() -> Outcome {
    let mut entries = people(0);
    let boss = |number: usize| format!("uid=boss{number},ou=groups,{SUFFIX}");
    for number in 0..250 {
        let name = format!("Boss, ({number})*");
        entries.push(Entry::new(
            boss(number),
            &["inetOrgPerson"],
            &[
                ("cn", &name),
                ("sn", "x"),
                ("uid", &format!("boss{number}")),
            ],
        ));
        entries.push(Entry::person(
            &format!("p{number}"),
            &[("manager", &boss(number).replace(",ou", ", OU"))],
        ));
    }
    let slapd = Slapd::start(&entries, ["", ""])?;
    let tree = LdapTree {
        manager: Some("cn".into()),
        ..tree(&slapd)
    };
    let mut spec = spec(tree.clone());
    spec.map
        .0
        .push(Field::new("UserManager", "manager", "manager"));
    let source = LdapSource::open(spec, tree).await?;
    let read = source.scan(None, 5_000).await?;
    assert_eq!(read.records.len(), 250);
    for row in &read.records {
        let number = row.record.get("UserLogin").trim_start_matches('p');
        assert_eq!(row.record.get("UserManager"), format!("Boss, ({number})*"));
    }
    Ok(())
}
