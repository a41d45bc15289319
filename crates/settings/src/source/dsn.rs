//! Addresses of other databases: ours, and those of Perl's DBI.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::database::is_address;

/// What does not stand for itself everywhere in an address (RFC 3986).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'.')
    .remove(b'_')
    .remove(b'-')
    .remove(b'~');

/// The same in the name of a file.
const IN_FILE: &AsciiSet = &RESERVED.remove(b'/').remove(b':').remove(b'\\');

/// The address that a DSN means, with user and password in it. None if it is not understood.
pub fn address(dsn: &str, user: Option<&str>, password: Option<&str>) -> Option<String> {
    let dsn = dsn.trim();
    if is_address(dsn) {
        return with_user(dsn, user, password);
    }
    let (scheme, driver) = split_ignoring_case(dsn, "dbi")?;
    debug_assert!(scheme.eq_ignore_ascii_case("dbi"));
    let (driver, attributes) = driver.split_once(':')?;
    let attributes = Attributes::parse(attributes);
    let name = attributes.find(&["database", "dbname", "db"])?;
    let host = attributes.find(&["host", "hostname"]);
    let port = attributes.find(&["port"]);
    if port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return None;
    }
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    let mut query = vec![];
    let scheme = match driver.to_ascii_lowercase().as_str() {
        "sqlite" => return Some(format!("sqlite://{}", encode(name, IN_FILE))),
        "pg" => {
            query.extend(
                host.filter(|host| host.starts_with('/'))
                    .map(|path| ("host", path)),
            );
            // `-c search_path=sales` names the schema.
            query.extend(
                attributes
                    .find(&["options"])
                    .map(|options| ("options", options)),
            );
            "postgres"
        }
        "mysql" | "mariadb" => {
            let socket = attributes.find(&["mysql_socket", "mariadb_socket"]);
            query.extend(socket.map(|path| ("socket", path)));
            "mysql"
        }
        _ => return None,
    };
    let host = host
        .filter(|host| !host.starts_with('/'))
        .unwrap_or("localhost");
    if !host
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "-._[]:".contains(c))
    {
        return None;
    }
    let mut address = format!("{scheme}://{host}{port}/{}", encode(name, RESERVED));
    for (at, (key, value)) in query.into_iter().enumerate() {
        let sign = if at == 0 { '?' } else { '&' };
        address.push_str(&format!("{sign}{key}={}", encode(value, RESERVED)));
    }
    with_user(&address, user, password)
}

/// The driver of an address of Perl's DBI, in small letters.
pub fn driver(dsn: &str) -> Option<String> {
    let (_, rest) = split_ignoring_case(dsn.trim(), "dbi")?;
    let driver = rest.split([':', '(']).next()?;
    Some(driver.to_ascii_lowercase())
}

/// Puts user and password in an address that names none.
fn with_user(address: &str, user: Option<&str>, password: Option<&str>) -> Option<String> {
    let (scheme, rest) = match address.split_once("://") {
        Some((scheme, rest)) if scheme != "sqlite" => (scheme, rest),
        _ => return Some(address.to_owned()),
    };
    let (old, host) = rest.rsplit_once('@').unwrap_or(("", rest));
    let (old_user, old_password) = match old.split_once(':') {
        Some((user, password)) => (user, Some(password)),
        None => (old, None),
    };
    let user = user.map_or_else(|| old_user.to_owned(), |user| encode(user, RESERVED));
    let password = password
        .map(|password| encode(password, RESERVED))
        .or_else(|| old_password.map(str::to_owned));
    Some(match (user.as_str(), password) {
        ("", None) => format!("{scheme}://{host}"),
        (user, None) => format!("{scheme}://{user}@{host}"),
        (user, Some(password)) => format!("{scheme}://{user}:{password}@{host}"),
    })
}

fn split_ignoring_case<'a>(text: &'a str, scheme: &str) -> Option<(&'a str, &'a str)> {
    text.split_once(':')
        .filter(|(first, _)| first.eq_ignore_ascii_case(scheme))
}

struct Attributes<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Attributes<'a> {
    /// `database=x;host=y`, or only the name of the database.
    fn parse(text: &'a str) -> Self {
        let pairs = text.split(';').filter(|part| !part.trim().is_empty());
        Self(
            pairs
                .map(|part| part.split_once('=').unwrap_or(("database", part)))
                .map(|(name, value)| (name.trim(), value.trim()))
                .collect(),
        )
    }

    fn find(&self, names: &[&str]) -> Option<&'a str> {
        self.0
            .iter()
            .find(|(name, value)| {
                !value.is_empty() && names.iter().any(|known| known.eq_ignore_ascii_case(name))
            })
            .map(|(_, value)| *value)
    }
}

fn encode(text: &str, reserved: &'static AsciiSet) -> String {
    utf8_percent_encode(text, reserved).to_string()
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn perl_addresses_become_ours() {
        let read = |dsn| address(dsn, Some("otobo"), Some("s:e/c@r"));
        assert_eq!(
            read("DBI:mysql:database=crm;host=db.example.org;port=3307").as_deref(),
            Some("mysql://otobo:s%3Ae%2Fc%40r@db.example.org:3307/crm")
        );
        assert_eq!(
            read("DBI:Pg:dbname=crm;host=/run/postgresql").as_deref(),
            Some("postgres://otobo:s%3Ae%2Fc%40r@localhost/crm?host=%2Frun%2Fpostgresql")
        );
        assert_eq!(
            read("DBI:Pg:dbname=crm;host=/run/pg;options=-c search_path=sales").as_deref(),
            Some(
                "postgres://otobo:s%3Ae%2Fc%40r@localhost/crm?host=%2Frun%2Fpg&options=-c%20search_path%3Dsales"
            )
        );
        assert_eq!(
            address("dbi:SQLite:dbname=/var/crm.db", None, None).as_deref(),
            Some("sqlite:///var/crm.db")
        );
        assert_eq!(
            address("postgres://a:b@h/n", None, Some("c")).as_deref(),
            Some("postgres://a:c@h/n")
        );
        for bad in [
            "DBI:ODBC:crm",
            "DBI:mysql:",
            "oracle://h/n",
            "",
            "DBI:Pg:dbname=a;host=b/c?d",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
