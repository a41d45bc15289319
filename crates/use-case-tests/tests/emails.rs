//! E-mail addresses are taken or refused as the settings say.

use kartoteka_directory::{Actor, Kind};
use kartoteka_model::RegExp;
use kartoteka_records::Records;
use kartoteka_testbed::Engine;

use crate::{Desk, fields_of};

async fn judged(desk: &Desk, address: &str) -> Vec<&'static str> {
    let fields = [
        ("UserLogin", "anna"),
        ("UserFirstname", "Anna"),
        ("UserLastname", "Nowak"),
        ("UserEmail", address),
        ("UserCustomerID", "ACME"),
    ];
    let plan = Records::of(&desk.directory)
        .plan_create(
            &Actor::operator(),
            Kind::CustomerUser,
            None,
            fields_of(&fields),
        )
        .await
        .unwrap();
    plan.errors
        .iter()
        .map(|error| error.problem.code())
        .collect()
}

#[tokio::test]
async fn shipped_rules_refuse_examples() {
    let desk = Desk::with_customers(Engine::Sqlite).await;
    assert_eq!(judged(&desk, "a@example.com").await, ["email-refused"]);
    assert_eq!(judged(&desk, "root@localhost").await, [""; 0]);
    assert_eq!(judged(&desk, "a@localhost").await, ["email"]);
}

#[tokio::test]
async fn settings_take_and_refuse() {
    let desk = Desk::set(Engine::Sqlite, |settings| {
        let rules = &mut settings.checks.email_rules;
        rules.accepted = RegExp::ignoring_case("@intranet$").ok();
        rules.refused = RegExp::ignoring_case("@.*gmail").ok();
    })
    .await
    .customers()
    .await;
    assert_eq!(judged(&desk, "A@Intranet").await, [""; 0]);
    assert_eq!(judged(&desk, "a@example.com").await, [""; 0]);
    assert_eq!(judged(&desk, "a@GMail.com").await, ["email-refused"]);
    assert_eq!(judged(&desk, "root@localhost").await, ["email"]);
}

#[tokio::test]
async fn switched_off_everything_is_taken() {
    let desk = Desk::set(Engine::Sqlite, |settings| settings.checks.email = false)
        .await
        .customers()
        .await;
    assert_eq!(judged(&desk, "Anna's phone").await, [""; 0]);
}
