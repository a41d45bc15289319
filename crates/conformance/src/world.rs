//! One engine with the fixture in it, and a case run in it.

use std::path::Path;

use anyhow::{Context, Result, anyhow, bail, ensure};
use kartoteka_directory::{Maintenance, Options};
use kartoteka_model::Collation;
use kartoteka_model::search::Blanks;
use kartoteka_model::source::{Address, CustomerSource, CustomerUserSource};
use kartoteka_settings::Settings;
use kartoteka_store::Db;
use kartoteka_testbed::Engine;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::input::Outcome;
use crate::{arguments, calls, compare, config, fixture, rows, whole_sources};

/// OTOBO's setting that gives the default services to people whom nobody knows.
const UNKNOWN_CUSTOMER: &str = "Ticket::Service::Default::UnknownCustomer";

/// A database with the fixture.
pub struct World {
    pub address: String,
    pub db: Db,
    /// The rows of every table as the fixture left them, to go back to after a case that writes.
    snapshot: rows::Snapshot,
    /// Where the recorded tree is.
    ldap_port: u16,
    /// Open for the case before, which only read: the next one may ask it, too, if it has the same settings.
    open: Option<Opened>,
}

/// A directory over the fixture as it is.
struct Opened {
    settings: Settings,
    directory: Maintenance,
    /// Where its indexes are.
    _data: TempDir,
}

impl World {
    pub async fn new(
        engine: Engine,
        fixture: &Value,
        second: &Value,
        ldap_port: u16,
    ) -> Result<Self> {
        let address = kartoteka_testbed::fresh_database(engine).await?;
        let db = Db::open(&address).await?;
        let data = tempfile::tempdir()?;
        let directory =
            Maintenance::open(settings(&address, data.path()), Options::default()).await?;
        fixture::load(&directory, &db, fixture)
            .await
            .context("the fixture")?;
        directory.close().await;
        let second = fixture::load_table(&db, second)
            .await
            .context("the second table")?;
        let snapshot = rows::Snapshot::take(&db, second).await?;
        Ok(Self {
            address,
            db,
            snapshot,
            ldap_port,
            open: None,
        })
    }

    /// Runs a case; an error says what differs.
    pub async fn run(&mut self, case: &Value) -> Result<()> {
        let mut settings = settings(&self.address, Path::new(""));
        let input = case["input"].as_object().cloned().unwrap_or_default();
        let config = whole_sources::with_port(&case["config"], self.ldap_port);
        let configured = config::apply(&mut settings, config.as_object(), &input);
        let opened = self.opened(settings).await?;
        let result = match configured {
            Ok(()) => self.run_steps(&opened.directory, case, &input).await,
            Err(config::UNKNOWN) => Err(anyhow!("the runner does not know a setting of the case")),
            Err(kind) => compare::compare(&case["expect"], case["mode"].as_str(), &Err(kind)),
        };
        self.open = Some(opened);
        if !leaves_everything(case, self.open.as_ref().map(|open| &open.settings)) {
            self.close().await?;
        }
        result
    }

    /// A directory with these settings over the fixture.
    async fn opened(&mut self, settings: Settings) -> Result<Opened> {
        match self.open.take() {
            Some(open) if open.settings == settings => return Ok(open),
            other => self.open = other,
        }
        self.close().await?;
        let data = tempfile::tempdir()?;
        let own = Settings {
            data_dir: data.path().to_path_buf(),
            ..settings.clone()
        };
        let directory = Maintenance::open(own, Options::default()).await?;
        directory.wait_for_index().await?;
        Ok(Opened {
            settings,
            directory,
            _data: data,
        })
    }

    /// Closes what is open, and takes back what was done to the fixture.
    async fn close(&mut self) -> Result<()> {
        let Some(open) = self.open.take() else {
            return Ok(());
        };
        open.directory.close().await;
        self.snapshot.restore(&self.db).await
    }

