//! Every recorded search, evaluated by [`Condition::matches`](kartoteka_model::Condition::matches)
//! on the records of the fixture. Whole calls (limits, display texts, several sources) are run by
//! `cargo xtask conformance`.

use kartoteka_model::search::{Affixes, Grammar, wildcard};
use kartoteka_model::{Condition, CustomerSource, CustomerUserSource, TextMode};
use serde_json::{Value, json};

use crate::cases::{Answer, area, expected, fields, found, records, search, text};

/// Compares all cases of an area that `answer` answers; says how many those were.
fn compare(area_name: &str, answer: impl Fn(&Value) -> Option<Answer>) -> usize {
    let mut compared = 0;
    let mut failures = Vec::new();
    for case in area(area_name) {
        let Some(answer) = answer(&case) else {
            continue;
        };
        compared += 1;
        let agrees = match (&answer, case["mode"].as_str()) {
            (Ok(found), Some("count")) => case["expect"]["result"] == json!(found.len()),
            _ => answer == expected(&case),
        };
        if !agrees {
            failures.push(format!("{}: {} is {answer:?}", case["id"], case["input"]));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    compared
}

fn mode(exact: bool) -> TextMode {
    if exact {
        TextMode::Exact
    } else {
        TextMode::Folded
    }
}

#[test]
fn the_full_grammar_finds_what_was_recorded() {
    let (people, source) = (records("users"), CustomerUserSource::shipped());
    let compared = compare("querycondition", |case| {
        let input = &case["input"];
        let affixes = Affixes {
            prefix: text(&input["SearchPrefix"]),
            suffix: text(&input["SearchSuffix"]),
        };
        let fields = fields(&source.spec.map, &input["Key"]);
        let condition = search(&text(&input["Value"]), Grammar::Full, &affixes, &fields);
        let mode = mode(input["CaseSensitive"] == "1");
        Some(condition.map(|condition| found(&people, "UserLogin", &condition, mode, true)))
    });
    assert_eq!(compared, 83);
}

/// What a case's configuration changes about the shipped source; none where it names what no source has.
fn configured(case: &Value) -> Option<(Affixes, Vec<String>, TextMode)> {
    let config = &case["config"];
    let source = CustomerUserSource::shipped();
    let affix = |key: &str, in_code: &str| match &config[format!("CustomerUser/{key}")] {
        Value::Null => "*".into(),
        Value::String(deleted) if deleted == "__DELETE__" => in_code.into(),
        set => text(set),
    };
    let columns = match &config["CustomerUser/CustomerUserSearchFields"] {
        Value::Null => json!(source.spec.search_fields),
        unknown if *unknown == json!(["nosuchcolumn"]) => return None,
        columns => columns.clone(),
    };
    let mut fields = fields(&source.spec.map, &columns);
    if case["input"]["CustomerUserOnly"] == "1" {
        fields.retain(|field| field != "UserCustomerID");
    }
    let affixes = Affixes {
        prefix: affix("CustomerUserSearchPrefix", ""),
        suffix: affix("CustomerUserSearchSuffix", "*"),
    };
    let exact = ["SearchCaseSensitive", "CaseSensitive"]
        .iter()
        .any(|key| config[format!("CustomerUser/Params/{key}")] == 1);
    Some((affixes, fields, mode(exact)))
}

#[test]
fn customer_user_searches_find_what_was_recorded() {
    let people = records("users");
    let compared = compare("search", |case| {
        let input = &case["input"];
        let typed = input.get("Search")?;
        let (affixes, fields, mode) = configured(case)?;
        let condition = search(&text(typed), Grammar::Words, &affixes, &fields);
        let all = input["Valid"] == "0";
        let limit = match text(&input["Limit"]).parse() {
            Ok(0) | Err(_) => usize::MAX,
            Ok(limit) => limit,
        };
        Some(condition.map(|condition| {
            found(&people, "UserLogin", &condition, mode, all)
                .into_iter()
                .take(limit)
                .collect()
        }))
    });
    assert!(compared > 220, "{compared}");
}

#[test]
fn searches_by_login_and_customer_find_what_was_recorded() {
    let people = records("users");
    let compared = compare("search", |case| {
        let input = &case["input"];
        let (field, pattern) = match (input.get("UserLogin"), input.get("CustomerID")) {
            (Some(login), _) => ("UserLogin", wildcard(&format!("*{}*", text(login)))),
            (_, Some(customer)) => ("UserCustomerID", wildcard(&text(customer))),
            _ => return None,
        };
        if case["config"].get("CustomerUser/Map").is_some() {
            return None;
        }
        let (_, _, mode) = configured(case)?;
        let condition = Condition::Matches {
            fields: vec![field.into()],
            pattern,
        };
        Some(Ok(found(
            &people,
            "UserLogin",
            &condition,
            mode,
            input["Valid"] == "0",
        )))
    });
    assert!(compared > 30, "{compared}");
}

#[test]
fn customer_lists_find_what_was_recorded() {
    let (customers, source) = (records("companies"), CustomerSource::shipped());
    let affixes = Affixes {
        prefix: "*".into(),
        suffix: "*".into(),
    };
    let compared = compare("company", |case| {
        let typed = text(case["input"].get("Search")?);
        let columns = match &case["config"]["CustomerCompany/CustomerCompanySearchFields"] {
            Value::Null => json!(source.spec.search_fields),
            columns => columns.clone(),
        };
        let condition = match search(
            &typed,
            Grammar::Full,
            &affixes,
            &fields(&source.spec.map, &columns),
        ) {
            // The list is shown where nothing is searched.
            Err("needed") => Ok(Condition::Everything),
            condition => condition,
        };
        Some(condition.map(|condition| {
            found(
                &customers,
                "CustomerID",
                &condition,
                TextMode::Folded,
                false,
            )
        }))
    });
    assert!(compared > 20, "{compared}");
}

/// The condition of a detail search that asks for texts only.
fn detail(input: &Value, map: &kartoteka_model::FieldMap) -> Option<Condition> {
    let mut condition = Condition::Everything;
    for (name, value) in input.as_object()? {
        match (name.as_str(), value) {
            ("Valid" | "OrderBy" | "OrderByDirection", _) => {}
            (name, Value::String(typed)) if map.find(name).is_some() => {
                if !typed.is_empty() {
                    condition = condition.and(Condition::Matches {
                        fields: vec![name.into()],
                        pattern: wildcard(typed),
                    });
                }
            }
            _ => return None,
        }
    }
    Some(condition)
}

#[test]
fn detail_searches_find_what_was_recorded() {
    let (people, source) = (records("users"), CustomerUserSource::shipped());
    let compared = compare("detail", |case| {
        let input = &case["input"];
        let plain = case["call"] == "CustomerUser.CustomerSearchDetail"
            && case["config"] == json!({})
            && case["expect"].get("error").is_none();
        let condition = plain.then(|| detail(input, &source.spec.map))??;
        let all = input["Valid"] == "0";
        Some(Ok(found(
            &people,
            "UserLogin",
            &condition,
            TextMode::Folded,
            all,
        )))
    });
    assert!(compared > 35, "{compared}");
    let (customers, source) = (records("companies"), CustomerSource::shipped());
    let compared = compare("company", |case| {
        if case["call"] != "CustomerCompany.CustomerCompanySearchDetail" {
            return None;
        }
        let condition = detail(&case["input"], &source.spec.map)?;
        let all = case["input"]["Valid"] == "0";
        Some(Ok(found(
            &customers,
            "CustomerID",
            &condition,
            TextMode::Folded,
            all,
        )))
    });
    assert!(compared > 5, "{compared}");
}
