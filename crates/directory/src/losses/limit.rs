//! How many a source may lose without asking.

/// So few may be lost of any source without asking.
const FEW: u64 = 10;

/// Of fewer than so many all may be lost.
const SOME: u64 = 3;

/// How many of so many may be lost without asking, by so many in a hundred.
pub(super) fn allowed(limit: u8, known: u64) -> u64 {
    match limit {
        100.. => u64::MAX,
        limit => (known.saturating_mul(u64::from(limit)) / 100).max(FEW),
    }
}

/// Whether it has to be asked when of so many known ones so many are lost and so many are there.
pub(super) fn is_too_much(limit: u8, known: u64, lost: u64, there: u64) -> bool {
    let all = there == 0 && known >= SOME && limit < 100;
    all || lost > allowed(limit, known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_may_go_and_a_few_of_any_but_never_all() {
        for (known, lost, asks) in [
            (1000, 100, false),
            (1000, 101, true),
            (8, 2, false),
            (8, 7, false),
            (8, 8, true),
            (2, 2, false),
            (0, 0, false),
            (100, 10, false),
            (100, 11, true),
            (u64::MAX, 1, false),
        ] {
            let is = is_too_much(10, known, lost, known - lost);
            assert_eq!(is, asks, "{lost} of {known}");
            assert!(!is_too_much(100, known, lost, known - lost));
        }
        assert!(is_too_much(1, 2000, 21, 1979));
    }
}
