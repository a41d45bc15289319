use super::*;

const NONE: Policy = Policy {
    min_length: 1,
    max_bytes: MAX_BYTES,
    min_2_lower_2_upper: false,
    need_digit: false,
    min_2_characters: false,
    min_3_of_4: false,
    pattern: None,
};

fn broken(policy: &Policy, password: &str) -> Vec<Violation> {
    policy.check(&SecretString::from(password))
}

#[test]
fn shipped_rules() {
    let policy = Policy::default();
    assert_eq!(broken(&policy, "kot w butach 7"), []);
    assert_eq!(broken(&policy, "łóżko-٣٣"), []);
    assert_eq!(
        broken(&policy, "łóżko"),
        [Violation::TooShort { min: 8 }, Violation::NoDigit]
    );
    assert_eq!(broken(&policy, "Password1"), [Violation::Common]);
}

#[test]
fn what_nobody_can_type_is_refused() {
    for password in [
        "kot w butach 7\n",
        "\rkot w butach 7",
        "kot w\tbutach 7",
        "kot\0w butach 7",
    ] {
        assert_eq!(
            broken(&Policy::default(), password),
            [Violation::ControlCharacter]
        );
    }
}

#[test]
fn length_is_bounded_whatever_the_policy() {
    let max_bytes = MAX_BYTES;
    assert_eq!(broken(&NONE, &"xyä/".repeat(max_bytes / 5)), []);
    let bcrypt = Policy {
        max_bytes: 72,
        ..NONE
    };
    assert_eq!(broken(&bcrypt, &"kot-".repeat(18)), []);
    let longer = ["kot-".repeat(18), "x".into()].concat();
    assert_eq!(
        broken(&bcrypt, &longer),
        [Violation::TooLong { max_bytes: 72 }]
    );
    assert!(
        bcrypt
            .rules()
            .contains(&Violation::TooLong { max_bytes: 72 })
    );
    assert_eq!(
        broken(&NONE, &"x".repeat(max_bytes + 1)),
        [Violation::TooLong { max_bytes }]
    );
    let empty = Policy {
        min_length: 0,
        ..NONE
    };
    assert_eq!(broken(&empty, ""), [Violation::TooShort { min: 1 }]);
}

#[test]
fn kinds_of_characters() {
    let case = Policy {
        min_2_lower_2_upper: true,
        ..NONE
    };
    assert_eq!(broken(&case, "abCD"), []);
    for password in ["abC", "aBC", "ÄÖäö", "kotw5718"] {
        assert_eq!(broken(&case, password), [Violation::Not2Lower2Upper]);
    }
    let word = Policy {
        min_2_characters: true,
        ..NONE
    };
    for password in ["a-1", "_._", "ł ł"] {
        assert_eq!(broken(&word, password), []);
    }
    assert_eq!(broken(&word, "a-!"), [Violation::Not2Characters]);
    let kinds = Policy {
        min_3_of_4: true,
        ..NONE
    };
    for password in ["aB1", "a1-", "aB ", "B1!"] {
        assert_eq!(broken(&kinds, password), []);
    }
    for password in ["ab12", "a_B", "!?1"] {
        assert_eq!(broken(&kinds, password), [Violation::Not3Of4]);
    }
}

#[test]
fn a_pattern_has_to_be_found_somewhere() {
    let pattern = Policy {
        pattern: Some(Regex::new("^[a-z].*[0-9]$").unwrap()),
        ..NONE
    };
    assert_eq!(broken(&pattern, "kot w butach 7"), []);
    for password in ["7 kot", "Kot 7", "kot 7-"] {
        assert_eq!(broken(&pattern, password), [Violation::NoMatch]);
    }
}

#[test]
fn a_pattern_costs_no_more_than_the_password_is_long() {
    let pattern = Policy {
        // Engines that go back and forth need longer than anybody lives.
        pattern: Some(Regex::new("^(([a-z])+.)+[A-Z]([a-z])+$").unwrap()),
        ..NONE
    };
    let began = std::time::Instant::now();
    assert_eq!(
        broken(&pattern, &"ay".repeat(MAX_BYTES / 2)),
        [Violation::NoMatch]
    );
    assert!(began.elapsed() < std::time::Duration::from_secs(2));
}

#[test]
fn codes_differ() {
    let all = [
        Violation::TooShort { min: 8 },
        Violation::TooLong { max_bytes: 9 },
        Violation::Not2Lower2Upper,
        Violation::NoDigit,
        Violation::Not2Characters,
        Violation::Not3Of4,
        Violation::NoMatch,
        Violation::Common,
        Violation::ControlCharacter,
        Violation::LikeName,
        Violation::UsedBefore { count: 3 },
    ];
    let codes: std::collections::BTreeSet<&str> = all.iter().map(|one| one.code()).collect();
    assert_eq!(codes.len(), all.len());
}

#[test]
fn generated_passwords_obey() {
    let mut rng = rand::rng();
    let strict = Policy {
        min_length: 20,
        max_bytes: MAX_BYTES,
        min_2_lower_2_upper: true,
        need_digit: true,
        min_2_characters: true,
        min_3_of_4: true,
        pattern: Some(Regex::new("[a-z].*[!?]").unwrap()),
    };
    for policy in [&NONE, &Policy::default(), &strict] {
        let password = crate::generate_for(policy, &mut rng).unwrap();
        assert_eq!(policy.check(&password), []);
    }
    let beyond = Policy {
        pattern: Some(Regex::new("żółw").unwrap()),
        ..NONE
    };
    assert_eq!(
        crate::generate_for(&beyond, &mut rng).unwrap_err(),
        [Violation::NoMatch]
    );
}
