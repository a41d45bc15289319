//! What goes wrong: a server that is not to be trusted, refuses, is slow, down, or no LDAP server at all.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use kartoteka_model::ldap::{Bind, LdapTree, Security};
use kartoteka_testbed::ldap::{ADMIN, Entry, SUFFIX, Slapd};

use super::{Outcome, all, open, people, text, tree};
use crate::Verified;
use crate::ldap::LdapFailure;
use crate::ldap::connection::Servers;

#[tokio::test(flavor = "multi_thread")]
async fn certificates_are_looked_at() -> Outcome {
    let slapd = Slapd::start(&people(1), ["security simple_bind=128", ""])?;
    let secure = |start_tls, verify, ca: bool| LdapTree {
        hosts: vec![match start_tls {
            true => format!("ldap://localhost:{}", slapd.port()),
            false => slapd.secure_address(),
        }],
        security: Security {
            start_tls,
            verify,
            ca_file: ca.then(|| slapd.ca_file()),
        },
        bind: Some(Bind {
            name: ADMIN.0.into(),
            password: ADMIN.1.into(),
        }),
        ..tree(&slapd)
    };
    for start_tls in [false, true] {
        assert!(
            open(secure(start_tls, true, true))
                .await?
                .find("p00000")
                .await?
                .is_some()
        );
        let told = open(secure(start_tls, true, false))
            .await
            .map_err(text)
            .err();
        assert!(
            told.is_some_and(|told| told.contains("certificate")),
            "{start_tls}"
        );
        assert!(open(secure(start_tls, false, false)).await.is_ok());
    }
    // The server lets nobody in by a password that could be read on its way.
    let mut plain = secure(true, true, true);
    plain.security.start_tls = false;
    let told = open(plain).await.map_err(text).err().unwrap_or_default();
    assert!(told.contains("confidentialityRequired"), "{told}");
    let mut missing = secure(false, true, false);
    missing.security.ca_file = Some("/nowhere/ca.pem".into());
    let told = open(missing).await.map_err(text).err().unwrap_or_default();
    assert!(told.contains("/nowhere/ca.pem"), "{told}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said() -> Outcome {
    let slapd = Slapd::start(&people(150), ["", "limits anonymous size=100"])?;
    let bind = |name: &str, password: &str| LdapTree {
        bind: Some(Bind {
            name: name.into(),
            password: password.into(),
        }),
        ..tree(&slapd)
    };
    let base = LdapTree {
        base: "ou=nowhere,dc=lab,dc=org".into(),
        ..tree(&slapd)
    };
    let hosts = |hosts: &[&str]| LdapTree {
        hosts: hosts.iter().map(|host| (*host).to_owned()).collect(),
        ..tree(&slapd)
    };
    let wrong = [
        (bind(ADMIN.0, "geheim"), "invalidCredentials"),
        (bind("not a dn", "x"), "invalidDNSyntax"),
        (base, "ou=nowhere"),
        (hosts(&["ldap://127.0.0.1:1"]), "127.0.0.1:1"),
        (
            hosts(&["ldap://no.such.host.invalid"]),
            "no.such.host.invalid",
        ),
        (hosts(&[]), "no server"),
    ];
    for (tree, told) in wrong {
        let error = open(tree).await.map_err(text).err().unwrap_or_default();
        assert!(error.contains(told), "{error}");
        assert!(!error.contains("geheim"), "{error}");
    }
    // The first that answers is asked.
    let source = open(hosts(&["ldap://127.0.0.1:1", &slapd.address()])).await?;
    assert!(source.find("p00001").await?.is_some());
    // What the server cuts short is no answer to "everybody".
    let error = all(&source, 1_000).await.map_err(|error| error.to_string());
    assert!(
        error.as_ref().is_err_and(|told| told.contains("100")),
        "{error:?}"
    );
    let filter = LdapTree {
        always_filter: Some("(mail=".into()),
        ..tree(&slapd)
    };
    let error = open(filter).await.map_err(text).err().unwrap_or_default();
    assert!(error.contains("is no filter"), "{error}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_down_or_slow_keeps_nobody_waiting() -> Outcome {
    let mut slapd = Slapd::start(&people(1), ["", ""])?;
    let tree = LdapTree {
        timeout: 1,
        ..tree(&slapd)
    };
    let source = open(tree).await?;
    slapd.freeze()?;
    let began = Instant::now();
    let asked = (0..32).map(|_| source.find("p00000"));
    let answers = futures::future::join_all(asked).await;
    assert!(answers.iter().all(Result::is_err));
    assert!(
        began.elapsed() < Duration::from_secs(4),
        "{:?}",
        began.elapsed()
    );
    slapd.thaw()?;
    assert!(source.find("p00000").await?.is_some());
    slapd.stop()?;
    assert!(source.find("p00000").await.is_err());
    slapd.start_again()?;
    assert!(source.find("p00000").await?.is_some());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_is_wrong_is_not_tried_again_at_once() -> Outcome {
    let slapd = Slapd::start(&people(1), ["", ""])?;
    let tree = LdapTree {
        bind: Some(Bind {
            name: ADMIN.0.into(),
            password: "wrong".into(),
        }),
        // The second is not tried: it would say the same.
        hosts: vec![slapd.address(), "ldap://127.0.0.1:1".into()],
        ..tree(&slapd)
    };
    let servers = Servers::new(tree)?;
    let first = servers.connect().await.err();
    assert!(
        matches!(first, Some(LdapFailure::WrongPassword { .. })),
        "{first:?}"
    );
    let again = servers.connect().await.err();
    assert!(matches!(again, Some(LdapFailure::NoServer(_))), "{again:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_server_has_is_not_nobody() -> Outcome {
    let slapd = Slapd::start(&people(1), ["referral ldap://127.0.0.1:1", ""])?;
    let elsewhere = LdapTree {
        base: "dc=other,dc=org".into(),
        ..tree(&slapd)
    };
    let told = open(elsewhere).await.map_err(text).err();
    assert!(
        told.as_ref()
            .is_some_and(|told| told.contains("names another")),
        "{told:?}"
    );
    Ok(())
}

/// What listens in place of a server, and does this with whoever connects.
fn listener(act: fn(std::net::TcpStream)) -> anyhow::Result<String> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let address = format!("ldap://{}", listener.local_addr()?);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || act(stream));
        }
    });
    Ok(address)
}

