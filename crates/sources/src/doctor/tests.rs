//! The doctor with real servers, tables and files, and with what only pretends to be one.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use kartoteka_model::ldap::{Bind, LdapTree, Security, VALID_FILTER};
use kartoteka_model::source::{Address, CsvFile, Table};
use kartoteka_model::{CustomerUserSource, SourceSpec};
use kartoteka_store::Db;
use kartoteka_testbed::Engine;
use kartoteka_testbed::ldap::{ADMIN, Entry, SUFFIX, Slapd};

use super::*;

type Tested = anyhow::Result<()>;

fn tree(slapd: &Slapd) -> LdapTree {
    LdapTree {
        hosts: vec![slapd.address()],
        base: format!("ou=people,{SUFFIX}"),
        timeout: 2,
        ..LdapTree::default()
    }
}

async fn of_tree(tree: LdapTree) -> Vec<Step> {
    let mut spec = CustomerUserSource::of_ldap().spec;
    spec.valid = tree.valid_filter.as_ref().map(|_| VALID_FILTER.into());
    spec.origin = tree.into();
    examined(&spec, &Address::new("sqlite::memory:")).await
}

async fn examined(spec: &SourceSpec, home: &Address) -> Vec<Step> {
    let began = Instant::now();
    let steps = examine(spec, &[], Home::At(home), 1_700_000_000).await;
    assert!(began.elapsed() < TOTAL);
    let text = format!("{steps:?}");
    assert!(!text.contains("geheim"), "{text}");
    steps
}

/// The last step, and what it found.
fn last(steps: &[Step]) -> (StepName, Vec<What>) {
    let last = steps.last().unwrap();
    let found = last.findings.iter().map(|finding| finding.what);
    (last.name, found.collect())
}

fn found(steps: &[Step], name: StepName) -> Vec<What> {
    let steps = steps.iter().filter(|step| step.name == name);
    let findings = steps.flat_map(|step| &step.findings);
    findings.map(|finding| finding.what).collect()
}

fn person(login: &str, further: &[(&str, &str)]) -> Entry {
    let usual = [("givenName", "Anna"), ("sn", "Nowak")];
    let attributes: Vec<(&str, &str)> = usual.iter().chain(further).copied().collect();
    Entry::person(login, &attributes)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tree_is_gone_through_step_by_step() -> Tested {
    let mut entries = Entry::tree();
    let login = "a(*)\\b, c";
    entries.push(person(login, &[("mail", "anna@lab.example")]));
    let mut two = person("ewa", &[("mail", "ewa@lab.example")]);
    let uid = two.attributes.iter().position(|(name, _)| name == "uid");
    let second = ("uid".to_owned(), "ewa2".to_owned());
    two.attributes.insert(uid.unwrap_or(0) + 1, second);
    entries.push(two);
    entries.push(person("ola", &[("mail", "ola@lab.example")]));
    let slapd = Slapd::start(&entries, ["", ""])?;
    let steps = of_tree(tree(&slapd)).await;
    let names: Vec<&str> = steps.iter().map(|step| step.name.name()).collect();
    let all = "settings resolve connect tls login base attributes count keys sample look-up";
    assert_eq!(names.join(" "), all, "{steps:?}");
    assert!(
        steps.iter().all(|step| step.outcome() != Outcome::Failed),
        "{steps:?}"
    );
    // Nobody has a phone; everybody has an address of mail.
    let attributes = found(&steps, StepName::Attributes);
    assert!(attributes.iter().all(|one| *one == What::AttributeMissing));
    let about = |name: &str| format!("{steps:?}").contains(&format!("(\"attribute\", {name:?})"));
    assert!(about("telephonenumber") && !about("mail"));
    assert_eq!(found(&steps, StepName::Count), [What::Counted]);
    assert_eq!(found(&steps, StepName::Keys), [What::SeveralKeys]);
    let sample = steps
        .iter()
        .find(|step| step.name == StepName::Sample)
        .unwrap();
    let login_of = sample
        .fields
        .iter()
        .find(|(name, _)| name == "UserLogin")
        .unwrap();
    assert_eq!(login_of.1, login);
    let (name, is) = last(&steps);
    assert_eq!((name, is), (StepName::LookUp, vec![What::Found]));
    let asked = steps.last().unwrap().asked.clone().unwrap();
    assert!(asked.contains(r"(uid=a\28\2a\29\5cb, c)"), "{asked}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_tree_is_found_where_it_is() -> Tested {
    let slapd = Slapd::start(&Entry::tree(), ["", ""])?;
    let usual = || tree(&slapd);
    let host = |host: &str| LdapTree {
        hosts: vec![host.into()],
        ..usual()
    };
    let bind = |password: &str| LdapTree {
        bind: Some(Bind {
            name: ADMIN.0.into(),
            password: password.into(),
        }),
        ..usual()
    };
    let secure = |start_tls: bool, name: &str, ca: bool| {
        let secure = slapd.secure_address();
        let address = match start_tls {
            true => format!("ldap://localhost:{}", slapd.port()),
            false => secure.replace("localhost", name),
        };
        LdapTree {
            hosts: vec![address],
            security: Security {
                start_tls,
                verify: true,
                ca_file: ca.then(|| slapd.ca_file()),
            },
            ..usual()
        }
    };
    let filter = LdapTree {
        always_filter: Some("(mail=".into()),
        ..usual()
    };
    let base = LdapTree {
        base: "ou=nowhere,dc=lab,dc=org".into(),
        ..usual()
    };
    let wrong = [
        (
            host("ldap://no.such.host.invalid"),
            StepName::Resolve,
            What::NoSuchHost,
        ),
        (host("ldap://127.0.0.1:1"), StepName::Connect, What::Refused),
        (bind("geheim"), StepName::Login, What::WrongPassword),
        (
            secure(false, "localhost", false),
            StepName::Tls,
            What::UnknownIssuer,
        ),
        (
            secure(true, "localhost", false),
            StepName::Tls,
            What::UnknownIssuer,
        ),
        (
            secure(false, "127.0.0.1", true),
            StepName::Tls,
            What::WrongName,
        ),
        (filter, StepName::Settings, What::NoFilter),
        (base, StepName::Base, What::NoBase),
    ];
    for (tree, name, what) in wrong {
        assert_eq!(last(&of_tree(tree).await), (name, vec![what]));
    }
    let steps = of_tree(secure(true, "localhost", true)).await;
    assert!(
        found(&steps, StepName::Tls).contains(&What::TlsFine),
        "{steps:?}"
    );
    assert_eq!(found(&steps, StepName::Tls).len(), 2, "{steps:?}");
    // There is nobody, which may be meant.
    assert_eq!(found(&steps, StepName::Count), [What::Nobody]);
    assert_eq!(last(&steps), (StepName::Sample, vec![What::NoSample]));
    let mut unverified = secure(false, "localhost", false);
    unverified.security.verify = false;
    let steps = of_tree(unverified).await;
    assert_eq!(found(&steps, StepName::Tls), [What::NotVerified]);
    // The trees that there are.
    let base = of_tree(LdapTree {
        base: "dc=nowhere".into(),
        ..usual()
    });
    let told = format!("{:?}", base.await.last().unwrap());
    assert!(told.contains(SUFFIX), "{told}");
    Ok(())
}

/// What listens in place of a server, and does this with whoever connects.
fn listener(scheme: &str, act: fn(std::net::TcpStream)) -> anyhow::Result<String> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let address = format!("{scheme}://{}", listener.local_addr()?);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || act(stream));
        }
    });
    Ok(address)
}

