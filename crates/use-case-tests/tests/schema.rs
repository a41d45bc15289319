//! The tables that are made on an empty database, held against what is known of OTOBO's.

use std::collections::BTreeSet;

use kartoteka_store::{Db, Engine as Dialect, TextRow, args};
use kartoteka_testbed::Engine;

use crate::Desk;

/// A table as OTOBO has it: columns (`+` counted, `?` may be NULL; `s`, `i` and `b` are whole numbers, `v` and a number is
/// a text of so many characters, `d` a time, `l` a long text), indexes (`!` unique), and what columns refer to.
struct Known {
    table: &'static str,
    columns: &'static str,
    indexes: &'static str,
    refers: &'static str,
}

const AUDIT: &str = "create_time:d create_by:i change_time:d change_by:i";
const AGENTS: &str = "create_by>users change_by>users";

const KNOWN: [Known; 20] = [
    Known {
        table: "customer_user",
        columns: "id:i+ login:v191 email:v150 customer_id:v150 pw:v128? title:v50? first_name:v100 last_name:v100 \
                  phone:v150? fax:v150? mobile:v150? street:v150? zip:v200? city:v200? country:v200? comments:v250? \
                  valid_id:s AUDIT",
        indexes: "customer_user_login(login)!",
        refers: "valid_id>valid AGENTS",
    },
    Known {
        table: "customer_preferences",
        columns: "user_id:v191 preferences_key:v150 preferences_value:v250?",
        indexes: "customer_preferences_user_id(user_id)",
        refers: "",
    },
    Known {
        table: "customer_company",
        columns: "customer_id:v150 name:v191 street:v200? zip:v200? city:v200? country:v200? url:v200? comments:v250? \
                  valid_id:s AUDIT",
        indexes: "customer_company_name(name)!",
        refers: "",
    },
    Known {
        table: "customer_user_customer",
        columns: "user_id:v100 customer_id:v150 AUDIT",
        indexes: "customer_user_customer_user_id(user_id) customer_user_customer_customer_id(customer_id)",
        refers: "AGENTS",
    },
    Known {
        table: "groups_table",
        columns: "id:i+ name:v191 comments:v250? valid_id:s AUDIT",
        indexes: "groups_name(name)!",
        refers: "valid_id>valid AGENTS",
    },
    Known {
        table: "group_customer_user",
        columns: "user_id:v100 group_id:i permission_key:v20 permission_value:s AUDIT",
        indexes: "group_customer_user_user_id(user_id) group_customer_user_group_id(group_id)",
        refers: "group_id>groups_table AGENTS",
    },
    Known {
        table: "group_customer",
        columns: "customer_id:v150 group_id:i permission_key:v20 permission_value:s permission_context:v100 AUDIT",
        indexes: "group_customer_customer_id(customer_id) group_customer_group_id(group_id)",
        refers: "group_id>groups_table AGENTS",
    },
    Known {
        table: "group_user",
        columns: "user_id:i group_id:i permission_key:v20 AUDIT",
        indexes: "",
        refers: "user_id>users group_id>groups_table AGENTS",
    },
    Known {
        table: "roles",
        columns: "id:i+ name:v191 comments:v250? valid_id:s AUDIT",
        indexes: "roles_name(name)!",
        refers: "AGENTS",
    },
    Known {
        table: "role_user",
        columns: "user_id:i role_id:i AUDIT",
        indexes: "",
        refers: "user_id>users AGENTS",
    },
    Known {
        table: "group_role",
        columns: "role_id:i group_id:i permission_key:v20 permission_value:s AUDIT",
        indexes: "",
        refers: "role_id>roles group_id>groups_table AGENTS",
    },
    Known {
        table: "queue",
        columns: "id:i+ name:v191 group_id:i system_address_id:s salutation_id:s signature_id:s follow_up_id:s \
                  follow_up_lock:s unlock_timeout:i? first_response_time:i? first_response_notify:s? update_time:i? \
                  update_notify:s? solution_time:i? solution_notify:s? calendar_name:v100? default_sign_key:v100? \
                  comments:v250? valid_id:s AUDIT",
        indexes: "queue_name(name)! queue_group_id(group_id)",
        refers: "group_id>groups_table AGENTS",
    },
    Known {
        table: "service",
        columns: "id:i+ name:v191 valid_id:s comments:v250? AUDIT",
        indexes: "service_name(name)!",
        refers: "AGENTS",
    },
    Known {
        table: "service_preferences",
        columns: "service_id:i preferences_key:v150 preferences_value:v250?",
        indexes: "service_preferences_service_id(service_id)",
        refers: "service_id>service",
    },
    Known {
        table: "service_customer_user",
        columns: "customer_user_login:v191 service_id:i create_time:d create_by:i",
        indexes: "service_customer_user_customer_user_login(customer_user_login) \
                  service_customer_user_service_id(service_id)",
        refers: "service_id>service create_by>users",
    },
    Known {
        table: "valid",
        columns: "id:s+ name:v191 AUDIT",
        indexes: "valid_name(name)!",
        // Agents refer to it, so it comes before them.
        refers: "AGENTS",
    },
    Known {
        table: "dynamic_field",
        columns: "id:i+ internal_field:s name:v191 label:v200 field_order:i field_type:v200 object_type:v100 config:l? \
                  valid_id:s AUDIT",
        indexes: "dynamic_field_name(name)!",
        refers: "AGENTS",
    },
    Known {
        table: "dynamic_field_value",
        columns: "id:b+ field_id:i object_id:b value_text:v3800? value_date:d? value_int:b? index_value:s? index_set:s?",
        indexes: "dynamic_field_value_search_text(field_id,value_text) \
                  dynamic_field_value_search_date(field_id,value_date) \
                  dynamic_field_value_search_int(field_id,value_int) \
                  dynamic_field_value_field_values(object_id,field_id)",
        refers: "field_id>dynamic_field",
    },
    Known {
        table: "dynamic_field_obj_id_name",
        columns: "object_id:i+ object_name:v191 object_type:v100",
        indexes: "dynamic_field_object_name(object_name,object_type)!",
        refers: "",
    },
    Known {
        table: "search_profile",
        columns: "login:v191 profile_name:v191 profile_type:v30 profile_key:v200 profile_value:v200?",
        indexes: "search_profile_login(login) search_profile_profile_name(profile_name)",
        refers: "",
    },
];

