//! The settings of access: the file holds, the rest is saved, journalled and checked.

use kartoteka_access::{Access, SettingsWanted};
use kartoteka_directory::Error;
use kartoteka_testbed::Engine;
use serde_json::json;

use super::world::World;

fn wanted(pairs: &[(&str, serde_json::Value)]) -> SettingsWanted {
    let pairs = pairs.iter().cloned();
    pairs.map(|(key, value)| (key.to_owned(), value)).collect()
}

#[tokio::test]
async fn saved_settings_hold_and_mistakes_are_named() {
    for engine in Engine::all() {
        let world = World::on(engine).await;
        let admin = World::actor();
        let plan = |wanted| Access::of(&world.directory).plan_access_settings(&admin, wanted);
        let bad = wanted(&[
            ("always_groups", json!(["nobody"])),
            ("customer_group_support", json!("yes")),
            ("permissions", json!(["ro"])),
            ("nothing", json!(1)),
        ]);
        let refused = plan(bad).await.unwrap();
        let mut codes: Vec<_> = refused
            .errors
            .iter()
            .map(|error| (error.field.as_str(), error.problem.code()))
            .collect();
        codes.sort_unstable();
        let expected = [
            ("always_groups", "unknown-group"),
            ("customer_group_support", "not-a-choice"),
            ("nothing", "unknown-field"),
            ("permissions", "unknown-permission"),
        ];
        assert_eq!(codes, expected);
        assert!(matches!(
            Access::of(&world.directory)
                .apply_access_settings(refused)
                .await,
            Err(Error::Invalid(_))
        ));
        let always = plan(wanted(&[("always_groups", json!(["users", "vip"]))]))
            .await
            .unwrap();
        let effect = &always.effects[0];
        assert_eq!(
            (effect.group.as_str(), effect.before, effect.after),
            ("vip", 0, 6)
        );
        let after = Access::of(&world.directory)
            .apply_access_settings(always)
            .await
            .unwrap();
        assert_eq!(
            Access::of(&world.directory)
                .access_in_force(&admin)
                .await
                .unwrap(),
            after.after
        );
        assert!(after.journal.is_some());
        let after = after.after;
        assert_eq!(after.always_groups, ["users", "vip"]);
    }
}
