//! Columns and tables: what their names may be, and which hold secrets.

use crate::document::Node;
use crate::findings::{At, Findings};
use crate::mistake::Mistake;
use crate::set_in::SetIn;

/// The longest name that all engines keep.
const LONGEST: usize = 63;

/// Whether a name is `[A-Za-z_][A-Za-z0-9_]*` of at most 63 characters: no more can be a column.
pub fn is_plain_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    chars
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && name.len() <= LONGEST
}

/// Reports a name that is no plain identifier; true if it is one.
pub(crate) fn check_identifier(findings: &Findings<'_>, at: &At, key: &str, name: &str) -> bool {
    let good = is_plain_identifier(name);
    if !good {
        findings.push(
            findings
                .error(at, Mistake::NotAnIdentifier)
                .param("key", key)
                .found(format!("{name:?}"))
                .remedy(plain(name).map(|name| format!("{name:?}"))),
        );
    }
    good
}

/// Whether an entry of LDAP can have an attribute of this name (RFC 4512, with options such as `;lang-de`).
pub(crate) fn is_attribute(name: &str) -> bool {
    let is_sign = |sign: char| sign.is_ascii_alphanumeric() || "-_.;".contains(sign);
    name.starts_with(|sign: char| sign.is_ascii_alphanumeric())
        && name.chars().all(is_sign)
        && name.len() <= LONGEST
}

/// Reports a name that no attribute of an LDAP entry has; true if one can.
pub(crate) fn check_attribute(findings: &Findings<'_>, at: &At, key: &str, name: &str) -> bool {
    let good = is_attribute(name);
    if !good {
        findings.push(
            findings
                .error(at, Mistake::BadValue)
                .param("key", key)
                .param("expected", "the name of an attribute")
                .found(format!("{name:?}"))
                .remedy("\"mail\"".to_owned()),
        );
    }
    good
}

/// The beginning of a name that is an identifier, if there is any.
fn plain(name: &str) -> Option<String> {
    let start = name.trim_start_matches(|c: char| !c.is_ascii_alphabetic() && c != '_');
    let plain: String = start
        .chars()
        .map(|c| if c == ' ' || c == '-' { '_' } else { c })
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
        .take(LONGEST)
        .collect();
    (!plain.is_empty() && start.len() == name.len()).then_some(plain)
}

/// Whether a column holds a password, token or other secret, by its name (rule D21).
pub(crate) fn is_secret_column(column: &str) -> bool {
    let name = column
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .to_ascii_lowercase();
    name == "pw"
        || name.ends_with("_pw")
        || name.ends_with("pwd")
        || name.ends_with("token")
        || name.contains("passw")
        || name.contains("secret")
}

/// Where a value stands that pages can't change: not in an OTOBO's configuration below them.
pub(crate) fn set_in(at: &At) -> Option<SetIn> {
    match at {
        At::Byte(_) => Some(SetIn::File),
        At::Variable(variable) => Some(SetIn::Variable(variable.clone())),
        At::Below(_) => None,
    }
}

/// The place of a node, for messages.
pub(crate) fn at(node: Option<&Node>) -> At {
    node.map_or(At::Byte(0), |node| node.at.clone())
}
