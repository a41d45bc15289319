//! Whose permissions grow or shrink when a customer is saved: people of sources that can't be written do not follow a
//! new ID.

use std::collections::BTreeSet;

use kartoteka_access::{Access, Wanted};
use kartoteka_directory::{Actor, Effect, Kind};
use kartoteka_model::access::Context;
use kartoteka_model::{CustomerUserSource, Field, FieldMap};
use kartoteka_records::{Plan, Records};
use kartoteka_settings::Settings;
use kartoteka_testbed::Engine;

use crate::{Desk, fields_of};

/// A source over a table that others made and fill.
fn read_only(settings: &mut Settings) {
    let mut source = CustomerUserSource::shipped();
    let table = &mut source.spec;
    table.id = "CustomerUser1".into();
    table.name = "Register".into();
    table.origin = kartoteka_model::source::Table::foreign("register").into();
    table.read_only = true;
    table.key = "uname".into();
    table.valid = None;
    table.search_fields = ["uname", "lname"].map(str::to_owned).to_vec();
    table.list_fields = ["uname", "lname"].map(str::to_owned).to_vec();
    table.map = FieldMap(
        [
            ("UserLogin", "uname"),
            ("UserFirstname", "fname"),
            ("UserLastname", "lname"),
            ("UserEmail", "mail"),
            ("UserCustomerID", "cid"),
            ("UserCustomerIDs", "cids"),
        ]
        .map(|(name, column)| Field::new(name, name, column))
        .to_vec(),
    );
    source.customer_id = "cid".into();
    source.sender_fields = vec!["mail".into()];
    source.name_fields = vec!["fname".into(), "lname".into()];
    settings.customer_users.push(source);
}

fn set(settings: &mut Settings) {
    settings.groups.customer_group_support = true;
    settings.groups.always_groups = vec![];
    settings.groups.company_always_groups = vec![];
}

/// `ACME` has `rw` in `support`. Its people are `anna` and `berta` here; in the register `reg` names it as the primary
/// customer, `several` among others, `both` as the primary one and as a further one; `further` only as a further one,
/// and `stray` names `NEW`, which there is not yet.
async fn desk(engine: Engine) -> Desk {
    let desk = Desk::set(engine, set).await.customers().await;
    for login in ["anna", "berta"] {
        desk.person(login).await;
    }
    desk.create(Kind::Group, &[("Name", "support")])
        .await
        .unwrap();
    let sql = "CREATE TABLE register (uname VARCHAR(100) PRIMARY KEY, fname VARCHAR(100), lname VARCHAR(100), \
               mail VARCHAR(100), cid VARCHAR(100), cids VARCHAR(100))";
    desk.db.execute(sql, &[]).await.unwrap();
    for (login, customer, several) in [
        ("reg", "ACME", ""),
        ("several", "LODZ", "LODZ;ACME"),
        ("both", "ACME", ""),
        ("further", "LODZ", ""),
        ("stray", "NEW", ""),
    ] {
        let sql = "INSERT INTO register VALUES (?, ?, ?, ?, ?, ?)";
        let mail = format!("{login}@acme-lab.org");
        let args = [login, login, login, &mail, customer, several].map(Into::into);
        desk.db.execute(sql, &args).await.unwrap();
    }
    let desk = desk.again(read_only).await;
    let given = [
        Wanted::CustomerGroup {
            customer: "ACME".into(),
            group: "support".into(),
            permission: "rw".into(),
            context: Context::Same,
            given: true,
        },
        further("both"),
        further("further"),
    ];
    let actor = Actor::operator();
    let plan = Access::of(&desk.directory)
        .plan_relations(&actor, given.to_vec())
        .await;
    let plan = plan.unwrap();
    assert!(plan.errors.is_empty(), "{:?}", plan.errors);
    Access::of(&desk.directory)
        .apply_relations(plan)
        .await
        .unwrap();
    desk
}

fn further(login: &str) -> Wanted {
    Wanted::Customer {
        login: login.into(),
        customer: "ACME".into(),
        given: true,
    }
}

