//! The ways that were not taken: the same searches by the engine's own means, side by side with ours
//! (docs/decisions/001). Each way finds the first thousand in the default order, as the list counts them.

use anyhow::Result;
use kartoteka_directory::{Actor, Kind, Maintenance};
use kartoteka_model::text::fold;
use kartoteka_store::{Arg, Db, Engine};

use super::Bench;
use super::search::shapes;
use crate::measure::measure;
use crate::place::Place;
use crate::questions::{Question, Shape};
use crate::report::Door;
use crate::sample::data;

/// Shapes that a way can put without knowing the search language: words that all have to be there.
const SHAPES: [&str; 8] = [
    "search, common word",
    "search, rare word",
    "search, two common words",
    "search, one letter",
    "search, two letters",
    "search, three letters",
    "search, part inside a word",
    "search, no hit",
];

/// The table that the engine's index of trigrams is for, and one without.
const TRIGRAMS: &str = "bench_trigrams";
const PLAIN: &str = "bench_plain";

/// Rows in one statement.
const ROWS: usize = 200;

/// The fields that the shipped field map searches.
const FIELDS: [&str; 4] = [
    "UserLogin",
    "UserFirstname",
    "UserLastname",
    "UserCustomerID",
];

/// A way to answer a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// The index that Kartoteka keeps.
    Ours,
    /// `LIKE` over folded texts.
    Scan,
    /// The engine's index of trigrams; words too short for it are looked for as in a scan.
    Trigrams,
}

impl Way {
    fn name(self, engine: Engine) -> &'static str {
        match (self, engine) {
            (Self::Ours, _) => "own index",
            (Self::Scan, _) => "LIKE over folded texts",
            (Self::Trigrams, Engine::Sqlite) => "FTS5 trigrams",
            (Self::Trigrams, _) => "pg_trgm",
        }
    }
}

/// Fills a table of folded texts and the engine's index of trigrams, and puts the questions in each way.
pub async fn in_process(bench: &mut Bench, directory: &Maintenance, place: &Place) -> Result<()> {
    let db = Db::open_foreign(place.database().expose()).await?;
    drop_tables(&db).await?;
    fill(&db, bench.people).await?;
    finish(&db).await?;
    let mut ways = vec![Way::Ours, Way::Scan];
    if db.engine() != Engine::MySql {
        ways.push(Way::Trigrams);
    }
    let all = shapes(&bench.sample);
    for shape in all.iter().filter(|shape| SHAPES.contains(&shape.name)) {
        for way in &ways {
            let name = format!("{}: {}", shape.name, way.name(db.engine()));
            let times = match way {
                Way::Ours => ask_ours(bench.runs, directory, shape).await?,
                // A scan takes most of a second.
                Way::Scan => ask(bench.runs.min(20), &db, shape, *way).await?,
                Way::Trigrams => ask(bench.runs.min(50), &db, shape, *way).await?,
            };
            bench.report.times(&name, Door::Process, times);
        }
    }
    drop_tables(&db).await?;
    Ok(())
}

async fn ask_ours(
    runs: usize,
    directory: &Maintenance,
    shape: &Shape,
) -> Result<crate::measure::Times> {
    let searches: Vec<_> = shape.questions.iter().map(Question::search).collect();
    let actor = Actor::operator();
    measure(runs, async |run| {
        let search = &searches[run % searches.len()];
        directory.search(&actor, Kind::CustomerUser, search).await?;
        Ok(())
    })
    .await
}

async fn ask(runs: usize, db: &Db, shape: &Shape, way: Way) -> Result<crate::measure::Times> {
    let statements: Vec<_> = shape
        .questions
        .iter()
        .map(|question| statement(db.engine(), way, &question.text))
        .collect();
    measure(runs, async |run| {
        let (sql, args) = &statements[run % statements.len()];
        db.fetch(sql, args).await?;
        Ok(())
    })
    .await
}

