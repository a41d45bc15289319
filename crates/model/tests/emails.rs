//! The recorded cases about the syntax of addresses.

use kartoteka_model::email::EmailRules;

use crate::cases::{area, text};

#[test]
fn addresses_are_accepted_as_recorded() {
    let mut compared = 0;
    for case in area("write") {
        if case["note"] != "email syntax" {
            continue;
        }
        compared += 1;
        let address = text(&case["input"]["steps"][0]["input"]["UserEmail"]);
        let refused = case["expect"]["steps"][0]["error"] == "invalid";
        assert_eq!(
            EmailRules::default().check(&address).is_err(),
            refused,
            "{}: {address}",
            case["id"]
        );
    }
    assert_eq!(compared, 12);
}
