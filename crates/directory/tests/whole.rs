//! A change is kept whole or not at all: with its entry in the journal, and with all that it carries along.

use kartoteka_directory::{Actor, Kind, Role, Wanted};
use kartoteka_testbed::Engine;

use crate::Desk;
use crate::jobs::crowd::{Crowd, everybody, group, operator};

/// One write of each use case.
#[derive(Debug, Clone, Copy)]
enum Write {
    AddPerson,
    ChangePerson,
    RenamePerson,
    SetPassword,
    Preferences,
    AddCustomer,
    RenameCustomer,
    AddAgent,
    AddGroup,
    ChangeService,
    Relations,
    Token,
    RevokeToken,
    Template,
}

const WRITES: [Write; 14] = [
    Write::AddPerson,
    Write::ChangePerson,
    Write::SetPassword,
    Write::Preferences,
    Write::AddCustomer,
    Write::AddAgent,
    Write::AddGroup,
    Write::ChangeService,
    Write::Relations,
    Write::Token,
    Write::RevokeToken,
    Write::Template,
    Write::RenamePerson,
    Write::RenameCustomer,
];

/// A person with something of everything.
async fn furnished(engine: Engine) -> Desk {
    let desk = Desk::with_customers(engine).await;
    desk.person("anna").await;
    for (kind, name) in [(Kind::Group, "support"), (Kind::Service, "Mail")] {
        desk.create(kind, &[("Name", name)]).await.unwrap();
    }
    let actor = Actor::operator();
    let directory = &desk.directory;
    directory
        .relate_customer(&actor, "anna", "LODZ", true)
        .await
        .unwrap();
    directory
        .create_token(&actor, "import", Role::Editor, None)
        .await
        .unwrap();
    desk
}

async fn write(desk: &Desk, what: Write) -> kartoteka_directory::Result<()> {
    let actor = Actor::operator();
    let directory = &desk.directory;
    let (person, customer) = (Kind::CustomerUser, Kind::Customer);
    match what {
        Write::AddPerson => {
            let fields = [
                ("UserLogin", "bea"),
                ("UserFirstname", "Bea"),
                ("UserLastname", "Nowak"),
                ("UserEmail", "bea@acme-lab.org"),
                ("UserCustomerID", "ACME"),
                ("UserPassword", "pies w budzie 8"),
            ];
            desk.create(person, &fields).await?;
        }
        Write::ChangePerson => {
            desk.update(person, "anna", &[("UserPhone", "1")]).await?;
        }
        Write::RenamePerson => {
            desk.update(person, "anna", &[("UserLogin", "ania")])
                .await?;
        }
        Write::SetPassword => {
            let plan = directory.plan_password(&actor, person, "anna", None);
            directory.apply(plan.await?).await?;
        }
        Write::Preferences => {
            desk.update(person, "anna", &[("UserLanguage", "pl")])
                .await?;
        }
        Write::AddCustomer => {
            let fields = [("CustomerID", "NEW"), ("CustomerCompanyName", "New")];
            desk.create(customer, &fields).await?;
        }
        Write::RenameCustomer => {
            desk.update(customer, "LODZ", &[("CustomerID", "LODZ-2")])
                .await?;
        }
        Write::AddAgent => {
            let fields = [
                ("UserLogin", "ewa"),
                ("UserFirstname", "Ewa"),
                ("UserLastname", "Lis"),
                ("UserPassword", "pies w budzie 8"),
                ("Role", "editor"),
            ];
            desk.create(Kind::Agent, &fields).await?;
        }
        Write::AddGroup => {
            desk.create(Kind::Group, &[("Name", "sales")]).await?;
        }
        Write::ChangeService => {
            desk.update(Kind::Service, "Mail", &[("Comment", "post")])
                .await?;
        }
        Write::Relations => {
            let wanted = Wanted::PersonGroup {
                login: "anna".into(),
                group: "support".into(),
                permission: "ro".into(),
                given: true,
            };
            let plan = directory.plan_relations(&actor, vec![wanted]).await?;
            directory.apply_relations(plan).await?;
        }
        Write::Token => {
            directory
                .create_token(&actor, "other", Role::Reader, None)
                .await?;
        }
        Write::RevokeToken => {
            let tokens = directory.tokens(&actor).await?;
            directory.revoke_token(&actor, tokens[0].id).await?;
        }
        Write::Template => {
            let changes = vec![group("support", "ro", true)];
            directory
                .save_template(&actor, None, "everybody", changes)
                .await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn nothing_is_kept_without_its_entry() {
    for engine in Engine::ALL {
        let desk = furnished(engine).await;
        desk.refuse("INSERT", "kt_journal").await;
        let before = desk.everything(&[]).await;
        for what in WRITES {
            let done = write(&desk, what).await;
            assert!(done.is_err(), "{what:?} on {engine}");
            assert_eq!(desk.everything(&[]).await, before, "{what:?} on {engine}");
        }
        // It was for want of the entry only.
        desk.accept("INSERT", "kt_journal").await;
        for what in WRITES {
            write(&desk, what)
                .await
                .unwrap_or_else(|error| panic!("{what:?} on {engine}: {error:?}"));
        }
    }
}

#[tokio::test]
async fn a_portion_of_a_job_is_not_kept_without_its_entries() {
    for engine in Engine::ALL {
        let crowd = Crowd::of(engine, 10).await;
        let directory = &crowd.desk.directory;
        let job = directory
            .order_job(&operator(), everybody(), vec![group("support", "ro", true)])
            .await
            .unwrap();
        // Preparing it may write entries of its own; doing is what is to fail.
        crowd.desk.refuse("INSERT", "kt_journal").await;
        let of_job = ["kt_job", "kt_job_item"];
        let before = crowd.desk.everything(&of_job).await;
        let claim = directory.claim_job(Some(job.id)).await.unwrap().unwrap();
        let mut failed = false;
        for _ in 0..10 {
            failed |= directory.advance_job(&claim).await.is_err();
        }
        assert!(failed, "{engine}");
        assert_eq!(crowd.desk.everything(&of_job).await, before, "{engine}");
        assert_eq!(crowd.job(job.id).await.done, 0, "{engine}");
        crowd.desk.accept("INSERT", "kt_journal").await;
        directory.give_job_back(&claim).await.unwrap();
        crowd.finish(job.id).await;
        assert!(!crowd.relations().await.is_empty(), "{engine}");
    }
}
