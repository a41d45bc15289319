use proptest::prelude::*;

use super::*;

const LENIENT: VerifyOptions<'static> = VerifyOptions {
    login: "alice",
    allow_plain: true,
};

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn verdict(password: &str, stored: &str) -> Verdict {
    let options = VerifyOptions {
        allow_plain: false,
        ..LENIENT
    };
    verify(&secret(password), stored, options)
}

fn accepts(password: &str, stored: &str) -> bool {
    verdict(password, stored) != Verdict::Refused
}

/// Stored forms of `some_pass`, as OTOBO's libraries make them.
const SOME_PASS: [&str; 8] = [
    "alCD5A7r.XXa.",
    "$1$alice$ArhEUg3g9mowZIdEHisYr/",
    "$1$unittest$2TkY3NkwHAMGhhPOa6qvL/",
    "$1$a$i43WF4C0vlV7At.pSuJq1/",
    "$apr1$alice$c1VhiBy/6S8cLPydyoOp0.",
    "fff99eddcef98a2265d68d4ec6ca9882c5fc8d0b",
    "17c1b8cba6fed372f40eed959c46e265ef8ec2e984b6dca935f8e38aa42c025f",
    "BCRYPT:12:abcdefghijklmnop:6nQooZTNJp.kXbRLCB0XFk4KRabJgOm",
];

/// Stored forms of `Secret-1`, as glibc and openssl make them.
const SECRET: [&str; 8] = [
    "abWn5hqBFnrgs",
    "$5$saltsalt$M0.P4OgsG4e7kwDw2r9mfa0JmFzTlB/ml1ZXy/hUcr.",
    "$5$rounds=1000$sixteencharsalts$AS49tARq.JTuwoF4HCWxcbToBtmpkTLUsILue2oC2F1",
    "$6$saltsalt$.IvaZon6y00v95Hmay7einEVFelkigBGC5i8QyHClswv//RiyLclHW9Onx7i3HVkSo8kZBnUub4DjuhjzBNQO1",
    "$6$rounds=5000$abc$5Y4n3aNYEplgMRmv6NwEzmdgJo1jl.h3Bv89PtFoWztnZZ6FDETV0s8y4fLOAMt/zp/AZfKUO0u.F2tr1Gpho.",
    "$1$saltsalt$8yk2Ya3KpfWOH4Sa.L8g21",
    "$apr1$saltsalt$4hZqO5W3cAJ5t7AsTqmX7.",
    "052530936cdd6ad7a7a87c52e956ff739b8f8a5ce2903a208716750cda10a7e7173605e153c3ca4e946432e2951653ac8ca3aa2db114bbe33d9caa7261562484",
];

/// Stored forms of `zażółć gęślą`, as glibc and openssl make them of its UTF-8.
const ACCENTS: [&str; 6] = [
    "abmlrm6Btphzg",
    "$5$saltsalt$QS038Cod1Vaf5HFeRFJ9mFUGRrRHZ8KCfKTApt9FRt3",
    "$6$saltsalt$VfPJcyXvZcmNnJ0dvndxwe0kYcF5jWlq90cor8RBqiZ08l0VDcsjaQFJkMs7m0xuejI8oEETSoONQbYuiVUDR1",
    "$1$saltsalt$mBzu4FPphvk8WIjvm.D3x1",
    "$apr1$saltsalt$etbaC5D4R63wD3L2M6FeQ/",
    "$2y$05$abcdefghijklmnopqrstuuvkSJmMONGpdbotaF7nFnDU.YvcpVBD6",
];

#[test]
fn every_stored_form_is_read() {
    let groups = [
        // DES crypt looks at eight bytes.
        ("some_pass", "Some_pass", SOME_PASS.as_slice()),
        ("Secret-1", "secret-1", SECRET.as_slice()),
        ("zażółć gęślą", "zazolc gesla", ACCENTS.as_slice()),
    ];
    for (right, wrong, stored) in groups {
        for stored in stored {
            assert!(accepts(right, stored), "{stored}");
            assert!(!accepts(wrong, stored), "{stored}");
            assert!(!accepts("", stored), "{stored}");
            assert!(!accepts(stored, stored), "{stored}");
            assert_eq!(
                verify(&secret(stored), stored, LENIENT),
                Verdict::Refused,
                "presenting {stored}"
            );
        }
    }
}