#[tokio::test(flavor = "multi_thread")]
async fn rubbish_is_no_answer() -> Outcome {
    let acts: [fn(std::net::TcpStream); 7] = [
        |mut stream| {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        },
        // The beginning of an answer, and then nothing.
        |mut stream| {
            let _ = stream.read(&mut [0; 64]);
            let _ = stream.write_all(&[0x30, 0x84, 0x00, 0x00]);
        },
        // An entry with nothing in it, whatever was asked.
        |mut stream| {
            let _ = stream.read(&mut [0; 512]);
            let _ = stream.write_all(&[0x30, 0x05, 0x02, 0x01, 0x01, 0x64, 0x00]);
            let _ = stream.read(&mut [0; 64]);
        },
        // A byte a time, forever.
        #[expect(
            clippy::disallowed_methods,
            reason = "there is no runtime in this thread"
        )]
        |mut stream| {
            let answer = [0x30, 0x0c, 0x02, 0x01, 0x01, 0x65, 0x07, 0x0a];
            for byte in answer.iter().cycle() {
                if stream.write_all(&[*byte]).is_err() {
                    return;
                }
                std::thread::sleep(Duration::from_millis(200));
            }
        },
        |stream| {
            let _ = stream.shutdown(std::net::Shutdown::Both);
        },
        // A refusal whose text is not UTF-8.
        |mut stream| {
            let _ = stream.read(&mut [0; 512]);
            let refusal = [
                0x02, 0x01, 0x01, 0x61, 0x08, 0x0a, 0x01, 0x31, 0x04, 0x00, 0x04, 0x01, 0xff,
            ];
            let _ = stream.write_all(&[&[0x30, 13][..], &refusal].concat());
            let _ = stream.read(&mut [0; 64]);
        },
        // An answer within an answer, and so on: whoever goes into it has no room left.
        |mut stream| {
            let _ = stream.read(&mut [0; 512]);
            let mut nested: Vec<u8> = vec![];
            let mut left = 600_000_u32;
            while left > 6 {
                left -= 6;
                nested.extend([0x30, 0x84]);
                nested.extend(left.to_be_bytes());
            }
            let _ = stream.write_all(&nested);
            let _ = stream.read(&mut [0; 64]);
        },
    ];
    // The last ones before StartTLS, too.
    let acts = acts.into_iter().map(|act| (act, false));
    let started = acts.clone().skip(5).map(|(act, _)| (act, true));
    for (number, (act, start_tls)) in acts.chain(started).enumerate() {
        let tree = LdapTree {
            hosts: vec![listener(act)?],
            security: Security {
                start_tls,
                ..LdapTree::default().security
            },
            base: SUFFIX.into(),
            bind: (number == 5).then(|| Bind {
                name: "cn=x".into(),
                password: "x".into(),
            }),
            timeout: 1,
            ..LdapTree::default()
        };
        let began = Instant::now();
        assert!(open(tree).await.is_err(), "{number}");
        assert!(began.elapsed() < Duration::from_secs(4), "{number}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_somebodys_or_not() -> Outcome {
    let mut entries = people(1);
    for login in ["anna", "comma, (a)*", "łucja"] {
        entries.push(Entry::person(login, &[("userPassword", "geheim ł")]));
    }
    let mut slapd = Slapd::start(&entries, ["", ""])?;
    let tree = LdapTree {
        always_filter: Some("(!(description=left))".into()),
        timeout: 1,
        ..tree(&slapd)
    };
    let source = open(tree).await?;
    let verify = async |key: &str, password: &str| source.verify(key, &password.into()).await;
    for key in ["anna", "ANNA", "comma, (a)*", "łucja"] {
        assert_eq!(verify(key, "geheim ł").await?, Verified::Right, "{key}");
        for wrong in ["", "geheim", "Geheim ł", "\0", "geheim ł\0"] {
            assert_eq!(
                verify(key, wrong).await?,
                Verified::Wrong,
                "{key} {wrong:?}"
            );
        }
    }
    // Who has no password has none that is right.
    assert_eq!(verify("p00000", "geheim ł").await?, Verified::Wrong);
    for nobody in ["nobody", "*", "ann*", "", "anna)(uid=*"] {
        assert_eq!(
            verify(nobody, "geheim ł").await?,
            Verified::Nobody,
            "{nobody}"
        );
        assert!(verify(nobody, "").await? != Verified::Right);
    }
    // A wrong one of theirs is no wrong one of whoever asks.
    assert!(source.find("anna").await?.is_some());
    slapd.freeze()?;
    let began = Instant::now();
    assert!(verify("anna", "geheim ł").await.is_err());
    assert!(began.elapsed() < Duration::from_secs(4));
    slapd.thaw()?;
    slapd.stop()?;
    assert!(verify("anna", "geheim ł").await.is_err());
    Ok(())
}
