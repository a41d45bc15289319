//! Many who save at once, and what others wait meanwhile.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use anyhow::{Result, ensure};
use futures::future::try_join_all;
use serde_json::json;

use super::Bench;
use super::save::{ADDED, Newcomers, email, person};
use crate::client::{Client, escape};
use crate::doors::Doors;
use crate::measure::Times;
use crate::report::Door;

/// How many save at once.
const CONCURRENT_SAVES: usize = 128;

/// How often they do.
const ROUNDS: usize = 5;

/// By REST, each over a connection of its own; all are answered 201. Meanwhile one asks for a person and another whether the
/// program is ready, again and again.
pub async fn over_http(bench: &mut Bench, doors: &mut Doors) -> Result<()> {
    let newcomers = Newcomers::new("c");
    let customer = bench.sample.customer(0).to_owned();
    let mut clients = vec![];
    for _ in 0..CONCURRENT_SAVES {
        clients.push(doors.rest.another().await?);
    }
    let known = format!("{ADDED}/{}", escape(bench.sample.login(0)));
    let (mut each, mut all, mut reads, mut ready) = (vec![], vec![], vec![], vec![]);
    for round in 0..ROUNDS {
        let over = AtomicBool::new(false);
        let began = Instant::now();
        let saving = async {
            let saves = clients.iter_mut().enumerate().map(|(number, client)| {
                let login = newcomers.login(round * CONCURRENT_SAVES + number);
                let fields = person(&login, &email(&login), &customer)
                    .map(|(name, value)| (name.to_owned(), json!(value)));
                let body = json!(serde_json::Map::from_iter(fields)).to_string();
                async move {
                    let began = Instant::now();
                    let body = Some(("application/json", body.as_str()));
                    let answer = client.send("POST", ADDED, body).await?;
                    ensure!(answer.status == 201, "one of many: {}", answer.status);
                    Ok(began.elapsed().as_secs_f64() * 1000.0)
                }
            });
            let times = try_join_all(saves).await;
            over.store(true, Ordering::Relaxed);
            times
        };
        let mut reader = doors.rest.another().await?;
        let mut prober = doors.rest.another().await?;
        let (saved, read, probed) = futures::try_join!(
            saving,
            asked(&mut reader, &known, &over),
            asked(&mut prober, "/health/ready", &over),
        )?;
        all.push(began.elapsed().as_secs_f64() * 1000.0);
        each.extend(saved);
        reads.extend(read);
        ready.extend(probed);
    }
    for (name, times) in [
        ("128 add at once, each", each),
        ("128 add at once, all", all),
        ("one person by login, meanwhile", reads),
        ("readiness, meanwhile", ready),
    ] {
        bench
            .report
            .times(name, Door::Rest, Times::from_iter(times));
    }
    Ok(())
}

/// Asks until the others are done; what each answer took.
async fn asked(client: &mut Client, path: &str, over: &AtomicBool) -> Result<Vec<f64>> {
    let mut times = vec![];
    while !over.load(Ordering::Relaxed) {
        let began = Instant::now();
        client.get(path).await?;
        times.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(times)
}
