//! A login that a source gives to another person: what it had is held back until somebody says whose it is.

use kartoteka_access::{Access, Wanted};
use kartoteka_directory::{
    Actor, Error, HeldBack, HeldBackOf, JournalFilter, Maintenance, Options, Relation, Whose,
};
use kartoteka_model::access::Why;
use kartoteka_model::source::{Address, Origin, Table};
use kartoteka_model::{CustomerUserSource, Field, FieldMap};
use kartoteka_store::own::aside;
use kartoteka_store::{Db, Engine as Dialect};
use kartoteka_testbed::ldap::Slapd;
use kartoteka_testbed::{Engine, fresh_database};
use ldap3::{Ldap, Mod};

use super::tree::{add, admin, desk_with, dn, login};
use super::{KIND, held, look, sweep};
use crate::Desk;

const SOURCE: &str = "CustomerUser1";

/// A tree whose people are known by an attribute that can be written.
async fn desk(engine: Engine) -> (Desk, Slapd, Ldap) {
    let (desk, slapd) = desk_with(engine, by_number).await;
    let mut ldap = admin(&slapd).await;
    for number in 0..40 {
        is_now(&mut ldap, number, &format!("id{number}")).await;
    }
    desk.directory.rebuild_index(KIND).await.unwrap();
    (desk, slapd, ldap)
}

fn by_number(source: &mut CustomerUserSource) {
    let Origin::Ldap(tree) = &mut source.spec.origin else {
        unreachable!("a tree");
    };
    tree.identity = Some("employeeNumber".into());
}

/// Lets a login be that of an identity.
async fn is_now(ldap: &mut Ldap, number: usize, identity: &str) {
    let change = Mod::Replace("employeeNumber", [identity].into());
    let changed = ldap.modify(&dn(number), vec![change]).await.unwrap();
    changed.success().unwrap();
}

/// Gives a customer, a permission, a service and a preference to a login.
async fn give(desk: &Desk, login: &str) {
    let actor = Actor::operator();
    let access = Access::of(&desk.directory);
    let wanted = vec![
        Wanted::Customer {
            login: login.into(),
            customer: "LODZ".into(),
            given: true,
        },
        Wanted::PersonGroup {
            login: login.into(),
            group: "users".into(),
            permission: "ro".into(),
            given: true,
        },
    ];
    let plan = access.plan_relations(&actor, wanted).await.unwrap();
    access.apply_relations(plan).await.unwrap();
    let german = [("UserLanguage", "de")];
    desk.update(KIND, login, &german).await.unwrap();
}

/// How much of that somebody has: as their permissions say, in the tables themselves, and as a preference.
async fn has(desk: &Desk, login: &str) -> (usize, usize, Option<String>) {
    let actor = Actor::operator();
    let access = Access::of(&desk.directory);
    let of = access.permissions_of(&actor, login).await.unwrap().person;
    let further = of.customers.iter().filter(|one| one.id == "LODZ").count();
    let mut rows = 0;
    for table in ["customer_user_customer", "group_customer_user"] {
        let sql = format!("SELECT user_id FROM {table} WHERE user_id = ?");
        rows += desk.db.fetch(&sql, &[login.into()]).await.unwrap().len();
    }
    let found = desk.directory.find(&actor, KIND, login).await.unwrap();
    let language = found.preferences.get("UserLanguage").cloned();
    (of.direct.len() + further, rows, language)
}

fn everything() -> (usize, usize, Option<String>) {
    (2, 2, Some("de".into()))
}

fn nothing() -> (usize, usize, Option<String>) {
    (0, 0, None)
}

async fn held_back(desk: &Desk) -> Vec<HeldBack> {
    let list = desk.directory.held_back(&Actor::operator()).await.unwrap();
    assert_eq!(list.count, list.items.len() as u64);
    list.items
}

async fn decide(desk: &Desk, login: Option<&str>, whose: Whose) -> u64 {
    let of = HeldBackOf {
        source: SOURCE.into(),
        login: login.map(str::to_owned),
        identity: None,
    };
    let actor = Actor::operator();
    let decided = desk.directory.decide_held_back(&actor, &of, whose);
    decided.await.unwrap()
}

