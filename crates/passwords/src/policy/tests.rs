use super::*;

const NONE: Policy = Policy {
    min_length: 1,
    min_2_lower_2_upper: false,
    need_digit: false,
    min_2_characters: false,
    min_3_of_4: false,
};

fn broken(policy: Policy, password: &str) -> Vec<Violation> {
    policy.check(&SecretString::from(password))
}

#[test]
fn shipped_rules() {
    let policy = Policy::default();
    assert_eq!(broken(policy, "kot w butach 7"), []);
    assert_eq!(broken(policy, "łóżko-٣٣"), []);
    assert_eq!(
        broken(policy, "łóżko"),
        [Violation::TooShort { min: 8 }, Violation::NoDigit]
    );
    assert_eq!(broken(policy, "Password1"), [Violation::Common]);
}

#[test]
fn length_is_bounded_whatever_the_policy() {
    let max_bytes = MAX_BYTES;
    assert_eq!(broken(NONE, &"x".repeat(max_bytes)), []);
    assert_eq!(
        broken(NONE, &"x".repeat(max_bytes + 1)),
        [Violation::TooLong { max_bytes }]
    );
    let empty = Policy {
        min_length: 0,
        ..NONE
    };
    assert_eq!(broken(empty, ""), [Violation::TooShort { min: 1 }]);
}

#[test]
fn kinds_of_characters() {
    let case = Policy {
        min_2_lower_2_upper: true,
        ..NONE
    };
    assert_eq!(broken(case, "abCD"), []);
    for password in ["abC", "aBC", "ÄÖäö", "abcd5678"] {
        assert_eq!(broken(case, password), [Violation::Not2Lower2Upper]);
    }
    let word = Policy {
        min_2_characters: true,
        ..NONE
    };
    for password in ["a-1", "_._", "ł ł"] {
        assert_eq!(broken(word, password), []);
    }
    assert_eq!(broken(word, "a-!"), [Violation::Not2Characters]);
    let kinds = Policy {
        min_3_of_4: true,
        ..NONE
    };
    for password in ["aB1", "a1-", "aB ", "B1!"] {
        assert_eq!(broken(kinds, password), []);
    }
    for password in ["ab12", "a_B", "!?1"] {
        assert_eq!(broken(kinds, password), [Violation::Not3Of4]);
    }
}
