//! Settings that change while the program serves.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use kartoteka_store::Db;
use kartoteka_testbed::Engine;
use serde_json::json;

use crate::nodes::{Nodes, PEOPLE, nodes, person};
use crate::run::pause;

/// Within so long every node goes by what it was told, on a machine that does much else.
const SOON: Duration = Duration::from_secs(10);

const ROOM: &str = r#"
[CustomerUser]
AutoLoginCreation = true
CustomerUserEmailUniqCheck = false
MapAdd = [["UserRoom", "Pokój", "room", 1, 0, "var"]]
CustomerUserSearchFields = ["login", "last_name", "room"]
"#;

fn write(nodes: &Nodes, settings: &str) {
    for (folder, node) in nodes.folders.iter().zip(&nodes.nodes) {
        std::fs::write(folder.path().join("kartoteka.toml"), settings).unwrap();
        node.signal("-HUP");
    }
}

/// Adds a column to the table of people.
fn add_column(address: &str) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let db = Db::open(address).await.unwrap();
        let sql = "ALTER TABLE customer_user ADD COLUMN room VARCHAR(100)";
        db.execute(sql, &[]).await.unwrap();
        db.close().await;
    });
}

/// Waits until a node shows the field, or does not; how long it took.
fn shows(nodes: &Nodes, node: usize, shown: bool) -> Duration {
    let begun = Instant::now();
    loop {
        let person = nodes.get(node, &format!("{PEOPLE}/p1"));
        assert_eq!(person.status, 200, "{person:?}");
        if person.json().get("UserRoom").is_some() == shown {
            return begun.elapsed();
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "{person:?}");
        pause(Duration::from_millis(10));
    }
}

/// How many a search finds.
fn found(nodes: &Nodes, node: usize, search: &str) -> u64 {
    let list = nodes.get(node, &format!("{PEOPLE}?{search}"));
    assert_eq!(list.status, 200, "{list:?}");
    let list = list.json();
    assert_eq!(list["index"]["state"], "current", "{list}");
    list["total"].as_u64().unwrap()
}

#[test]
fn a_field_is_added_and_taken_away_while_both_nodes_are_searched() {
    for engine in Engine::servers() {
        let nodes = &nodes(engine);
        for number in 0..30 {
            let made = nodes.send(0, "POST", PEOPLE, &[], &person(&format!("p{number}")));
            assert_eq!(made.status, 201, "{made:?}");
        }
        add_column(&nodes.address);
        let done = &AtomicBool::new(false);
        std::thread::scope(|scope| {
            for node in [0, 1] {
                scope.spawn(move || {
                    let mut searches = 0;
                    while !done.load(Ordering::Relaxed) {
                        assert_eq!(found(nodes, node, "search=kowalska"), 30, "{engine}");
                        searches += 1;
                    }
                    assert!(searches > 20, "{searches}");
                });
            }
            let changed = || {
                write(nodes, ROOM);
                for node in [0, 1] {
                    let took = shows(nodes, node, true);
                    assert!(took < SOON, "{took:?} on {engine}");
                }
                let path = format!("{PEOPLE}/p1");
                let saved = nodes.send(0, "PATCH", &path, &[], &json!({ "UserRoom": "Zamek 7" }));
                assert_eq!(saved.status, 200, "{saved:?}");
                for search in ["search=zamek", "field.UserRoom=Zam*"] {
                    assert_eq!(found(nodes, 1, search), 1, "{search} on {engine}");
                }
                // What does not fit is not taken; nothing else is different.
                for mistake in [
                    ROOM.replace("\"room\", 1", "\"zimmer\", 1"),
                    ROOM.replace("[CustomerUser]", "[CustomerUser"),
                ] {
                    write(nodes, &mistake);
                    pause(Duration::from_millis(500));
                    shows(nodes, 0, true);
                }
                write(nodes, "");
                for node in [0, 1] {
                    let took = shows(nodes, node, false);
                    assert!(took < SOON, "{took:?} on {engine}");
                }
                let unknown = nodes.get(0, &format!("{PEOPLE}?field.UserRoom=x"));
                assert_eq!(unknown.status, 400, "{unknown:?}");
                // What was there before is there again, with what was saved meanwhile.
                let path = format!("{PEOPLE}/p2");
                let saved = nodes.send(1, "PATCH", &path, &[], &json!({ "UserCity": "Sopot" }));
                assert_eq!(saved.status, 200, "{saved:?}");
                write(nodes, ROOM);
                for node in [0, 1] {
                    shows(nodes, node, true);
                    assert_eq!(found(nodes, node, "search=zamek"), 1, "{engine}");
                    assert_eq!(found(nodes, node, "field.UserCity=Sopot"), 1, "{engine}");
                }
            };
            let changed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(changed));
            done.store(true, Ordering::Relaxed);
            if let Err(panic) = changed {
                std::panic::resume_unwind(panic);
            }
        });
    }
}
