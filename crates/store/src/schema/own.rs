//! Kartoteka's own tables.

use super::ddl::Table;
use super::ddl::Type::{Big, Int, Text, Varchar};

/// Kartoteka's own tables, by the version that brought them.
pub fn own_tables() -> Vec<(i64, Vec<Table>)> {
    vec![
        (
            1,
            vec![
                Table::new("kt_state")
                    .with(&[("name", Varchar(100)), ("value", Text)])
                    .key(&["name"]),
                Table::new("kt_journal")
                    .with(&[
                        ("id", Big),
                        ("at", Big),
                        ("who", Varchar(191)),
                        ("actor_id", Big),
                    ])
                    .with(&[
                        ("door", Varchar(20)),
                        ("action", Varchar(40)),
                        ("kind", Varchar(40)),
                    ])
                    .with(&[
                        ("source", Varchar(100)),
                        ("record_key", Varchar(191)),
                        ("record_key_before", Varchar(191)),
                    ])
                    .with(&[
                        ("body", Text),
                        ("previous", Varchar(64)),
                        ("hash", Varchar(64)),
                    ])
                    .key(&["id"])
                    .index("kt_journal_record", &["kind", "record_key", "id"]),
                Table::new("kt_session")
                    .id(Big)
                    .with(&[("token_hash", Varchar(64)), ("created", Big), ("seen", Big)])
                    .with(&[("address", Varchar(100)), ("user_agent", Varchar(200))])
                    // Since version 9.
                    .with(&[("fingerprint", Varchar(64))])
                    // Since version 10, as in other tables of whoever logs in.
                    .with(&[("kind", Varchar(40)), ("owner", Varchar(191))])
                    .unique("kt_session_token", &["token_hash"])
                    .index("kt_session_owner", &["owner"]),
                Table::new("kt_token")
                    .id(Big)
                    .with(&[
                        ("name", Varchar(100)),
                        ("scope", Varchar(20)),
                        ("prefix", Varchar(20)),
                    ])
                    .with(&[
                        ("token_hash", Varchar(64)),
                        ("created_by", Varchar(191)),
                        ("created", Big),
                    ])
                    .maybe(&[("expires", Big), ("last_used", Big), ("revoked", Big)])
                    .with(&[("kind", Varchar(40)), ("owner", Varchar(191))])
                    .unique("kt_token_hash", &["token_hash"])
                    .index("kt_token_owner", &["owner"]),
                Table::new("kt_attempt")
                    .id(Big)
                    .with(&[("subject", Varchar(191)), ("at", Big)])
                    .with(&[("kind", Varchar(40)), ("owner", Varchar(191))])
                    .index("kt_attempt_subject", &["subject", "at"]),
                Table::new("kt_reply")
                    .with(&[
                        ("actor", Varchar(120)),
                        ("reply_key", Varchar(120)),
                        ("request_hash", Varchar(64)),
                    ])
                    .with(&[("status", Int), ("body", Text), ("at", Big)])
                    .key(&["actor", "reply_key"]),
            ],
        ),
        (
            2,
            vec![
                // What an entry concerns beside its own record, so that a group's or a service's past is found.
                Table::new("kt_journal_link")
                    .with(&[
                        ("kind", Varchar(40)),
                        ("record_key", Varchar(191)),
                        ("entry", Big),
                    ])
                    .key(&["kind", "record_key", "entry"]),
            ],
        ),
        (
            3,
            vec![
                Table::new("kt_used_password")
                    .id(Big)
                    .with(&[
                        ("kind", Varchar(40)),
                        ("owner", Varchar(191)),
                        ("stored", Varchar(255)),
                        ("at", Big),
                    ])
                    .index("kt_used_password_owner", &["owner"]),
            ],
        ),
        (
            4,
            vec![
                Table::new("kt_job")
                    .id(Big)
                    .with(&[
                        ("ticket", Varchar(64)),
                        ("created", Big),
                        ("who", Varchar(191)),
                        ("actor", Text),
                        ("wanted", Text),
                    ])
                    .maybe(&[("undoes", Big), ("started", Big), ("finished", Big)])
                    .with(&[
                        ("state", Varchar(20)),
                        ("owner", Varchar(64)),
                        ("heartbeat", Big),
                        ("place", Text),
                    ])
                    .with(&[
                        ("total", Big),
                        ("looked", Big),
                        ("done", Big),
                        ("changed", Big),
                        ("already", Big),
                        ("refused", Big),
                    ])
                    .with(&[("preview", Text), ("problem", Varchar(100))])
                    .unique("kt_job_ticket", &["ticket"])
                    .index("kt_job_state", &["state", "heartbeat"])
                    .index("kt_job_undoes", &["undoes"]),
                Table::new("kt_job_item")
                    .with(&[
                        ("job", Big),
                        ("seq", Big),
                        ("login", Varchar(191)),
                        ("state", Varchar(20)),
                        ("problems", Text),
                    ])
                    .maybe(&[("entry", Big), ("undoes", Big)])
                    .key(&["job", "seq"])
                    .index("kt_job_item_state", &["job", "state", "seq"]),
            ],
        ),
        (5, super::reviews::tables()),
        (
            6,
            vec![
                Table::new("kt_template")
                    .id(Big)
                    .with(&[
                        ("name", Varchar(100)),
                        ("changes", Text),
                        ("changed_by", Varchar(191)),
                        ("changed", Big),
                    ])
                    .unique("kt_template_name", &["name"]),
            ],
        ),
        (
            9,
            vec![
                Table::new("kt_login_attempt")
                    .id(Big)
                    .with(&[
                        ("login", Varchar(191)),
                        ("network", Varchar(64)),
                        ("at", Big),
                        ("kind", Varchar(40)),
                    ])
                    .index("kt_login_attempt_both", &["login", "network", "at"])
                    .index("kt_login_attempt_login", &["login", "at"])
                    .index("kt_login_attempt_network", &["network", "at"])
                    .index("kt_login_attempt_at", &["at"]),
            ],
        ),
        (
            10,
            vec![
                Table::new("kt_known_network")
                    .with(&[("kind", Varchar(40)), ("owner", Varchar(191))])
                    .with(&[("network", Varchar(64)), ("at", Big)])
                    .key(&["kind", "owner", "network"]),
            ],
        ),
        (10, super::losses::tables()),
        (11, super::losses::identities()),
    ]
}
