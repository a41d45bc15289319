//! Sources of the module `LDAP`: servers and tree, with OTOBO's names for it all.

use kartoteka_model::ldap::{Bind, LdapTree, Scope, Security, VALID_FILTER};
use kartoteka_model::{Field, FieldMap};

use super::params::no_effect;
use crate::column::at;
use crate::mistake::Mistake;
use crate::section::Section;

/// What only trees have.
pub(super) const PARAMS: &[&str] = &[
    "Host",
    "BaseDN",
    "SSCOPE",
    "UserDN",
    "UserPw",
    "GroupDN",
    "AlwaysFilter",
    "SourceCharset",
    "Die",
    "StartTLS",
    "VerifyTLS",
    "CAFile",
    "Identity",
    "Params",
];

/// Keys of a section that name attributes.
const NAMES: [&str; 6] = [
    "CustomerKey",
    "CustomerID",
    "CustomerUserListFields",
    "CustomerUserSearchFields",
    "CustomerUserPostMasterSearchFields",
    "CustomerUserNameFields",
];

/// The tree of a section.
pub(super) fn tree(section: &Section<'_>, params: &Section<'_>) -> LdapTree {
    let shipped = LdapTree::default();
    let options = params.table("Params");
    let port: Option<u16> = options.number("port");
    if options.get("version").is_some() && options.number::<u8>("version") != Some(3) {
        no_effect(&options, "version", "LDAP is spoken in version 3");
    }
    let given = |name| params.text(name).map(|text| text.trim().to_owned());
    let some = |name| given(name).filter(|text| !text.is_empty());
    let charset = params.parsed("SourceCharset", "utf-8 or iso-8859-1", |name| {
        match name.trim().to_ascii_lowercase().as_str() {
            "" | "utf-8" | "utf8" => Some(false),
            "iso-8859-1" | "latin1" | "latin-1" | "us-ascii" => Some(true),
            _ => None,
        }
    });
    let ca_file = some("CAFile").map(|file| params.findings.folder().join(file));
    let start_tls = params.bool("StartTLS").unwrap_or(false);
    let verify = params.bool("VerifyTLS");
    let hosts = hosts(section, params, port);
    if verify == Some(false) {
        no_effect(
            params,
            "CAFile",
            "VerifyTLS is off: no certificate is looked at",
        );
    }
    let is_secure = start_tls || hosts.iter().any(|host| host.starts_with("ldaps://"));
    if !is_secure && !hosts.is_empty() {
        for key in ["VerifyTLS", "CAFile"] {
            no_effect(params, key, "no server is spoken to in TLS");
        }
    }
    let bind = bind(params);
    if bind.is_some() && !start_tls {
        warn_of_plain_password(params, &hosts);
    }
    LdapTree {
        hosts,
        security: Security {
            start_tls,
            verify: verify.unwrap_or(shipped.security.verify),
            ca_file: ca_file.filter(|_| verify != Some(false)),
        },
        base: given("BaseDN").unwrap_or_default(),
        scope: match params.choice("SSCOPE") {
            Some("base") => Scope::Base,
            Some("one") => Scope::One,
            _ => Scope::Sub,
        },
        bind,
        always_filter: filter(params, "AlwaysFilter"),
        valid_filter: filter(section, VALID_FILTER),
        group: some("GroupDN"),
        manager: section
            .text("TranslateManagerTo")
            .filter(|attribute| !attribute.trim().is_empty()),
        latin1: charset.unwrap_or(shipped.latin1),
        timeout: options.number("timeout").unwrap_or(shipped.timeout),
        identity: some("Identity"),
    }
}

/// A password that is sent in the clear, unless it stays on this machine.
fn warn_of_plain_password(params: &Section<'_>, hosts: &[String]) {
    let is_here = |host: &&String| {
        let name = host.trim_start_matches("ldap://");
        let name = name.rsplit_once(':').map_or(name, |(name, _)| name);
        let name = name.trim_start_matches('[').trim_end_matches(']');
        let is_loopback = |address: std::net::IpAddr| address.is_loopback();
        name.eq_ignore_ascii_case("localhost") || name.parse().is_ok_and(is_loopback)
    };
    let mut plain = hosts.iter().filter(|host| host.starts_with("ldap://"));
    if let Some(host) = plain.find(|host| !is_here(host)) {
        params.findings.push(
            params
                .findings
                .warning(&at(params.get("Host")), Mistake::PlainPassword)
                .param("host", host),
        );
    }
}

