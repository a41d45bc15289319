//! Sources made at random: tables of others beside the home table, here and on other engines, with logins in common.

use kartoteka_directory::{Actor, Kind, Maintenance, Options};
use kartoteka_model::source::{Address, Table};
use kartoteka_model::{Collation, CustomerUserSource, FieldMap, Record, TextMode};
use kartoteka_records::Records;
use kartoteka_settings::Settings;
use kartoteka_store::{Arg, Db};
use kartoteka_testbed::{Engine, fresh_database};
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};

pub const PIECES: [&str; 12] = [
    "an", "Ko", "wal", "Łó", "dź", "Mü", "ue", "ß", "ss", "%", "0", "Ż",
];

/// The columns of a table that others made.
pub const COLUMNS: [(&str, &str); 6] = [
    ("UserLogin", "uname"),
    ("UserFirstname", "fname"),
    ("UserLastname", "lname"),
    ("UserEmail", "mail"),
    ("UserCustomerID", "cid"),
    ("UserCity", "town"),
];

/// A source with what is in it.
pub struct Source {
    pub spec: CustomerUserSource,
    pub people: Vec<Record>,
}

pub fn word(random: &mut StdRng, most: usize) -> String {
    let pieces = (0..random.random_range(1..=most)).filter_map(|_| PIECES.choose(random).copied());
    pieces.collect()
}

/// The same login, perhaps in another spelling.
pub fn spelled(random: &mut StdRng, login: &str) -> String {
    match random.random_range(0..3) {
        0 => login.to_uppercase(),
        1 => login.to_lowercase(),
        _ => login.to_owned(),
    }
}

pub fn person(random: &mut StdRng, login: String) -> Record {
    let valid = ["1", "1", "2", "3"].choose(random).copied().unwrap_or("1");
    let mut record = Record::from_iter([("UserEmail", format!("{login}@acme-lab.org"))]);
    record.set("UserLogin", login);
    for field in [
        "UserFirstname",
        "UserLastname",
        "UserCustomerID",
        "UserCity",
    ] {
        record.set(field, word(random, 2));
    }
    record.set("ValidID", valid);
    record
}

/// A source over a table that others made, in this database; the table is filled.
pub async fn foreign(random: &mut StdRng, number: usize, db: &Db, logins: &[String]) -> Source {
    let mut spec = CustomerUserSource::shipped();
    let table = &mut spec.spec;
    table.id = format!("CustomerUser{number}");
    table.name = format!("Table {number}");
    table.origin = Table::foreign(format!("ext_{number}")).into();
    table.key = "uname".into();
    table.valid = random.random_bool(0.7).then(|| "active".to_owned());
    table.read_only = random.random();
    let modes = [TextMode::Folded, TextMode::Folded, TextMode::IgnoreCase];
    table.text = modes.choose(random).copied().unwrap_or(TextMode::Folded);
    table.search_prefix = ["*", ""].choose(random).copied().unwrap_or("").into();
    let mut columns = ["uname", "fname", "lname", "mail", "cid"].map(str::to_owned);
    columns.shuffle(random);
    table.search_fields = columns[..random.random_range(1..=4)].to_vec();
    table.list_fields = vec!["fname".into(), "lname".into(), "mail".into()];
    let has_town = random.random();
    let fields = COLUMNS
        .iter()
        .filter(|(name, _)| has_town || *name != "UserCity")
        .map(|(name, column)| kartoteka_model::Field::new(name, name, column));
    let mut fields: Vec<_> = fields.collect();
    if table.valid.is_some() {
        fields.push(kartoteka_model::Field::new("ValidID", "Valid", "active").int());
    }
    table.map = FieldMap(fields);
    spec.customer_id = "cid".into();
    spec.sender_fields = vec!["mail".into()];
    spec.name_fields = vec!["fname".into(), "lname".into()];
    spec.customer_support = false;
    spec.email_unique = false;

    let name = spec.spec.origin.name();
    let sql = format!(
        "CREATE TABLE {name} (uname VARCHAR(150) PRIMARY KEY, fname VARCHAR(100), lname VARCHAR(100), \
         mail VARCHAR(150), cid VARCHAR(100), town VARCHAR(100), active SMALLINT)"
    );
    db.execute(&sql, &[]).await.unwrap();
    let mut people = vec![];
    for login in logins
        .iter()
        .filter(|_| random.random_bool(0.5))
        .cloned()
        .collect::<Vec<_>>()
    {
        let login = spelled(random, &login);
        let record = person(random, login);
        let mut args: Vec<Arg> = COLUMNS
            .iter()
            .map(|(field, _)| record.get(field).into())
            .collect();
        args.push(Arg::Int(record.get("ValidID").parse().unwrap()));
        let sql = format!("INSERT INTO {name} VALUES (?, ?, ?, ?, ?, ?, ?)");
        db.execute(&sql, &args).await.unwrap();
        people.push(mapped(&spec, &record));
    }
    Source { spec, people }
}

