//! What a job does to a field of everybody.

use serde::{Deserialize, Serialize};

/// A field that everybody of a job has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field's name in the map.
    pub field: String,
    #[serde(flatten)]
    pub edit: FieldEdit,
}

/// What becomes of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FieldEdit {
    /// It gets this value.
    Set { value: String },
    /// A part of it becomes another, wherever it stands; whether letters are capital does not matter.
    Replace { replace: String, by: String },
}

impl FieldChange {
    /// The value after a value; none where it stays.
    pub fn after(&self, before: &str) -> Option<String> {
        let after = match &self.edit {
            FieldEdit::Set { value } => value.clone(),
            FieldEdit::Replace { replace, by } => replaced(before, replace, by),
        };
        (after != before).then_some(after)
    }
}

/// A text in which each occurrence of a part, in capital letters or not, is another.
fn replaced(text: &str, part: &str, by: &str) -> String {
    let wanted: Vec<char> = part.chars().collect();
    if wanted.is_empty() {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let same = |a: &char, b: &char| a == b || a.to_lowercase().eq(b.to_lowercase());
    let mut out = String::new();
    let mut at = 0;
    while at < chars.len() {
        let here = chars.get(at..at + wanted.len());
        match here {
            Some(here) if here.iter().zip(&wanted).all(|(a, b)| same(a, b)) => {
                out.push_str(by);
                at += wanted.len();
            }
            _ => {
                out.push(chars[at]);
                at += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replace(part: &str, by: &str, text: &str) -> Option<String> {
        let edit = FieldEdit::Replace {
            replace: part.into(),
            by: by.into(),
        };
        let field = "UserEmail".to_owned();
        FieldChange { field, edit }.after(text)
    }

    #[test]
    fn parts_are_replaced_whatever_their_letters() {
        let after = replace("@stara.pl", "@nowa.pl", "Anna@STARA.pl");
        assert_eq!(after.as_deref(), Some("Anna@nowa.pl"));
        assert_eq!(replace("ł", "", "Łódź, ŁĄKA").as_deref(), Some("ódź, ĄKA"));
        assert_eq!(replace("aa", "b", "aaaa").as_deref(), Some("bb"));
        assert_eq!(replace("x", "y", "abc"), None);
        assert_eq!(replace("", "y", "abc"), None);
        assert_eq!(replace("abcd", "y", "abc"), None);
    }

    #[test]
    fn changes_are_kept_as_they_are_told() {
        let json =
            r#"[{"field":"UserCity","value":""},{"field":"UserEmail","replace":"@a","by":"@b"}]"#;
        let read: Vec<FieldChange> = serde_json::from_str(json).unwrap();
        assert_eq!(read[0].after("Łódź").as_deref(), Some(""));
        assert_eq!(serde_json::to_string(&read).unwrap(), json);
    }
}
