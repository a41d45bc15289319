//! What an admin set in OTOBO's pages: the table `sysconfig_modified` of its database.
//!
//! Each row holds one setting, its value as YAML. It becomes the statement that OTOBO writes into `ZZZAAuto.pm` for it,
//! and is read as that file is, above it and below `Config.pm`. Only settings that Kartoteka has are looked at.

use super::yaml::{self, Yaml};
use super::{TABLE, known};
use crate::diagnostic::Diagnostic;
use crate::mistake::Mistake;
use crate::places::Place;

/// A row of `sysconfig_modified` that counts for everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modified {
    /// `CustomerPreferencesGroups###Password`.
    pub name: String,
    /// The value, as YAML.
    pub value: String,
    /// Otherwise the setting is switched off.
    pub is_valid: bool,
}

/// The most settings that are read, and the most bytes of a value.
const MOST: usize = 64;
const BYTES: usize = 256 << 10;

/// The names before `###` of the settings that are read from the table.
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = known::names().collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The files that these rows stand for, a name and statements of Perl each; what can't be read is told.
pub(super) fn files(rows: &[Modified]) -> (Vec<(String, Vec<u8>)>, Vec<Diagnostic>) {
    let mut files = vec![];
    let mut diagnostics = vec![];
    let names = names();
    let is_read = |row: &&Modified| {
        let name = row.name.split("###").next().unwrap_or_default();
        names.contains(&name)
    };
    for row in rows.iter().filter(is_read) {
        let name = format!("{TABLE}, {}", row.name);
        let told = |reason: String| {
            Diagnostic::error(Place::whole(&name), Mistake::Unreadable).param("reason", reason)
        };
        if files.len() == MOST {
            diagnostics.push(told(format!("more than {MOST} settings are there")));
            break;
        }
        let statement = match value(row) {
            Ok(statement) => statement,
            Err(reason) => {
                diagnostics.push(told(reason));
                continue;
            }
        };
        files.push((name, statement.into_bytes()));
    }
    (files, diagnostics)
}

fn value(row: &Modified) -> Result<String, String> {
    let mut variable = String::from("$Self");
    for name in row.name.split("###") {
        variable.push_str(&format!("->{{{}}}", text(name)));
    }
    if !row.is_valid {
        return Ok(format!("delete {variable};\n"));
    }
    if row.value.len() > BYTES {
        return Err(format!("its value has more than {BYTES} bytes"));
    }
    let value = yaml::read(&row.value).map_err(|mistake| mistake.to_string())?;
    let mut perl = format!("{variable} = ");
    write(&value, &mut perl);
    perl.push_str(";\n");
    Ok(perl)
}

fn text(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('\'', "\\'");
    format!("'{escaped}'")
}

fn write(value: &Yaml, perl: &mut String) {
    match value {
        Yaml::Nothing => perl.push_str("undef"),
        Yaml::Text(value) => perl.push_str(&text(value)),
        Yaml::List(items) => {
            perl.push_str("[ ");
            for item in items {
                write(item, perl);
                perl.push_str(", ");
            }
            perl.push(']');
        }
        Yaml::Map(entries) => {
            perl.push_str("{ ");
            for (key, value) in entries {
                perl.push_str(&text(key));
                perl.push_str(" => ");
                write(value, perl);
                perl.push_str(", ");
            }
            perl.push('}');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::otobo::Layer;

    fn row(name: &str, value: &str) -> Modified {
        Modified {
            name: name.into(),
            value: value.into(),
            is_valid: true,
        }
    }

    fn settings(rows: &[Modified], config: &str) -> crate::Settings {
        let files = [("Config.pm", config.as_bytes())];
        let layer = Layer::read_bytes_over(rows, &files, &[]);
        let outcome = crate::read::read_text_over(layer, "kartoteka.toml", "", []);
        assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
        outcome.settings.unwrap()
    }

    #[test]
    fn what_an_admin_set_counts_below_config_pm_and_above_what_is_shipped() {
        let rows = [
            row("CustomerGroupSupport", "--- 1\n"),
            row("CustomerGroupAlwaysGroups", "---\n- users\n- 'it''s'\n"),
            row("SessionMaxIdleTime", "--- '600'\n"),
            row(
                "CustomerPreferencesGroups###Password",
                "---\nActive: '1'\nPasswordMinSize: '12'\nPasswordRegExp: ''\n",
            ),
            row("Frontend::Module###AgentX", "--- *broken\n"),
        ];
        let read = settings(&rows, "");
        assert!(read.groups.customer_group_support);
        assert_eq!(read.groups.always_groups, ["users", "it's"]);
        assert_eq!(read.passwords.min_size, 12);
        let read = settings(&rows, "$Self->{CustomerGroupSupport} = 0;");
        assert!(!read.groups.customer_group_support);
        assert_eq!(read.passwords.min_size, 12);
    }

    #[test]
    fn hostile_values_are_told_with_their_setting_and_end_nothing() {
        let values = [
            "--- !!perl/hash:Evil\na: 1\n",
            "--- &a\n- *a\n",
            "---\n- [a, {b",
            "--- \"\\q\"\n",
            "---\na: 1\na: 2\n",
            "\u{0}",
            "---\n\ta: 1\n",
        ];
        let deep = "- ".repeat(10_000);
        let large = "x".repeat(BYTES + 1);
        for value in values.into_iter().chain([deep.as_str(), large.as_str()]) {
            let rows = [row("CustomerGroupSupport", value)];
            let (files, told) = files(&rows);
            assert!(files.is_empty(), "{value:.40}");
            assert_eq!(told.len(), 1, "{value:.40}");
            let at = told[0].place.to_string();
            assert_eq!(at, "sysconfig_modified, CustomerGroupSupport");
        }
        // A name or value is never more than a text.
        let evil = row(
            "CustomerGroupSupport###'} = `rm`; '",
            "--- \"'; die \\\\\"\n",
        );
        let (files, told) = files(&[evil]);
        assert!(told.is_empty());
        let perl = String::from_utf8(files[0].1.clone()).unwrap();
        let expected = r"$Self->{'CustomerGroupSupport'}->{'\'} = `rm`; \''} = '\'; die \\';";
        assert_eq!(perl.trim_end(), expected);
    }
}