/// The record as the source's map shows it.
pub fn mapped(spec: &CustomerUserSource, record: &Record) -> Record {
    let visible = spec.spec.map.visible();
    visible
        .map(|field| (field.name.clone(), record.get(&field.name).to_owned()))
        .collect()
}

pub struct World {
    pub directory: Maintenance,
    pub sources: Vec<Source>,
    _data: tempfile::TempDir,
}

pub async fn world(random: &mut StdRng, engine: Engine, collation: Collation) -> World {
    let address = fresh_database(engine).await.unwrap();
    let home = Db::open(&address).await.unwrap();
    let logins: Vec<String> = (0..24)
        .map(|number| format!("{}{number}", word(random, 2).replace('%', "p")))
        .collect();
    let mut sources = vec![];
    for number in 1..random.random_range(2..5) {
        let other = Engine::all()
            .choose(random)
            .copied()
            .filter(|_| random.random());
        let source = match other {
            Some(engine) => {
                let address = fresh_database(engine).await.unwrap();
                let db = Db::open(&address).await.unwrap();
                let mut source = foreign(random, number, &db, &logins).await;
                let table = source.spec.spec.origin.table().unwrap().clone();
                source.spec.spec.origin = table.of(Address::new(address)).into();
                db.close().await;
                source
            }
            None => foreign(random, number, &home, &logins).await,
        };
        sources.push(source);
    }
    home.close().await;
    let mut shipped = CustomerUserSource::shipped();
    shipped.customer_support = false;
    shipped.email_unique = false;
    let people: Vec<Record> = logins
        .iter()
        .filter(|_| random.random_bool(0.5))
        .cloned()
        .collect::<Vec<_>>()
        .into_iter()
        .map(|login| {
            let login = spelled(random, &login);
            mapped(&shipped, &person(random, login))
        })
        .collect();
    let data = tempfile::tempdir().unwrap();
    let mut settings = Settings {
        data_dir: data.path().to_path_buf(),
        ..Settings::default()
    };
    settings.database.url = Address::new(&address);
    settings.checks.email = false;
    settings.lists.collation = collation;
    settings.customer_users = vec![shipped.clone()];
    // Filled through the use case, before the others come to it.
    let filling = Maintenance::open(settings.clone(), Options::default())
        .await
        .unwrap();
    let filled = Records::of(&filling)
        .bulk_create(
            &Actor::operator(),
            Kind::CustomerUser,
            people.clone().into_iter(),
            |_| {},
        )
        .await;
    filled.unwrap();
    filling.close().await;
    shipped.spec.read_only = random.random_bool(0.2);
    sources.insert(
        0,
        Source {
            spec: shipped,
            people,
        },
    );
    // Which source is the first one is configuration as well.
    sources.shuffle(random);
    settings.customer_users = sources.iter().map(|source| source.spec.clone()).collect();
    let directory = Maintenance::open(settings, Options::default())
        .await
        .unwrap();
    directory.wait_for_index().await.unwrap();
    World {
        directory,
        sources,
        _data: data,
    }
}
