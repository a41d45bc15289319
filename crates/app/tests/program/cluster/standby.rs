//! PostgreSQL with a synchronous standby.

use std::time::Duration;

use kartoteka_testbed::{Haproxy, Member, Standby, create_database};

use super::desk::{Node, PEOPLE, at_port, holds, person, port, runtime, until, while_written};
use crate::run::pause;

#[test]
#[ignore = "cargo xtask cluster"]
fn what_was_acknowledged_before_a_failover_is_there_after_it() {
    let mut pair = runtime().block_on(Standby::start()).unwrap();
    let [first, second] = pair.addresses().map(str::to_owned);
    let proxy = Haproxy::start(Member::Primary, &[port(&first), port(&second)]).unwrap();
    let address = runtime().block_on(create_database(&first)).unwrap();
    let node = Node::start(&at_port(&address, proxy.port()));
    let token = node.prepare();
    let mut back = Duration::ZERO;
    let told = while_written(&[&node.server.address], &token, 4, "w", || {
        pause(Duration::from_secs(3));
        pair.kill_primary().unwrap();
        runtime().block_on(pair.promote()).unwrap();
        back = until(
            "ready again",
            Duration::from_secs(60),
            || node.server.get("/health/ready", None),
            |answer| answer.status == 200,
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

#[test]
#[ignore = "cargo xtask cluster"]
fn a_standby_is_read_and_says_that_it_can_not_be_written_to() {
    let pair = runtime().block_on(Standby::start()).unwrap();
    let [first, second] = pair.addresses().map(str::to_owned);
    let address = runtime().block_on(create_database(&first)).unwrap();
    let writes = Node::start(&address);
    let token = writes.prepare();
    assert_eq!(
        writes.server.post(PEOPLE, &token, &person("anna")).status,
        201
    );
    let node = Node::start(&at_port(&address, port(&second)));
    until(
        "found at the standby",
        Duration::from_secs(60),
        || node.server.get(&format!("{PEOPLE}/anna"), Some(&token)),
        |answer| answer.status == 200,
    );
    let found = node
        .server
        .get(&format!("{PEOPLE}?search=nowak"), Some(&token));
    assert_eq!(found.status, 200, "{found:?}");
    let refused = node.server.post(PEOPLE, &token, &person("ewa"));
    assert_eq!(refused.status, 503, "{refused:?}");
    let ready = node.server.get("/health/ready", None);
    assert!(ready.body.contains("read-only"), "{ready:?}");
}
