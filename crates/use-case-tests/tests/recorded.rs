//! What the recorded cases showed: relations asked for in another case, invalid services.

use kartoteka_access::{Access, Wanted};
use kartoteka_directory::{Actor, Kind};
use kartoteka_testbed::Engine;

use crate::Desk;

#[tokio::test]
async fn further_customers_and_people_are_found_in_any_case_and_in_folded_order() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        desk.person("anna").await;
        desk.person("Żaneta").await;
        let actor = Actor::operator();
        // As OTOBO writes them: in whatever case somebody typed.
        let now = "2026-01-01 00:00:00";
        let time = desk.db.engine().time_placeholder();
        let sql = format!(
            "INSERT INTO customer_user_customer (user_id, customer_id, create_time, create_by, change_time, change_by) \
             VALUES (?, ?, {time}, 1, {time}, 1)"
        );
        for (login, customer) in [
            ("ANNA", "zeta"),
            ("aNNa", "Ähre"),
            ("anna", "Beta"),
            ("anna", "beta"),
            ("żaneta", "BETA"),
            ("ana", "Alpha"),
        ] {
            let args = kartoteka_store::args![login, customer, now, now];
            desk.db.execute(&sql, &args).await.unwrap();
        }
        for asked in ["anna", "Anna", "ANNA"] {
            let ids = desk
                .directory
                .further_customers(&actor, asked)
                .await
                .unwrap();
            let ids: Vec<String> = ids.iter().map(|id| id.to_lowercase()).collect();
            assert_eq!(ids, ["ähre", "beta", "zeta"], "{asked} on {engine}");
            let ids = desk.directory.customer_ids(&actor, asked).await.unwrap();
            let ids: Vec<String> = ids.iter().map(|id| id.to_lowercase()).collect();
            assert_eq!(ids, ["acme", "ähre", "beta", "zeta"], "{asked} on {engine}");
        }
        for asked in ["beta", "BETA", "Beta"] {
            let people = desk.directory.further_people(&actor, asked).await.unwrap();
            let people: Vec<String> = people.iter().map(|login| login.to_lowercase()).collect();
            assert_eq!(people, ["anna", "żaneta"], "{asked} on {engine}");
        }
    }
}

#[tokio::test]
async fn an_invalid_service_has_nobody() {
    for engine in Engine::all() {
        let desk = Desk::with_customers(engine).await;
        desk.person("anna").await;
        desk.create(Kind::Service, &[("Name", "VPN")])
            .await
            .unwrap();
        let actor = Actor::operator();
        let wanted = Wanted::Service {
            login: "anna".into(),
            service: "VPN".into(),
            given: true,
        };
        let plan = Access::of(&desk.directory).plan_relations_of_anybody(&actor, vec![wanted]);
        let plan = plan.await.unwrap();
        Access::of(&desk.directory)
            .apply_relations(plan)
            .await
            .unwrap();
        let id = Access::of(&desk.directory)
            .all_services(&actor)
            .await
            .unwrap()[0]
            .id;
        for (validity, people) in [("valid", 1), ("invalid", 0), ("valid", 1)] {
            desk.update(Kind::Service, "VPN", &[("ValidID", validity)])
                .await
                .unwrap();
            let logins = Access::of(&desk.directory).logins_with_service(&actor, id, None, 10);
            assert_eq!(
                logins.await.unwrap().len(),
                people,
                "{validity} on {engine}"
            );
        }
    }
}
