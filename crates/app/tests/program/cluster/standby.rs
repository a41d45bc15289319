//! PostgreSQL with a synchronous standby.

use std::time::Duration;

use kartoteka_testbed::{Haproxy, Standby, create_database};

use super::desk::{Node, at_port, holds, port, runtime, until, while_written};
use crate::run::pause;

#[test]
#[ignore = "cargo xtask cluster"]
fn what_was_acknowledged_before_a_failover_is_there_after_it() {
    let mut pair = runtime().block_on(Standby::start()).unwrap();
    let [first, second] = pair.addresses().map(str::to_owned);
    let proxy = Haproxy::start(&[port(&first), port(&second)]).unwrap();
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