fn statement(engine: Engine, way: Way, text: &str) -> (String, Vec<Arg>) {
    let words: Vec<String> = text.split('+').map(fold).collect();
    let id = engine.as_text("id");
    let fits = |word: &String| word.chars().count() >= 3;
    let sqlite_trigrams = way == Way::Trigrams && engine == Engine::Sqlite;
    if sqlite_trigrams && words.iter().all(fits) {
        let phrases: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
        let sql = "SELECT CAST(rowid AS TEXT) FROM bench_gram WHERE bench_gram MATCH ? ORDER BY rowid LIMIT 1001";
        return (sql.into(), vec![Arg::from(phrases.join(" AND "))]);
    }
    let conditions = vec!["t LIKE ?"; words.len()].join(" AND ");
    let table = match (way, engine) {
        (Way::Trigrams, _) | (_, Engine::Sqlite) => TRIGRAMS,
        _ => PLAIN,
    };
    let args = words.iter().map(|word| Arg::from(format!("%{word}%")));
    (
        format!("SELECT {id} FROM {table} WHERE {conditions} ORDER BY id LIMIT 1001"),
        args.collect(),
    )
}

/// Texts of valid people, numbered in the default order.
async fn fill(db: &Db, people: u64) -> Result<()> {
    let mut rows: Vec<(String, String)> = data(people)
        .people()
        .filter(|person| person.get("ValidID") == "1")
        .map(|person| {
            let order = ["UserLastname", "UserFirstname", "UserLogin"];
            let order: Vec<String> = order.map(|field| fold(person.get(field))).to_vec();
            let texts: Vec<String> = FIELDS.map(|field| fold(person.get(field))).to_vec();
            (order.join("\u{1}"), texts.join(" "))
        })
        .collect();
    rows.sort();
    for table in tables(db.engine()) {
        let sql = format!("CREATE TABLE {table} (id BIGINT PRIMARY KEY, t VARCHAR(700) NOT NULL)");
        db.execute(&sql, &[]).await?;
        if db.engine() == Engine::Postgres && *table == TRIGRAMS {
            // Made before the rows are there: a statement that makes it for a million takes longer than one may.
            db.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm", &[])
                .await?;
            let sql = format!("CREATE INDEX bench_gram ON {table} USING gin (t gin_trgm_ops)");
            db.execute(&sql, &[]).await?;
        }
        for (portion, rows) in rows.chunks(ROWS * 50).enumerate() {
            let mut tx = db.begin().await?;
            for (at, chunk) in rows.chunks(ROWS).enumerate() {
                let first = portion * ROWS * 50 + at * ROWS;
                let places = vec!["(?, ?)"; chunk.len()].join(", ");
                let args = chunk.iter().enumerate().flat_map(|(row, (_, text))| {
                    [Arg::from((first + row) as i64), Arg::from(text.clone())]
                });
                let sql = format!("INSERT INTO {table} (id, t) VALUES {places}");
                tx.execute(&sql, &args.collect::<Vec<_>>()).await?;
            }
            tx.commit().await?;
        }
    }
    Ok(())
}

/// Makes the engine's index of trigrams ready.
async fn finish(db: &Db) -> Result<()> {
    let statements: &[&str] = match db.engine() {
        Engine::Sqlite => &[
            "CREATE VIRTUAL TABLE bench_gram USING fts5 (t, content='bench_trigrams', content_rowid='id', \
             tokenize='trigram')",
            "INSERT INTO bench_gram (bench_gram) VALUES ('rebuild')",
            "INSERT INTO bench_gram (bench_gram) VALUES ('optimize')",
        ],
        Engine::Postgres => &["ANALYZE bench_trigrams", "ANALYZE bench_plain"],
        Engine::MySql => &[],
    };
    for statement in statements {
        db.execute(statement, &[]).await?;
    }
    Ok(())
}

async fn drop_tables(db: &Db) -> Result<()> {
    if db.engine() == Engine::Sqlite {
        db.execute("DROP TABLE IF EXISTS bench_gram", &[]).await?;
    }
    for table in tables(db.engine()) {
        db.execute(&format!("DROP TABLE IF EXISTS {table}"), &[])
            .await?;
    }
    Ok(())
}

/// PostgreSQL would use the index of trigrams for a scan, too, so its scan has a table of its own.
fn tables(engine: Engine) -> &'static [&'static str] {
    match engine {
        Engine::Postgres => &[TRIGRAMS, PLAIN],
        Engine::Sqlite => &[TRIGRAMS],
        Engine::MySql => &[PLAIN],
    }
}
