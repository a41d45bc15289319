//! Syntax of e-mail addresses, as OTOBO's CheckItem tests it without asking the DNS: RFC 5322 `addr-spec`, an
//! address and nothing around it (D09).

use thiserror::Error;

use crate::regexp::RegExp;

/// Why an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EmailError {
    /// Not the syntax of an address.
    #[error("not an e-mail address")]
    Syntax,
    /// A letter that addresses can't have here.
    #[error("{0:?} can't stand in an e-mail address there")]
    Character(char),
    /// More than [`LONGEST_LOCAL`] characters before the `@`.
    #[error("more than {LONGEST_LOCAL} characters before the @")]
    LocalPart,
    /// One that the rules refuse: `@example.org` and its kind.
    #[error("addresses like this are refused")]
    Refused,
}

/// Which addresses are accepted or refused beside their syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailRules {
    /// Right whatever they look like: OTOBO's `CheckEmailValidAddress`.
    pub accepted: Option<RegExp>,
    /// Refused though well-formed: OTOBO's `CheckEmailInvalidAddress`.
    pub refused: Option<RegExp>,
}

/// The most characters before the `@` (RFC 5321).
pub const LONGEST_LOCAL: usize = 64;

/// What OTOBO ships as `CheckEmailValidAddress`.
pub const ACCEPTED: &str = "^(root@localhost|admin@localhost)$";

/// What OTOBO ships as `CheckEmailInvalidAddress`.
pub const REFUSED: &str = r"@(example)\.(..|...)$";

impl Default for EmailRules {
    /// What OTOBO ships.
    fn default() -> Self {
        Self {
            accepted: RegExp::ignoring_case(ACCEPTED).ok(),
            refused: RegExp::ignoring_case(REFUSED).ok(),
        }
    }
}

impl EmailRules {
    /// Checks an address: first what is accepted anyway, then the syntax, then what is refused.
    ///
    /// # Errors
    /// When it is none, or a refused one.
    pub fn check(&self, address: &str) -> Result<(), EmailError> {
        let among = |rule: &Option<RegExp>| {
            rule.as_ref()
                .is_some_and(|expression| expression.is_found_in(address))
        };
        if among(&self.accepted) {
            return Ok(());
        }
        if !is_address(address) {
            return Err(odd(address).map_or(EmailError::Syntax, EmailError::Character));
        }
        let local = address.rsplit_once('@').map_or("", |(local, _)| local);
        if local.chars().count() > LONGEST_LOCAL {
            return Err(EmailError::LocalPart);
        }
        if among(&self.refused) {
            return Err(EmailError::Refused);
        }
        Ok(())
    }
}

/// An address as it is stored: an international domain in the form that mail servers take (`müller.test` is
/// `xn--mller-kva.test`). What is none stays as it is.
pub fn for_servers(address: &str) -> String {
    let Some((local, domain)) = address.rsplit_once('@') else {
        return address.to_owned();
    };
    if domain.is_ascii() {
        return address.to_owned();
    }
    match idna::domain_to_ascii(domain) {
        Ok(ascii) if is_host(&ascii) => format!("{local}@{ascii}"),
        _ => address.to_owned(),
    }
}

/// An address as people read it: an international domain in letters. Only one that is stored again as it was.
pub fn in_letters(address: &str) -> String {
    if !address.contains("xn--") {
        return address.to_owned();
    }
    let (local, domain) = address.rsplit_once('@').unwrap_or(("", address));
    let (letters, read) = idna::domain_to_unicode(domain);
    let shown = match local {
        "" => letters,
        local => format!("{local}@{letters}"),
    };
    let again = idna::domain_to_ascii(
        shown
            .rsplit_once('@')
            .map_or(shown.as_str(), |(_, domain)| domain),
    );
    match read.is_ok() && again.is_ok_and(|again| again.eq_ignore_ascii_case(domain)) {
        true => shown,
        false => address.to_owned(),
    }
}

/// The first character that an address can't have where it stands, if one can be named.
fn odd(address: &str) -> Option<char> {
    let (local, domain) = address.rsplit_once('@')?;
    let in_local = |c: &char| !is_atom(c.encode_utf8(&mut [0; 4])) && !matches!(c, '.' | '"' | '@');
    let in_domain = |c: &char| !c.is_alphanumeric() && !matches!(c, '.' | '-' | '[' | ']' | ':');
    let odd = local.chars().find(in_local);
    odd.or_else(|| domain.chars().find(in_domain))
        .filter(|c| !c.is_whitespace() && !c.is_control())
}

