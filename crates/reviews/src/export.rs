//! A review with all its items, to take along: as a table that spreadsheets open, or for doors to render otherwise.

use kartoteka_boxed::boxed;
use kartoteka_directory::{Action, Actor, Error, Object, Relation, Result};
use kartoteka_model::csv;
use kartoteka_store::own::review_items::{self, ReviewItemFilter};

use super::item::{GroupNames, OtherGrant, ReviewItem};
use super::read::Review;
use crate::Reviews;

/// Items read in one go.
const PORTION: u32 = 2000;

/// A review with all its items.
#[derive(Debug)]
pub struct ReviewExport {
    pub review: Review,
    pub items: Vec<ReviewItem>,
}

/// The headings of the table.
const HEADINGS: [&str; 19] = [
    "review",
    "item",
    "kind",
    "holder",
    "holder_then",
    "name",
    "group",
    "permission",
    "context",
    "customer",
    "people",
    "also",
    "decision",
    "comment",
    "decided_by",
    "decided_at",
    "outcome",
    "earlier_decisions",
    "signed_off_by",
];

impl Reviews<'_> {
    /// A review with all its items. Role: reader.
    ///
    /// # Errors
    /// `Unknown`; when the database does not answer.
    #[boxed]
    pub async fn export_review(self, actor: &Actor, review: i64) -> Result<ReviewExport> {
        actor.require(Action::See, Object::Reviews)?;
        let found = self.review(actor, review).await?;
        let names = match found.ended {
            None => self.group_names().await?,
            Some(_) => GroupNames::new(),
        };
        let mut items = vec![];
        let mut after = 0;
        loop {
            let asked = ReviewItemFilter::default();
            let rows =
                review_items::page(self.directory.home(), review, &asked, after, PORTION).await;
            let rows = rows.map_err(Error::home)?;
            let Some(last) = rows.last() else { break };
            after = last.seq;
            for row in &rows {
                items.push(ReviewItem::read(row, &names)?);
            }
        }
        Ok(ReviewExport {
            review: found,
            items,
        })
    }
}

impl ReviewExport {
    /// The items as a table: UTF-8 with a byte order mark, so that spreadsheets read it as such; values that a
    /// spreadsheet would take for formulas begin with an apostrophe.
    pub fn csv(&self, separator: char) -> String {
        let mut table = String::from(csv::BOM);
        csv::line(&mut table, separator, HEADINGS.iter());
        for item in &self.items {
            csv::line(&mut table, separator, self.cells(item).iter());
        }
        table
    }

    fn cells(&self, item: &ReviewItem) -> [String; 19] {
        let (kind, group, permission, context, customer) = match &item.relation {
            Relation::CustomerGroup {
                group,
                permission,
                context,
                ..
            } => (
                "customer-group",
                group.as_str(),
                permission.name(),
                context.name(),
                "",
            ),
            Relation::PersonGroup {
                group, permission, ..
            } => ("person-group", group.as_str(), permission.name(), "", ""),
            Relation::Customer { customer, .. } => ("customer", "", "", "", customer.as_str()),
            Relation::Service { .. } => ("service", "", "", "", ""),
        };
        let earlier = item.past.iter().map(|past| {
            let comment = match past.comment.as_str() {
                "" => String::new(),
                comment => format!(" ({comment})"),
            };
            let (at, decision) = (instant(past.at), past.decision.name());
            format!("{at} {} {decision}{comment}", past.by)
        });
        [
            self.review.id.to_string(),
            item.seq.to_string(),
            kind.to_owned(),
            item.holder().to_owned(),
            item.named.clone(),
            item.text.clone(),
            group.to_owned(),
            permission.to_owned(),
            context.to_owned(),
            customer.to_owned(),
            item.reach.to_string(),
            item.also
                .iter()
                .map(also_text)
                .collect::<Vec<_>>()
                .join("; "),
            item.decision.name().to_owned(),
            item.comment.clone(),
            item.decided_by.clone(),
            item.decided.map(instant).unwrap_or_default(),
            item.outcome
                .map(|outcome| outcome.name().to_owned())
                .unwrap_or_default(),
            earlier.collect::<Vec<_>>().join("; "),
            self.review.ended_by.clone(),
        ]
    }
}

/// What gives the same, in the words of REST.
fn also_text(also: &OtherGrant) -> String {
    use kartoteka_model::access::Why;
    match also {
        OtherGrant::Permission { permission, why } => {
            let why = match why {
                Why::Direct => "direct".to_owned(),
                Why::ViaCustomer { customer, .. } => format!("via-customer {customer}"),
                Why::AlwaysGroup => "always-group".to_owned(),
                Why::CompanyAlwaysGroup { customer } => format!("company-always-group {customer}"),
                Why::SupportOff => "support-off".to_owned(),
            };
            format!("{permission}: {why}")
        }
        OtherGrant::Belongs { .. } => "record".to_owned(),
    }
}

fn instant(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map_or_else(|_| String::new(), |time| time.to_string())
}
