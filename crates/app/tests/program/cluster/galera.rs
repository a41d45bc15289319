//! MariaDB's Galera.

use std::time::{Duration, Instant};

use kartoteka_store::Db;
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

/// A server applies what others committed a moment later; `wsrep_sync_wait` lets its readers wait for that.
#[test]
#[ignore = "cargo xtask cluster"]
fn what_one_server_took_is_seen_at_another_at_once_where_reads_wait() {
    const READ: usize = 200;
    let galera = runtime().block_on(Galera::start()).unwrap();
    for waits in [false, true] {
        for server in galera.addresses() {
            // What is connected from here on has it.
            let sql = format!("SET GLOBAL wsrep_sync_wait = {}", i32::from(waits));
            let set = async {
                let db = Db::open(&format!("{server}/mysql")).await.unwrap();
                db.execute(&sql, &[]).await.unwrap();
                db.close().await;
            };
            runtime().block_on(set);
        }
        let nodes = nodes(&galera);
        let token = nodes[0].prepare();
        let (mut missed, mut reading) = (0, Duration::ZERO);
        for number in 0..READ {
            let login = format!("anna-{number}");
            let added = nodes[0].server.post(PEOPLE, &token, &person(&login));
            assert_eq!(added.status, 201, "{added:?}");
            let begun = Instant::now();
            let read = nodes[1]
                .server
                .get(&format!("{PEOPLE}/{login}"), Some(&token));
            reading += begun.elapsed();
            missed += usize::from(read.status != 200);
        }
        println!(
            "reads wait: {waits}; {missed} of {READ} not seen at once, {:?} each",
            reading / READ as u32
        );
        assert!(!waits || missed == 0, "{missed} not seen");
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
