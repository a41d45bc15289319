//! What no `change_time` tells.

use kartoteka_directory::Kind;
use kartoteka_testbed::Engine;

use super::world::World;

const YEAR: i64 = 365 * 24 * 3600;

#[tokio::test]
async fn what_was_written_with_odd_times_is_found() {
    for engine in Engine::servers() {
        let world = World::on(engine).await;
        world.otobo.delete("olek").await;
        world.lists(&["anna"]).await;
        for (login, seconds) in [("b.past", -3 * YEAR), ("c.future", 70 * YEAR)] {
            world.otobo.add(login, seconds).await;
        }
        world.lists(&["anna", "b.past", "c.future"]).await;
        // By hand, without a word of when.
        world
            .otobo
            .sql("UPDATE customer_user SET valid_id = 2 WHERE login = 'anna'")
            .await;
        world.lists(&["b.past", "c.future"]).await;
        world
            .otobo
            .update_at("c.future", "d.future", 1, 71 * YEAR)
            .await;
        world.lists(&["b.past", "d.future"]).await;
    }
}

#[tokio::test]
async fn a_table_that_was_restored_is_read() {
    for engine in Engine::servers() {
        let mut world = World::on(engine).await;
        for number in 0..10 {
            world.otobo.add(&format!("p{number}"), -YEAR).await;
        }
        let all = ["p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9"];
        let mut before = vec!["anna", "olek"];
        before.extend(all);
        world.lists(&before).await;
        let otobo = &world.otobo;
        otobo
            .sql("CREATE TABLE backup AS SELECT * FROM customer_user")
            .await;
        otobo.delete("p3").await;
        otobo.delete("p7").await;
        otobo.update("anna", "ania", 1).await;
        otobo.add("zofia", 0).await;
        let now: Vec<&str> = [
            "ania", "olek", "p0", "p1", "p2", "p4", "p5", "p6", "p8", "p9", "zofia",
        ]
        .to_vec();
        world.lists(&now).await;
        let restore = [
            "DELETE FROM customer_user",
            "INSERT INTO customer_user SELECT * FROM backup",
        ];
        for sql in restore {
            world.otobo.sql(sql).await;
        }
        world.lists(&before).await;
        // Also while nobody looks.
        world.stop().await;
        world.otobo.delete("p5").await;
        world.otobo.add("q", -2 * YEAR).await;
        world.start().await;
        let now = [
            "anna", "olek", "p0", "p1", "p2", "p3", "p4", "p6", "p7", "p8", "p9", "q",
        ];
        world.lists(&now).await;
    }
}

#[tokio::test]
async fn a_table_without_times_is_swept() {
    for engine in Engine::servers() {
        let foreign = |world: &mut World| {
            let table = kartoteka_model::source::Table::foreign("customer_user");
            world.settings.customer_users[0].spec.origin = table.into();
        };
        let world = World::set(engine, foreign).await;
        world.otobo.add("new", 0).await;
        world.lists(&["anna", "new", "olek"]).await;
        world.otobo.update("new", "newer", 1).await;
        world.lists(&["anna", "newer", "olek"]).await;
        world.otobo.update("anna", "anna", 2).await;
        world.otobo.delete("olek").await;
        world.lists(&["newer"]).await;
    }
}

#[tokio::test]
async fn customers_are_swept_too() {
    for engine in Engine::servers() {
        let world = World::on(engine).await;
        let counts = async |valid: u64, invalid: u64| {
            super::world::eventually("they are counted", async || {
                let counted = world.directory().count(Kind::Customer).await.unwrap();
                (counted == (valid, invalid))
                    .then_some(())
                    .ok_or(format!("{counted:?}"))
            })
            .await;
        };
        world.otobo.add_customer("ACME", 0).await;
        world.otobo.add_customer("LODZ", -YEAR).await;
        counts(2, 0).await;
        world
            .otobo
            .sql("UPDATE customer_company SET valid_id = 2 WHERE customer_id = 'ACME'")
            .await;
        counts(1, 1).await;
        world
            .otobo
            .sql("DELETE FROM customer_company WHERE customer_id = 'LODZ'")
            .await;
        counts(0, 1).await;
    }
}
