//! The keys of LDAP sources in `Params`, with OTOBO's names and a few of ours.

use crate::key::{Key, Kind};

/// What an LDAP source has in `Params`.
const PARAMS_LDAP: [Key; 14] = [
    Key::optional(
        "Host",
        Kind::OneOrMore,
        "\"ldaps://ldap.example.com\"",
        "With Module = \"LDAP\" the server: a name, ldap://… or ldaps://…, with or without a port; or several with the same tree, asked in their order.",
    ),
    Key::optional(
        "BaseDN",
        Kind::Text,
        "\"ou=people,dc=example,dc=com\"",
        "The entry below which people are looked for.",
    ),
    Key::optional(
        "SSCOPE",
        Kind::Choice(&["base", "one", "sub"]),
        "\"sub\"",
        "How deep: the entry alone, what is right below it, or all.",
    ),
    Key::optional(
        "UserDN",
        Kind::Text,
        "\"cn=reader,dc=example,dc=com\"",
        "Who asks; with Active Directory also name@domain. Without it and UserPw it is asked anonymously.",
    ),
    Key::optional(
        "UserPw",
        Kind::Text,
        "\"…\"",
        "Their password; better given as a variable …__PARAMS__USERPW_FILE.",
    )
    .secret(),
    Key::optional(
        "AlwaysFilter",
        Kind::Text,
        "\"(objectClass=person)\"",
        "A filter that everybody has to meet.",
    ),
    Key::optional(
        "GroupDN",
        Kind::Text,
        "\"cn=desk,ou=groups,dc=example,dc=com\"",
        "The entry whose memberUid lists the logins of those who are searched.",
    ),
    Key::optional(
        "SourceCharset",
        Kind::Text,
        "\"utf-8\"",
        "How text is written: utf-8, as in all newer servers, or iso-8859-1.",
    ),
    Key::optional(
        "Die",
        Kind::Switch,
        "false",
        "Taken for OTOBO's sake: a source that does not answer never keeps the others from it.",
    ),
    Key::optional(
        "StartTLS",
        Kind::Switch,
        "true",
        "Connections to ldap://… are encrypted before anything is asked.",
    ),
    Key::optional(
        "VerifyTLS",
        Kind::Switch,
        "true",
        "The server's certificate has to be good, and for its name. Without it anybody between can read and change what is asked.",
    ),
    Key::optional(
        "CAFile",
        Kind::Text,
        "\"ldap-ca.pem\"",
        "Certificates of authorities that are believed besides those of the system, in PEM, from the folder of this file.",
    ),
    Key::optional(
        "Identity",
        Kind::Text,
        "\"entryUUID\"",
        "The attribute that stays when somebody is renamed; without it entryUUID or, of Active Directory, objectGUID.",
    ),
    Key::optional(
        "Params",
        Kind::Table(&[
            Key::optional(
                "port",
                Kind::Whole(1, 65_535),
                "389",
                "The port of servers that are named without one.",
            ),
            Key::optional(
                "timeout",
                Kind::Whole(1, 600),
                "10",
                "Seconds that an answer may take; a page waits no longer for it.",
            ),
            Key::optional("async", Kind::Switch, "false", "Taken for OTOBO's sake."),
            Key::optional(
                "version",
                Kind::Whole(2, 3),
                "3",
                "Taken for OTOBO's sake: it is 3.",
            ),
        ]),
        "{ port = 389, timeout = 10 }",
        "The connection.",
    ),
];

/// The keys that all sources of people have, and these.
pub(super) const fn with_ldap(common: [Key; 9]) -> [Key; 23] {
    let mut all = [common[0]; 23];
    let mut at = 0;
    while at < all.len() {
        all[at] = match at < common.len() {
            true => common[at],
            false => PARAMS_LDAP[at - common.len()],
        };
        at += 1;
    }
    all
}
