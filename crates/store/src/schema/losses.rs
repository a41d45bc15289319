//! Tables of what sources lose: refreshes that are held, records that are missing, and who it was that something was
//! given to.

use super::ddl::Table;
use super::ddl::Type::{Big, Text, Varchar};

pub(super) fn tables() -> Vec<Table> {
    vec![
        Table::new("kt_source_held")
            .with(&[
                ("source", Varchar(100)),
                ("state", Varchar(20)),
                ("since", Big),
            ])
            .with(&[
                ("known", Big),
                ("known_valid", Big),
                ("there", Big),
                ("there_valid", Big),
            ])
            .with(&[
                ("gone", Big),
                ("invalid", Big),
                ("decided_by", Varchar(191)),
                ("decided", Big),
            ])
            .key(&["source"]),
        // By the digest of the key in lower case: no engine's collation takes two keys for one.
        Table::new("kt_missing")
            .with(&[
                ("source", Varchar(100)),
                ("digest", Varchar(64)),
                ("record_key", Varchar(191)),
            ])
            .with(&[("since", Big), ("record", Text)])
            .key(&["source", "digest"])
            .index("kt_missing_since", &["source", "since"]),
    ]
}

/// Since version 11.
pub(super) fn identities() -> Vec<Table> {
    vec![
        // By the digest of the login in lower case, as above.
        Table::new("kt_identity")
            .with(&[
                ("source", Varchar(100)),
                ("digest", Varchar(64)),
                ("record_key", Varchar(191)),
            ])
            .with(&[("named", Varchar(191)), ("identity", Big)])
            .key(&["source", "digest"])
            .index("kt_identity_identity", &["source", "identity"]),
        Table::new("kt_held_back")
            .with(&[
                ("source", Varchar(100)),
                ("digest", Varchar(64)),
                ("identity", Big),
            ])
            .with(&[("record_key", Varchar(191)), ("found", Big), ("since", Big)])
            .with(&[("relations", Text), ("others", Big)])
            .key(&["source", "digest", "identity"])
            .index("kt_held_back_identity", &["source", "identity"])
            .index("kt_held_back_since", &["since"]),
    ]
}
