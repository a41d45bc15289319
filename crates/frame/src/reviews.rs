//! Access reviews: where they begin, and in words.

use kartoteka_reviews::Subject;

use crate::frame::Frame;
use crate::records::{address, name_of};

/// Where a review of this begins.
pub fn begin_path(subject: &Subject) -> String {
    let query = address::query([(subject.kind().name(), subject.key())]);
    format!("/reviews/new?{query}")
}

impl Frame {
    /// What is reviewed, in words: `Group support`.
    pub fn reviewed(&self, subject: &Subject, text: &str) -> String {
        let key = format!("reviews-of-{}", subject.kind().name());
        match text == subject.key() || text.is_empty() {
            true => self.with(&key, "name", subject.key()),
            false => {
                let name = name_of(text, subject.key());
                self.with(&key, "name", format!("{name} ({})", subject.key()))
            }
        }
    }

    /// The link to what is reviewed, in words.
    pub fn to_reviewed(&self, subject: &Subject) -> String {
        self.t(&format!("reviews-subject-{}", subject.kind().name()))
    }

    /// What is said of access that a review can't decide on.
    pub fn beside(&self, beside: &kartoteka_reviews::OtherAccess) -> String {
        use kartoteka_reviews::OtherAccessReason;
        let key = match beside.why {
            OtherAccessReason::SupportOff => "reviews-beside-off",
            OtherAccessReason::AlwaysGroup => "reviews-beside-always",
            OtherAccessReason::CompanyAlwaysGroup => "reviews-beside-company",
            OtherAccessReason::InvalidGroup => "reviews-beside-invalid-group",
            OtherAccessReason::InvalidCustomer => "reviews-beside-invalid-customer",
        };
        self.with(key, "group", &beside.group)
    }
}
