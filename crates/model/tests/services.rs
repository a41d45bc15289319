//! The tree of services.

use kartoteka_model::Collation;
use kartoteka_model::service::{branches, is_below, is_part, join, moved, split, tree_key};
use proptest::prelude::*;

#[test]
fn a_list_with_missing_levels_is_still_a_tree() {
    let mut names = [
        "IT::Netz::WLAN",
        "IT-Recht",
        "Öl",
        "IT",
        "Zoll::A",
        "IT::Mail",
    ];
    names.sort_by_key(|name| tree_key(&Collation::default(), name));
    let found = branches(names);
    let shown: Vec<(usize, &str)> = found
        .iter()
        .map(|branch| (branch.depth, branch.label.as_str()))
        .collect();
    let expected = [
        (0, "IT"),
        (1, "Mail"),
        (1, "Netz::WLAN"),
        (0, "IT-Recht"),
        (0, "Öl"),
        (0, "Zoll::A"),
    ];
    assert_eq!(shown, expected);
}

#[test]
fn parts_that_would_come_apart_elsewhere_are_none() {
    for odd in ["a::b", ":a", "a:", "::", ":"] {
        assert!(!is_part(odd), "{odd}");
    }
    assert!(is_part("a:b") && is_part("Łódź 24/7"));
}

fn part() -> impl Strategy<Value = String> {
    "[a-cł:]{1,3}".prop_filter("a part", |text| is_part(text))
}

fn full() -> impl Strategy<Value = String> {
    prop::collection::vec(part(), 1..5).prop_map(|parts| parts.join("::"))
}

proptest! {
    #[test]
    fn names_come_apart_as_they_were_put_together(parent in full(), name in part()) {
        let whole = join(&parent, &name);
        prop_assert_eq!(split(&whole), (parent.as_str(), name.as_str()));
        prop_assert!(is_below(&whole, &parent));
        prop_assert!(!is_below(&parent, &whole) && !is_below(&whole, &whole));
    }

    #[test]
    fn what_moves_keeps_its_place_below(full in full(), above in full(), to in full()) {
        match moved(&full, &above, &to) {
            Some(new) => {
                prop_assert!(full == above || is_below(&full, &above));
                prop_assert!(new == to || is_below(&new, &to));
                prop_assert_eq!(moved(&new, &to, &above), Some(full));
            }
            None => prop_assert!(full != above && !is_below(&full, &above)),
        }
    }

    #[test]
    fn what_is_below_comes_right_after(mut names in prop::collection::vec(full(), 1..20)) {
        names.sort_by_key(|name| tree_key(&Collation::default(), name));
        names.dedup();
        for (at, branch) in branches(names.iter().map(String::as_str)).iter().enumerate() {
            let above = names.iter().filter(|name| is_below(&names[at], name)).count();
            prop_assert_eq!(branch.depth, above);
        }
    }
}
