//! Services: a tree that stays one, whatever is renamed and moved.

use std::collections::BTreeMap;

use kartoteka_directory::{Actor, Effect, Error, Kind, Search, ValidFilter};
use kartoteka_model::{Collation, service};
use kartoteka_records::Records;
use kartoteka_store::args;
use kartoteka_store::own::named::{self, NamedTable};
use kartoteka_testbed::Engine;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::{Desk, fields_of};

trait Tree {
    fn desk(&self) -> &Desk;

    async fn service(&self, full: &str) {
        let (parent, name) = service::split(full);
        let fields = [("Name", name), ("Parent", parent)];
        assert_eq!(
            self.desk().create(Kind::Service, &fields).await.unwrap(),
            full
        );
    }

    /// All services, in the order of their tree.
    async fn tree(&self) -> Vec<String> {
        let all = Search {
            valid: ValidFilter::All,
            limit: 1000,
            ..Search::default()
        };
        let page = self
            .desk()
            .directory
            .search(&Actor::operator(), Kind::Service, &all)
            .await
            .unwrap();
        page.rows.into_iter().map(|row| row.key).collect()
    }
}

impl Tree for Desk {
    fn desk(&self) -> &Desk {
        self
    }
}

fn codes(result: kartoteka_directory::Result<String>) -> Vec<String> {
    let Err(Error::Invalid(errors)) = result else {
        panic!("{result:?}")
    };
    let one = |error: &kartoteka_directory::FieldError| {
        format!("{} {}", error.field, error.problem.code())
    };
    errors.iter().map(one).collect()
}

#[tokio::test]
async fn what_is_below_follows_in_the_same_save() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        for full in [
            "IT",
            "IT::Sieć",
            "IT::Sieć::WLAN",
            "IT-Recht",
            "IT::Poczta",
            "Biuro",
        ] {
            desk.service(full).await;
        }
        let find = async |name: &str| {
            let row = named::find(&desk.db, NamedTable::Services, name).await;
            row.unwrap().map(|row| row.id)
        };
        let id = find("IT::Sieć::WLAN").await;
        let wanted = fields_of(&[("Name", "Łącza"), ("Parent", "Biuro")]);
        let plan = Records::of(&desk.directory)
            .plan_update(&Actor::operator(), Kind::Service, "IT::Sieć", wanted, None)
            .await
            .unwrap();
        let expected = [
            Effect::Renames {
                from: "IT::Sieć".into(),
                to: "Biuro::Łącza".into(),
            },
            Effect::RenamesBelow {
                from: "IT::Sieć::WLAN".into(),
                to: "Biuro::Łącza::WLAN".into(),
            },
        ];
        assert_eq!(plan.effects, expected);
        assert_eq!(
            Records::of(&desk.directory)
                .apply(plan)
                .await
                .unwrap()
                .effects,
            expected
        );
        let tree = [
            "Biuro",
            "Biuro::Łącza",
            "Biuro::Łącza::WLAN",
            "IT",
            "IT::Poczta",
            "IT-Recht",
        ];
        assert_eq!(desk.tree().await, tree, "{}", engine.name());
        assert_eq!(
            find("Biuro::Łącza::WLAN").await,
            id,
            "relations go by number"
        );
        let history = desk
            .directory
            .history(&Actor::operator(), Kind::Service, "Biuro::Łącza::WLAN", 10)
            .await
            .unwrap();
        let actions: Vec<&str> = history.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(actions, ["rename", "create"], "{}", engine.name());
        assert_eq!(
            (
                history[0].changes[0].before.as_str(),
                history[0].changes[0].after.as_str()
            ),
            ("IT::Sieć", "Biuro::Łącza")
        );
        let verdict = desk.directory.verify_journal(&Actor::operator()).await;
        assert_eq!(verdict.unwrap().fault, None);
    }
}

#[tokio::test]
async fn cycles_unknown_parents_and_taken_names_are_refused() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        for full in ["A", "A::B", "A::B::C", "D", "D::B"] {
            desk.service(full).await;
        }
        let update = async |key: &str, field: &str, value: &str| {
            codes(desk.update(Kind::Service, key, &[(field, value)]).await)
        };
        assert_eq!(update("A", "Parent", "A").await, ["Parent below-itself"]);
        assert_eq!(
            update("A", "Parent", "A::B::C").await,
            ["Parent below-itself"]
        );
        assert_eq!(update("A", "Parent", "Z").await, ["Parent unknown-parent"]);
        assert_eq!(
            update("A", "Parent", "a::b").await,
            ["Parent unknown-parent"]
        );
        assert_eq!(update("A", "Name", "d").await, ["Name taken"]);
        assert_eq!(update("A::B", "Parent", "D").await, ["Name taken"]);
        assert_eq!(update("A::B", "Name", "x::y").await, ["Name separator"]);
        assert_eq!(update("A::B", "Name", "x:").await, ["Name separator"]);
        let before = ["A", "A::B", "A::B::C", "D", "D::B"];
        assert_eq!(desk.tree().await, before, "{}", engine.name());
        // A case of its own: the name of the one that moves is free for it.
        desk.update(Kind::Service, "A::B", &[("Name", "b")])
            .await
            .unwrap();
        assert_eq!(desk.tree().await[1..3], ["A::b", "A::b::C"]);
    }
}

