//! Two processes on one data folder, as the server and the terminal are.

use kartoteka_directory::{Actor, Kind};
use kartoteka_records::Records;
use kartoteka_testbed::Engine;

use super::world::{World, eventually, listed};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn neither_puts_an_older_row_over_a_newer_one() {
    for engine in Engine::servers() {
        let world = World::set(engine, |world| world.looks_away()).await;
        let other = world.another().await;
        let actor = Actor::operator();
        // Both follow each save, while OTOBO writes as well.
        for round in 0..30 {
            let name = format!("Ewa{round}");
            let fields = [("UserFirstname".to_owned(), name.clone())].into();
            let plan =
                Records::of(&other).plan_update(&actor, Kind::CustomerUser, "anna", fields, None);
            Records::of(&other)
                .apply(plan.await.unwrap())
                .await
                .unwrap();
            let (last, later) = (format!("Nowak{round}"), format!("Nowak{round}later"));
            world.otobo.rename("anna", &last).await;
            let (_, _, _, ()) = futures::join!(
                world.listed(),
                listed(&other),
                other.sync_external_changes(Kind::CustomerUser),
                world.otobo.rename("anna", &later)
            );
            for directory in [world.directory(), &other] {
                directory
                    .sync_external_changes(Kind::CustomerUser)
                    .await
                    .unwrap();
            }
            eventually("both have the last row", async || {
                let found = world.found("Nowak").await;
                (found == [later.as_str()])
                    .then_some(())
                    .ok_or(format!("{found:?}"))
            })
            .await;
        }
        other.close().await;
    }
}
