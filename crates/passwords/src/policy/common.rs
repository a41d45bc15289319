//! Passwords that are tried first: well-known ones, rows of keys, and what somebody is called.

/// Words that well-known passwords are made of, in small letters and without what is put behind them.
const WORDS: [&str; 76] = [
    "abc",
    "admin",
    "administrator",
    "agent",
    "baseball",
    "batman",
    "changeme",
    "dragon",
    "default",
    "demo",
    "eintracht",
    "firma",
    "football",
    "freedom",
    "frühling",
    "fussball",
    "geheim",
    "ginger",
    "gość",
    "guest",
    "hallo",
    "haslo",
    "hasło",
    "hello",
    "helpdesk",
    "herbst",
    "hunter",
    "iloveyou",
    "jesien",
    "jesień",
    "kartoteka",
    "kennwort",
    "kochanie",
    "kwiecień",
    "lato",
    "legia",
    "letmein",
    "login",
    "london",
    "lovely",
    "maciek",
    "master",
    "matrix",
    "michael",
    "misiaczek",
    "monkey",
    "mustang",
    "ninja",
    "otobo",
    "passw0rd",
    "password",
    "passwort",
    "pokemon",
    "polska",
    "princess",
    "qwerty",
    "qwertz",
    "root",
    "schalke",
    "service",
    "shadow",
    "sommer",
    "spring",
    "start",
    "summer",
    "sunshine",
    "superman",
    "support",
    "tajne",
    "test",
    "trustno",
    "user",
    "welcome",
    "willkommen",
    "winter",
    "zima",
];

/// Keys and letters as they follow each other.
const ROWS: [&str; 10] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "qwertzuiop",
    "asdfghjkl",
    "zxcvbnm",
    "yxcvbnm",
    "1qaz2wsx3edc4rfv",
    "1q2w3e4r5t6z",
    "zaq12wsxcde34rfv",
];

/// How many runs of keys a password may be at the most to be one of those that everybody tries.
const RUNS: usize = 2;

/// Whether a password is one that everybody tries first: a well-known word with something put around it, rows of keys,
/// the same character again and again.
pub(super) fn is_common(password: &str) -> bool {
    let lower = password.to_lowercase();
    let core = core(&lower);
    let plain = |text: &str| text.chars().map(plainly).collect::<String>();
    // A sign at an end may be a letter, or be put there.
    let forms = [&core, &plain(&core), &self::core(&plain(&lower))];
    forms.iter().any(|form| WORDS.contains(&form.as_str()))
        || runs(&lower) <= RUNS
        || doubled(&core).is_some_and(|half| WORDS.contains(&half))
}

/// Whether a password is a name, or what is left of one, with something put around it.
pub fn is_like(password: &str, names: &[&str]) -> bool {
    let letters = |text: &str| -> String {
        let lower = text.to_lowercase();
        lower.chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let (whole, core) = (letters(password), letters(&core(&password.to_lowercase())));
    let names: Vec<String> = names
        .iter()
        .flat_map(|name| {
            let local = name.split('@').next().unwrap_or_default();
            [letters(name), letters(local)]
        })
        .filter(|name| name.chars().count() >= 3)
        .collect();
    let is_name = |text: &str| {
        names.iter().any(|name| {
            // The name, or two of them one after the other.
            text.strip_prefix(name.as_str())
                .is_some_and(|rest| rest.is_empty() || names.iter().any(|name| name == rest))
        })
    };
    is_name(&whole) || is_name(&core)
}

/// What is left without digits and signs at both ends.
fn core(lower: &str) -> String {
    lower.trim_matches(|c: char| !c.is_alphabetic()).to_owned()
}

/// The letter that a sign often stands for.
fn plainly(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// The half of a text that is the same twice.
fn doubled(text: &str) -> Option<&str> {
    let half = text.get(..text.len() / 2)?;
    (!half.is_empty() && text.strip_prefix(half) == Some(half)).then_some(half)
}

/// How many runs of keys in a row, forward or back, or of one and the same character, a text is made of.
fn runs(text: &str) -> usize {
    let chars: Vec<char> = text.chars().collect();
    let mut count = 0;
    let mut at = 0;
    while at < chars.len() {
        let same = chars[at..].iter().take_while(|c| **c == chars[at]).count();
        let along = |row: &str| {
            let forward: Vec<char> = row.chars().collect();
            let back: Vec<char> = row.chars().rev().collect();
            [forward, back]
                .iter()
                .map(|row| along(row, &chars[at..]))
                .max()
                .unwrap_or(1)
        };
        let best = ROWS.iter().map(|row| along(row)).max().unwrap_or(1);
        at += same.max(best).max(1);
        count += 1;
    }
    count
}

/// How many characters of a text follow each other as in a row.
fn along(row: &[char], text: &[char]) -> usize {
    let begins = row
        .iter()
        .enumerate()
        .filter(|(_, c)| text.first() == Some(c));
    begins
        .map(|(from, _)| {
            let pairs = row[from..].iter().zip(text);
            pairs.take_while(|(a, b)| a == b).count()
        })
        .max()
        .unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_is_common() {
        for common in [
            "aaaaaaa1",
            "        1",
            "12345678",
            "87654321",
            "abcd1234",
            "qwertz12",
            "asdfghjkl",
            "Password1",
            "P@ssw0rd!",
            "Hasło2026",
            "Sommer2026!",
            "1q2w3e4r",
            "zaq12wsx",
            "test1234",
            "testtest1",
            "!!!welcome!!!",
            "hallo123",
        ] {
            assert!(is_common(common), "{common}");
        }
        for good in [
            "kot w butach 7",
            "pies w budzie 8",
            "four blue horses 7",
            "Secret-7-x-moon",
            "łóżko-٣٣",
            "trzy czarne koty 9",
            "aabbccdd1",
            "xK3b9QpLw2mZ",
        ] {
            assert!(!is_common(good), "{good}");
        }
    }

    #[test]
    fn names_are_known_with_something_around_them() {
        let names = ["ewa.lis@firma.test", "Ewa", "Lisowska"];
        for like in [
            "ewa.lis@firma.test",
            "Ewa.Lis1",
            "ewalis99",
            "Lisowska7",
            "1Lisowska!",
            "EwaLisowska1",
            "lisowska-ewa-1",
        ] {
            assert!(is_like(like, &names), "{like}");
        }
        for other in ["kot w butach 7", "lis w budzie 8", "12345678", ""] {
            assert!(!is_like(other, &names), "{other}");
        }
        assert!(!is_like("7", &["", "ab"]));
    }
}
