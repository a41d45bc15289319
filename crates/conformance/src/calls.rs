//! OTOBO's calls, as use cases.

use std::collections::BTreeSet;

use kartoteka_directory::{
    Criterion, Direction, Error, Kind, Lookup, Maintenance, Order, Search, ValidFilter,
};
use kartoteka_model::search::Grammar;
use serde_json::{Value, json};

use crate::input::{ACTOR, Input, Outcome, kind_of, text, texts};
use crate::shapes::{field_config, field_selections, search_fields, sources};
use crate::writes::{add, members, preferences, relate, set_password, update};

/// Calls a use case by OTOBO's name; none for a call that is not known.
pub async fn call(directory: &Maintenance, call: &str, input: &Input) -> Option<Outcome> {
    let outcome = match call {
        "CustomerUser.CustomerSearch" | "Search.FullGrammar" => {
            search(directory, call, input).await
        }
        "CustomerUser.CustomerSearchDetail" => detail(directory, Kind::CustomerUser, input).await,
        "CustomerCompany.CustomerCompanySearchDetail" => {
            detail(directory, Kind::Customer, input).await
        }
        "CustomerCompany.CustomerCompanyList" => company_list(directory, input).await,
        "CustomerUser.CustomerUserDataGet" => {
            record(directory, Kind::CustomerUser, input, "User").await
        }
        "CustomerCompany.CustomerCompanyGet" => {
            record(directory, Kind::Customer, input, "CustomerID").await
        }
        "CustomerUser.CustomerName" => name(directory, input).await,
        "CustomerUser.CustomerIDs" => {
            needed(input, "User", |user| directory.customer_ids(ACTOR(), user)).await
        }
        "CustomerUser.CustomerIDList" => {
            let valid = text(input, "Valid") != Some("0");
            let term = text(input, "SearchTerm").filter(|term| !term.is_empty());
            let ids = directory.customer_ids_in_use(ACTOR(), term, valid).await;
            ids.map(|ids| json!(ids)).map_err(|error| kind_of(&error))
        }
        "CustomerUser.CustomerUserAdd" => add(directory, Kind::CustomerUser, input).await,
        "CustomerCompany.CustomerCompanyAdd" => add(directory, Kind::Customer, input).await,
        "CustomerUser.CustomerUserUpdate" => {
            update(directory, Kind::CustomerUser, text(input, "ID"), input).await
        }
        "CustomerCompany.CustomerCompanyUpdate" => {
            let key = text(input, "CustomerCompanyID").or_else(|| text(input, "CustomerID"));
            update(directory, Kind::Customer, key, input).await
        }
        "CustomerUser.SetPassword" => set_password(directory, input).await,
        "CustomerUser.CustomerUserCustomerMemberAdd" => relate(directory, input).await,
        "CustomerUser.CustomerUserCustomerMemberList" => members(directory, input).await,
        "CustomerUser.SetPreferences"
        | "CustomerUser.GetPreferences"
        | "CustomerUser.SearchPreferences"
        | "CustomerUser.DeleteOnePreference" => preferences(directory, call, input).await,
        "CustomerUser.CustomerSourceList" => Ok(sources(directory, Kind::CustomerUser, input)),
        "CustomerCompany.CustomerCompanySourceList" => {
            Ok(sources(directory, Kind::Customer, input))
        }
        "CustomerUser.CustomerUserSearchFields" => Ok(search_fields(directory)),
        "CustomerUser.GetFieldConfig" => Ok(field_config(directory, input)),
        "CustomerUser.GetFieldSelections" => Ok(field_selections(directory, input)),
        _ => return crate::access::call(directory, call, input).await,
    };
    Some(outcome)
}

async fn needed<'a, F>(input: &'a Input, key: &str, ask: impl FnOnce(&'a str) -> F) -> Outcome
where
    F: Future<Output = kartoteka_directory::Result<Vec<String>>>,
{
    let value = text(input, key)
        .filter(|value| !value.is_empty())
        .ok_or("needed")?;
    ask(value)
        .await
        .map(|all| json!(all))
        .map_err(|error| kind_of(&error))
}

fn valid(input: &Input) -> ValidFilter {
    if text(input, "Valid").is_some_and(|valid| valid == "0" || valid.is_empty()) {
        ValidFilter::All
    } else {
        ValidFilter::Valid
    }
}

fn limit(input: &Input) -> Result<u32, &'static str> {
    match input.get("Limit") {
        None => Ok(10_000),
        Some(limit) if limit == "" => Ok(10_000),
        Some(limit) => match limit
            .as_str()
            .map_or_else(|| limit.to_string(), str::to_owned)
            .parse()
        {
            Ok(0) => Ok(10_000),
            Ok(limit) => Ok(limit),
            Err(_) => Err("invalid"),
        },
    }
}

