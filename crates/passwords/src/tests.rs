use proptest::prelude::*;

use super::*;

fn accepts(password: &str, stored: &str) -> bool {
    let options = VerifyOptions {
        login: "alice",
        allow_plain: false,
    };
    verify(&SecretString::from(password), stored, options) != Verdict::Refused
}

/// Stored forms of `some_pass`.
const VECTORS: [&str; 7] = [
    "alCD5A7r.XXa.",
    "$1$alice$ArhEUg3g9mowZIdEHisYr/",
    "$1$unittest$2TkY3NkwHAMGhhPOa6qvL/",
    "$apr1$alice$c1VhiBy/6S8cLPydyoOp0.",
    "fff99eddcef98a2265d68d4ec6ca9882c5fc8d0b",
    "17c1b8cba6fed372f40eed959c46e265ef8ec2e984b6dca935f8e38aa42c025f",
    "BCRYPT:12:abcdefghijklmnop:6nQooZTNJp.kXbRLCB0XFk4KRabJgOm",
];

#[test]
fn every_stored_form_is_read() {
    for stored in VECTORS {
        assert!(accepts("some_pass", stored), "{stored}");
        assert!(!accepts("Some_pass", stored), "{stored}");
        assert!(!accepts("", stored), "{stored}");
    }
    assert!(accepts("some_pass", &VECTORS[5].to_uppercase()));
    assert!(accepts(
        "some_pass",
        "$2a$12$WUHhXETkX0fnYkrqZU3ta.6nQooZTNJp.kXbRLCB0XFk4KRabJgOm"
    ));
    assert!(accepts(
        "ä",
        "BCRYPT:12:abcdefghijklmnop:Zibs1ximmxXkUm0veIEYqZvAdCv..1G"
    ));
}

#[test]
fn what_no_form_describes_is_refused() {
    for stored in [
        "*0",
        "*",
        "",
        "some_pass",
        "$argon2id$",
        "$9$x$y",
        "BCRYPT:99:a:b",
        "BCRYPT:",
        "$6$rounds=999999999$a$b",
    ] {
        assert!(!accepts("some_pass", stored), "{stored}");
    }
    assert!(!accepts("*0", "*0"));
    let plain = VerifyOptions {
        login: "alice",
        allow_plain: true,
    };
    assert_ne!(
        verify(&SecretString::from("geheim"), "geheim", plain),
        Verdict::Refused
    );
    assert_eq!(
        verify(&SecretString::from(VECTORS[4]), VECTORS[4], plain),
        Verdict::Refused
    );
}

#[test]
fn written_forms_are_read_back() {
    for format in [WriteFormat::Argon2id, WriteFormat::OtoboBcrypt { cost: 4 }] {
        let stored = hash(&SecretString::from("zażółć gęślą 1"), format).unwrap();
        assert!(accepts("zażółć gęślą 1", stored.expose_secret()));
        assert!(!accepts("zazolc gesla 1", stored.expose_secret()));
        assert!(stored.expose_secret().len() <= 128);
    }
}

#[test]
fn generated_passwords_satisfy_the_policy() {
    let mut rng = rand::rng();
    for _ in 0..200 {
        assert_eq!(
            policy::Policy::default().check(&generate(GENERATED_LENGTH, &mut rng)),
            vec![]
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_stored_is_too_odd(stored in r"(\$(1|5|6|2a|apr1|argon2id)\$|BCRYPT:|)[ -~ł]{0,40}", password in ".{0,20}") {
        accepts(&password, &stored);
    }
}
