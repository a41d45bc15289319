//! Own tables that later versions altered: what earlier ones made is brought along with its rows.

use super::indexes::PresentSchema;
use super::migrate::Migration;
use crate::db::Engine;

/// Columns by the version that added them: table, column, size, and what rows get that are there. Until version 10 agents
/// alone logged in.
const ADDED: [(i64, &str, &str, u32, &str); 8] = [
    (9, "kt_session", "fingerprint", 64, ""),
    (10, "kt_session", "kind", 40, "agent"),
    (10, "kt_session", "owner", 191, ""),
    (10, "kt_token", "kind", 40, "agent"),
    (10, "kt_token", "owner", 191, ""),
    (10, "kt_attempt", "kind", 40, ""),
    (10, "kt_attempt", "owner", 191, ""),
    (10, "kt_login_attempt", "kind", 40, "agent"),
];

/// Tables whose columns tell what is to be done, the last one to be emptied into another.
pub(super) const ALTERED: [&str; 5] = [
    "kt_session",
    "kt_token",
    "kt_attempt",
    "kt_login_attempt",
    "kt_login_network",
];

/// What is left to be done. Each step is told by the columns that are there, since MariaDB can't undo those before it.
pub(super) fn alterations(found: &PresentSchema, engine: Engine) -> Vec<Migration> {
    let mut steps = vec![];
    for (version, table, column, size, value) in ADDED {
        if found.has_table(table) && !found.has_column(table, column) {
            steps.push(Migration {
                name: format!("add {column} to {table} (version {version})"),
                statements: vec![format!(
                    "ALTER TABLE {table} ADD COLUMN {column} VARCHAR({size}) DEFAULT '{value}' NOT NULL"
                )],
            });
        }
    }
    let number = match engine {
        Engine::MySql => "CAST(agent_id AS CHAR)",
        Engine::Sqlite | Engine::Postgres => "CAST(agent_id AS TEXT)",
    };
    for table in ["kt_session", "kt_token"] {
        if !found.has_column(table, "agent_id") {
            continue;
        }
        let mut statements = vec![format!(
            "UPDATE {table} SET owner = {number} WHERE kind = 'agent' AND owner = ''"
        )];
        // The others drop it with the column.
        if table == "kt_session" && engine == Engine::Sqlite {
            statements.push("DROP INDEX IF EXISTS kt_session_agent".into());
        }
        statements.push(format!("ALTER TABLE {table} DROP COLUMN agent_id"));
        steps.push(Migration {
            name: format!("keep agents of {table} by kind and number (version 10)"),
            statements,
        });
    }
    if found.has_table("kt_login_network") {
        // What was copied before an end in the middle stays.
        let insert = match engine {
            Engine::MySql => "INSERT IGNORE",
            Engine::Sqlite | Engine::Postgres => "INSERT",
        };
        steps.push(Migration {
            name: "keep networks by kind and number of agents (version 10)".into(),
            statements: vec![
                format!(
                    "{insert} INTO kt_known_network (kind, owner, network, at) \
                     SELECT 'agent', {number}, network, at FROM kt_login_network"
                ),
                "DROP TABLE kt_login_network".into(),
            ],
        });
    }
    steps
}