fn is_address(text: &str) -> bool {
    if text.contains("..") || text.contains(".@") {
        return false;
    }
    text.rsplit_once('@').is_some_and(|(local, domain)| {
        (is_dot_atom(local) || is_quoted(local)) && (is_host(domain) || is_literal(domain))
    })
}

fn is_atom(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c))
}

fn is_dot_atom(text: &str) -> bool {
    text.split('.').all(is_atom)
}

fn is_quoted(text: &str) -> bool {
    let Some(content) = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
    else {
        return false;
    };
    let mut chars = content.chars();
    while let Some(c) = chars.next() {
        let good = match c {
            '\\' => chars
                .next()
                .is_some_and(|next| next == ' ' || next.is_ascii_graphic()),
            '"' => false,
            c => c == ' ' || c.is_ascii_graphic(),
        };
        if !good {
            return false;
        }
    }
    !content.is_empty()
}

fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.contains('.') && text.split('.').all(label)
}

fn is_literal(text: &str) -> bool {
    let content = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    content.is_some_and(|content| {
        let address = content.strip_prefix("IPv6:").unwrap_or(content);
        address.parse::<std::net::IpAddr>().is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str) -> Result<(), EmailError> {
        EmailRules::default().check(address)
    }

    #[test]
    fn addresses() {
        for good in [
            "a@new-lab.org",
            "\"q q\"@new-lab.org",
            "a@[127.0.0.1]",
            "root@localhost",
            "a+b@x.example.org",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in [
            "nodomain",
            "a@b",
            "a b@new-lab.org",
            "a@new lab.org",
            "a..b@x.org",
            ".a@x.org",
            "@x.org",
        ] {
            assert_eq!(check(bad), Err(EmailError::Syntax), "{bad}");
        }
        assert_eq!(check("ä@new-lab.org"), Err(EmailError::Character('ä')));
        assert_eq!(check("josé@gmail.com"), Err(EmailError::Character('é')));
        let local = |length: usize| check(&format!("{}@new-lab.org", "a".repeat(length)));
        assert_eq!((local(64), local(65)), (Ok(()), Err(EmailError::LocalPart)));
        for refused in ["a@example.com", "A@EXAMPLE.DE"] {
            assert_eq!(check(refused), Err(EmailError::Refused));
        }
        assert_eq!(check("a@example.info"), Ok(()));
    }

    #[test]
    fn international_domains_are_stored_as_servers_take_them_and_shown_in_letters() {
        for (letters, stored) in [
            ("max@müller.test", "max@xn--mller-kva.test"),
            ("max@łódź.pl", "max@xn--d-uga0v4h.pl"),
        ] {
            assert_eq!(for_servers(letters), stored);
            assert_eq!(in_letters(stored), letters);
            assert_eq!(check(stored), Ok(()));
        }
        assert_eq!(for_servers("max@MÜLLER.test"), "max@xn--mller-kva.test");
        for same in [
            "max@acme-lab.org",
            "max",
            "josé@gmail.com",
            "max@mül ler.test",
            "@",
        ] {
            assert_eq!(for_servers(same), same);
        }
        for same in ["max@xn--zzzzzzzzz.test", "xn--", "max@acme-lab.org"] {
            assert_eq!(in_letters(same), same);
        }
    }

    #[test]
    fn configured_rules() {
        let rules = EmailRules {
            accepted: RegExp::ignoring_case("^monitor@").ok(),
            refused: RegExp::ignoring_case(r"@(.+\.)?spam-lab\.org$").ok(),
        };
        assert_eq!(rules.check("Monitor@Intranet"), Ok(()));
        assert_eq!(rules.check("a@example.com"), Ok(()));
        assert_eq!(rules.check("root@localhost"), Err(EmailError::Syntax));
        assert_eq!(rules.check("a@Spam-Lab.org"), Err(EmailError::Refused));
        assert_eq!(rules.check("a@x.spam-lab.org"), Err(EmailError::Refused));
        // Accepting comes before refusing.
        assert_eq!(rules.check("monitor@spam-lab.org"), Ok(()));
    }

    #[test]
    fn without_rules_the_syntax_decides() {
        let rules = EmailRules {
            accepted: None,
            refused: None,
        };
        assert_eq!(rules.check("a@example.com"), Ok(()));
        assert_eq!(rules.check("root@localhost"), Err(EmailError::Syntax));
    }
}