async fn search(directory: &Maintenance, call: &str, input: &Input) -> Outcome {
    let full = call == "Search.FullGrammar";
    let mut search = Search {
        valid: valid(input),
        // Without a limit the source's own holds.
        limit: match input.get("Limit") {
            None => match directory.list_limit(Kind::CustomerUser) {
                0 => limit(input)?,
                first => first,
            },
            Some(_) => limit(input)?,
        },
        ..Search::default()
    };
    let criterion = |key: &str| text(input, key).map(str::to_owned);
    if full {
        search.valid = ValidFilter::All;
        search.grammar = Some(Grammar::Full);
        search.text = Some(criterion("Value").unwrap_or_default());
    } else if let Some(text) = criterion("Search") {
        search.without_customer = input.contains_key("CustomerUserOnly");
        search.text = Some(text);
    } else {
        let lookup = criterion("PostMasterSearch")
            .map(Lookup::Sender)
            .or_else(|| criterion("UserLogin").map(Lookup::Login))
            .or_else(|| criterion("CustomerID").map(Lookup::Customer))
            .or_else(|| criterion("CustomerIDRaw").map(Lookup::CustomerExactly));
        search.lookup = Some(lookup.ok_or("needed")?);
    }
    let page = directory
        .search(ACTOR(), Kind::CustomerUser, &search)
        .await
        .map_err(|error| kind_of(&error))?;
    if full {
        return Ok(page.rows.into_iter().map(|row| json!(row.key)).collect());
    }
    let pairs = page.rows.into_iter().map(|row| (row.key, json!(row.text)));
    Ok(Value::Object(pairs.collect()))
}

async fn company_list(directory: &Maintenance, input: &Input) -> Outcome {
    let asked = text(input, "Search")
        .filter(|text| !text.trim().is_empty())
        .map(str::to_owned);
    let search = Search {
        text: asked,
        valid: valid(input),
        limit: limit(input)?,
        ..Search::default()
    };
    let page = directory
        .search(ACTOR(), Kind::Customer, &search)
        .await
        .map_err(|error| kind_of(&error))?;
    Ok(Value::Object(
        page.rows
            .into_iter()
            .map(|row| (row.key, json!(row.text)))
            .collect(),
    ))
}

async fn detail(directory: &Maintenance, kind: Kind, input: &Input) -> Outcome {
    let mut search = Search {
        valid: valid(input),
        limit: limit(input)?,
        ..Search::default()
    };
    let directions = texts(input, "OrderByDirection");
    for (number, field) in texts(input, "OrderBy").into_iter().enumerate() {
        let direction = match directions.get(number).map(String::as_str) {
            Some("Up") => Direction::Up,
            Some("Down") | None => Direction::Down,
            Some(_) => return Err("invalid"),
        };
        search.order.push(Order { field, direction });
    }
    let sources = directory.sources(kind);
    let selections: BTreeSet<&String> = sources
        .iter()
        .flat_map(|source| source.selections.keys())
        .collect();
    for (key, value) in input {
        let strings = || value.as_array().map(|_| texts(input, key));
        match key.as_str() {
            "Valid" | "Limit" | "OrderBy" | "OrderByDirection" | "Result" => {}
            "CustomerCompanySearchCustomerIDs" => {
                search.fields.push((
                    "UserCustomerID".into(),
                    Criterion::OneOf(strings().ok_or("invalid")?),
                ));
            }
            "ExcludeUserLogins" => {
                search.fields.push((
                    "UserLogin".into(),
                    Criterion::NoneOf(strings().ok_or("invalid")?),
                ));
            }
            field if field == "ValidID" || selections.contains(&key.clone()) => {
                let values = strings().ok_or("invalid")?;
                search
                    .fields
                    .push((field.to_owned(), Criterion::OneOf(values)));
            }
            field => {
                let Some(value) = value.as_str() else {
                    return Err("invalid");
                };
                search
                    .fields
                    .push((field.to_owned(), Criterion::Like(value.to_owned())));
            }
        }
    }
    let page = directory
        .search(ACTOR(), kind, &search)
        .await
        .map_err(|error| kind_of(&error))?;
    if text(input, "Result") == Some("COUNT") {
        return Ok(json!(page.total.count));
    }
    Ok(page.rows.into_iter().map(|row| json!(row.key)).collect())
}

async fn record(directory: &Maintenance, kind: Kind, input: &Input, key: &str) -> Outcome {
    let key = text(input, key)
        .filter(|key| !key.is_empty())
        .ok_or("needed")?;
    let record = directory
        .full_record(ACTOR(), kind, key)
        .await
        .map_err(|error| kind_of(&error))?;
    serde_json::to_value(record).map_err(|_| "internal")
}

async fn name(directory: &Maintenance, input: &Input) -> Outcome {
    let login = text(input, "UserLogin")
        .filter(|login| !login.is_empty())
        .ok_or("needed")?;
    // OTOBO's answer for somebody who is not known is an empty name.
    match directory.find(ACTOR(), Kind::CustomerUser, login).await {
        Ok(found) => Ok(json!(found.full_name)),
        Err(Error::NotFound { .. }) => Ok(json!("")),
        Err(error) => Err(kind_of(&error)),
    }
}
