//! The recorded logins of `auth.jsonl`, as far as the stored form of the password decides them.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::HashMap;

use kartoteka_passwords::{Verdict, VerifyOptions, WriteFormat, hash, verify};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

const CASES: &str = include_str!("auth.jsonl");

/// People of the recorded database who are invalid: a right password does not let them in.
const INVALID: [&str; 2] = ["invalid1", "invalidtemp"];

#[test]
fn stored_passwords_decide_recorded_logins() {
    let mut checked = 0;
    for line in CASES.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        checked += replay(&case);
    }
    // All but unknown logins, invalid people, proxies and a missing table. Were the names of calls to change, nothing
    // would be checked.
    assert!(checked >= 178, "only {checked} logins were checked");
}

/// Goes through the steps of a case; how many logins were checked.
fn replay(case: &Value) -> usize {
    let allow_plain = case["config"]["Customer::AuthModule::DB::CryptType"] == "plain";
    let steps = case["input"]["steps"].as_array();
    let expected = case["expect"]["steps"].as_array();
    let mut stored: HashMap<String, String> = HashMap::new();
    let mut checked = 0;
    for (step, expected) in steps
        .into_iter()
        .flatten()
        .zip(expected.into_iter().flatten())
    {
        let input = &step["input"];
        let text = |key: &str| input[key].as_str().unwrap_or_default();
        match step["call"].as_str().unwrap_or_default() {
            "store" => {
                stored.insert(
                    text("UserLogin").to_lowercase(),
                    text("pw_column").to_owned(),
                );
            }
            "CustomerUser.SetPassword" => {
                let written = hash(
                    &SecretString::from(text("PW")),
                    WriteFormat::OtoboBcrypt { cost: 4 },
                );
                stored.insert(
                    text("UserLogin").to_lowercase(),
                    written.unwrap().expose_secret().to_owned(),
                );
            }
            "CustomerAuth.Auth" => {
                let login = text("User");
                let Some(stored) = stored.get(&login.to_lowercase()) else {
                    continue;
                };
                if INVALID.contains(&login) {
                    continue;
                }
                let password = SecretString::from(text("Pw"));
                let options = VerifyOptions { login, allow_plain };
                let accepted = verify(&password, stored, options) != Verdict::Refused;
                let right = expected.get("error").is_none();
                assert_eq!(accepted, right, "{}: {step}", case["id"]);
                checked += 1;
            }
            _ => {}
        }
    }
    checked
}
