//! OTOBO's calls that write, and those for relations and preferences.

use kartoteka_access::Access;
use kartoteka_directory::{Error, Fields, Kind, Maintenance};
use kartoteka_records::Records;
use serde_json::{Value, json};

use crate::input::{ACTOR, Input, Outcome, kind_of, text};

pub(crate) fn fields(input: &Input) -> Fields {
    let internal = ["Source", "UserID", "ID", "CustomerCompanyID"];
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    let wanted = input
        .iter()
        .filter(|(key, value)| !internal.contains(&key.as_str()) && !value.is_null());
    wanted
        .map(|(key, value)| (key.clone(), text(value)))
        .collect()
}

pub(crate) fn acting(input: &Input) -> Result<(), &'static str> {
    text(input, "UserID")
        .filter(|id| !id.is_empty())
        .map(|_| ())
        .ok_or("needed")
}

pub(crate) async fn add(directory: &Maintenance, kind: Kind, input: &Input) -> Outcome {
    acting(input)?;
    let source = text(input, "Source");
    let plan = Records::of(directory)
        .plan_create(ACTOR(), kind, source, fields(input))
        .await
        .map_err(|error| kind_of(&error))?;
    let applied = Records::of(directory)
        .apply(plan)
        .await
        .map_err(|error| kind_of(&error))?;
    Ok(json!(applied.key))
}

pub(crate) async fn update(
    directory: &Maintenance,
    kind: Kind,
    key: Option<&str>,
    input: &Input,
) -> Outcome {
    let key = key.filter(|key| !key.is_empty()).ok_or("needed")?;
    acting(input)?;
    let plan = Records::of(directory)
        .plan_update(ACTOR(), kind, key, fields(input), None)
        .await;
    Records::of(directory)
        .apply(plan.map_err(|error| kind_of(&error))?)
        .await
        .map_err(|error| kind_of(&error))?;
    Ok(json!("1"))
}

pub(crate) async fn set_password(directory: &Maintenance, input: &Input) -> Outcome {
    let login = text(input, "UserLogin")
        .filter(|login| !login.is_empty())
        .ok_or("needed")?;
    let password = text(input, "PW").unwrap_or_default().to_owned().into();
    let plan = Records::of(directory)
        .plan_password(ACTOR(), Kind::CustomerUser, login, Some(password))
        .await;
    Records::of(directory)
        .apply(plan.map_err(|error| kind_of(&error))?)
        .await
        .map_err(|error| kind_of(&error))?;
    Ok(json!("1"))
}

pub(crate) async fn relate(directory: &Maintenance, input: &Input) -> Outcome {
    let login = text(input, "CustomerUserID").ok_or("needed")?;
    let customer = text(input, "CustomerID").ok_or("needed")?;
    acting(input)?;
    let active = text(input, "Active").is_some_and(|active| active == "1");
    Access::of(directory)
        .relate_customer(ACTOR(), login, customer, active)
        .await
        .map_err(|error| kind_of(&error))?;
    Ok(json!("1"))
}

pub(crate) async fn members(directory: &Maintenance, input: &Input) -> Outcome {
    let members = match (text(input, "CustomerUserID"), text(input, "CustomerID")) {
        (Some(login), _) => directory.further_customers(ACTOR(), login).await,
        (None, Some(customer)) => directory.further_people(ACTOR(), customer).await,
        (None, None) => return Err("needed"),
    };
    members
        .map(|members| json!(members))
        .map_err(|error| kind_of(&error))
}

pub(crate) async fn preferences(directory: &Maintenance, call: &str, input: &Input) -> Outcome {
    let failed = |error: Error| kind_of(&error);
    let key = text(input, "Key").unwrap_or_default();
    if call.ends_with("SearchPreferences") {
        let found = directory
            .search_preferences(ACTOR(), key, text(input, "Value"))
            .await
            .map_err(failed)?;
        return Ok(json!(found));
    }
    let login = text(input, "UserID")
        .filter(|login| !login.is_empty())
        .ok_or("needed")?;
    if call.ends_with("SetPreferences") {
        let value = text(input, "Value").unwrap_or_default();
        directory
            .set_preference(ACTOR(), login, key, value)
            .await
            .map_err(failed)?;
        return Ok(json!("1"));
    }
    if call.ends_with("GetPreferences") {
        return Ok(json!(
            directory
                .preferences(ACTOR(), login)
                .await
                .map_err(failed)?
        ));
    }
    directory
        .delete_preference(ACTOR(), login, key)
        .await
        .map_err(failed)?;
    Ok(json!("1"))
}