    async fn run_steps(
        &self,
        directory: &Maintenance,
        case: &Value,
        input: &Map<String, Value>,
    ) -> Result<()> {
        let call = case["call"].as_str().context("a case without a call")?;
        if call != "sequence" {
            knows_arguments(call, input)?;
            let mut input = input.clone();
            let settings = case["config"].as_object();
            if settings.is_some_and(|all| all.contains_key(UNKNOWN_CUSTOMER)) {
                input.insert("UnknownCustomer".into(), json!("1"));
            }
            // Which permissions were recorded stands in the answer only.
            if let Some(granted) = case["expect"]["result"]["granted"].as_object() {
                input.insert("types".into(), granted.keys().cloned().collect());
            }
            let outcome = self.call(directory, call, &input).await?;
            return compare::compare(&case["expect"], case["mode"].as_str(), &outcome);
        }
        let steps = input
            .get("steps")
            .and_then(Value::as_array)
            .context("a sequence without steps")?;
        for (number, step) in steps.iter().enumerate() {
            let call = step["call"].as_str().context("a step without a call")?;
            let input = step["input"].as_object().cloned().unwrap_or_default();
            knows_arguments(call, &input)?;
            let expect = &case["expect"]["steps"][number];
            let place = || format!("step {} ({call})", number + 1);
            if call == "sql" {
                let found = rows::look(&self.db, &input).await.with_context(place)?;
                compare::compare_rows(expect, &found).with_context(place)?;
                continue;
            }
            let outcome = self
                .call(directory, call, &input)
                .await
                .with_context(place)?;
            compare::compare(expect, step["mode"].as_str(), &outcome).with_context(place)?;
        }
        Ok(())
    }

    async fn call(
        &self,
        directory: &Maintenance,
        call: &str,
        input: &Map<String, Value>,
    ) -> Result<Outcome> {
        match call {
            "Ticket.TicketCreate" => {
                rows::add_ticket(&self.db, input).await?;
                Ok(Ok(json!("1")))
            }
            _ => match calls::call(directory, call, input).await {
                Some(outcome) => Ok(outcome),
                None => bail!("no such call: {call}"),
            },
        }
    }
}

/// Whether a case reads only, and what it reads answers the next one as it did this: one table does, a server may be
/// down from now on.
fn leaves_everything(case: &Value, settings: Option<&Settings>) -> bool {
    const WRITE: [&str; 6] = ["Add", "Update", "Set", "Delete", "Create", "Ticket"];
    let call = case["call"].as_str().unwrap_or_default();
    let reads = call != "sequence" && !WRITE.iter().any(|word| call.contains(word));
    let one_table = |settings: &Settings| {
        let [source] = settings.customer_users.as_slice() else {
            return false;
        };
        source
            .spec
            .origin
            .table()
            .is_some_and(|table| table.database.is_none())
    };
    reads && settings.is_some_and(one_table)
}

fn knows_arguments(call: &str, input: &Map<String, Value>) -> Result<()> {
    let unknown = arguments::unknown(call, input);
    ensure!(
        unknown.is_none(),
        "the runner knows no argument {} of {call}",
        unknown.unwrap_or_default()
    );
    Ok(())
}

fn settings(address: &str, data: &std::path::Path) -> Settings {
    let mut settings = Settings {
        data_dir: data.to_path_buf(),
        ..Settings::default()
    };
    settings.database.url = Address::new(address);
    // What was recorded reads blanks as OTOBO does, looks in the fields that OTOBO ships (D27), and is in folded order (D28).
    settings.lists.blanks = Blanks::Text;
    settings.lists.collation = Collation::folded();
    settings.customer_users = vec![CustomerUserSource::shipped()];
    settings.customers = vec![CustomerSource::shipped()];
    // OTOBO's calls set whatever password they are given: there the policy binds only people who choose their own.
    settings.passwords.min_size = 1;
    settings.passwords.need_digit = false;
    settings.passwords.history = 0;
    settings
}
