//! People who are ticked: more than a page of them.

use std::collections::BTreeSet;

use kartoteka_access::{Access, AssignmentSide};
use kartoteka_directory::{Actor, Maintenance, Relation};
use kartoteka_testbed::Engine;

use crate::jobs::crowd::{Crowd, login};

/// More than two pages.
const MANY: usize = 230;

async fn service_id(directory: &Maintenance) -> i64 {
    let services = Access::of(directory)
        .all_services(&Actor::operator())
        .await
        .unwrap();
    services.iter().find(|one| one.name == "Mail").unwrap().id
}

#[tokio::test]
async fn people_of_a_customer_or_service_are_read_by_pages() {
    let actor = Actor::operator();
    for engine in Engine::ALL {
        let crowd = Crowd::of(engine, MANY).await;
        let directory = &crowd.desk.directory;
        let service_id = service_id(directory).await;
        let relations = (0..MANY).flat_map(|number| {
            // Rows may spell the customer otherwise.
            let customer = if number % 10 == 3 { "lodz" } else { "LODZ" };
            [
                Relation::Customer {
                    login: login(number),
                    customer: customer.into(),
                },
                Relation::Service {
                    login: login(number),
                    service: "Mail".into(),
                    service_id,
                },
            ]
        });
        let everybody = Relation::Service {
            login: "<DEFAULT>".into(),
            service: "Mail".into(),
            service_id,
        };
        let relations = relations.chain([everybody]);
        Access::of(directory)
            .bulk_relate(&actor, relations)
            .await
            .unwrap();
        for side in [
            AssignmentSide::PeopleOf("LODZ".into()),
            AssignmentSide::PeopleWith("Mail".into()),
        ] {
            let place = format!("{side:?} on {engine}");
            let (mut seen, mut after, mut sizes) = (BTreeSet::new(), None, vec![]);
            loop {
                let page = Access::of(directory)
                    .assignments(&actor, &side, None, after.as_deref())
                    .await;
                let page = page.unwrap();
                assert_eq!(page.total, MANY as u64, "{place}");
                assert!(page.ticked.iter().all(|row| row.known && row.on), "{place}");
                sizes.push(page.ticked.len());
                for row in page.ticked {
                    assert!(seen.insert(row.key.clone()), "{place}: {} twice", row.key);
                }
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(sizes, [100, 100, 30], "{place}");
            assert_eq!(seen, (0..MANY).map(login).collect(), "{place}");
            // Who is ticked on another page is found ticked all the same.
            let found = Access::of(directory)
                .assignments(&actor, &side, Some("person.0217"), None)
                .await;
            let found = found.unwrap().found;
            assert_eq!(found.len(), 1, "{place}");
            assert!(found[0].on, "{place}");
            let nobody = Access::of(directory)
                .assignments(&actor, &side, None, Some("nobody"))
                .await;
            assert!(nobody.unwrap_err().is_of_cursor(), "{place}");
        }
    }
}
