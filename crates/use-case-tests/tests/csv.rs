//! People and customers from files, beside those of tables.

use std::fs;
use std::path::{Path, PathBuf};

use kartoteka_access::Access;
use kartoteka_directory::{Actor, Error, Kind, Search, ValidFilter};
use kartoteka_model::source::CsvFile;
use kartoteka_model::{CustomerSource, CustomerUserSource, Field, FieldMap};
use kartoteka_records::Records;
use kartoteka_testbed::Engine;

use crate::{Desk, LOOKED, fields_of, on_each, write_settled};

const PEOPLE: &str = "Login;Imię;Nazwisko;E-Mail;Firma;Aktywny\n\
    kasia;Katarzyna;Żak;kasia@rada.pl;ACME;1\n\
    Anna;Somebody;Else;else@rada.pl;ACME;1\n\
    piotr;Piotr;Wójcik;piotr@rada.pl;RADA;1\n\
    dawny;Jan;Dawny;dawny@rada.pl;RADA;invalid\n";
const CUSTOMERS: &str = "id,name\nRADA,\"Rada, Miasto\"\nacme,Another ACME\n";

fn people(file: &Path) -> CustomerUserSource {
    let mut source = CustomerUserSource::shipped();
    let spec = &mut source.spec;
    spec.id = "CustomerUser1".into();
    spec.name = "Rada".into();
    let file = file.to_owned();
    spec.origin = CsvFile { file }.into();
    spec.key = "login".into();
    spec.valid = Some("Aktywny".into());
    spec.list_fields = ["Imię", "Nazwisko", "E-Mail"].map(str::to_owned).to_vec();
    spec.search_fields = ["login", "Imię", "Nazwisko"].map(str::to_owned).to_vec();
    spec.map = FieldMap(vec![
        Field::new("UserLogin", "Login", "login").required(),
        Field::new("UserFirstname", "Imię", "Imię"),
        Field::new("UserLastname", "Nazwisko", "Nazwisko"),
        Field::new("UserEmail", "E-Mail", "E-Mail"),
        Field::new("UserCustomerID", "Firma", "Firma"),
    ]);
    source.customer_id = "Firma".into();
    source.sender_fields = vec!["E-Mail".into()];
    source.name_fields = ["Imię", "Nazwisko"].map(str::to_owned).to_vec();
    source
}

fn customers(file: &Path) -> CustomerSource {
    let mut source = CustomerSource::shipped();
    let spec = &mut source.spec;
    spec.id = "CustomerCompany1".into();
    let file = file.to_owned();
    spec.origin = CsvFile { file }.into();
    spec.key = "id".into();
    spec.valid = None;
    spec.list_fields = vec!["name".into()];
    spec.search_fields = vec!["name".into()];
    spec.map = FieldMap(vec![
        Field::new("CustomerID", "ID", "id").required(),
        Field::new("CustomerCompanyName", "Name", "name").required(),
    ]);
    source
}

/// Anna in the table, others in files.
async fn desk(engine: Engine) -> (Desk, PathBuf) {
    let desk = Desk::with_customers(engine).await;
    desk.person("anna").await;
    let (file, firms) = (desk.file("people.csv"), desk.file("firms.csv"));
    write_settled(&file, PEOPLE);
    write_settled(&firms, CUSTOMERS);
    let desk = desk.again(|settings| {
        settings.customer_users.push(people(&file));
        settings.customers.push(customers(&firms));
    });
    (desk.await, file)
}

async fn found(desk: &Desk, text: Option<&str>) -> Vec<String> {
    let search = Search {
        text: text.map(str::to_owned),
        valid: ValidFilter::All,
        ..Search::default()
    };
    let actor = Actor::operator();
    let page = desk
        .directory
        .search(&actor, Kind::CustomerUser, &search)
        .await
        .unwrap();
    assert_eq!(page.total.count, page.rows.len() as u64);
    page.rows.into_iter().map(|row| row.key).collect()
}

/// Looks for changes, as is done every few seconds.
async fn look(desk: &Desk) {
    let looked = desk
        .directory
        .sync_external_changes(Kind::CustomerUser)
        .await;
    looked.unwrap();
    desk.directory.wait_for_index().await.unwrap();
}

