//! Links of fields: OTOBO's link templates, and the obvious ones for mail, telephone and web addresses.

use kartoteka_model::{Field, Record};

use crate::format::escape;

/// Where the value of a field leads, if anywhere. Only `http`, `https`, `mailto` and `tel` come out of this,
/// whatever a template or a value says.
pub fn link(field: &Field, record: &Record) -> Option<String> {
    let value = record.get(&field.name).trim();
    if value.is_empty() {
        return None;
    }
    let target = if field.link.is_empty() {
        obvious(&field.name, value)?
    } else {
        filled(&field.link, record)?
    };
    is_safe(&target).then_some(target)
}

fn obvious(name: &str, value: &str) -> Option<String> {
    let name = name.to_lowercase();
    if name.contains("email") {
        // Everything but the address itself would be read as headers.
        return value
            .contains('@')
            .then(|| format!("mailto:{}", escape(value).replace("%40", "@")));
    }
    if ["phone", "mobile"].iter().any(|word| name.contains(word)) {
        let digits: String = value
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == '+')
            .collect();
        return (digits.len() >= 3).then(|| format!("tel:{digits}"));
    }
    if name.ends_with("url") {
        if value.contains("://") {
            return Some(value.to_owned());
        }
        let host = value.split(['/', '?', '#']).next().unwrap_or_default();
        let is_host = host.contains('.')
            && host
                .chars()
                .all(|c| c.is_alphanumeric() || ".-".contains(c));
        return is_host.then(|| format!("https://{value}"));
    }
    None
}

/// Fills `[% Data.UserEmail %]`, also with filters (`| uri`), and the older `$Data{"UserEmail"}`; a template
/// that speaks of anything else leads nowhere. A value is percent-encoded unless it is the whole target.
fn filled(template: &str, record: &Record) -> Option<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['[', '$']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let (name, after) = placeholder(from)?;
        let value = record.get(name).trim();
        if out.is_empty() && after.is_empty() {
            out.push_str(value);
        } else {
            out.push_str(&escape(value).replace("%40", "@"));
        }
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

fn placeholder(from: &str) -> Option<(&str, &str)> {
    if let Some(inside) = from.strip_prefix("[%") {
        let (inside, after) = inside.split_once("%]")?;
        let name = inside.split('|').next()?.trim().strip_prefix("Data.")?;
        return Some((name.trim_matches('"'), after));
    }
    let inside = ["$Data{\"", "$LQData{\"", "$QData{\""]
        .iter()
        .find_map(|start| from.strip_prefix(start))?;
    inside.split_once("\"}")
}

fn is_safe(target: &str) -> bool {
    let scheme = target
        .split(':')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    ["http", "https", "mailto", "tel"].contains(&scheme.as_str())
        && !target.chars().any(|c| c.is_control() || c == ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(name: &str, template: &str, value: &str) -> Option<String> {
        let field = Field {
            link: template.into(),
            ..Field::new(name, name, name)
        };
        link(&field, &[(name, value)].into_iter().collect())
    }

    #[test]
    fn only_safe_targets_come_out() {
        assert_eq!(
            target("UserEmail", "", "a@b.pl").as_deref(),
            Some("mailto:a@b.pl")
        );
        assert_eq!(
            target("UserEmail", "", "a@b.pl?bcc=x@y").as_deref(),
            Some("mailto:a@b.pl%3Fbcc%3Dx@y")
        );
        assert_eq!(
            target("UserPhone", "", "+48 42 123-45").as_deref(),
            Some("tel:+484212345")
        );
        assert_eq!(
            target("CustomerCompanyURL", "", "huta.pl").as_deref(),
            Some("https://huta.pl")
        );
        assert_eq!(
            target("CustomerCompanyURL", "", "javascript://%0aalert(1)"),
            None
        );
        assert_eq!(
            target("CustomerCompanyURL", "", "javascript:alert(1)"),
            None
        );
        assert_eq!(
            target("UserRoom", "[% Data.UserRoom %]", "javascript:alert(1)"),
            None
        );
        assert_eq!(
            target(
                "UserRoom",
                "https://x.pl/?r=[% Data.UserRoom | uri %]",
                "a&b"
            )
            .as_deref(),
            Some("https://x.pl/?r=a%26b")
        );
        assert_eq!(
            target("UserRoom", "http://x/$Data{\"UserRoom\"}", "1").as_deref(),
            Some("http://x/1")
        );
        assert_eq!(target("UserRoom", "[% Env(\"CGIHandle\") %]?x", "1"), None);
    }
}
