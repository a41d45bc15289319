//! Syntax of e-mail addresses, as OTOBO's CheckItem tests it without asking the DNS: RFC 5322 `addr-spec`, an
//! address and nothing around it (D09).

use thiserror::Error;

/// Why an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EmailError {
    /// Not the syntax of an address.
    #[error("not an e-mail address")]
    Syntax,
    /// An address that is never delivered: `@example.org` and its kind.
    #[error("addresses of this domain are refused")]
    Refused,
}

/// Which addresses are accepted or refused beside their syntax, without regard to case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailRules {
    /// Whole addresses that are right whatever they look like: OTOBO's `CheckEmailValidAddress`.
    pub accepted: Vec<String>,
    /// Domains that are refused, as OTOBO's `CheckEmailInvalidAddress` names them.
    pub refused_domains: Vec<String>,
    /// Refuse `example.` with a top level of two or three characters, as shipped.
    pub refuse_examples: bool,
}

impl Default for EmailRules {
    /// What OTOBO ships.
    fn default() -> Self {
        Self {
            accepted: vec!["root@localhost".into(), "admin@localhost".into()],
            refused_domains: vec![],
            refuse_examples: true,
        }
    }
}

/// Checks an address by the shipped rules.
///
/// # Errors
/// When it is none, or one of an example domain.
pub fn check(address: &str) -> Result<(), EmailError> {
    EmailRules::default().check(address)
}

impl EmailRules {
    /// Checks an address.
    ///
    /// # Errors
    /// When it is none, or one of a refused domain.
    pub fn check(&self, address: &str) -> Result<(), EmailError> {
        let among = |list: &[String], text: &str| {
            list.iter().any(|listed| listed.eq_ignore_ascii_case(text))
        };
        if among(&self.accepted, address) {
            return Ok(());
        }
        if address.contains("..") || address.contains(".@") {
            return Err(EmailError::Syntax);
        }
        let (local, domain) = address.rsplit_once('@').ok_or(EmailError::Syntax)?;
        if !(is_dot_atom(local) || is_quoted(local)) || !(is_host(domain) || is_literal(domain)) {
            return Err(EmailError::Syntax);
        }
        let refused =
            among(&self.refused_domains, domain) || (self.refuse_examples && is_example(domain));
        if refused {
            return Err(EmailError::Refused);
        }
        Ok(())
    }
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

fn is_example(domain: &str) -> bool {
    let domain = domain.to_ascii_lowercase();
    let end = domain.strip_prefix("example.");
    end.is_some_and(|end| (2..=3).contains(&end.chars().count()))
}

#[cfg(test)]
mod tests {
    use super::*;

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
            "ä@new-lab.org",
            "a..b@x.org",
            ".a@x.org",
            "@x.org",
        ] {
            assert_eq!(check(bad), Err(EmailError::Syntax), "{bad}");
        }
        for refused in ["a@example.com", "A@EXAMPLE.DE"] {
            assert_eq!(check(refused), Err(EmailError::Refused));
        }
        assert_eq!(check("a@example.info"), Ok(()));
    }

    #[test]
    fn configured_rules() {
        let rules = EmailRules {
            accepted: vec!["monitor@intranet".into()],
            refused_domains: vec!["spam-lab.org".into()],
            refuse_examples: false,
        };
        assert_eq!(rules.check("Monitor@Intranet"), Ok(()));
        assert_eq!(rules.check("a@example.com"), Ok(()));
        assert_eq!(rules.check("root@localhost"), Err(EmailError::Syntax));
        assert_eq!(rules.check("a@Spam-Lab.org"), Err(EmailError::Refused));
    }
}