#[test]
fn digests_are_read_in_either_case() {
    for stored in [SOME_PASS[5], SOME_PASS[6]] {
        assert!(accepts("some_pass", &stored.to_uppercase()));
    }
    assert!(accepts("Secret-1", &SECRET[7].to_uppercase()));
}

#[test]
fn both_writings_of_bcrypt_are_read() {
    for stored in [
        "$2a$12$WUHhXETkX0fnYkrqZU3ta.6nQooZTNJp.kXbRLCB0XFk4KRabJgOm",
        "$2b$12$WUHhXETkX0fnYkrqZU3ta.6nQooZTNJp.kXbRLCB0XFk4KRabJgOm",
    ] {
        assert!(accepts("some_pass", stored));
    }
    let salted = |hash| format!("BCRYPT:12:abcdefghijklmnop:{hash}");
    assert!(accepts("ä", &salted("Zibs1ximmxXkUm0veIEYqZvAdCv..1G")));
    assert!(accepts(" ", &salted("lxYEPyYvsjVg7K7CIym80k.Z/hSTwxO")));
}

#[test]
fn bcrypt_takes_72_bytes() {
    let stored = "$2b$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i";
    for (count, right) in [(71, false), (72, true), (80, true), (MAX_BYTES, true)] {
        assert_eq!(accepts(&"x".repeat(count), stored), right, "{count}");
    }
    assert!(!accepts(&"x".repeat(MAX_BYTES + 1), stored));
}

#[test]
fn what_no_form_describes_is_refused() {
    for stored in [
        "*0",
        "*1",
        "*",
        "",
        "some_pass",
        "$",
        "$$",
        "$1$",
        "$1$$",
        "$apr1$",
        "$5$",
        "$6$a",
        "$2a$12$",
        "$2a$ł",
        "$argon2id$",
        "$9$x$y",
        "BCRYPT:",
        "BCRYPT:::",
        "BCRYPT:99:a:b",
        "BCRYPT:+9:0123456789abcdef:xyz",
        "BCRYPT:12:short:xyz",
        "$6$rounds=999999999$a$b",
        "$2b$31$WUHhXETkX0fnYkrqZU3ta.6nQooZTNJp.kXbRLCB0XFk4KRabJgOm",
        "BCRYPT:31:abcdefghijklmnop:6nQooZTNJp.kXbRLCB0XFk4KRabJgOm",
        "$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$3q2+7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$y$j9T$abcdefgh$9sdT8yb1nz2wuU.8mzhjB6LjdlpQ5r.rnWrWVbHQKIA",
    ] {
        for password in ["Secret-1", "some_pass ", "*0", "0"] {
            assert!(!accepts(password, stored), "{password} for {stored}");
        }
        let presented = verify(&secret(stored), stored, LENIENT);
        let plain = Shape::of(stored).is_none();
        assert_eq!(presented != Verdict::Refused, plain, "{stored} as it is");
    }
}

#[test]
fn plain_passwords_count_where_they_are_allowed() {
    for password in [
        "geheim",
        "0",
        " ",
        "$ecret",
        "Zażółć gęślą jaźń",
        "Secret-123456",
    ] {
        assert_eq!(
            verify(&secret(password), password, LENIENT),
            Verdict::Accepted { needs_rehash: true }
        );
        assert!(!accepts(password, password));
        assert_eq!(
            verify(&secret(&format!("{password} ")), password, LENIENT),
            Verdict::Refused
        );
    }
}

#[test]
fn written_forms_are_read_back() {
    let bcrypt = |cost| WriteFormat::OtoboBcrypt { cost };
    for format in [WriteFormat::Argon2id, bcrypt(4), bcrypt(10)] {
        let stored = hash(&secret("zażółć gęślą 1"), format).unwrap();
        assert_eq!(
            verdict("zażółć gęślą 1", stored.expose_secret()),
            Verdict::Accepted {
                needs_rehash: false
            }
        );
        assert!(!accepts("zazolc gesla 1", stored.expose_secret()));
        // The column of OTOBO holds 128 characters.
        assert!(stored.expose_secret().len() <= 128);
    }
    let long = secret(&"x".repeat(MAX_BYTES + 1));
    assert_eq!(
        hash(&long, WriteFormat::Argon2id).unwrap_err(),
        HashError::TooLong
    );
    assert_eq!(
        hash(&secret("x"), bcrypt(99)).unwrap_err(),
        HashError::TooCostly { cost: 31 }
    );
}