#[tokio::test]
async fn a_full_name_has_to_fit_into_the_column_with_all_below() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        let (long, rest) = ("ż".repeat(100), "x".repeat(89));
        desk.service(&long).await;
        desk.service(&format!("{long}::{rest}")).await;
        desk.service("top").await;
        let longer = "ż".repeat(101);
        let refused = desk
            .update(Kind::Service, &long, &[("Name", longer.as_str())])
            .await;
        let Err(Error::Invalid(errors)) = refused else {
            panic!("{refused:?} on {}", engine.name())
        };
        assert_eq!(errors[0].field, "Name");
        assert_eq!(
            errors[0].problem,
            kartoteka_directory::FieldProblem::TooLong { max: 100 }
        );
        let moved = desk
            .update(Kind::Service, &long, &[("Parent", "top")])
            .await;
        assert_eq!(codes(moved), ["Parent too-long"]);
    }
}

#[tokio::test]
async fn what_came_below_between_plan_and_save_follows_too() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        desk.service("A").await;
        let plan = Records::of(&desk.directory)
            .plan_update(
                &Actor::operator(),
                Kind::Service,
                "A",
                fields_of(&[("Name", "B")]),
                None,
            )
            .await
            .unwrap();
        desk.service("A::late").await;
        let applied = Records::of(&desk.directory).apply(plan).await.unwrap();
        assert_eq!(applied.effects.len(), 2);
        assert_eq!(desk.tree().await, ["B", "B::late"], "{}", engine.name());
    }
}

#[tokio::test]
async fn a_service_whose_parent_is_missing_can_still_be_changed() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        let time = desk.db.engine().time_placeholder();
        let sql = format!(
            "INSERT INTO service (name, valid_id, create_time, create_by, change_time, change_by) \
             VALUES (?, 1, {time}, 1, {time}, 1)"
        );
        let now = "2026-11-03 12:00:00";
        for odd in ["gone::child", "gone::child::gone::child"] {
            desk.db.execute(&sql, &args![odd, now, now]).await.unwrap();
        }
        desk.update(Kind::Service, "gone::child", &[("Comment", "kept")])
            .await
            .unwrap();
        desk.update(
            Kind::Service,
            "gone::child",
            &[("Parent", ""), ("Name", "gone")],
        )
        .await
        .unwrap();
        assert_eq!(
            desk.tree().await,
            ["gone", "gone::gone::child"],
            "{}",
            engine.name()
        );
    }
}

/// The tree as numbers: each service's parent, by what was done and not by what its name says.
#[derive(Default)]
struct Family {
    parent: BTreeMap<usize, Option<usize>>,
    name: BTreeMap<usize, String>,
}

impl Family {
    fn full(&self, id: usize) -> String {
        match self.parent[&id] {
            Some(parent) => service::join(&self.full(parent), &self.name[&id]),
            None => self.name[&id].clone(),
        }
    }

    fn is_above(&self, above: usize, id: usize) -> bool {
        id == above || self.parent[&id].is_some_and(|parent| self.is_above(above, parent))
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.name.keys().map(|id| self.full(*id)).collect();
        names.sort_by_key(|name| service::tree_key(&Collation::default(), name));
        names
    }
}

#[tokio::test]
async fn random_moves_never_leave_a_cycle_or_a_dangling_name() {
    for engine in Engine::all() {
        let steps = if engine == Engine::Sqlite { 250 } else { 60 };
        let desk = Desk::on(engine).await;
        let seed: u64 = rand::rng().random();
        let mut random = StdRng::seed_from_u64(seed);
        let mut family = Family::default();
        let names = ["a", "b", "ł", "a b", "a-b", "x:y"];
        for step in 0..steps {
            let note = format!("seed {seed}, step {step} on {}", engine.name());
            let count = family.name.len();
            let name = names[random.random_range(0..names.len())];
            let mut pick =
                |at_top: bool| (count > 0 && !at_top).then(|| random.random_range(0..count));
            let (one, parent) = (pick(count < 4 || step % 3 == 0), pick(step % 5 == 0));
            let parent_name = parent.map_or(String::new(), |parent| family.full(parent));
            let fields = [("Name", name), ("Parent", parent_name.as_str())];
            let free = |family: &Family| {
                family.name.keys().all(|other| {
                    Some(*other) == one
                        || family.parent[other] != parent
                        || family.name[other] != name
                })
            };
            let (saved, allowed) = match one {
                None => (desk.create(Kind::Service, &fields).await, free(&family)),
                Some(one) => {
                    let key = family.full(one);
                    let cycle = parent.is_some_and(|parent| family.is_above(one, parent));
                    (
                        desk.update(Kind::Service, &key, &fields).await,
                        !cycle && free(&family),
                    )
                }
            };
            assert_eq!(saved.is_ok(), allowed, "{note}: {saved:?}");
            if allowed {
                let id = one.unwrap_or(count);
                family.parent.insert(id, parent);
                family.name.insert(id, name.to_owned());
            }
            let tree = desk.tree().await;
            assert_eq!(tree, family.names(), "{note}");
            for full in &tree {
                let (parent, _) = service::split(full);
                assert!(
                    parent.is_empty() || tree.iter().any(|name| name == parent),
                    "{note}"
                );
            }
        }
        let verdict = desk.directory.verify_journal(&Actor::operator()).await;
        assert_eq!(verdict.unwrap().fault, None);
    }
}