fn words(text: &str) -> BTreeSet<String> {
    let all = text.replace("AUDIT", AUDIT).replace("AGENTS", AGENTS);
    all.split_whitespace().map(str::to_owned).collect()
}

/// A column as the engine has it. Numbers that SQLite counts have one size; it has no times and no long texts of its own.
fn on(engine: Dialect, column: &str) -> String {
    let (name, rest) = column.split_once(':').unwrap();
    let null = rest.ends_with('?');
    let counted = rest.ends_with('+');
    let kind = rest.trim_end_matches(['?', '+']);
    let kind = match (engine, kind) {
        (Dialect::Sqlite, _) if counted => "i",
        (Dialect::Sqlite, "d") => "l",
        // Longer ones are long texts there.
        (Dialect::MySql, "v3800") => "l",
        (_, kind) => kind,
    };
    format!("{name}:{kind}{}", if null { "?" } else { "" })
}

fn kind(declared: &str, length: Option<i64>) -> String {
    let declared = declared.to_lowercase();
    let (word, size) = declared.split_once('(').unwrap_or((&declared, ""));
    let size = size.trim_end_matches(')');
    match word {
        "smallint" => "s".into(),
        "int" | "integer" => "i".into(),
        "bigint" => "b".into(),
        "varchar" | "character varying" => match length {
            Some(length) => format!("v{length}"),
            None => format!("v{size}"),
        },
        "datetime" | "timestamp without time zone" => "d".into(),
        "text" | "longblob" => "l".into(),
        other => other.into(),
    }
}

/// What the engine says of its tables.
trait Described {
    fn db(&self) -> &Db;

    async fn ask(&self, statements: [&str; 3], table: &str) -> Vec<TextRow> {
        let [sqlite, postgres, mysql] = statements;
        let sql = match self.db().engine() {
            Dialect::Sqlite => sqlite,
            Dialect::Postgres => postgres,
            Dialect::MySql => mysql,
        };
        self.db().fetch(sql, &args![table]).await.unwrap()
    }

    async fn columns_of(&self, table: &str) -> BTreeSet<String> {
        let statements = [
            "SELECT name, type, NULL, CASE WHEN \"notnull\" = 1 THEN 'NO' ELSE 'YES' END FROM pragma_table_info(?)",
            "SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT), CAST(character_maximum_length AS TEXT), \
             CAST(is_nullable AS TEXT) FROM information_schema.columns WHERE table_name = ?",
            "SELECT CAST(column_name AS CHAR), CAST(data_type AS CHAR), CAST(character_maximum_length AS CHAR), \
             CAST(is_nullable AS CHAR) FROM information_schema.columns WHERE table_schema = DATABASE() \
             AND table_name = ?",
        ];
        let rows = self.ask(statements, table).await;
        let column = |row: &TextRow| {
            let null = if row.text(3) == "YES" { "?" } else { "" };
            format!("{}:{}{null}", row.text(0), kind(row.text(1), row.hint(2)))
        };
        rows.iter().map(column).collect()
    }

