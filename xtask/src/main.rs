//! What developers run, as `cargo xtask COMMAND`.

mod bench;
mod browser;
mod cargo;
mod checks;
mod cluster;
mod conformance;
mod npm;
mod packages;
mod pause;
mod schemathesis;
mod servers;
mod steps;
mod test;

use std::{env, process::ExitCode};

const HELP: &str = "\
cargo xtask COMMAND

  test [FILTER..]          all tests, on private PostgreSQL and MariaDB servers and a browser, then conformance
                           and schemathesis;
                           with FILTER only the tests so named
  schemathesis             REST against its OpenAPI document; a part of test
  cluster                  several nodes on Galera, on PostgreSQL with a standby, behind haproxy and pgbouncer
  soak [MINUTES]           two nodes on one PostgreSQL for 20 minutes: writers, OTOBO's statements, a node killed again and
                           again, the database restarted; nothing may be lost
  conformance [--cases DIR] [--engine sqlite|postgres|mariadb|mysql|all]
                           the recorded cases; last line: N passed, N failed
  bench [--people N] [--engine sqlite|postgres|mariadb|mysql] [--json FILE] [--only PART] [--keep DIR | --reuse DIR]
                           measurements, built for release; bench --help says more
  checks                   format, clippy, licences, length of files, files that are generated
  licences                 only the licences
  ci                       checks, then test

KARTOTEKA_TEST_MYSQLD names the file of MySQL's server: then tests and conformance run on it as well.
";

fn main() -> ExitCode {
    let mut words = env::args().skip(1);
    let command = words.next().unwrap_or_default();
    let rest: Vec<String> = words.collect();
    let done = match command.as_str() {
        "conformance" => conformance::run(&rest),
        "bench" => bench::run(&rest),
        "test" if !rest.iter().any(|word| word.starts_with('-')) => test::run(&rest),
        "cluster" if rest.is_empty() => cluster::run(),
        "soak" => cluster::soak(&rest),
        "schemathesis" if rest.is_empty() => test::run_schemathesis(),
        "checks" if rest.is_empty() => checks::run(),
        "licences" if rest.is_empty() => checks::run_licences(),
        "ci" if rest.is_empty() => ci(),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

/// Tests are of no use to somebody whose checks fail, so they come second and only then.
fn ci() -> anyhow::Result<ExitCode> {
    let checked = checks::run()?;
    if checked == ExitCode::SUCCESS {
        test::run(&[])
    } else {
        Ok(checked)
    }
}
