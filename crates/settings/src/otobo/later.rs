//! Settings of OTOBO that Kartoteka does not have yet: who wrote them is told.

use super::{Reading, known};
use crate::mistake::Mistake;

/// What names begin with, and what it means that they are not in use.
const LATER: &[(&str, &str)] = &[
    (
        "Customer::AuthModule",
        "people log in with the password that their source has",
    ),
    (
        "Customer::AuthTwoFactorModule",
        "nobody is asked for a second factor",
    ),
    ("CustomerPanel", "there are no pages for customers yet"),
    ("CustomerFrontend::", "there are no pages for customers yet"),
    (
        "CustomerPreferences",
        "people have no preferences of that kind",
    ),
    ("CustomerTicket::Permission", "tickets are OTOBO's"),
    ("Ticket::Service", "tickets are OTOBO's"),
    ("Ticket::Customer", "tickets are OTOBO's"),
    (
        "DynamicFieldFromCustomerUser::Mapping",
        "nothing is copied to tickets",
    ),
    ("CustomerUser::EventModulePost", "no modules are called"),
    ("CustomerCompany::EventModulePost", "no modules are called"),
    (
        "SimpleBruteForceProtection::",
        "[login_limits] has limits of its own",
    ),
    ("SwitchToCustomer", "nobody logs in as somebody else"),
    ("CheckMXRecord", "mail servers are never asked"),
    ("CustomerSession", "[sessions] says how long a log-in lasts"),
    (
        "CustomerGroupPermissionContext",
        "only the two contexts that OTOBO ships are known",
    ),
];

/// Whether a name is such a setting.
pub(super) fn is_known(name: &str) -> bool {
    LATER.iter().any(|(prefix, _)| name.starts_with(prefix))
}

pub(super) fn tell(reading: &mut Reading<'_>) {
    const MOST: usize = 5;
    let keys = reading.reader.keys();
    for (prefix, meaning) in LATER {
        let mut names: Vec<(kartoteka_perl::At, &str)> = keys
            .iter()
            .filter(|(name, _)| name.starts_with(prefix) && !known::is_known(name))
            .filter_map(|(name, at)| Some(((*at)?, name.as_str())))
            // What the pages of OTOBO wrote has every setting there is.
            .filter(|(at, _)| reading.reader.place(*at).file == reading.file)
            .filter(|(_, name)| !is_default(reading, name))
            .collect();
        names.sort_unstable();
        let Some((first, _)) = names.first().copied() else {
            continue;
        };
        let more = names.len().saturating_sub(MOST);
        let mut listed: Vec<String> = names
            .iter()
            .take(MOST)
            .map(|(_, name)| format!("`{name}`"))
            .collect();
        if more > 0 {
            listed.push(format!("{more} more"));
        }
        let warning = reading.warn(Some(first), Mistake::OtoboLater);
        *warning = warning
            .clone()
            .param("key", listed.join(", "))
            .param("meaning", format!(" ({meaning})"));
    }
}

/// Whether it says what holds without it.
fn is_default(reading: &Reading<'_>, name: &str) -> bool {
    let value = || reading.reader.find(name)?.1.text();
    name == "Customer::AuthModule" && value().is_some_and(|module| module.ends_with("::DB"))
}
