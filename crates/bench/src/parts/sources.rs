//! People of a tree in an LDAP server: reading them all, keeping in step, finding them.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use kartoteka_directory::{Actor, IndexState, Kind, Maintenance, Options, Search};
use kartoteka_model::CustomerUserSource;
use kartoteka_model::ldap::LdapTree;
use kartoteka_model::source::Address;
use kartoteka_settings::Settings;
use kartoteka_testbed::ldap::{Entry, SUFFIX, Slapd};

use super::{Bench, note_memory};
use crate::machine::resident;
use crate::measure::{measure, milliseconds};
use crate::report::Door;

const KIND: Kind = Kind::CustomerUser;

fn login(number: u64) -> String {
    format!("p{number:07}")
}

/// Last names that a few people share.
fn last_name(number: u64) -> String {
    format!("Nowak{}", number / 20)
}

/// Starts a server with as many people as the directory has, and a directory that reads them.
pub async fn in_process(bench: &mut Bench) -> Result<()> {
    let mut entries = Entry::tree();
    for number in 0..bench.people {
        let (login, last) = (login(number), last_name(number));
        let mail = format!("{login}@lab.example");
        let attributes = [
            ("givenName", "Anna"),
            ("sn", last.as_str()),
            ("mail", mail.as_str()),
            ("o", "ACME"),
            ("telephoneNumber", "+48 42 1234567"),
        ];
        entries.push(Entry::person(&login, &attributes));
    }
    let slapd = Slapd::start(&entries, ["", ""])?;
    drop(entries);
    let folder = tempfile::tempdir()?;
    let mut settings = Settings {
        data_dir: folder.path().to_path_buf(),
        ..Settings::default()
    };
    let file = folder.path().join("bench.db");
    settings.database.url = Address::new(format!("sqlite://{}", file.display()));
    settings.customer_users = vec![source(&slapd)];

    let began = Instant::now();
    let directory = Maintenance::open(settings, Options::default()).await?;
    while directory.index_state(KIND) != IndexState::Current {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let took = milliseconds(began) / 1000.0;
    let rate = bench.people as f64 / took;
    let report = &mut bench.report;
    report.value("LDAP, first reading", Door::Process, rate, "entries/s");
    let actor = Actor::operator();
    let (all, _) = directory.count(KIND).await?;
    ensure!(all == bench.people, "{all} people were read");

    let times = measure(bench.runs, async |_| {
        Ok(directory.sync_external_changes(KIND).await?)
    });
    let times = times.await?;
    let report = &mut bench.report;
    report.times("LDAP, a look without changes", Door::Process, times);
    let people = bench.people;
    let number = move |run: usize| (run as u64 * 7919) % people;
    let times = measure(bench.runs, async |run| {
        let found = directory.find(&actor, KIND, &login(number(run))).await?;
        ensure!(
            found.unavailable_since.is_none(),
            "the server does not answer"
        );
        Ok(())
    });
    let times = times.await?;
    bench.report.times("LDAP, one person", Door::Process, times);
    let times = measure(bench.runs, async |run| {
        let search = Search {
            text: Some(last_name(number(run))),
            ..Search::default()
        };
        let page = directory.search(&actor, KIND, &search).await?;
        page.rows.first().context("nobody was found").map(|_| ())
    });
    let times = times.await?;
    bench.report.times("LDAP, search", Door::Process, times);
    note_memory(
        bench,
        "LDAP, memory with the bench",
        Door::Process,
        resident(std::process::id()),
    );
    directory.close().await;
    Ok(())
}

fn source(slapd: &Slapd) -> CustomerUserSource {
    let mut source = CustomerUserSource::of_ldap();
    let spec = &mut source.spec;
    spec.search_fields = ["uid", "givenname", "sn", "mail"]
        .map(str::to_owned)
        .to_vec();
    spec.search_prefix = "*".into();
    spec.origin = LdapTree {
        hosts: vec![slapd.address()],
        base: format!("ou=people,{SUFFIX}"),
        timeout: 30,
        ..LdapTree::default()
    }
    .into();
    source
}