/// Who has `ro` in `support`.
async fn holders(desk: &Desk) -> BTreeSet<String> {
    let actor = Actor::operator();
    let page = Access::of(&desk.directory).holders(&actor, "support", "ro", None, 100);
    let holders = page.await.unwrap().holders.into_iter();
    holders.map(|holder| holder.login).collect()
}

/// Logins with whether they gain; sources with the rows that are left behind there.
type Listed = (BTreeSet<(String, bool)>, Vec<(String, u64)>);

/// Who gains (true) and who loses `ro` in `support`, and who is left behind, as a preview has it.
fn listed(plan: &Plan) -> Listed {
    let mut permissions = BTreeSet::new();
    let mut behind = vec![];
    for effect in &plan.effects {
        match effect {
            Effect::ChangesPermission {
                permission,
                gained,
                logins,
                people,
                ..
            } if permission == "ro" => {
                assert_eq!(*people, logins.len() as u64);
                permissions.extend(logins.iter().map(|login| (login.clone(), *gained)));
            }
            Effect::LeavesBehind { source, rows } => behind.push((source.clone(), *rows)),
            _ => {}
        }
    }
    (permissions, behind)
}

async fn plan(desk: &Desk, key: &str, change: (&str, &str)) -> Plan {
    let fields = fields_of(&[change]);
    let actor = Actor::operator();
    let directory = &desk.directory;
    let plan = Records::of(directory).plan_update(&actor, Kind::Customer, key, fields, None);
    plan.await.unwrap()
}

/// Saves, and holds what became of everybody to what the preview listed.
async fn save(desk: &Desk, key: &str, change: (&str, &str)) -> BTreeSet<(String, bool)> {
    let before = holders(desk).await;
    let plan = plan(desk, key, change).await;
    let said = |plan: &Plan| {
        let mut effects = plan.effects.iter();
        effects.any(|effect| matches!(effect, Effect::ChangesPermission { .. }))
    };
    assert!(!said(&plan), "only a preview says it: {:?}", plan.effects);
    let plan = Access::of(&desk.directory).preview(plan).await.unwrap();
    let (permissions, _) = listed(&plan);
    Records::of(&desk.directory).apply(plan).await.unwrap();
    let after = holders(desk).await;
    let gained = after.difference(&before).map(|login| (login.clone(), true));
    let lost = before
        .difference(&after)
        .map(|login| (login.clone(), false));
    assert_eq!(
        permissions,
        gained.chain(lost).collect(),
        "{key} {change:?}"
    );
    permissions
}

fn people(logins: &[&str], gained: bool) -> BTreeSet<(String, bool)> {
    logins
        .iter()
        .map(|login| ((*login).to_owned(), gained))
        .collect()
}

#[tokio::test]
async fn a_preview_knows_who_does_not_follow_a_new_id() {
    for engine in Engine::ALL {
        let desk = desk(engine).await;
        let all = ["anna", "berta", "both", "further", "reg", "several"];
        assert_eq!(holders(&desk).await, all.map(str::to_owned).into());
        let invalid = save(&desk, "ACME", ("ValidID", "2")).await;
        assert_eq!(invalid, people(&all, false), "{}", engine.name());
        let valid = save(&desk, "ACME", ("ValidID", "1")).await;
        assert_eq!(valid, people(&all, true));
        let planned = plan(&desk, "ACME", ("CustomerID", "NEW")).await;
        let (_, behind) = listed(&planned);
        assert_eq!(behind, [("CustomerUser1".to_owned(), 2)]);
        let renamed = save(&desk, "ACME", ("CustomerID", "NEW")).await;
        let mut expected = people(&["reg", "several"], false);
        expected.extend(people(&["stray"], true));
        assert_eq!(renamed, expected, "{}", engine.name());
        let other = save(&desk, "LODZ", ("CustomerID", "LODZ-2")).await;
        assert_eq!(other, BTreeSet::new());
        // Both at once, and back.
        let both = save(&desk, "NEW", ("CustomerID", "ACME")).await;
        let mut expected = people(&["reg", "several"], true);
        expected.extend(people(&["stray"], false));
        assert_eq!(both, expected);
    }
}
