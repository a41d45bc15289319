//! Measures searches and saves in process: `kartoteka-bench [--people N] [--engine E] [--json FILE]`.

use std::time::Instant;

use anyhow::{Context, Result, bail};
use kartoteka_demodata::DemoData;
use kartoteka_directory::{Actor, Directory, Fields, Kind, Options, Search};
use kartoteka_model::source::Address;
use kartoteka_settings::Settings;
use kartoteka_testbed::Engine;
use serde_json::{Value, json};

/// Shapes of searches: name and text.
const SHAPES: [(&str, &str); 11] = [
    ("common word", "kowalsk"),
    ("part inside a word", "owal"),
    ("rare word", "brzeczyszcz"),
    ("two common words", "anna+kowalsk"),
    ("one of two words", "nowak OR müller"),
    ("without a word", "!anna"),
    ("one letter", "k"),
    ("two letters", "ow"),
    ("three letters", "ski"),
    ("no hit", "qxzqxz"),
    ("end of a login", "ski7"),
];

/// Times of one operation, in milliseconds.
struct Times(Vec<f64>);

impl Times {
    fn at(&self, part: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        sorted
            .get(((sorted.len() - 1) as f64 * part) as usize)
            .copied()
            .unwrap_or_default()
    }

    fn report(&self, name: &str) -> Value {
        println!("| {name} | {:.2} | {:.2} |", self.at(0.5), self.at(0.99));
        json!({"operation": name, "median_ms": self.at(0.5), "p99_ms": self.at(0.99), "runs": self.0.len()})
    }
}

macro_rules! measure {
    ($runs:expr, |$number:ident| $body:expr) => {{
        let mut times = vec![];
        for $number in 0..$runs {
            let began = Instant::now();
            $body;
            times.push(began.elapsed().as_secs_f64() * 1000.0);
        }
        Times(times)
    }};
}

#[tokio::main]
async fn main() -> Result<()> {
    let (mut people, mut engine, mut file) = (10_000_usize, Engine::Sqlite, None);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words
            .next()
            .with_context(|| format!("{word} needs a value"))?;
        match word.as_str() {
            "--people" => people = value.parse()?,
            "--engine" => {
                engine = Engine::parse(&value).with_context(|| format!("no engine {value}"))?
            }
            "--json" => file = Some(value),
            _ => bail!("unknown option {word}"),
        }
    }
    let data = tempfile::tempdir()?;
    let mut settings = Settings {
        data_dir: data.path().to_path_buf(),
        ..Settings::default()
    };
    let address = match engine {
        Engine::Sqlite => format!("sqlite://{}/bench.db?mode=rwc", data.path().display()),
        engine => kartoteka_testbed::fresh_database(engine).await?,
    };
    settings.database.url = Address::new(&address);
    let directory = Directory::open(settings.clone(), Options::default()).await?;
    let mut results = vec![];
    println!("{people} people, {}\n", engine.name());
    fill(&directory, people, &mut results).await?;
    println!("\n| operation | median ms | p99 ms |\n| --- | --- | --- |");
    searches(&directory, &mut results).await?;
    people_and_saves(&directory, people, &mut results).await?;
    directory.close().await;
    let reopened = measure!(10, |_number| Directory::open(
        settings.clone(),
        Options::default()
    )
    .await?
    .close()
    .await);
    results.push(reopened.report("open and close"));
    println!("\nresident memory: {} MB", resident().unwrap_or_default());
    results.push(json!({"operation": "resident memory", "megabytes": resident()}));
    if let Some(file) = file {
        let all = json!({"people": people, "engine": engine.name(), "results": results});
        std::fs::write(file, serde_json::to_string_pretty(&all)?)?;
    }
    Ok(())
}

async fn fill(directory: &Directory, people: usize, results: &mut Vec<Value>) -> Result<()> {
    let actor = Actor::operator();
    let made = DemoData::new(people as u64, 1);
    directory
        .bulk_create(&actor, Kind::Customer, made.customers(), |_| {})
        .await?;
    let began = Instant::now();
    directory
        .bulk_create(&actor, Kind::CustomerUser, made.people(), |_| {})
        .await?;
    let inserted = began.elapsed().as_secs_f64();
    directory.settle().await?;
    let indexed = began.elapsed().as_secs_f64();
    let rate = |seconds: f64| (people as f64 / seconds).round();
    println!(
        "bulk insert: {} people/s; with the search index: {} people/s",
        rate(inserted),
        rate(indexed)
    );
    results.push(json!({"operation": "bulk insert", "per_second": rate(inserted), "indexed_per_second": rate(indexed)}));
    Ok(())
}

async fn searches(directory: &Directory, results: &mut Vec<Value>) -> Result<()> {
    let actor = Actor::operator();
    for (name, text) in SHAPES {
        let search = Search {
            text: Some(text.into()),
            limit: 50,
            ..Search::default()
        };
        let found = directory
            .search(&actor, Kind::CustomerUser, &search)
            .await?
            .total;
        let times = measure!(60, |_number| directory
            .search(&actor, Kind::CustomerUser, &search)
            .await?);
        let more = if found.exact { "" } else { "+" };
        results.push(times.report(&format!("search, {name} ({}{more} hits)", found.count)));
    }
    let all = Search {
        limit: 50,
        ..Search::default()
    };
    let times = measure!(60, |_number| directory
        .search(&actor, Kind::CustomerUser, &all)
        .await?);
    results.push(times.report("list, first page"));
    Ok(())
}

async fn people_and_saves(
    directory: &Directory,
    people: usize,
    results: &mut Vec<Value>,
) -> Result<()> {
    let actor = Actor::operator();
    let logins: Vec<String> = DemoData::new(people as u64, 1)
        .people()
        .step_by((people / 200).max(1))
        .map(|person| person.get("UserLogin").to_owned())
        .collect();
    let times = measure!(logins.len(), |number| {
        directory
            .find(&actor, Kind::CustomerUser, &logins[number])
            .await?
    });
    results.push(times.report("one person by login"));
    let customer = DemoData::new(people as u64, 1)
        .customers()
        .next()
        .context("no customer")?;
    let added = measure!(100, |number| {
        let fields: Fields = [
            ("UserLogin", format!("bench{number}")),
            ("UserFirstname", "Anna".to_owned()),
            ("UserLastname", format!("Bench{number}")),
            ("UserEmail", format!("bench{number}@bench-lab.org")),
            ("UserCustomerID", customer.get("CustomerID").to_owned()),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
        let plan = directory
            .plan_create(&actor, Kind::CustomerUser, None, fields)
            .await?;
        directory.apply(plan).await?
    });
    results.push(added.report("add, durable"));
    let changed = measure!(100, |number| {
        let fields: Fields = [("UserPhone".to_owned(), format!("42 {number}"))]
            .into_iter()
            .collect();
        let login = format!("bench{number}");
        let plan = directory
            .plan_update(&actor, Kind::CustomerUser, &login, fields, None)
            .await?;
        directory.apply(plan).await?
    });
    results.push(changed.report("change, durable"));
    Ok(())
}

/// The memory that the process holds, in megabytes.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace()
        .nth(1)?
        .parse::<u64>()
        .ok()
        .map(|kilobytes| kilobytes / 1024)
}
