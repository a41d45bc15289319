//! Two nodes on one PostgreSQL for a long time: people saved at both, OTOBO's statements beside them, one node killed again
//! and again, the database gone twice. Afterwards nothing acknowledged is lost, and tables, indexes and journal agree.
//! `cargo xtask soak` runs it.

mod otobo;
mod truth;
mod writers;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, RwLock};
use std::time::{Duration, Instant};

use kartoteka_testbed::{Engine, Stoppable, create_database};

use crate::cluster::desk::{Node, runtime};
use crate::run::pause;

/// How long it takes, in minutes, unless the environment says otherwise.
const MINUTES: u64 = 20;

/// What no answer may take longer than, unless the database is down meanwhile.
const LONGEST: Duration = Duration::from_secs(2);

/// For so long after the database came back, or a node started, answers may take long.
const COMING_BACK: Duration = Duration::from_secs(3);

/// What was sent and what came of it.
#[derive(Debug, Default)]
struct Counted {
    /// How often each kind of request got each status; 0 is no answer.
    answers: BTreeMap<(&'static str, u16), u32>,
    /// Requests that took longer than [`LONGEST`] while the database was there.
    late: Vec<String>,
    longest: Duration,
    longest_while_down: Duration,
    /// Statements of OTOBO's.
    otobo: u32,
}

/// What all who take part share.
struct Soak {
    /// Where each node listens now.
    addresses: [RwLock<String>; 2],
    token: String,
    stop: AtomicBool,
    counted: Mutex<Counted>,
    /// From when to when the database was down; the last may last still.
    outages: Mutex<Vec<(Instant, Option<Instant>)>>,
    kills: AtomicU32,
}

impl Soak {
    fn address(&self, node: usize) -> String {
        self.addresses[node].read().unwrap().clone()
    }

    fn goes_on(&self) -> bool {
        !self.stop.load(Ordering::SeqCst)
    }

    /// Whether the database was down at some time between.
    fn was_down(&self, begun: Instant, ended: Instant) -> bool {
        let outages = self.outages.lock().unwrap();
        outages.iter().any(|(from, until)| {
            *from <= ended && until.is_none_or(|until| begun <= until + COMING_BACK)
        })
    }

    /// Counts an answer, and how long it took.
    fn count(&self, what: &'static str, node: usize, status: u16, begun: Instant) {
        let ended = Instant::now();
        let took = ended - begun;
        let down = self.was_down(begun, ended);
        let mut counted = self.counted.lock().unwrap();
        *counted.answers.entry((what, status)).or_default() += 1;
        if down {
            counted.longest_while_down = counted.longest_while_down.max(took);
            return;
        }
        counted.longest = counted.longest.max(took);
        if took > LONGEST {
            let line = format!("{what} at node {node}: {status} after {took:?}");
            counted.late.push(line);
        }
    }
}

#[test]
#[ignore = "cargo xtask soak"]
fn two_nodes_lose_nothing_whatever_goes_down() {
    let minutes = std::env::var("KARTOTEKA_SOAK_MINUTES");
    let minutes = minutes.map_or(MINUTES, |text| text.parse().unwrap());
    let whole = Duration::from_secs(60 * minutes);
    let mut server = Stoppable::start(Engine::Postgres).unwrap().unwrap();
    let database = runtime()
        .block_on(create_database(server.address()))
        .unwrap();
    let first = Node::start(&database);
    let token = first.prepare();
    let mut second = Node::start(&database);
    let soak = Soak {
        addresses: [&first, &second].map(|node| RwLock::new(node.server.address.clone())),
        token,
        stop: AtomicBool::new(false),
        counted: Mutex::default(),
        outages: Mutex::default(),
        kills: AtomicU32::new(0),
    };
    let begun = Instant::now();
    let written = std::thread::scope(|scope| {
        let soak = &soak;
        let writers: Vec<_> = (0..6)
            .map(|number| scope.spawn(move || writers::write(soak, number)))
            .collect();
        for node in 0..2 {
            scope.spawn(move || writers::read(soak, node));
        }
        let database = &database;
        scope.spawn(move || runtime().block_on(otobo::write(soak, database)));
        let mut outages = [whole / 3, whole * 2 / 3].into_iter().peekable();
        while begun.elapsed() < whole {
            pause(Duration::from_secs(20));
            kill_and_start(soak, &mut second);
            if outages.next_if(|at| begun.elapsed() >= *at).is_some() {
                restart(soak, &mut server);
            }
        }
        soak.stop.store(true, Ordering::SeqCst);
        writers
            .into_iter()
            .flat_map(|writer| writer.join().unwrap())
            .collect::<Vec<_>>()
    });
    told(&soak, begun.elapsed());
    truth::agrees(&[&first, &second], &soak.token, &database, &written);
    let counted = soak.counted.into_inner().unwrap();
    assert!(counted.late.is_empty(), "{:#?}", counted.late);
}

/// Ends a node as loss of power would, and starts it on the same folder.
fn kill_and_start(soak: &Soak, node: &mut Node) {
    node.server.kill();
    node.start_again();
    *soak.addresses[1].write().unwrap() = node.server.address.clone();
    soak.kills.fetch_add(1, Ordering::SeqCst);
}

/// Takes the database away in the middle of what it does, and brings it back some seconds later.
fn restart(soak: &Soak, server: &mut Stoppable) {
    soak.outages.lock().unwrap().push((Instant::now(), None));
    server.stop().unwrap();
    pause(Duration::from_secs(8));
    server.start_again().unwrap();
    let now = Some(Instant::now());
    soak.outages.lock().unwrap().last_mut().unwrap().1 = now;
}

/// Says what was counted.
fn told(soak: &Soak, took: Duration) {
    let counted = soak.counted.lock().unwrap();
    println!(
        "{took:?}; {} kills of a node",
        soak.kills.load(Ordering::SeqCst)
    );
    for ((what, status), times) in &counted.answers {
        println!("{what} {status}: {times}");
    }
    println!(
        "OTOBO's statements: {}; longest {:?}, while the database was down {:?}",
        counted.otobo, counted.longest, counted.longest_while_down
    );
}
