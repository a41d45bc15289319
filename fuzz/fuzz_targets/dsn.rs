//! Any DSN is understood or not without a panic; what it becomes is an address whose user and password are those given,
//! whatever they hold.

#![no_main]

use kartoteka_settings::dsn::{address, driver};
use libfuzzer_sys::fuzz_target;

/// What a percent-encoded part stands for.
fn decoded(part: &str) -> Vec<u8> {
    let mut bytes = part.bytes();
    let mut decoded = vec![];
    while let Some(byte) = bytes.next() {
        let digits = (byte == b'%').then(|| [bytes.next(), bytes.next()]);
        decoded.push(match digits {
            Some([Some(high), Some(low)]) => {
                let digit = |digit: u8| char::from(digit).to_digit(16).expect("a digit") as u8;
                16 * digit(high) + digit(low)
            }
            Some(_) => panic!("an encoded byte has two digits: {part}"),
            None => byte,
        });
    }
    decoded
}

fuzz_target!(|texts: (String, String, String)| {
    let (dsn, user, password) = texts;
    let _ = address(&dsn, None, None);
    for dsn in [dsn.clone(), format!("DBI:Pg:{dsn}"), format!("DBI:mysql:{dsn}")] {
        let Some(address) = address(&dsn, Some(&user), Some(&password)) else {
            continue;
        };
        let Some((scheme, rest)) = address.split_once("://") else {
            // One in memory has no place.
            assert!(address.starts_with("sqlite:"), "{address}");
            continue;
        };
        if scheme == "sqlite" || driver(&dsn).is_none() {
            continue;
        }
        assert!(["postgres", "mysql"].contains(&scheme), "{address}");
        assert!(address.is_ascii(), "{address}");
        let (named, _) = rest.split_once('@').expect("somebody is named");
        let (named_user, named_password) = named.split_once(':').expect("with a password");
        assert_eq!(decoded(named_user), user.as_bytes());
        assert_eq!(decoded(named_password), password.as_bytes());
    }
});
