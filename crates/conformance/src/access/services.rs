//! What OTOBO's calls about services come to.

use kartoteka_access::{Access, Wanted};
use kartoteka_directory::Maintenance;
use serde_json::{Value, json};

use super::{failed, give, needed, number, shaped};
use crate::input::{ACTOR, Input, Outcome, text};
use crate::writes::acting;

const EVERYBODY: &str = "<DEFAULT>";

pub(super) async fn services(directory: &Maintenance, input: &Input) -> Outcome {
    let access = Access::of(directory);
    let defaults = text(input, "DefaultServices") != Some("0");
    if let Some(id) = number(input, "ServiceID")? {
        let mut logins = vec![];
        let default = access.default_services(ACTOR()).await.map_err(failed)?;
        if default
            .iter()
            .any(|service| service.id == id && service.valid)
        {
            logins.push(EVERYBODY.to_owned());
        }
        let found = access.logins_with_service(ACTOR(), id, None, 100_000).await;
        logins.extend(found.map_err(failed)?);
        let pairs = logins.into_iter().map(|login| (login, id.to_string()));
        return shaped(input, pairs.collect());
    }
    let login = match needed(input, "CustomerUserLogin") {
        Ok(login) => login,
        Err(_) if defaults && text(input, "UnknownCustomer") == Some("1") => EVERYBODY,
        Err(error) => return Err(error),
    };
    let services = access.services_of(ACTOR(), login).await.map_err(failed)?;
    let found = match defaults && login != EVERYBODY {
        true => services.applied.services,
        false => services.own,
    };
    let pairs = found.into_iter().map(|(id, name)| (id.to_string(), name));
    shaped(input, pairs.collect())
}

pub(super) async fn give_service(directory: &Maintenance, input: &Input) -> Outcome {
    let login = needed(input, "CustomerUserLogin")?;
    let id = number(input, "ServiceID")?.ok_or("needed")?;
    acting(input)?;
    let given = text(input, "Active").is_some_and(|active| active == "1");
    let services = Access::of(directory)
        .all_services(ACTOR())
        .await
        .map_err(failed)?;
    let service = services.into_iter().find(|service| service.id == id);
    let wanted = Wanted::Service {
        login: login.to_owned(),
        service: service.ok_or("not_found")?.name,
        given,
    };
    give(directory, vec![wanted]).await
}

pub(super) async fn ticket_services(directory: &Maintenance, input: &Input) -> Outcome {
    needed(input, "QueueID").or_else(|_| needed(input, "TicketID"))?;
    needed(input, "UserID").or_else(|_| needed(input, "CustomerUserID"))?;
    let Ok(login) = needed(input, "CustomerUserID") else {
        return Ok(json!({}));
    };
    let services = Access::of(directory)
        .offered_services(ACTOR(), login)
        .await
        .map_err(failed)?;
    let pairs = services
        .into_iter()
        .map(|(id, name)| (id.to_string(), json!(name)));
    Ok(Value::Object(pairs.collect()))
}