#[expect(
    clippy::disallowed_methods,
    reason = "there is no runtime in this thread"
)]
fn slowly(mut stream: std::net::TcpStream) {
    let answer = [0x30, 0x0c, 0x02, 0x01, 0x01, 0x65, 0x07, 0x0a];
    for byte in answer.iter().cycle() {
        if stream.write_all(&[*byte]).is_err() {
            return;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}

fn never(mut stream: std::net::TcpStream) {
    while stream.read(&mut [0; 512]).is_ok_and(|read| read > 0) {}
}

fn rubbish(mut stream: std::net::TcpStream) {
    let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
}

fn closes(stream: std::net::TcpStream) {
    let _ = stream.shutdown(std::net::Shutdown::Both);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_none_keeps_nobody_waiting() -> Tested {
    let acts: [fn(std::net::TcpStream); 4] = [slowly, never, rubbish, closes];
    for (number, act) in acts.into_iter().enumerate() {
        for (scheme, start_tls) in [("ldap", false), ("ldap", true), ("ldaps", false)] {
            let tree = LdapTree {
                hosts: vec![listener(scheme, act)?],
                base: SUFFIX.into(),
                security: Security {
                    start_tls,
                    verify: true,
                    ca_file: None,
                },
                bind: Some(Bind {
                    name: "cn=x".into(),
                    password: "geheim".into(),
                }),
                timeout: 1,
                ..LdapTree::default()
            };
            let began = Instant::now();
            let steps = of_tree(tree).await;
            let told = format!("{number} {scheme} {start_tls}: {steps:?}");
            assert!(began.elapsed() < Duration::from_secs(6), "{told}");
            let (name, _) = last(&steps);
            let is = match scheme == "ldaps" || start_tls {
                true => StepName::Tls,
                false => StepName::Login,
            };
            assert_eq!(name, is, "{told}");
            assert_eq!(steps.last().unwrap().outcome(), Outcome::Failed, "{told}");
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_of_all_engines_are_gone_through() -> Tested {
    for engine in Engine::all() {
        let address = kartoteka_testbed::fresh_database(engine).await?;
        let home = Address::new(&address);
        let db = Db::open(&address).await?;
        for sql in [
            "CREATE TABLE folk (uname VARCHAR(50), fname VARCHAR(50), place VARCHAR(50))",
            "INSERT INTO folk VALUES ('anna', 'Anna', 'Gdynia'), ('', 'Nobody', ''), ('ewa', 'Ewa', ''), ('ewa', 'Ewa', '')",
        ] {
            db.execute(sql, &[]).await?;
        }
        let spec = |table: &str, columns: [&str; 3]| {
            let mut spec = CustomerUserSource::shipped().spec;
            spec.origin = Table::foreign(table).into();
            spec.key = columns[0].into();
            spec.valid = None;
            (spec.list_fields, spec.search_fields) = (vec![], vec![]);
            let names = ["UserLogin", "UserFirstname", "UserCity"];
            let fields = names.iter().zip(columns);
            let fields =
                fields.map(|(name, column)| kartoteka_model::Field::new(name, name, column));
            spec.map = kartoteka_model::FieldMap(fields.collect());
            spec
        };
        let steps = examined(&spec("folk", ["uname", "fname", "place"]), &home).await;
        assert!(
            steps.iter().all(|step| step.outcome() != Outcome::Failed),
            "{engine}: {steps:?}"
        );
        assert_eq!(
            found(&steps, StepName::Keys),
            [What::NoKey, What::SameKey],
            "{engine}"
        );
        assert_eq!(
            last(&steps),
            (StepName::LookUp, vec![What::Found]),
            "{engine}"
        );
        let asked = steps.last().unwrap().asked.clone().unwrap();
        assert!(
            asked.starts_with("SELECT") && asked.contains("folk"),
            "{asked}"
        );
        let steps = examined(&spec("nowhere", ["uname", "fname", "place"]), &home).await;
        assert_eq!(
            last(&steps),
            (StepName::Table, vec![What::NoTable]),
            "{engine}"
        );
        let steps = examined(&spec("folk", ["uname", "fnam", "xyzxyzxyz"]), &home).await;
        let is = vec![What::NearColumn, What::NoColumn];
        assert_eq!(last(&steps), (StepName::Columns, is), "{engine}");
        let text = format!("{steps:?}");
        assert!(text.contains("(\"near\", \"fname\")"), "{text}");
        db.close().await;
        let mut other = spec("folk", ["uname", "fname", "place"]);
        let (broken, what) = match engine {
            Engine::Sqlite => ("sqlite:///nowhere/people.db".to_owned(), What::NoDatabase),
            _ => {
                let (server, _) = address.rsplit_once('/').unwrap();
                (format!("{server}/nowhere"), What::NoDatabase)
            }
        };
        other.origin = Table::foreign("folk").of(Address::new(broken)).into();
        let steps = examined(&other, &home).await;
        assert_eq!(last(&steps), (StepName::Login, vec![what]), "{engine}");
        if engine == Engine::Mariadb {
            let (_, rest) = address.split_once('@').unwrap();
            let wrong = Address::new(format!("mysql://root:geheim@{rest}"));
            other.origin = Table::foreign("folk").of(wrong).into();
            let steps = examined(&other, &home).await;
            assert_eq!(last(&steps), (StepName::Login, vec![What::WrongPassword]));
        }
        if engine != Engine::Sqlite {
            let wrong = Address::new("postgres://me:geheim@127.0.0.1:1/db");
            other.origin = Table::foreign("folk").of(wrong).into();
            let steps = examined(&other, &home).await;
            assert_eq!(last(&steps), (StepName::Connect, vec![What::Refused]));
        }
    }
    Ok(())
}

#[tokio::test]
async fn files_are_gone_through() -> Tested {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("people.csv");
    let mut spec = CustomerUserSource::shipped().spec;
    spec.origin = CsvFile { file: file.clone() }.into();
    spec.valid = None;
    spec.map.0.truncate(0);
    for (name, column) in [("UserLogin", "login"), ("UserFirstname", "first")] {
        spec.map
            .0
            .push(kartoteka_model::Field::new(name, name, column));
    }
    let home = Address::new("sqlite::memory:");
    let wrong: [(Option<&[u8]>, StepName, What); 6] = [
        (None, StepName::File, What::NoFile),
        (Some(b""), StepName::Columns, What::FileEmpty),
        (Some(b"login,first\na,\xff"), StepName::File, What::NotUtf8),
        (
            Some(b"login,frist\na,b"),
            StepName::Columns,
            What::NearColumn,
        ),
        (
            Some(b"login,first\na,b,c"),
            StepName::Columns,
            What::FileBroken,
        ),
        (Some(b"login,first\n"), StepName::Sample, What::NoSample),
    ];
    for (bytes, name, what) in wrong {
        if let Some(bytes) = bytes {
            std::fs::write(&file, bytes)?;
        }
        assert_eq!(last(&examined(&spec, &home).await), (name, vec![what]));
    }
    std::fs::write(&file, "login;first\nanna;Anna\n;x\nANNA;y\n")?;
    let steps = examined(&spec, &home).await;
    assert_eq!(found(&steps, StepName::Keys), [What::NoKey, What::SameKey]);
    assert_eq!(last(&steps), (StepName::LookUp, vec![What::Found]));
    Ok(())
}