/// Who asks: with a name and a password, or anonymously.
fn bind(params: &Section<'_>) -> Option<Bind> {
    let given = |name| params.text(name).filter(|text| !text.is_empty());
    match (given("UserDN"), given("UserPw")) {
        (Some(name), Some(password)) => Some(Bind {
            name,
            password: password.into(),
        }),
        (Some(_), None) => {
            let findings = params.findings;
            findings.push(
                findings
                    .error(&at(params.get("UserDN")), Mistake::BadValue)
                    .param("key", "UserPw")
                    .param("expected", "the password of UserDN")
                    .remedy("a variable …__PARAMS__USERPW_FILE that names a file with it; or no UserDN, to ask anonymously".to_owned()),
            );
            None
        }
        (None, Some(_)) => {
            no_effect(params, "UserPw", "without UserDN it is asked anonymously");
            None
        }
        (None, None) => None,
    }
}

/// The addresses of the servers. None is reported.
fn hosts(section: &Section<'_>, params: &Section<'_>, port: Option<u16>) -> Vec<String> {
    let named = params.texts("Host").unwrap_or_default();
    let hosts = named.iter().filter(|(host, _)| !host.trim().is_empty());
    let hosts = hosts.filter_map(|(host, place)| {
        let address = address(host.trim(), port);
        if address.is_none() {
            params.findings.push(
                params
                    .findings
                    .error(place, Mistake::BadValue)
                    .param("key", "Host")
                    .param("expected", "a server's name, ldap://… or ldaps://…")
                    .found(format!("{host:?}"))
                    .remedy("Host = \"ldaps://ldap.example.com\"".to_owned()),
            );
        }
        address
    });
    let hosts: Vec<String> = hosts.collect();
    if named.iter().all(|(host, _)| host.trim().is_empty()) {
        let at = at(params
            .get("Host")
            .or(section.get("Params"))
            .or(section.get("Module")));
        params.findings.push(
            params
                .findings
                .error(&at, Mistake::BadValue)
                .param("key", "Params.Host")
                .param("expected", "the name of a server")
                .remedy(
                    "Params = { Host = \"ldap.example.com\", BaseDN = \"ou=people,dc=example,dc=com\" }"
                        .to_owned(),
                ),
        );
    }
    hosts
}

/// A server as an address, with the port where none is named.
fn address(host: &str, port: Option<u16>) -> Option<String> {
    let (scheme, rest) = host.split_once("://").unwrap_or(("ldap", host));
    let scheme = scheme.to_ascii_lowercase();
    let rest = rest.trim_end_matches('/');
    let is_sign = |sign: char| sign.is_ascii_alphanumeric() || "-._:[]".contains(sign);
    if !["ldap", "ldaps"].contains(&scheme.as_str())
        || rest.is_empty()
        || !rest.chars().all(is_sign)
    {
        return None;
    }
    // The colons of an IPv6 address stand in brackets.
    let after = rest.rsplit_once(']').map_or(rest, |(_, after)| after);
    let named = after.rsplit_once(':').map(|(_, port)| port);
    match named {
        Some(named) => named
            .parse::<u16>()
            .ok()
            .map(|_| format!("{scheme}://{rest}")),
        None => Some(match port {
            Some(port) => format!("{scheme}://{rest}:{port}"),
            None => format!("{scheme}://{rest}"),
        }),
    }
}

/// A filter, in parentheses.
fn filter(section: &Section<'_>, key: &str) -> Option<String> {
    let filter = section.text(key)?.trim().to_owned();
    match filter.as_str() {
        "" => None,
        whole if whole.starts_with('(') => Some(filter),
        _ => Some(format!("({filter})")),
    }
}

/// What stands in the place of a column for the validity.
pub(super) fn valid(section: &Section<'_>, key: &str, tree: &LdapTree) -> Option<String> {
    no_effect(
        section,
        key,
        "who is valid in an LDAP source is said by CustomerUserValidFilter",
    );
    tree.valid_filter.as_ref().map(|_| VALID_FILTER.to_owned())
}

/// Hidden fields for attributes that lists, searches and names speak of and the map does not have: OTOBO asks for none
/// there, and its sample lists `cn`.
pub(super) fn further(section: &Section<'_>, map: &FieldMap) -> Vec<Field> {
    let mut fields: Vec<Field> = vec![];
    for key in NAMES {
        for attribute in section.named_in(key) {
            let is_it = |field: &Field| field.column.eq_ignore_ascii_case(&attribute);
            if attribute.is_empty() || map.0.iter().chain(&fields).any(is_it) {
                continue;
            }
            let name: String = attribute
                .chars()
                .map(|sign| {
                    if sign.is_ascii_alphanumeric() {
                        sign
                    } else {
                        '_'
                    }
                })
                .collect();
            fields.push(Field::new(&name, &attribute, &attribute).hidden());
        }
    }
    fields
}