    async fn indexes_of(&self, table: &str) -> BTreeSet<String> {
        let statements = [
            "SELECT l.name, i.name, CAST(l.\"unique\" AS TEXT) FROM pragma_index_list(?) l \
             JOIN pragma_index_info(l.name) i ORDER BY l.name, i.seqno",
            "SELECT CAST(i.relname AS TEXT), CAST(a.attname AS TEXT), CAST(CAST(x.indisunique AS INTEGER) AS TEXT) \
             FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid \
             JOIN pg_attribute a ON a.attrelid = i.oid WHERE t.relname = ? ORDER BY i.relname, a.attnum",
            "SELECT CAST(index_name AS CHAR), CAST(column_name AS CHAR), CAST(1 - non_unique AS CHAR) \
             FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = ? \
             ORDER BY index_name, seq_in_index",
        ];
        let rows = self.ask(statements, table).await;
        rows.chunk_by(|a, b| a.text(0) == b.text(0))
            .map(|rows| {
                let columns: Vec<&str> = rows.iter().map(|row| row.text(1)).collect();
                let unique = if rows[0].text(2) == "1" { "!" } else { "" };
                format!("{}({}){unique}", rows[0].text(0), columns.join(","))
            })
            .collect()
    }

    async fn references_of(&self, table: &str) -> BTreeSet<String> {
        let statements = [
            "SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?)",
            "SELECT CAST(a.attname AS TEXT), CAST(f.relname AS TEXT) FROM pg_constraint c \
             JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class f ON f.oid = c.confrelid \
             JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = c.conkey[1] \
             WHERE c.contype = 'f' AND t.relname = ?",
            "SELECT CAST(column_name AS CHAR), CAST(referenced_table_name AS CHAR) \
             FROM information_schema.key_column_usage WHERE table_schema = DATABASE() \
             AND referenced_table_name IS NOT NULL AND table_name = ?",
        ];
        let rows = self.ask(statements, table).await;
        rows.iter()
            .map(|row| format!("{}>{}", row.text(0), row.text(1)))
            .collect()
    }
}

impl Described for Desk {
    fn db(&self) -> &Db {
        &self.db
    }
}

#[tokio::test]
async fn a_new_database_has_the_tables_of_otobo() {
    for engine in Engine::all() {
        let desk = Desk::on(engine).await;
        let dialect = desk.db.engine();
        for known in &KNOWN {
            let table = known.table;
            let columns = words(known.columns);
            let columns = columns.iter().map(|column| on(dialect, column));
            let made = desk.columns_of(table).await;
            assert_eq!(made, columns.collect(), "{engine}: columns of {table}");
            let made = desk.references_of(table).await;
            let refers = match (dialect, table) {
                // SQLite can't add references to a table that is made later.
                (Dialect::Sqlite, "valid") => "",
                _ => known.refers,
            };
            assert_eq!(made, words(refers), "{engine}: references of {table}");
            let made = desk.indexes_of(table).await;
            let missing: Vec<String> = words(known.indexes).difference(&made).cloned().collect();
            assert_eq!(missing, [""; 0], "{engine}: indexes of {table}, {made:?}");
        }
        for (table, column, rows) in [
            (
                "valid",
                "name",
                &["invalid", "invalid-temporarily", "valid"][..],
            ),
            ("groups_table", "name", &["admin", "stats", "users"]),
            ("queue", "name", &["Junk", "Misc", "Postmaster", "Raw"]),
            ("users", "login", &["root@localhost"]),
            ("group_user", "permission_key", &["rw", "rw", "rw"]),
            ("group_user", "group_id", &["1", "2", "3"]),
            ("service", "name", &[]),
            ("customer_user", "login", &[]),
        ] {
            assert_eq!(
                desk.column(table, column).await,
                rows,
                "{engine}: rows of {table}"
            );
        }
    }
}

/// Where they are made tables, MariaDB 10.6 finds some of the rows only: jobs gave people what they had already.
#[tokio::test]
async fn mariadb_makes_no_tables_of_long_lists() {
    let desk = Desk::on(Engine::Mariadb).await;
    let sql = "SELECT CAST(@@in_predicate_conversion_threshold AS CHAR)";
    let rows = desk.db.fetch(sql, &args![]).await.unwrap();
    assert_eq!(rows[0].text(0), "0");
}
