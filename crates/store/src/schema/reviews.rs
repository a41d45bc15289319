//! The tables of access reviews.

use super::ddl::Table;
use super::ddl::Type::{Big, Small, Text, Varchar};

/// `kt_review` and `kt_review_item`.
pub(super) fn tables() -> Vec<Table> {
    vec![
        Table::new("kt_review")
            .with(&[
                ("id", Big),
                ("kind", Varchar(20)),
                // The key as it is now, and what the review began with.
                ("subject", Varchar(191)),
                ("subject_id", Big),
                ("named", Varchar(191)),
                ("subject_text", Text),
            ])
            .with(&[
                ("state", Varchar(20)),
                ("note", Text),
                ("started", Big),
                ("started_by", Varchar(191)),
                ("items", Big),
                ("beside", Text),
            ])
            .maybe(&[("ended", Big), ("entry", Big)])
            .with(&[
                ("ended_by", Varchar(191)),
                ("remark", Text),
                ("result", Text),
                ("digest", Varchar(64)),
            ])
            .key(&["id"])
            .index("kt_review_subject", &["state", "kind", "subject"]),
        Table::new("kt_review_item")
            .with(&[
                ("review", Big),
                ("seq", Big),
                ("kind", Varchar(20)),
                ("holder", Varchar(191)),
                ("holder_named", Varchar(191)),
                ("holder_text", Text),
            ])
            .with(&[
                ("other", Varchar(191)),
                ("group_id", Big),
                ("permission", Varchar(20)),
                ("context", Varchar(20)),
                ("known", Small),
                ("valid", Small),
            ])
            .with(&[("reach", Big), ("also", Text), ("search", Text)])
            .with(&[
                ("decision", Varchar(20)),
                ("remark", Text),
                ("decided_by", Varchar(191)),
                ("past", Text),
                ("version", Big),
                ("outcome", Varchar(20)),
            ])
            .maybe(&[("decided", Big)])
            .key(&["review", "seq"])
            .index("kt_review_item_decision", &["review", "decision", "seq"])
            .index("kt_review_item_holder", &["holder"]),
    ]
}
