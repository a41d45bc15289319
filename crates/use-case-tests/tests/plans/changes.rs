//! Plans of changes with what they come to, and saving them.

use kartoteka_access::{Access, SettingsWanted, Wanted};
use kartoteka_directory::{Actor, Kind};
use kartoteka_model::access::Context;
use kartoteka_records::Records;

use kartoteka_testbed::statements;

use super::desk::Desk;
use super::relations::fields;

/// Each sort of relation for a few and for many; the many are looked up in the index.
fn wanted(count: usize) -> Vec<(&'static str, Vec<Wanted>)> {
    let numbers = || (20..20 + count).filter(|number| !number.is_multiple_of(9));
    let login = |number: usize| format!("login{number}");
    let given = true;
    let customers = numbers().map(|number| Wanted::Customer {
        login: login(number),
        customer: "C311".into(),
        given,
    });
    let people = numbers().map(|number| Wanted::PersonGroup {
        login: login(number),
        group: "g5".into(),
        permission: "rw".into(),
        given,
    });
    let groups = numbers().map(|number| Wanted::CustomerGroup {
        customer: format!("C{number}"),
        group: "g5".into(),
        permission: "rw".into(),
        context: Context::Same,
        given,
    });
    let services = numbers().map(|number| Wanted::Service {
        login: login(number),
        service: "s11".into(),
        given,
    });
    vec![
        ("customers", customers.collect()),
        ("permissions of people", people.collect()),
        ("permissions of customers", groups.collect()),
        ("services", services.collect()),
    ]
}

pub async fn plans(desk: &Desk) {
    let actor = Actor::operator();
    let directory = &desk.directory;
    for count in [2, 60] {
        for (what, wanted) in wanted(count) {
            let planned = Access::of(directory).plan_relations(&actor, wanted.clone());
            let plan = desk.no_scan(&format!("planned {what}"), planned).await;
            let plan = plan.unwrap();
            assert!(plan.errors.is_empty(), "{:?}", plan.errors);
            assert!(!plan.effects.is_empty(), "{what}");
            let applied = Access::of(directory).apply_relations(plan);
            desk.no_scan(&format!("saved {what}"), applied)
                .await
                .unwrap();
            let taken = wanted.into_iter().map(taken).collect();
            let planned = Access::of(directory).plan_relations(&actor, taken);
            let plan = planned.await.unwrap();
            let applied = Access::of(directory).apply_relations(plan);
            desk.no_scan(&format!("taken {what}"), applied)
                .await
                .unwrap();
        }
    }
    for (kind, key, change) in [
        (Kind::CustomerUser, "login7", ("ValidID", "2")),
        (Kind::CustomerUser, "login7", ("UserCustomerID", "C9")),
        (Kind::Customer, "C7", ("ValidID", "2")),
        (Kind::Customer, "C7", ("CustomerID", "C7b")),
        (Kind::Group, "g1", ("ValidID", "2")),
    ] {
        let planned = async {
            let plan =
                Records::of(directory).plan_update(&actor, kind, key, fields(&[change]), None);
            Access::of(directory).preview(plan.await?).await
        };
        let what = format!("planned {kind:?} {change:?}");
        let plan = desk.no_scan(&what, planned).await.unwrap();
        assert!(!plan.effects.is_empty(), "{what}");
    }
    saving_asks_for_no_people(desk).await;
    let settings = SettingsWanted::from_iter([("always_groups".to_owned(), ["g1"][..].into())]);
    let planned = Access::of(directory).plan_access_settings(&actor, settings);
    desk.no_scan("planned settings", planned).await.unwrap();
}

/// Whose permissions change is worked out for those who look before they save, not in order to save.
async fn saving_asks_for_no_people(desk: &Desk) {
    let actor = Actor::operator();
    let directory = &desk.directory;
    directory.wait_for_index().await.unwrap();
    for (kind, key) in [(Kind::Customer, "C7"), (Kind::Group, "g1")] {
        let plan = |valid| {
            let fields = fields(&[("ValidID", valid)]);
            Records::of(directory).plan_update(&actor, kind, key, fields, None)
        };
        let save = async { Records::of(directory).apply(plan("2").await.unwrap()).await };
        let (saved, run) = statements(save).await;
        saved.unwrap();
        let looked: Vec<&String> = run.iter().filter(|sql| of_people(sql)).collect();
        assert!(looked.is_empty(), "{key}: {looked:#?}");
        let preview = async {
            Access::of(directory)
                .preview(plan("1").await.unwrap())
                .await
        };
        let (plan, run) = statements(preview).await;
        assert!(run.iter().any(|sql| of_people(sql)), "{run:#?}");
        Records::of(directory).apply(plan.unwrap()).await.unwrap();
    }
}

/// Whether a statement looks many people up, or counts them.
fn of_people(sql: &str) -> bool {
    sql.contains("FROM doc d WHERE d.id IN") || sql.contains("FROM doc WHERE ckey IN")
}

fn taken(wanted: Wanted) -> Wanted {
    let mut wanted = wanted;
    match &mut wanted {
        Wanted::Customer { given, .. }
        | Wanted::PersonGroup { given, .. }
        | Wanted::CustomerGroup { given, .. }
        | Wanted::Service { given, .. } => *given = false,
    }
    wanted
}
