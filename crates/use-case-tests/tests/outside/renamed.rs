//! Whom OTOBO renames stays one person.

use kartoteka_testbed::Engine;

use super::world::World;

#[tokio::test]
async fn a_renamed_person_is_one_person() {
    for engine in Engine::servers() {
        let world = World::on(engine).await;
        world.otobo.update("olek", "olaf", 1).await;
        world.lists(&["anna", "olaf"]).await;
        // Only the case is another one.
        world.otobo.update("olaf", "Olaf", 1).await;
        world.lists(&["anna", "Olaf"]).await;
        // Two change places.
        world.otobo.update("anna", "third", 1).await;
        world.otobo.update("Olaf", "anna", 1).await;
        world.otobo.update("third", "olaf", 1).await;
        world.lists(&["olaf", "anna"]).await;
    }
}

#[tokio::test]
async fn who_is_renamed_and_made_invalid_is_not_valid_under_the_old_login() {
    for engine in Engine::servers() {
        let mut world = World::on(engine).await;
        world.otobo.update("olek", "olaf", 1).await;
        world.otobo.update("olaf", "olaf", 2).await;
        world.lists(&["anna"]).await;
        // Also while nobody looks.
        world.stop().await;
        world.otobo.update("anna", "ania", 1).await;
        world.otobo.update("ania", "ania", 3).await;
        world.start().await;
        assert!(world.listed().await.is_empty(), "{engine}");
    }
}
