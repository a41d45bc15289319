//! Links of fields: OTOBO's link templates, and the obvious ones for mail, telephone and web addresses.

use kartoteka_model::link::{Piece, has_scheme, pieces, telephone};
use kartoteka_model::{Field, Record};

use crate::encoding::escape;

/// Where the value of a field leads, if anywhere. Only what [`has_scheme`] lets pass comes out of this, whatever a
/// template or a value says.
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
        return telephone(value).map(|number| format!("tel:{number}"));
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

/// Fills a template. A value is percent-encoded unless it is the whole target; where somebody is called it is the number
/// alone.
fn filled(template: &str, record: &Record) -> Option<String> {
    let pieces = pieces(template).ok()?;
    let mut out = String::new();
    let whole = pieces.len() == 1;
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Field(name) => {
                let value = record.get(name).trim();
                match scheme(&out).as_str() {
                    _ if whole => out.push_str(value),
                    "tel" | "callto" => out.push_str(&telephone(value)?),
                    "sip" | "sips" => match telephone(value) {
                        Some(number) => out.push_str(&number),
                        None => out.push_str(&escape(value).replace("%40", "@")),
                    },
                    _ => out.push_str(&escape(value).replace("%40", "@")),
                }
            }
        }
    }
    let bare = out.split_once(':').is_some_and(|(_, rest)| rest.is_empty());
    (!bare).then_some(out)
}

fn scheme(target: &str) -> String {
    let scheme = target.split_once(':').map_or("", |(scheme, _)| scheme);
    scheme.to_ascii_lowercase()
}

fn is_safe(target: &str) -> bool {
    has_scheme(target) && !target.chars().any(|c| c.is_control() || c == ' ')
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

    #[test]
    fn who_is_called_is_called_by_the_number() {
        let number = "+49 (0)30/12345-67";
        for (template, value, expected) in [
            ("", number, "tel:+49301234567"),
            ("tel:[% Data.UserPhone %]", number, "tel:+49301234567"),
            ("tel:[% Data.UserPhone | uri %]", number, "tel:+49301234567"),
            (
                "TEL:0[% Data.UserPhone %]",
                "030 1234 ext. 5",
                "TEL:00301234;ext=5",
            ),
            ("callto:$Data{\"UserPhone\"}", number, "callto:+49301234567"),
            (
                "sip:[% Data.UserPhone %]@pbx.test",
                number,
                "sip:+49301234567@pbx.test",
            ),
            (
                "sip:[% Data.UserPhone %]@pbx.test",
                "anna",
                "sip:anna@pbx.test",
            ),
            (
                "https://pbx.test/?n=[% Data.UserPhone | uri %]",
                "+49 30",
                "https://pbx.test/?n=%2B49%2030",
            ),
            ("", "030/1234, 030/5678", ""),
            ("tel:[% Data.UserPhone %]", "030/1234, 030/5678", ""),
            ("tel:[% Data.UserPhone", "112", ""),
            ("/dial/[% Data.UserPhone %]", "112", ""),
            ("mailto:[% Data.UserEmail %]", "112", ""),
        ] {
            let expected = (!expected.is_empty()).then_some(expected);
            let found = target("UserPhone", template, value);
            assert_eq!(found.as_deref(), expected, "{template} of {value}");
        }
    }
}
