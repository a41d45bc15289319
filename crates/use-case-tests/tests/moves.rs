//! A person goes from one source to another and back, with all that hangs on the login.

use kartoteka_access::{Access, UndoApplied, Wanted};
use kartoteka_directory::{
    Actor, Effect, Error, FieldProblem, HistoryEntry, Kind, Search, ValidFilter,
};
use kartoteka_model::source::{Address, Table};
use kartoteka_model::{CustomerUserSource, Field, FieldMap};
use kartoteka_records::{MoveWanted, Plan, Records};
use kartoteka_store::Db;
use kartoteka_testbed::{Engine, fresh_database};

use crate::{Desk, fields_of};

/// A table of others, with fewer columns and a place for passwords, at home or in another database.
fn others(id: &str, database: Option<Address>) -> CustomerUserSource {
    let mut source = CustomerUserSource::preset();
    let field = Field::new;
    let table = Table::foreign("staff");
    source.spec.id = id.into();
    source.spec.name = "Staff".into();
    source.spec.origin = match database {
        Some(database) => table.of(database),
        None => table,
    }
    .into();
    source.spec.key = "account".into();
    source.spec.valid = None;
    source.spec.search_fields = ["account", "family"].map(str::to_owned).to_vec();
    source.spec.list_fields = ["family", "mail"].map(str::to_owned).to_vec();
    source.spec.map = FieldMap(vec![
        field("UserFirstname", "Firstname", "given"),
        field("UserLastname", "Lastname", "family").required(),
        field("UserLogin", "Username", "account").required(),
        field("UserPassword", "Password", "secret").hidden(),
        field("UserEmail", "Email", "mail").required(),
        field("UserCustomerID", "CustomerID", "firm").required(),
        field("UserBadge", "Badge", "badge"),
    ]);
    source.customer_id = "firm".into();
    source.sender_fields = vec!["mail".into()];
    source.name_fields = ["given", "family"].map(str::to_owned).to_vec();
    source
}

async fn make_staff(db: &Db) {
    let columns = ["given", "family", "secret", "mail", "firm", "badge", "shoe"];
    let columns: Vec<String> = columns
        .iter()
        .map(|name| format!("{name} VARCHAR(200)"))
        .collect();
    let sql = format!(
        "CREATE TABLE staff (account VARCHAR(120) PRIMARY KEY, {})",
        columns.join(", ")
    );
    db.execute(&sql, &[]).await.unwrap();
}

/// The table `customer_user`, and a table of others after or before it, at home or elsewhere.
async fn desk(engine: Engine, elsewhere: bool, before: bool) -> (Desk, Db) {
    let desk = Desk::with_customers(engine).await;
    desk.person("anna").await;
    let address = match elsewhere {
        true => Some(fresh_database(engine).await.unwrap()),
        false => None,
    };
    let staff = match &address {
        Some(address) => Db::open(address).await.unwrap(),
        None => desk.db.clone(),
    };
    make_staff(&staff).await;
    let desk = desk.again(|settings| {
        let source = others("CustomerUser1", address.map(Address::new));
        settings.customer_users.insert(usize::from(!before), source);
    });
    (desk.await, staff)
}

fn to(source: &str, fields: &[(&str, &str)]) -> MoveWanted {
    MoveWanted {
        to: source.into(),
        fields: fields_of(fields),
        ahead: false,
    }
}

async fn planned(desk: &Desk, login: &str, wanted: MoveWanted) -> Plan {
    let actor = Actor::operator();
    let plan = Records::of(&desk.directory)
        .plan_move(&actor, login, wanted, None)
        .await;
    plan.unwrap()
}

async fn count(db: &Db, table: &str) -> String {
    let sql = format!("SELECT CAST(COUNT(*) AS CHAR(10)) FROM {table}");
    let rows = db.fetch(&sql, &[]).await.unwrap();
    rows[0].text(0).trim().to_owned()
}

async fn source_of(desk: &Desk, login: &str) -> String {
    let found = desk
        .directory
        .find(&Actor::operator(), Kind::CustomerUser, login)
        .await;
    found.unwrap().source
}

async fn history(desk: &Desk, login: &str) -> Vec<HistoryEntry> {
    let history = desk
        .directory
        .history(&Actor::operator(), Kind::CustomerUser, login, 10)
        .await;
    history.unwrap()
}

