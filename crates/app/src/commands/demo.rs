//! `kartoteka demo`: a made-up directory to try things out.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use kartoteka_demo_story::StoryClock;
use kartoteka_demodata::{DemoData, SEED};
use kartoteka_directory::{Actor, Error, Fields, Kind, Maintenance, Search, ValidFilter};
use kartoteka_model::Record;
use kartoteka_records::{Applied, Records};
use secrecy::{ExposeSecret, SecretString};
use tokio::net::TcpListener;

use crate::exit::{Ended, Exit};
use crate::output::print;
use crate::place::Place;
use crate::{logging, opened, progress, serving, stop};

const LOGIN: &str = "demo";

/// With fewer people nothing is told of them.
const FEWEST_FOR_A_STORY: u64 = 100;

/// How large the demonstration is.
#[derive(Debug, Args)]
pub struct Options {
    /// How many people; a million takes about a minute
    #[arg(long, value_name = "N", default_value_t = 400, value_parser = clap::value_parser!(u64).range(..=20_000_000))]
    pub people: u64,
}

/// Makes the directory and serves it.
///
/// # Errors
/// When the data directory can't be written or the address is taken.
pub async fn run(mut place: Place, options: Options) -> anyhow::Result<Exit> {
    if place.database.is_some() {
        let remedy = "use `kartoteka serve --database` for your own";
        return Err(Ended::usage(format!("demo has its own embedded database; {remedy}")).into());
    }
    let stop = stop::on_signal()?;
    // Kept until the end: dropping it removes the directory.
    let temporary = match &place.data {
        Some(_) => None,
        None => Some(
            tempfile::Builder::new()
                .prefix("kartoteka-demo-")
                .tempdir()
                .context("no temporary directory")?,
        ),
    };
    if let Some(folder) = &temporary {
        place.data = Some(folder.path().to_owned());
    }
    // Not the installation's database, whatever its settings say.
    let folder = place.data.clone().unwrap_or_default();
    place.database = Some(
        kartoteka_settings::Database::in_dir(&folder)
            .url
            .expose()
            .to_owned(),
    );
    let settings = opened::settings(&place)?;
    logging::start(&settings.log, place.log.as_deref())?;
    let listener = bind(settings.server.listen, place.listen.is_some()).await?;
    let address = serving::address(&listener)?;
    // What happened is told at the times when it happened; then the directory is opened at the machine's.
    let clock = Arc::new(StoryClock::default());
    let directory = opened::open_at(settings.clone(), clock.clone()).await?;
    let filled = tokio::select! {
        filled = fill(&directory, &clock, options.people, &folder) => filled.map(Some),
        () = stop.cancelled() => Ok(None),
    };
    serving::close(&directory).await;
    if !matches!(filled, Ok(Some(()))) {
        return filled.map(|_| Exit::Refused);
    }
    let directory = opened::open(settings).await?;
    opened::wait_for_index(&directory).await?;
    let password = login(&directory).await?;
    let places =
        kartoteka_demo_story::places(&kartoteka_demo_story::first_people(&directory).await?);
    let kept = temporary.is_none().then_some(folder.as_path());
    print(&welcome(&address, &password, &places, kept))?;
    serving::serve(directory, listener, stop).await?;
    Ok(Exit::Ok)
}

/// The usual address; if another program has it and nobody asked for it, a free one.
async fn bind(address: SocketAddr, asked_for: bool) -> anyhow::Result<TcpListener> {
    match serving::bind(address).await {
        Err(_) if !asked_for => serving::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await,
        bound => bound,
    }
}

fn welcome(
    address: &str,
    password: &SecretString,
    places: &[(String, &str)],
    kept: Option<&Path>,
) -> String {
    let keep = match kept {
        Some(folder) => format!(
            "The data stay in {0}. Go on with them: kartoteka serve --data {0}",
            folder.display()
        ),
        None => {
            "The data go when the program ends. To keep them: kartoteka demo --data DIR, and later \
                 kartoteka serve --data DIR"
                .into()
        }
    };
    let password = password.expose_secret();
    let mut text =
        format!("listening on {address}\nlogin: {LOGIN}\npassword: {password}\n\ntry:\n");
    for (path, what) in places {
        text.push_str(&format!("  {address}{path}  {what}\n"));
    }
    format!("{text}\n{keep}")
}

/// Fills an empty directory: with people, and with what became of them in the last days.
async fn fill(
    directory: &Maintenance,
    clock: &StoryClock,
    people: u64,
    folder: &Path,
) -> anyhow::Result<()> {
    if is_empty(directory).await? {
        clock.go_to(31, 8, 0);
        let data = DemoData::new(people, SEED);
        import(
            directory,
            Kind::Customer,
            data.customers(),
            data.customer_count(),
            "customers",
        )
        .await?;
        import(
            directory,
            Kind::CustomerUser,
            data.people(),
            data.people_count(),
            "people",
        )
        .await?;
        opened::wait_for_index(directory).await?;
        if data.people_count() >= FEWEST_FOR_A_STORY {
            kartoteka_demo_story::tell(directory, clock, folder)
                .await
                .context("what happened before could not be made up")?;
        }
    }
    Ok(())
}

async fn is_empty(directory: &Maintenance) -> anyhow::Result<bool> {
    let all = Search {
        valid: ValidFilter::All,
        limit: 1,
        ..Search::default()
    };
    let page = directory
        .search(&Actor::operator(), Kind::Customer, &all)
        .await?;
    // An index that is still being made belongs to a directory that has something.
    Ok(page.rows.is_empty()
        && directory
            .journal(&Actor::operator(), &Default::default())
            .await?
            .is_empty())
}

async fn import(
    directory: &Maintenance,
    kind: Kind,
    records: impl Iterator<Item = Record> + Send,
    count: u64,
    what: &'static str,
) -> anyhow::Result<()> {
    let bar = progress::bar(count, what);
    let done = bar.clone();
    let made = Records::of(directory)
        .bulk_create(&Actor::operator(), kind, records, move |so_far| {
            done.set_position(so_far)
        })
        .await;
    bar.finish_and_clear();
    made.with_context(|| format!("the {what} could not be made"))?;
    Ok(())
}

/// The agent `demo` with a new password.
async fn login(directory: &Maintenance) -> anyhow::Result<SecretString> {
    let operator = Actor::operator();
    let applied: Applied = match directory.find(&operator, Kind::Agent, LOGIN).await {
        Ok(_) => {
            Records::of(directory)
                .apply(
                    Records::of(directory)
                        .plan_password(&operator, Kind::Agent, LOGIN, None)
                        .await?,
                )
                .await?
        }
        Err(Error::NotFound { .. }) => {
            let fields = [
                ("UserLogin", LOGIN),
                ("UserFirstname", "Demo"),
                ("UserLastname", "Admin"),
                ("Role", "admin"),
            ];
            let fields: Fields = fields
                .map(|(field, value)| (field.to_owned(), value.to_owned()))
                .into();
            let plan = Records::of(directory)
                .plan_create(&operator, Kind::Agent, None, fields)
                .await?;
            let plan = Records::of(directory).generate_password(plan);
            Records::of(directory).apply(plan).await?
        }
        Err(error) => return Err(error.into()),
    };
    applied.password.context("no password was generated")
}
