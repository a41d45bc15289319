//! What the doctor finds of sources, in words.

use kartoteka_directory::doctor::Finding;

use crate::language::Language;

/// What was found.
pub fn text(finding: &Finding, language: Language) -> String {
    words(finding.what.text(), finding, language)
}

/// What to do about it; none where nothing is to be done.
pub fn remedy(finding: &Finding, language: Language) -> Option<String> {
    let remedy = finding.what.remedy()?;
    Some(words(remedy, finding, language))
}

fn words(key: &str, finding: &Finding, language: Language) -> String {
    let args = finding.args.iter();
    let args: Vec<_> = args
        .map(|(name, value)| (*name, value.as_str().into()))
        .collect();
    language.text(key, &args)
}

#[cfg(test)]
mod tests {
    use kartoteka_directory::doctor::What;

    use crate::language::Language;

    /// What texts may speak of.
    const ARGUMENTS: [&str; 23] = [
        "address",
        "addresses",
        "attribute",
        "base",
        "cause",
        "charset",
        "column",
        "count",
        "database",
        "days",
        "engine",
        "file",
        "filter",
        "host",
        "key",
        "line",
        "near",
        "seconds",
        "table",
        "there",
        "user",
        "version",
        "source",
    ];

    #[test]
    fn everything_that_can_be_found_has_words_in_every_language() {
        let arguments = ARGUMENTS.map(|name| (name, "1".into()));
        for language in [Language::En, Language::Pl, Language::De] {
            for what in What::ALL {
                for key in std::iter::once(what.text()).chain(what.remedy()) {
                    assert!(
                        language.find(key, &arguments).is_some(),
                        "{language:?} {key}"
                    );
                }
            }
        }
    }
}