/// Waits until a source speaks for a login: a file that was written just now is not read yet.
async fn until(desk: &Desk, login: &str, source: &str) {
    for _ in 0..100 {
        if source_of(desk, login).await == source {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    let kind = Kind::CustomerUser;
    desk.directory.sync_external_changes(kind).await.unwrap();
    while !desk.directory.sweep(kind).await.unwrap() {}
    assert_eq!(source_of(desk, login).await, source);
}

/// The source in which a search finds a login; once only.
async fn found_in(desk: &Desk, login: &str) -> String {
    let search = Search {
        text: Some(login.into()),
        valid: ValidFilter::All,
        ..Search::default()
    };
    let page = desk
        .directory
        .search(&Actor::operator(), Kind::CustomerUser, &search)
        .await
        .unwrap();
    assert_eq!(page.rows.len(), 1, "{login}");
    page.rows[0].source.clone()
}

#[tokio::test]
async fn a_person_goes_to_another_table_and_back_with_all_that_is_theirs() {
    let actor = Actor::operator();
    for engine in Engine::all() {
        for (elsewhere, before) in [(false, false), (true, false), (true, true)] {
            let what = format!("{engine}, elsewhere {elsewhere}, before {before}");
            let (desk, staff) = desk(engine, elsewhere, before).await;
            desk.update(
                Kind::CustomerUser,
                "anna",
                &[("UserPhone", "+48 1"), ("UserPassword", "correct-Horse-7")],
            )
            .await
            .unwrap();
            desk.update(Kind::CustomerUser, "anna", &[("UserLanguage", "pl")])
                .await
                .unwrap();
            let access = Access::of(&desk.directory);
            let given = vec![Wanted::Customer {
                login: "anna".into(),
                customer: "LODZ".into(),
                given: true,
            }];
            let given = access.plan_relations(&actor, given).await.unwrap();
            access.apply_relations(given).await.unwrap();

            let wanted = to("CustomerUser1", &[("UserBadge", "B-7")]);
            let plan = planned(&desk, "anna", wanted).await;
            assert!(plan.errors.is_empty(), "{what}: {:?}", plan.errors);
            let effects = &plan.effects;
            let moves = Effect::Moves {
                from: "CustomerUser".into(),
                to: "CustomerUser1".into(),
            };
            assert_eq!(effects[0], moves, "{what}");
            assert!(
                effects.contains(&Effect::NoPlace {
                    source: "CustomerUser1".into(),
                    fields: vec!["UserPhone".into(), "ValidID".into()],
                }),
                "{what}: {effects:?}"
            );
            assert!(
                effects.contains(&Effect::RemovesRow {
                    source: "CustomerUser".into(),
                    together: !elsewhere,
                }),
                "{what}: {effects:?}"
            );
            // A table elsewhere may be OTOBO's, which reads no hash of ours.
            let hash = "SELECT pw FROM customer_user WHERE login = 'anna'";
            let hash = desk.db.fetch(hash, &[]).await.unwrap()[0]
                .text(0)
                .to_owned();
            let goes = !elsewhere || !hash.starts_with("$argon2");
            let password = match goes {
                true => Effect::CarriesPassword,
                false => Effect::LosesPassword,
            };
            assert!(effects.contains(&password), "{what}: {effects:?}");
            // A preview does nothing.
            assert_eq!(source_of(&desk, "anna").await, "CustomerUser", "{what}");

            let applied = Records::of(&desk.directory).apply(plan).await.unwrap();
            assert_eq!(applied.source, "CustomerUser1");
            assert_eq!(applied.record.get("UserBadge"), "B-7");
            assert_eq!(applied.preferences["UserLanguage"], "pl", "{what}");
            assert_eq!(count(&desk.db, "customer_user").await, "0", "{what}");
            assert_eq!(source_of(&desk, "anna").await, "CustomerUser1", "{what}");
            assert_eq!(found_in(&desk, "anna").await, "CustomerUser1", "{what}");
            let kept = "SELECT secret FROM staff WHERE account = 'anna'";
            let kept = staff.fetch(kept, &[]).await.unwrap()[0].text(0).to_owned();
            assert_eq!(kept == hash, goes, "{what}");
            let customers = access.permissions_of(&actor, "anna").await.unwrap();
            assert_eq!(customers.person.customers.len(), 2, "{what}");

            // Taking it back leads back, with what had no place there.
            let entry = history(&desk, "anna").await.remove(0);
            assert_eq!(entry.action, "move");
            let undo = access.plan_undo(&actor, entry.id).await.unwrap();
            let undone = access.apply_undo(undo).await.unwrap();
            let UndoApplied::Record(_, back) = undone else {
                panic!("no record")
            };
            assert_eq!(back.source, "CustomerUser", "{what}");
            assert_eq!(back.record.get("UserPhone"), "+48 1", "{what}");
            assert_eq!(back.record.get("ValidID"), "1", "{what}");
            assert_eq!(count(&staff, "staff").await, "0", "{what}");
            assert_eq!(found_in(&desk, "anna").await, "CustomerUser", "{what}");
            let verdict = desk.directory.verify_journal(&actor).await.unwrap();
            assert!(verdict.fault.is_none(), "{what}");
        }
    }
}

#[tokio::test]
async fn what_a_source_needs_or_others_changed_is_said_and_nothing_is_done() {
    let actor = Actor::operator();
    for engine in Engine::all() {
        let (desk, staff) = desk(engine, false, false).await;
        let problems = async |login: &str, wanted| {
            let plan = planned(&desk, login, wanted).await;
            let errors = plan.errors.iter();
            errors
                .map(|error| format!("{} {}", error.field, error.problem.code()))
                .collect::<Vec<_>>()
        };
        let stay = problems("anna", to("CustomerUser", &[])).await;
        assert_eq!(stay, ["Source already-there"], "{engine}");
        let empty = to("CustomerUser1", &[("UserLastname", ""), ("UserNone", "1")]);
        let wrong = problems("ANNA", empty).await;
        let expected = ["UserNone unknown-field", "UserLastname required"];
        assert_eq!(wrong, expected, "{engine}");
        let long = "x".repeat(201);
        let long = problems("anna", to("CustomerUser1", &[("UserBadge", &long)])).await;
        assert_eq!(long, ["UserBadge too-long"], "{engine}");
        let nobody = Records::of(&desk.directory)
            .plan_move(&actor, "nobody", to("CustomerUser1", &[]), None)
            .await;
        assert!(matches!(nobody, Err(Error::NotFound { .. })));
        let nowhere = Records::of(&desk.directory)
            .plan_move(&actor, "anna", to("CustomerUser9", &[]), None)
            .await;
        assert!(matches!(nowhere, Err(Error::Unknown { .. })));

        // Changed between plan and save: nothing is done.
        let plan = planned(&desk, "anna", to("CustomerUser1", &[])).await;
        desk.update(Kind::CustomerUser, "anna", &[("UserPhone", "2")])
            .await
            .unwrap();
        let refused = Records::of(&desk.directory).apply(plan).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
        let plan = planned(&desk, "anna", to("CustomerUser1", &[])).await;
        let insert = "INSERT INTO staff (account, family, mail, firm) \
                      VALUES ('anna', 'Other', 'o@acme-lab.org', 'ACME')";
        staff.execute(insert, &[]).await.unwrap();
        let refused = Records::of(&desk.directory).apply(plan).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
        assert_eq!(count(&desk.db, "customer_user").await, "1", "{engine}");
        // A row of that login is written over, and that is said.
        let plan = planned(&desk, "anna", to("CustomerUser1", &[])).await;
        assert!(plan.effects.contains(&Effect::Overwrites {
            source: "CustomerUser1".into()
        }));
        Records::of(&desk.directory).apply(plan).await.unwrap();
        assert_eq!(count(&staff, "staff").await, "1", "{engine}");
        let found = desk
            .directory
            .find(&actor, Kind::CustomerUser, "anna")
            .await
            .unwrap();
        assert_eq!(found.record.get("UserLastname"), "Nowak", "{engine}");
    }
}

#[tokio::test]
async fn whoever_stands_before_and_cannot_be_written_goes_on_speaking() {
    for engine in Engine::all() {
        let (desk, _staff) = desk(engine, false, false).await;
        let file = desk.file("people.csv");
        let write = |people: &str| std::fs::write(&file, format!("uid,sn,mail,firm\n{people}"));
        write("ola,Lis,ola@acme-lab.org,ACME\n").unwrap();
        let desk = desk
            .again(|settings| {
                let mut source = others("CustomerUser2", None);
                source.spec.name = "File".into();
                source.spec.key = "uid".into();
                source.spec.origin = kartoteka_model::source::CsvFile { file: file.clone() }.into();
                source.spec.search_fields = vec!["uid".into(), "sn".into()];
                source.spec.list_fields = vec!["sn".into()];
                let field = Field::new;
                source.spec.map = FieldMap(vec![
                    field("UserLastname", "Lastname", "sn"),
                    field("UserLogin", "Username", "uid"),
                    field("UserEmail", "Email", "mail"),
                    field("UserCustomerID", "CustomerID", "firm"),
                ]);
                source.sender_fields = vec!["mail".into()];
                source.name_fields = vec!["sn".into()];
                settings.customer_users.insert(0, source);
            })
            .await;
        let wanted = || to("CustomerUser", &[("UserFirstname", "Ola")]);
        let plan = planned(&desk, "ola", wanted()).await;
        let speaks = FieldProblem::SpeaksFirst {
            source: "File".into(),
        };
        assert_eq!(plan.errors.len(), 1, "{engine}: {:?}", plan.errors);
        assert_eq!(plan.errors[0].problem, speaks, "{engine}");
        assert!(Records::of(&desk.directory).apply(plan).await.is_err());

        let ahead = MoveWanted {
            ahead: true,
            ..wanted()
        };
        let plan = planned(&desk, "ola", ahead).await;
        assert!(plan.errors.is_empty(), "{engine}: {:?}", plan.errors);
        assert!(plan.effects.contains(&Effect::HasNoPassword), "{engine}");
        assert!(plan.effects.contains(&Effect::SpeaksLater {
            source: "CustomerUser2".into()
        }));
        Records::of(&desk.directory).apply(plan).await.unwrap();
        assert_eq!(source_of(&desk, "ola").await, "CustomerUser2", "{engine}");
        assert_eq!(found_in(&desk, "ola").await, "CustomerUser2", "{engine}");

        // They leave: the record that was made ahead speaks.
        write("").unwrap();
        until(&desk, "ola", "CustomerUser").await;
        assert_eq!(found_in(&desk, "ola").await, "CustomerUser", "{engine}");
        // There is no way into a source that can't be written and does not have them.
        let plan = planned(&desk, "ola", to("CustomerUser2", &[])).await;
        assert_eq!(plan.errors[0].problem, FieldProblem::NotThere, "{engine}");

        // They come back: the file speaks, and what was made meanwhile goes.
        write("ola,Lis,ola@acme-lab.org,ACME\n").unwrap();
        until(&desk, "ola", "CustomerUser2").await;
        let plan = planned(&desk, "ola", to("CustomerUser2", &[])).await;
        assert!(plan.errors.is_empty(), "{engine}: {:?}", plan.errors);
        Records::of(&desk.directory).apply(plan).await.unwrap();
        // Anna alone is left there.
        assert_eq!(count(&desk.db, "customer_user").await, "1", "{engine}");
        assert_eq!(found_in(&desk, "ola").await, "CustomerUser2", "{engine}");
    }
}

#[tokio::test]
async fn two_moves_of_one_person_at_once_leave_them_in_one_place() {
    for engine in Engine::all() {
        let (desk, staff) = desk(engine, true, false).await;
        let mut plans = vec![];
        for _ in 0..16 {
            plans.push(planned(&desk, "anna", to("CustomerUser1", &[])).await);
        }
        let moves = plans
            .into_iter()
            .map(|plan| Records::of(&desk.directory).apply(plan));
        let done = futures::future::join_all(moves).await;
        assert_eq!(done.iter().filter(|one| one.is_ok()).count(), 1, "{engine}");
        let others = done.iter().filter_map(|one| one.as_ref().err());
        for error in others {
            assert!(matches!(error, Error::Conflict(_)), "{engine}: {error:?}");
        }
        assert_eq!(count(&desk.db, "customer_user").await, "0", "{engine}");
        assert_eq!(count(&staff, "staff").await, "1", "{engine}");
    }
}