#[test]
fn weak_forms_are_told() {
    let weak = [
        ("some_pass", SOME_PASS[0]),
        ("some_pass", SOME_PASS[6]),
        ("Secret-1", SECRET[3]),
        ("zażółć gęślą", ACCENTS[5]),
    ];
    for (password, stored) in weak {
        assert_eq!(
            verdict(password, stored),
            Verdict::Accepted { needs_rehash: true },
            "{stored}"
        );
    }
    assert_eq!(
        verdict("some_pass", SOME_PASS[7]),
        Verdict::Accepted {
            needs_rehash: false
        }
    );
}

#[test]
fn nobody_costs_what_somebody_costs() {
    let (_, nobody) = argon2id::affordable(argon2id::NOBODY).unwrap();
    let stored = hash(&secret("x"), WriteFormat::Argon2id).unwrap();
    let (_, somebody) = argon2id::affordable(stored.expose_secret()).unwrap();
    assert_eq!(nobody, somebody);
}

#[test]
fn generated_passwords_satisfy_the_policy() {
    let mut rng = rand::rng();
    for _ in 0..200 {
        let password = generate(GENERATED_LENGTH, &mut rng);
        assert_eq!(policy::Policy::default().check(&password), vec![]);
        assert_eq!(password.expose_secret().len(), GENERATED_LENGTH);
    }
    for length in 0..6 {
        assert_eq!(generate(length, &mut rng).expose_secret().len(), length);
    }
}

/// A well-formed value, cheap to check, with some characters put, taken or changed.
fn damaged() -> impl Strategy<Value = String> {
    const CHEAP: [&str; 8] = [
        "alCD5A7r.XXa.",
        SOME_PASS[4],
        SOME_PASS[5],
        SECRET[2],
        "$6$rounds=1000$abc$5Y4n3aNYEplgMRmv6NwEzmdgJo1jl.h3Bv89PtFoWztnZZ6FDETV0s8y4fLOAMt/zp/AZfKUO0u.F2tr1Gpho.",
        ACCENTS[5],
        "BCRYPT:4:abcdefghijklmnop:6nQooZTNJp.kXbRLCB0XFk4KRabJgOm",
        "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$3q2+7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ];
    let change = (any::<prop::sample::Index>(), 0..3_u8, "[ -~ł\n]");
    let changes = prop::collection::vec(change, 0..4);
    (prop::sample::select(&CHEAP[..]), changes).prop_map(|(value, changes)| {
        let mut chars: Vec<char> = value.chars().collect();
        for (at, how, put) in changes {
            let at = at.index(chars.len());
            match how {
                0 => drop(chars.remove(at)),
                1 => chars.splice(at..at, put.chars()).for_each(drop),
                _ => chars.splice(at..=at, put.chars()).for_each(drop),
            }
        }
        chars.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn nothing_stored_is_too_odd(
        stored in prop_oneof![
            r"(\$(1|5|6|2a|apr1|argon2id)\$|BCRYPT:|)[ -~ł]{0,40}",
            any::<String>(),
            damaged(),
        ],
        password in any::<String>(),
    ) {
        let strict = accepts(&password, &stored);
        let lenient = verify(&secret(&password), &stored, LENIENT) != Verdict::Refused;
        prop_assert!(lenient || !strict);
        if password.is_empty() || stored.is_empty() || stored.starts_with('*') {
            prop_assert!(!lenient);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_password_round_trips(password in "\\PC{1,30}", other in "\\PC{1,30}", argon in any::<bool>()) {
        let format = if argon { WriteFormat::Argon2id } else { WriteFormat::OtoboBcrypt { cost: 9 } };
        let stored = hash(&secret(&password), format).unwrap();
        prop_assert!(accepts(&password, stored.expose_secret()));
        let same_start = password.bytes().take(72).eq(other.bytes().take(72));
        prop_assert_eq!(accepts(&other, stored.expose_secret()), same_start);
    }
}
