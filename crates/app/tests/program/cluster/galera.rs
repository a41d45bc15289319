//! MariaDB's Galera.

use std::time::Duration;

use kartoteka_testbed::{Galera, Haproxy, Member, create_database};
use serde_json::json;

use super::desk::{Node, PEOPLE, at_port, holds, person, port, runtime, until, while_written};
use crate::run::pause;

/// Two nodes, each on a server of its own of the cluster, started for the first time at once.
fn nodes(galera: &Galera) -> [Node; 2] {
    let address = runtime()
        .block_on(create_database(galera.address(0)))
        .unwrap();
    let start = |server: usize| Node::start(&at_port(&address, port(galera.address(server))));
    std::thread::scope(|scope| {
        [0, 1]
            .map(|server| scope.spawn(move || start(server)))
            .map(|started| started.join().unwrap())
    })
}

#[test]
#[ignore = "cargo xtask cluster"]
fn nodes_that_write_to_two_servers_at_once_are_both_answered() {
    let galera = runtime().block_on(Galera::start()).unwrap();
    let nodes = nodes(&galera);
    let token = nodes[0].prepare();
    let addresses = [
        nodes[0].server.address.as_str(),
        nodes[1].server.address.as_str(),
    ];
    let told = while_written(&addresses, &token, 4, "w", || {
        pause(Duration::from_secs(20))
    });
    println!(
        "{} saves in 20 s at two servers, longest {:?}, other answers {:?}",
        told.kept.len(),
        told.longest,
        told.other
    );
    assert_eq!(told.other, [], "conflicts are tried again");
    for node in &nodes {
        until(
            "what the other server has",
            Duration::from_secs(30),
            || node.server.get(&format!("{PEOPLE}?search=*"), Some(&token)),
            |answer| answer.json()["sources"][0]["unavailable_since"].is_null(),
        );
        holds(node, &token, &told.kept);
    }
}

#[test]
#[ignore = "cargo xtask cluster"]
fn a_server_without_its_majority_is_unavailable_and_not_a_defect() {
    let mut galera = runtime().block_on(Galera::start()).unwrap();
    let nodes = nodes(&galera);
    let token = nodes[0].prepare();
    galera.kill(1).unwrap();
    galera.kill(2).unwrap();
    let node = &nodes[0].server;
    let took = until(
        "said to be unavailable",
        Duration::from_secs(60),
        || node.get("/health/ready", None),
        |answer| answer.status == 503,
    );
    println!("not ready after {took:?}");
    let refused = node.post(PEOPLE, &token, &person("anna"));
    assert_eq!(refused.status, 503, "{refused:?}");
    assert_eq!(
        refused.json()["type"],
        json!("urn:kartoteka:problem:unavailable")
    );
    assert!(!refused.header("retry-after").is_empty(), "{refused:?}");
    assert_eq!(node.get("/health/live", None).status, 200);
}

#[test]
#[ignore = "cargo xtask cluster"]
fn behind_a_proxy_the_loss_of_a_server_loses_nothing() {
    let mut galera = runtime().block_on(Galera::start()).unwrap();
    let ports: Vec<u16> = galera.addresses().into_iter().map(port).collect();
    let proxy = Haproxy::start(Member::Synced, &ports).unwrap();
    let address = runtime()
        .block_on(create_database(galera.address(0)))
        .unwrap();
    let node = Node::start(&at_port(&address, proxy.port()));
    let token = node.prepare();
    let mut back = Duration::ZERO;
    let told = while_written(&[&node.server.address], &token, 4, "w", || {
        pause(Duration::from_secs(3));
        galera.kill(0).unwrap();
        pause(Duration::from_millis(500));
        back = until(
            "saves again",
            Duration::from_secs(60),
            || {
                node.server
                    .post(PEOPLE, &token, &person(&format!("again{}", fresh_number())))
            },
            |answer| answer.status == 201,
        );
        pause(Duration::from_secs(3));
    });
    println!(
        "{} saves kept, back after {back:?}, {} refused, longest {:?}",
        told.kept.len(),
        told.other.len(),
        told.longest
    );
    assert!(
        told.other.iter().all(|(status, _)| *status == 503),
        "{:?}",
        told.other
    );
    holds(&node, &token, &told.kept);
}

/// A number that was not used before.
fn fresh_number() -> u32 {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::SeqCst)
}