#[tokio::test]
async fn an_account_that_is_made_anew_has_nothing_of_the_one_before() {
    let actor = Actor::operator();
    for engine in Engine::all() {
        let (desk, slapd) = desk_with(engine, |_| {}).await;
        let mut ldap = admin(&slapd).await;
        give(&desk, "p030").await;
        give(&desk, "p031").await;
        sweep(&desk).await;
        assert_eq!(has(&desk, "p030").await, everything(), "{engine}");

        let anew = async |ldap: &mut Ldap, number: usize| {
            ldap.delete(&dn(number)).await.unwrap().success().unwrap();
            add(ldap, number).await;
        };
        anew(&mut ldap, 30).await;
        // Nobody has found it yet, and they have nothing.
        let access = Access::of(&desk.directory);
        let told = access.permissions_of(&actor, "p030").await.unwrap();
        assert_eq!(told.person.direct, [], "{engine}");
        assert!(told.held_back_since.is_some(), "{engine}");
        assert_eq!(held_back(&desk).await, []);
        look(&desk).await;
        assert_eq!(has(&desk, "p030").await, nothing(), "{engine}");
        assert_eq!(has(&desk, "p031").await, everything(), "{engine}");
        let items = held_back(&desk).await;
        let [one] = items.as_slice() else {
            panic!("{engine}: {items:?}");
        };
        assert_eq!((one.login.as_str(), one.source.as_str()), ("p030", SOURCE));
        assert_ne!(one.identity, one.found);
        assert_eq!((one.relations.len(), one.others), (2, 1), "{engine}");
        let why = access.explain(&actor, "p030", "users", "ro").await.unwrap();
        let direct = why.reasons.iter().filter(|(_, why)| *why == Why::Direct);
        assert_eq!((direct.count(), why.held_back_since), (0, Some(one.since)));
        let history = desk.directory.history(&actor, KIND, "p030", 10).await;
        let entry = history.unwrap().remove(0);
        assert_eq!(
            (entry.action.as_str(), entry.who.as_str()),
            ("hold-back", "source:CustomerUser1")
        );
        assert_eq!(entry.relations.len(), 2, "{engine}");
        // The second after that.
        let before = (desk.now() + 1) * 1000;
        desk.wait(3600);

        // It stays so, also of an index that is made anew, and in another process.
        desk.directory.rebuild_index(KIND).await.unwrap();
        let desk = desk.again(|_| {}).await;
        sweep(&desk).await;
        assert_eq!(held_back(&desk).await.len(), 1, "{engine}");
        assert_eq!(has(&desk, "p030").await, nothing(), "{engine}");

        // They are the same person, and stay so.
        assert_eq!(decide(&desk, Some("P030"), Whose::Same).await, 1);
        assert_eq!(has(&desk, "p030").await, everything(), "{engine}");
        sweep(&desk).await;
        assert_eq!(held_back(&desk).await, []);
        assert_eq!(has(&desk, "p030").await, everything(), "{engine}");
        let access = Access::of(&desk.directory);
        let told = access.permissions_of(&actor, "p030").await.unwrap();
        assert_eq!(told.held_back_since, None);
        let then = access.permissions_as_of(&actor, "p030", before).await;
        assert_eq!(then.unwrap().person.direct, [], "{engine}: held back then");

        // They are another one.
        anew(&mut ldap, 31).await;
        sweep(&desk).await;
        assert_eq!(decide(&desk, Some("p031"), Whose::Another).await, 1);
        assert_eq!(has(&desk, "p031").await, nothing(), "{engine}");
        assert_eq!(held_back(&desk).await, []);
        let key = aside::aside(SOURCE, "p031", 0);
        let begin = &key[..key.len() - 32];
        let sql = "SELECT user_id FROM customer_preferences";
        let left = desk.db.fetch(sql, &[]).await.unwrap();
        assert!(left.iter().all(|row| !row.text(0).starts_with(begin)));
        let history = desk.directory.history(&actor, KIND, "p031", 10).await;
        let entry = history.unwrap().remove(0);
        assert_eq!(entry.action, "remove-held");
        let said: Vec<&str> = entry
            .changes
            .iter()
            .map(|one| one.before.as_str())
            .collect();
        assert_eq!(said[1..], ["users: ro", "LODZ"], "{engine}");
        // Nothing is left to decide.
        let of = HeldBackOf {
            source: SOURCE.into(),
            login: Some("p031".into()),
            identity: None,
        };
        let again = desk
            .directory
            .decide_held_back(&actor, &of, Whose::Same)
            .await;
        assert!(matches!(again, Err(Error::Unknown { .. })), "{again:?}");
        let reader = Actor::agent(5, "reader", kartoteka_directory::Role::Editor);
        let refused = desk
            .directory
            .decide_held_back(&reader, &of, Whose::Same)
            .await;
        assert!(
            matches!(refused, Err(Error::Forbidden { .. })),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn nothing_is_held_back_given_or_removed_without_its_entry() {
    for engine in Engine::all() {
        let (desk, _slapd, mut ldap) = desk(engine).await;
        give(&desk, "p030").await;
        sweep(&desk).await;
        is_now(&mut ldap, 30, "somebody else").await;
        desk.refuse("INSERT", "kt_journal").await;
        let before = desk.everything(&[]).await;
        // Whether it is told here or in the log, nothing of it is kept.
        let _ = desk.directory.sync_external_changes(KIND).await;
        let _ = desk.directory.sweep(KIND).await;
        assert_eq!(desk.everything(&[]).await, before, "{engine}");
        desk.accept("INSERT", "kt_journal").await;
        sweep(&desk).await;
        assert_eq!(held_back(&desk).await.len(), 1, "{engine}");
        assert_eq!(has(&desk, "p030").await, nothing(), "{engine}");

        desk.refuse("INSERT", "kt_journal").await;
        let before = desk.everything(&[]).await;
        let of = HeldBackOf {
            source: SOURCE.into(),
            login: Some("p030".into()),
            identity: None,
        };
        for whose in [Whose::Same, Whose::Another] {
            let actor = Actor::operator();
            let decided = desk.directory.decide_held_back(&actor, &of, whose).await;
            assert!(decided.is_err(), "{engine}");
            assert_eq!(desk.everything(&[]).await, before, "{engine}");
        }
        desk.accept("INSERT", "kt_journal").await;
        assert_eq!(decide(&desk, Some("p030"), Whose::Same).await, 1);
        assert_eq!(has(&desk, "p030").await, everything(), "{engine}");
    }
}

#[tokio::test]
async fn who_is_back_has_everything_under_whatever_login_and_who_swap_keep_theirs() {
    let actor = Actor::operator();
    for engine in Engine::all() {
        let (desk, _slapd, mut ldap) = desk(engine).await;
        give(&desk, "p030").await;
        sweep(&desk).await;
        // Restored.
        is_now(&mut ldap, 30, "somebody else").await;
        sweep(&desk).await;
        assert_eq!(held_back(&desk).await.len(), 1, "{engine}");
        is_now(&mut ldap, 30, "id30").await;
        sweep(&desk).await;
        assert_eq!(held_back(&desk).await, [], "{engine}");
        assert_eq!(has(&desk, "p030").await, everything(), "{engine}");
        // Back under another login, which somebody else has.
        is_now(&mut ldap, 30, "somebody else").await;
        sweep(&desk).await;
        is_now(&mut ldap, 20, "id30").await;
        sweep(&desk).await;
        assert_eq!(held_back(&desk).await, [], "{engine}");
        assert_eq!(has(&desk, "p020").await, everything(), "{engine}");
        assert_eq!(has(&desk, "p030").await, nothing(), "{engine}");
        // Two swap, of whom one has something, and then both.
        is_now(&mut ldap, 20, "id21").await;
        is_now(&mut ldap, 21, "id30").await;
        sweep(&desk).await;
        assert_eq!(has(&desk, "p021").await, everything(), "{engine}");
        assert_eq!(has(&desk, "p020").await, nothing(), "{engine}");
        let access = Access::of(&desk.directory);
        access
            .relate_customer(&actor, "p020", "LODZ", true)
            .await
            .unwrap();
        sweep(&desk).await;
        is_now(&mut ldap, 20, "id30").await;
        is_now(&mut ldap, 21, "id21").await;
        look(&desk).await;
        sweep(&desk).await;
        assert_eq!(held_back(&desk).await, [], "{engine}");
        assert_eq!(has(&desk, "p020").await, everything(), "{engine}");
        assert_eq!(has(&desk, "p021").await, (1, 1, None), "{engine}");
        assert_eq!(held(&desk).await, []);
    }
}

#[tokio::test]
async fn whose_a_login_is_outlives_the_index_and_nodes_agree() {
    let actor = Actor::operator();
    for engine in Engine::all() {
        let (desk, _slapd, mut ldap) = desk(engine).await;
        for login in ["p030", "p031"] {
            give(&desk, login).await;
        }
        sweep(&desk).await;
        desk.directory.close().await;
        // While nobody looks one login is given to somebody else, and one person is renamed; the index is lost.
        is_now(&mut ldap, 30, "somebody else").await;
        let renamed = ldap
            .modifydn(&dn(31), "uid=q031", true, None)
            .await
            .unwrap();
        renamed.success().unwrap();
        let data = tempfile::tempdir().unwrap();
        let mut settings = desk.settings.clone();
        settings.data_dir = data.path().to_path_buf();
        let first = Desk::over(settings.clone(), data).await;
        assert_eq!(has(&first, "p030").await, nothing(), "{engine}");
        assert_eq!(has(&first, "q031").await, everything(), "{engine}");
        assert_eq!(held_back(&first).await.len(), 1, "{engine}");

        // Another node beside it, which looks at the same time.
        let data = tempfile::tempdir().unwrap();
        settings.data_dir = data.path().to_path_buf();
        let second = Maintenance::open(settings, Options::default())
            .await
            .unwrap();
        second.wait_for_index().await.unwrap();
        give(&first, "p033").await;
        sweep(&first).await;
        is_now(&mut ldap, 33, "nobody knows").await;
        let (one, other) = futures::future::join(
            first.directory.sync_external_changes(KIND),
            second.sync_external_changes(KIND),
        )
        .await;
        one.and(other).unwrap();
        let items = second.held_back(&actor).await.unwrap().items;
        assert_eq!(items.len(), 2, "{engine}: {items:?}");
        assert_eq!(has(&first, "p033").await, nothing(), "{engine}");
        let all = JournalFilter::default();
        let journal = first.directory.journal(&actor, &all).await.unwrap();
        let entries = journal.iter().filter(|entry| entry.action == "hold-back");
        assert_eq!(entries.count(), 2, "{engine}");
        second.close().await;
    }
}

#[tokio::test]
async fn where_many_are_others_at_once_it_is_asked_first() {
    let actor = Actor::operator();
    let (desk, _slapd, mut ldap) = desk(Engine::Sqlite).await;
    let access = Access::of(&desk.directory);
    for number in 0..20 {
        let login = login(number);
        let given = access.relate_customer(&actor, &login, "LODZ", true);
        given.await.unwrap();
    }
    sweep(&desk).await;
    for number in 0..20 {
        is_now(&mut ldap, number, &format!("new{number}")).await;
    }
    sweep(&desk).await;
    assert_eq!(held_back(&desk).await, []);
    let asked = held(&desk).await;
    assert_eq!((asked[0].gone, asked[0].known), (20, 40));
    let person = access.permissions_of(&actor, "p003").await.unwrap();
    assert_eq!(
        person.person.customers.len(),
        2,
        "what was known is gone on with"
    );
    let through = desk.directory.let_through(&actor, SOURCE).await;
    through.unwrap();
    for _ in 0..3 {
        look(&desk).await;
        sweep(&desk).await;
    }
    assert_eq!(held(&desk).await, []);
    assert_eq!(held_back(&desk).await.len(), 20);
    // An admin knows that the accounts were made anew for the same people.
    assert_eq!(decide(&desk, None, Whose::Same).await, 20);
    assert_eq!(held_back(&desk).await, []);
    let relations = |one: &HeldBack| matches!(one.relations[0], Relation::Customer { .. });
    assert!(held_back(&desk).await.iter().all(relations));
    for number in 0..20 {
        let login = login(number);
        let person = access.permissions_of(&actor, &login).await.unwrap();
        assert_eq!(person.person.customers.len(), 2, "{login}");
    }
}

/// A table of others in another database, which numbers its rows.
fn staff(database: &str) -> CustomerUserSource {
    let mut source = CustomerUserSource::preset();
    source.spec.id = SOURCE.into();
    source.spec.origin = Table::foreign("staff").of(Address::new(database)).into();
    source.spec.key = "account".into();
    source.spec.valid = None;
    source.spec.read_only = true;
    source.spec.search_fields = vec!["account".into()];
    source.spec.list_fields = vec!["mail".into()];
    source.spec.map = FieldMap(vec![
        Field::new("UserLogin", "Username", "account").required(),
        Field::new("UserEmail", "Email", "mail").required(),
        Field::new("UserCustomerID", "CustomerID", "firm").required(),
    ]);
    source.customer_id = "firm".into();
    source.sender_fields = vec!["mail".into()];
    source.name_fields = vec!["account".into()];
    source
}

#[tokio::test]
async fn a_row_that_is_made_anew_is_another_person_and_a_table_that_is_filled_again_is_not() {
    let actor = Actor::operator();
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        let address = fresh_database(engine).await.unwrap();
        let other = Db::open(&address).await.unwrap();
        let number = match other.engine() {
            Dialect::Sqlite => "INTEGER PRIMARY KEY AUTOINCREMENT",
            Dialect::Postgres => "BIGSERIAL PRIMARY KEY",
            Dialect::MySql => "BIGINT AUTO_INCREMENT PRIMARY KEY",
        };
        let sql = format!(
            "CREATE TABLE staff (id {number}, account VARCHAR(120), mail VARCHAR(200), firm VARCHAR(200))"
        );
        other.execute(&sql, &[]).await.unwrap();
        let fill = async |logins: &[String]| {
            for login in logins {
                let sql = "DELETE FROM staff WHERE account = ?";
                other.execute(sql, &[login.into()]).await.unwrap();
                let sql = "INSERT INTO staff (account, mail, firm) VALUES (?, ?, 'ACME')";
                let mail = format!("{login}@staff.example").into();
                other.execute(sql, &[login.into(), mail]).await.unwrap();
            }
        };
        let all: Vec<String> = (0..12).map(login).collect();
        fill(&all).await;
        // A source before it has one of the logins: whatever becomes of the row is no matter.
        desk.person("p003").await;
        let source = staff(&address);
        let desk = desk
            .again(|settings| settings.customer_users.push(source))
            .await;
        let access = Access::of(&desk.directory);
        for login in &all {
            access
                .relate_customer(&actor, login, "LODZ", true)
                .await
                .unwrap();
        }
        sweep(&desk).await;
        fill(&[login(3), login(5)]).await;
        sweep(&desk).await;
        let items = held_back(&desk).await;
        let logins: Vec<&str> = items.iter().map(|one| one.login.as_str()).collect();
        assert_eq!(logins, ["p005"], "{engine}");
        assert_eq!(has(&desk, "p003").await, (1, 1, None), "{engine}");
        assert_eq!(has(&desk, "p005").await, nothing(), "{engine}");
        assert_eq!(decide(&desk, Some("p005"), Whose::Same).await, 1);
        fill(&all).await;
        sweep(&desk).await;
        assert_eq!(held_back(&desk).await, [], "{engine}");
        for login in &all {
            assert_eq!(has(&desk, login).await, (1, 1, None), "{engine}: {login}");
        }
        // That is noted: one of them made anew is another person again.
        fill(&[login(7)]).await;
        sweep(&desk).await;
        assert_eq!(held_back(&desk).await.len(), 1, "{engine}");
    }
}
