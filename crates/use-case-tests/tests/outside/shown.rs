//! Whoever is shown is in the source at that moment, also before anybody looked for changes.

use kartoteka_access::Access;
use kartoteka_directory::{Actor, Kind, Search, ValidFilter};
use kartoteka_testbed::Engine;

use super::world::World;

const GROUP: &str = "users";

/// Nobody looks for changes, and customers and groups are what permissions depend on.
async fn world(engine: Engine) -> World {
    let world = World::set(engine, |world| {
        world.looks_away();
        world.settings.groups.customer_group_support = true;
        world.settings.groups.always_groups = vec![GROUP.to_owned()];
    });
    let world = world.await;
    world.otobo.add_customer("ACME", -60).await;
    world
        .directory()
        .rebuild_index(Kind::Customer)
        .await
        .unwrap();
    world
}

/// Everybody whom any list of access shows.
async fn with_access(world: &World) -> Vec<Vec<String>> {
    let (directory, actor) = (world.directory(), Actor::operator());
    let holders = Access::of(directory)
        .holders(&actor, GROUP, "rw", None, 50)
        .await
        .unwrap();
    let people = Access::of(directory).people_of_customer(&actor, "ACME", None, 50);
    let people = people.await.unwrap().people;
    let holding = Access::of(directory)
        .group_holders(&actor, GROUP, 50)
        .await
        .unwrap();
    let rw = holding
        .held
        .into_iter()
        .find(|held| held.permission == "rw");
    vec![
        holders.holders.into_iter().map(|one| one.login).collect(),
        people.into_iter().map(|one| one.login).collect(),
        rw.unwrap()
            .people
            .into_iter()
            .map(|one| one.login)
            .collect(),
    ]
}

#[tokio::test]
async fn nobody_is_shown_who_is_gone() {
    for engine in Engine::servers() {
        let world = world(engine).await;
        for login in ["b", "c", "d"] {
            world.otobo.add(login, -60).await;
        }
        world
            .directory()
            .rebuild_index(Kind::CustomerUser)
            .await
            .unwrap();
        let shows = async |logins: &[&str]| {
            for shown in with_access(&world).await {
                assert_eq!(shown, logins, "{engine}");
            }
        };
        shows(&["anna", "b", "c", "d", "olek"]).await;
        world.otobo.delete("b").await;
        shows(&["anna", "c", "d", "olek"]).await;
        world.otobo.update("c", "c2", 1).await;
        // What is seen to be gone under the old login is looked for under the new one by whoever looks.
        shows(&["anna", "d", "olek"]).await;
        world.otobo.update("d", "d", 2).await;
        shows(&["anna", "olek"]).await;

        world.otobo.update("anna", "anna", 3).await;
        assert_eq!(world.listed().await, ["olek"], "{engine}");
        world.otobo.delete("olek").await;
        assert!(world.listed().await.is_empty(), "{engine}");
        let search = Search {
            valid: ValidFilter::All,
            ..Search::default()
        };
        let actor = Actor::operator();
        let page = world
            .directory()
            .search(&actor, Kind::CustomerUser, &search);
        let page = page.await.unwrap();
        let logins: Vec<&str> = page.rows.iter().map(|row| row.key.as_str()).collect();
        assert_eq!(logins, ["anna", "d"], "{engine}");
        assert_eq!(page.total.count, 2, "{engine}");
    }
}

#[tokio::test]
async fn what_is_shown_of_somebody_is_what_the_source_says() {
    for engine in Engine::servers() {
        let world = world(engine).await;
        let sql = "UPDATE customer_user SET first_name = 'Ewa' WHERE login = 'anna'";
        world.otobo.sql(sql).await;
        let actor = Actor::operator();
        let search = Search::default();
        let page = world
            .directory()
            .search(&actor, Kind::CustomerUser, &search);
        let page = page.await.unwrap();
        assert_eq!(page.rows[0].record.get("UserFirstname"), "Ewa", "{engine}");
    }
}

#[tokio::test]
async fn a_page_while_the_index_is_made_shows_nobody_who_is_gone() {
    for engine in Engine::servers() {
        let world = world(engine).await;
        world.otobo.delete("olek").await;
        let directory = world.directory();
        let (made, listed) =
            futures::join!(directory.rebuild_index(Kind::CustomerUser), world.listed());
        made.unwrap();
        assert_eq!(listed, ["anna"], "{engine}");
    }
}