#[tokio::test]
async fn people_of_files_are_people_like_any_other() {
    let actor = Actor::operator();
    for engine in Engine::all() {
        let (desk, _) = desk(engine).await;
        // By name; of one login the first source speaks, whatever a later one says.
        let all = ["dawny", "anna", "piotr", "kasia"];
        assert_eq!(found(&desk, None).await, all, "{engine}");
        assert_eq!(found(&desk, Some("wojcik")).await, ["piotr"], "{engine}");
        assert_eq!(found(&desk, Some("else")).await, [""; 0], "{engine}");
        let find = |kind, key| desk.directory.find(&actor, kind, key);
        let kasia = find(Kind::CustomerUser, "KASIA").await.unwrap();
        assert_eq!((kasia.key.as_str(), kasia.writable), ("kasia", false));
        assert_eq!(kasia.full_name, "Katarzyna Żak");
        assert_eq!(kasia.text, "\"Katarzyna Żak\" <kasia@rada.pl>");
        assert_eq!(kasia.customer_source.as_deref(), Some("CustomerCompany"));
        let piotr = find(Kind::CustomerUser, "piotr").await.unwrap();
        let firm = piotr.customer.unwrap();
        assert_eq!(firm.get("CustomerCompanyName"), "Rada, Miasto");
        let dawny = find(Kind::CustomerUser, "dawny").await.unwrap();
        assert_eq!(dawny.record.get("ValidID"), "2", "{engine}");
        let count = desk.directory.count(Kind::CustomerUser).await.unwrap();
        assert_eq!(count, (3, 1), "{engine}");

        // They are kept elsewhere; what they have beside that is not.
        let phone = [("UserLastname", "Other")];
        let refused = desk.update(Kind::CustomerUser, "kasia", &phone).await;
        assert!(
            matches!(refused, Err(Error::ReadOnly { .. })),
            "{refused:?}"
        );
        let named = Some("CustomerUser1");
        let added = Records::of(&desk.directory).plan_create(
            &actor,
            Kind::CustomerUser,
            named,
            fields_of(&phone),
        );
        let added = added.await;
        assert!(matches!(added, Err(Error::ReadOnly { .. })), "{added:?}");
        let german = [("UserLanguage", "de")];
        desk.update(Kind::CustomerUser, "kasia", &german)
            .await
            .unwrap();
        let kasia = find(Kind::CustomerUser, "kasia").await.unwrap();
        assert_eq!(kasia.preferences.get("UserLanguage").unwrap(), "de");
        let related = Access::of(&desk.directory).relate_customer(&actor, "kasia", "LODZ", true);
        related.await.unwrap();
        let access = Access::of(&desk.directory)
            .permissions_of(&actor, "kasia")
            .await;
        let person = access.unwrap().person;
        let customers: Vec<&str> = person.customers.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(customers, ["ACME", "LODZ"], "{engine}");

        // A login of theirs is taken, and a customer that is renamed leaves them behind.
        let taken = desk.create(
            Kind::CustomerUser,
            &[
                ("UserLogin", "Piotr"),
                ("UserFirstname", "P"),
                ("UserLastname", "W"),
                ("UserEmail", "p@acme-lab.org"),
                ("UserCustomerID", "ACME"),
            ],
        );
        let taken = taken.await;
        assert!(matches!(taken, Err(Error::Invalid(_))), "{taken:?}");
        let renamed = fields_of(&[("CustomerID", "ACME2")]);
        let renamed = Records::of(&desk.directory)
            .plan_update(&actor, Kind::Customer, "ACME", renamed, None)
            .await
            .unwrap();
        let left = kartoteka_directory::Effect::LeavesBehind {
            source: "CustomerUser1".into(),
            rows: 2,
        };
        assert!(renamed.effects.contains(&left), "{:?}", renamed.effects);
        Records::of(&desk.directory).apply(renamed).await.unwrap();
    }
}

#[tokio::test]
async fn a_file_that_changes_is_taken_in() {
    on_each(async |engine| {
        let (desk, file) = desk(engine).await;
        assert_eq!(found(&desk, Some("kasia")).await, ["kasia"]);
        let changed = PEOPLE
            .replace("kasia;Katarzyna;Żak", "kasia;Katarzyna;Bąk")
            .replace("piotr;", "peter;")
            .replace("dawny;Jan;Dawny;dawny@rada.pl;RADA;invalid\n", "");
        write_settled(&file, &changed);
        look(&desk).await;
        tokio::time::sleep(LOOKED).await;
        look(&desk).await;
        let all = ["kasia", "anna", "peter"];
        assert_eq!(found(&desk, None).await, all, "{engine}");
        assert_eq!(found(&desk, Some("bak")).await, ["kasia"], "{engine}");
        assert_eq!(found(&desk, Some("zak")).await, [""; 0], "{engine}");

        // Also what changed while nobody looked.
        desk.directory.close().await;
        write_settled(&file, PEOPLE);
        let desk = desk.again(|_| {}).await;
        look(&desk).await;
        let all = ["dawny", "anna", "piotr", "kasia"];
        assert_eq!(found(&desk, None).await, all, "{engine}");
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_gone_or_broken_is_a_source_that_does_not_answer() {
    let actor = Actor::operator();
    let (desk, file) = desk(Engine::Sqlite).await;
    let find = |key| desk.directory.find(&actor, Kind::CustomerUser, key);
    let is_down = async || {
        let search = Search::default();
        let page = desk.directory.search(&actor, Kind::CustomerUser, &search);
        page.await.unwrap().sources[1].unavailable_since.is_some()
    };
    let broken: [fn(&Path); 2] = [
        |file| fs::remove_file(file).unwrap(),
        |file| write_settled(file, &PEOPLE.replace("piotr;", "")),
    ];
    for break_it in broken {
        write_settled(&file, PEOPLE);
        look(&desk).await;
        tokio::time::sleep(LOOKED).await;
        look(&desk).await;
        find("piotr").await.unwrap();
        assert!(!is_down().await);
        break_it(&file);
        look(&desk).await;
        tokio::time::sleep(LOOKED).await;
        look(&desk).await;
        let asked = find("nobody").await;
        assert!(matches!(asked, Err(Error::Unavailable { .. })), "{asked:?}");
        assert!(is_down().await);
        // What is known of it is found all the same, and the others are as before.
        let known = find("piotr").await.unwrap();
        assert!(known.unavailable_since.is_some());
        assert_eq!(found(&desk, Some("piotr")).await, ["piotr"]);
        find("anna").await.unwrap();
    }
}
