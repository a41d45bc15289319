//! The database of OTOBO, which is the home database then: sources without a `DSN` are in it.

use super::Reading;
use crate::database::is_address;
use crate::document::Value;
use crate::mistake::Mistake;
use crate::source::dsn;

pub(super) fn read(reading: &mut Reading<'_>) {
    let text = |key: &str| {
        let (at, value) = reading.reader.find(key)?;
        Some((at, value.text()?))
    };
    let Some((at, dsn)) = text("DatabaseDSN") else {
        return;
    };
    let user = text("DatabaseUser").map(|(_, user)| user);
    let password = text("DatabasePw").map(|(_, password)| password);
    let password = password.filter(|password| !password.is_empty());
    let address = dsn::address(&dsn, user.as_deref(), password.as_deref());
    match address.filter(|address| is_address(address)) {
        Some(address) => {
            let at = reading.at(at);
            reading.put("database", "url", at, Value::Text(address));
        }
        None => {
            let reason = match dsn::driver(&dsn) {
                Some(driver) => format!("driver {driver}"),
                None => "DatabaseDSN is not understood".to_owned(),
            };
            let warning = reading.warn(at, Mistake::OtoboDatabase);
            *warning = warning
                .clone()
                .param("reason", reason)
                .remedy("--database postgres://… or mysql://…".to_owned());
        }
    }
}
