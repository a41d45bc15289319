//! One item as a row: who has what, what is worth knowing, what was decided.

use kartoteka_directory::{Kind, Relation};
use kartoteka_model::access::{Context, Why};
use kartoteka_reviews::{Decision, OtherGrant, Outcome, PastDecision, ReviewItem};

use crate::frame::Frame;
use crate::records::{CUSTOMER_USERS, CUSTOMERS, GROUPS, address, name_of};

/// A part of a row that may lead somewhere.
pub struct Named {
    pub text: String,
    pub href: Option<String>,
}

/// One item as a row.
pub struct Row {
    pub seq: i64,
    pub who: Named,
    /// The key, where it is not the text, and the key of then if it is another now.
    pub key: String,
    pub what: Named,
    /// How many people it reaches.
    pub reach: Option<Named>,
    /// Marks with the class of their colour.
    pub marks: Vec<(&'static str, String)>,
    /// What gives the same.
    pub also: Vec<String>,
    /// What a screen reader calls the row: who, and what.
    pub name: String,
    pub decision: Decision,
    pub comment: String,
    /// Who decided, and when.
    pub decided: Option<String>,
    pub past: Vec<String>,
    pub version: i64,
    /// Why the visitor may not decide.
    pub refused: Option<String>,
    pub outcome: Option<(&'static str, String)>,
    /// What was decided and written here when the row was shown, if that is another thing than what is stored.
    pub typed: Option<Typed>,
    pub problems: Vec<String>,
}

/// What a form came back with.
#[derive(Debug, Clone)]
pub struct Typed {
    pub decision: Decision,
    pub comment: String,
}

impl Row {
    /// What the form shows as chosen.
    pub fn chosen(&self) -> Decision {
        self.typed
            .as_ref()
            .map_or(self.decision, |typed| typed.decision)
    }

    /// What stands in the field for the comment.
    pub fn written(&self) -> &str {
        self.typed
            .as_ref()
            .map_or(&self.comment, |typed| &typed.comment)
    }

    /// Whether this is chosen.
    pub fn is(&self, decision: &Decision) -> bool {
        self.chosen() == *decision
    }
}

/// The item as a row.
pub fn row(page: &Frame, item: &ReviewItem) -> Row {
    let (kind, holder) = item.relation.holder();
    let screen = match kind {
        Kind::Customer => CUSTOMERS,
        _ => CUSTOMER_USERS,
    };
    let who = Named {
        text: name_of(&item.text, holder),
        href: item.known.then(|| page.url(&screen.record(holder))),
    };
    let mut key = String::new();
    if item.text != holder {
        key = holder.to_owned();
    }
    if item.named != holder {
        let was = page.with("reviews-was", "key", &item.named);
        key = format!("{holder} ({was})");
    }
    let what = what(page, &item.relation);
    let mut marks = vec![];
    if !item.given {
        marks.push(("warn", page.t("reviews-no-longer-given")));
    }
    if !item.known {
        marks.push(("danger", page.t("reviews-unknown")));
    } else if !item.valid {
        marks.push(("danger", page.t("reviews-invalid")));
    }
    Row {
        seq: item.seq,
        name: format!("{}: {}", who.text, what.text),
        reach: reach(page, item),
        who,
        key,
        what,
        marks,
        also: item
            .also
            .iter()
            .map(|also| self::also(page, also))
            .collect(),
        decision: item.decision,
        comment: item.comment.clone(),
        decided: item.decided.map(|at| decided(page, &item.decided_by, at)),
        past: item.past.iter().map(|past| earlier(page, past)).collect(),
        version: item.version,
        refused: item.refused.as_ref().map(|one| page.problem(one)),
        outcome: item.outcome.map(|outcome| {
            let mark = match outcome {
                Outcome::Kept => "success",
                Outcome::Revoked => "danger",
                Outcome::Gone => "warn",
            };
            let text = page.t(&format!("reviews-outcome-{}", outcome.name()));
            (mark, text)
        }),
        typed: None,
        problems: vec![],
    }
}

fn what(page: &Frame, relation: &Relation) -> Named {
    let in_group = |group: &String, permission: &str, tail: Option<String>| {
        let permission = page.permission_name(permission);
        let text = page.with2("reviews-what", "permission", permission, "group", group);
        Named {
            text: match tail {
                Some(tail) => format!("{text} ({tail})"),
                None => text,
            },
            href: Some(page.url(&GROUPS.record(group))),
        }
    };
    match relation {
        Relation::CustomerGroup {
            group,
            permission,
            context,
            ..
        } => {
            let other = *context == Context::Other;
            let tail = other.then(|| page.context_name(*context));
            in_group(group, permission.name(), tail)
        }
        Relation::PersonGroup {
            group, permission, ..
        } => in_group(group, permission.name(), None),
        Relation::Customer { customer, .. } => Named {
            text: page.with("reviews-what-further", "customer", customer),
            href: Some(page.url(&CUSTOMERS.record(customer))),
        },
        Relation::Service { service, .. } => Named {
            text: service.clone(),
            href: None,
        },
    }
}

/// How many people have it through a customer, with the way to them.
fn reach(page: &Frame, item: &ReviewItem) -> Option<Named> {
    let Relation::CustomerGroup { customer, .. } = &item.relation else {
        return None;
    };
    let query = address::query([("customer", customer.as_str())]);
    let path = format!("{}?{query}", CUSTOMER_USERS.list());
    Some(Named {
        text: page.count("reviews-people", item.reach),
        href: (item.reach > 0).then(|| page.url(&path)),
    })
}

fn also(page: &Frame, also: &OtherGrant) -> String {
    let OtherGrant::Permission { permission, why } = also else {
        return page.t("reviews-also-record");
    };
    let why = match why {
        Why::Direct => page.t("reviews-also-direct"),
        Why::ViaCustomer { customer, .. } => {
            page.with("reviews-also-customer", "customer", customer)
        }
        Why::AlwaysGroup => page.t("reviews-also-always"),
        Why::CompanyAlwaysGroup { .. } => page.t("reviews-also-company"),
        Why::SupportOff => page.t("reviews-also-off"),
    };
    let permission = page.permission_name(permission.name());
    page.with2("reviews-also", "permission", permission, "why", why)
}

fn decided(page: &Frame, by: &str, at: i64) -> String {
    format!("{by}, {}", page.when(&at))
}

fn earlier(page: &Frame, past: &PastDecision) -> String {
    let decision = page.t(&format!("reviews-decided-{}", past.decision.name()));
    let comment = match past.comment.as_str() {
        "" => String::new(),
        comment => format!(" – {comment}"),
    };
    format!("{decision}: {}{comment}", decided(page, &past.by, past.at))
}
