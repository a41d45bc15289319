//! Why somebody has something, in words, each with the way to the place where it is set.

use kartoteka_directory::{Action, Object};
use kartoteka_model::access::{Context, Permission, Why};

use super::side::Side;
use crate::frame::Frame;

/// A reason: `read (ro): through customer ACME (main customer)`; the middle is a link.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reason {
    /// What it gives.
    pub permissions: String,
    /// What comes before the link.
    pub lead: String,
    pub label: String,
    pub href: Option<String>,
    /// What comes after it.
    pub tail: String,
}

/// Where the settings of access are.
pub const SETTINGS: &str = "/settings/access";

/// The address of the settings, for those who may go there.
pub fn settings(page: &Frame) -> Option<String> {
    page.may(Action::Change, Object::Settings)
        .then(|| page.url(SETTINGS))
}

/// Each reason once, with everything that it gives. `holder` is the matrix of whoever has it.
pub fn reasons<'a>(
    page: &Frame,
    holder: &Side,
    given: impl IntoIterator<Item = &'a (Permission, Why)>,
) -> Vec<Reason> {
    let mut ways: Vec<(&Why, Vec<&Permission>)> = vec![];
    for (permission, why) in given {
        match ways.iter_mut().find(|(known, _)| *known == why) {
            Some((_, permissions)) => permissions.push(permission),
            None => ways.push((why, vec![permission])),
        }
    }
    let reason = |(why, permissions): (&Why, Vec<&Permission>)| {
        let names = permissions
            .iter()
            .map(|one| page.permission_name(one.name()));
        Reason {
            permissions: names.collect::<Vec<_>>().join(", "),
            ..place(page, holder, why)
        }
    };
    let mut said: Vec<Reason> = vec![];
    for one in ways.into_iter().map(reason) {
        // The same for several customers is one reason.
        let same = said.last_mut().filter(|last| {
            let head = |of: &Reason| (of.permissions.clone(), of.label.clone(), of.href.clone());
            head(last) == head(&one) && last.tail.ends_with(')') && one.tail.starts_with('(')
        });
        match same {
            Some(last) => {
                last.tail.pop();
                last.tail.push_str(", ");
                last.tail.push_str(&one.tail[1..]);
            }
            None => said.push(one),
        }
    }
    said
}

fn place(page: &Frame, holder: &Side, why: &Why) -> Reason {
    let own = |label: String| Reason {
        label,
        href: Some(page.url(&holder.path())),
        ..Reason::default()
    };
    match why {
        Why::Direct => own(page.t("permissions-why-direct")),
        Why::ViaCustomer { context, .. } if holder.is_of_customers() => {
            let tail = match context {
                Context::Same => String::new(),
                Context::Other => format!("({})", page.context_name(*context)),
            };
            Reason {
                tail,
                ..own(page.t("permissions-why-customer"))
            }
        }
        Why::ViaCustomer {
            customer,
            belonging,
            context,
        } => {
            let belonging = page.belonging(*belonging);
            Reason {
                lead: page.t("permissions-why-via"),
                label: customer.clone(),
                href: Some(page.url(&Side::Customer(customer.clone()).path())),
                tail: format!("({belonging}, {})", page.context_name(*context)),
                ..Reason::default()
            }
        }
        Why::AlwaysGroup => Reason {
            label: page.t("permissions-why-always"),
            href: settings(page),
            ..Reason::default()
        },
        Why::CompanyAlwaysGroup { customer } => Reason {
            label: page.t("permissions-why-company-always"),
            href: settings(page),
            tail: match holder.is_of_customers() {
                true => String::new(),
                false => format!("({customer})"),
            },
            ..Reason::default()
        },
        Why::SupportOff => Reason {
            label: page.t("permissions-why-off"),
            href: settings(page),
            ..Reason::default()
        },
    }
}
