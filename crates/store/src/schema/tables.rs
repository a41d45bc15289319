//! OTOBO's tables, with OTOBO's names, types, keys and indexes.

use super::ddl::Table;
use super::ddl::Type::{Big, Blob, Date, Int, Small, Varchar};

/// The tables of OTOBO that Kartoteka works on, in an order in which references exist already.
pub fn otobo_tables() -> Vec<Table> {
    let mut tables = people();
    tables.extend(groups());
    tables.extend(services());
    tables.extend(tickets());
    tables
}

fn people() -> Vec<Table> {
    vec![
        Table::new("valid")
            .id(Small)
            .with(&[("name", Varchar(191))])
            .audited()
            .unique("valid_name", &["name"])
            .refers_later("create_by", "users")
            .refers_later("change_by", "users"),
        Table::new("users")
            .id(Int)
            .with(&[("login", Varchar(191))])
            .maybe(&[("pw", Varchar(128)), ("title", Varchar(50))])
            .with(&[
                ("first_name", Varchar(100)),
                ("last_name", Varchar(100)),
                ("valid_id", Small),
            ])
            .audited()
            .by_agents()
            .unique("users_login", &["login"])
            .refers("valid_id", "valid"),
        Table::new("user_preferences")
            .with(&[("user_id", Int), ("preferences_key", Varchar(150))])
            .maybe(&[("preferences_value", Blob)])
            .index("user_preferences_user_id", &["user_id"])
            .refers("user_id", "users"),
        Table::new("customer_user")
            .id(Int)
            .with(&[
                ("login", Varchar(191)),
                ("email", Varchar(150)),
                ("customer_id", Varchar(150)),
            ])
            .maybe(&[("pw", Varchar(128)), ("title", Varchar(50))])
            .with(&[("first_name", Varchar(100)), ("last_name", Varchar(100))])
            .maybe(&[
                ("phone", Varchar(150)),
                ("fax", Varchar(150)),
                ("mobile", Varchar(150)),
            ])
            .maybe(&[
                ("street", Varchar(150)),
                ("zip", Varchar(200)),
                ("city", Varchar(200)),
            ])
            .maybe(&[("country", Varchar(200)), ("comments", Varchar(250))])
            .with(&[("valid_id", Small)])
            .audited()
            .unique("customer_user_login", &["login"])
            .refers("valid_id", "valid")
            .by_agents(),
        Table::new("customer_preferences")
            .with(&[("user_id", Varchar(191)), ("preferences_key", Varchar(150))])
            .maybe(&[("preferences_value", Varchar(250))])
            .index("customer_preferences_user_id", &["user_id"]),
        Table::new("customer_company")
            .with(&[("customer_id", Varchar(150)), ("name", Varchar(191))])
            .maybe(&[
                ("street", Varchar(200)),
                ("zip", Varchar(200)),
                ("city", Varchar(200)),
            ])
            .maybe(&[
                ("country", Varchar(200)),
                ("url", Varchar(200)),
                ("comments", Varchar(250)),
            ])
            .with(&[("valid_id", Small)])
            .audited()
            .key(&["customer_id"])
            .unique("customer_company_name", &["name"]),
        Table::new("customer_user_customer")
            .with(&[("user_id", Varchar(100)), ("customer_id", Varchar(150))])
            .audited()
            .index("customer_user_customer_user_id", &["user_id"])
            .index("customer_user_customer_customer_id", &["customer_id"])
            .by_agents(),
        Table::new("search_profile")
            .with(&[
                ("login", Varchar(191)),
                ("profile_name", Varchar(191)),
                ("profile_type", Varchar(30)),
            ])
            .with(&[("profile_key", Varchar(200))])
            .maybe(&[("profile_value", Varchar(200))])
            .index("search_profile_login", &["login"])
            .index("search_profile_profile_name", &["profile_name"]),
    ]
}

fn groups() -> Vec<Table> {
    vec![
        Table::new("groups_table")
            .id(Int)
            .with(&[("name", Varchar(191))])
            .maybe(&[("comments", Varchar(250))])
            .with(&[("valid_id", Small)])
            .audited()
            .by_agents()
            .unique("groups_name", &["name"])
            .refers("valid_id", "valid"),
        Table::new("group_user")
            .with(&[
                ("user_id", Int),
                ("group_id", Int),
                ("permission_key", Varchar(20)),
            ])
            .audited()
            .by_agents()
            .index("group_user_user_id", &["user_id"])
            .index("group_user_group_id", &["group_id"])
            .refers("user_id", "users")
            .refers("group_id", "groups_table"),
        Table::new("roles")
            .id(Int)
            .with(&[("name", Varchar(191))])
            .maybe(&[("comments", Varchar(250))])
            .with(&[("valid_id", Small)])
            .audited()
            .by_agents()
            .unique("roles_name", &["name"]),
        Table::new("role_user")
            .with(&[("user_id", Int), ("role_id", Int)])
            .audited()
            .by_agents()
            .refers("user_id", "users"),
        Table::new("group_role")
            .with(&[("role_id", Int), ("group_id", Int)])
            .with(&[("permission_key", Varchar(20)), ("permission_value", Small)])
            .audited()
            .by_agents()
            .refers("role_id", "roles")
            .refers("group_id", "groups_table"),
        Table::new("group_customer_user")
            .with(&[("user_id", Varchar(100)), ("group_id", Int)])
            .with(&[("permission_key", Varchar(20)), ("permission_value", Small)])
            .audited()
            .by_agents()
            .index("group_customer_user_user_id", &["user_id"])
            .index("group_customer_user_group_id", &["group_id"])
            .refers("group_id", "groups_table"),
        Table::new("group_customer")
            .with(&[("customer_id", Varchar(150)), ("group_id", Int)])
            .with(&[("permission_key", Varchar(20)), ("permission_value", Small)])
            .with(&[("permission_context", Varchar(100))])
            .audited()
            .by_agents()
            .index("group_customer_customer_id", &["customer_id"])
            .index("group_customer_group_id", &["group_id"])
            .refers("group_id", "groups_table"),
    ]
}

fn services() -> Vec<Table> {
    vec![
        Table::new("service")
            .id(Int)
            .with(&[("name", Varchar(191)), ("valid_id", Small)])
            .maybe(&[("comments", Varchar(250))])
            .audited()
            .by_agents()
            .unique("service_name", &["name"]),
        Table::new("service_preferences")
            .with(&[("service_id", Int), ("preferences_key", Varchar(150))])
            .maybe(&[("preferences_value", Varchar(250))])
            .index("service_preferences_service_id", &["service_id"])
            .refers("service_id", "service"),
        Table::new("service_customer_user")
            .with(&[("customer_user_login", Varchar(191)), ("service_id", Int)])
            .with(&[("create_time", Date), ("create_by", Int)])
            .index(
                "service_customer_user_customer_user_login",
                &["customer_user_login"],
            )
            .index("service_customer_user_service_id", &["service_id"])
            .refers("service_id", "service")
            .refers("create_by", "users"),
    ]
}

fn tickets() -> Vec<Table> {
    vec![
        Table::new("queue")
            .id(Int)
            .with(&[
                ("name", Varchar(191)),
                ("group_id", Int),
                ("system_address_id", Small),
            ])
            .with(&[("salutation_id", Small), ("signature_id", Small)])
            .with(&[("follow_up_id", Small), ("follow_up_lock", Small)])
            .maybe(&[
                ("unlock_timeout", Int),
                ("first_response_time", Int),
                ("first_response_notify", Small),
                ("update_time", Int),
                ("update_notify", Small),
                ("solution_time", Int),
                ("solution_notify", Small),
                ("calendar_name", Varchar(100)),
                ("default_sign_key", Varchar(100)),
                ("comments", Varchar(250)),
            ])
            .with(&[("valid_id", Small)])
            .audited()
            .by_agents()
            .unique("queue_name", &["name"])
            .index("queue_group_id", &["group_id"])
            .refers("group_id", "groups_table"),
        Table::new("ticket")
            .id(Big)
            .with(&[("tn", Varchar(50))])
            .maybe(&[("title", Varchar(191))])
            .with(&[("queue_id", Int), ("ticket_lock_id", Small)])
            .maybe(&[("type_id", Small), ("service_id", Int), ("sla_id", Int)])
            .with(&[("user_id", Int), ("responsible_user_id", Int)])
            .with(&[("ticket_priority_id", Small), ("ticket_state_id", Small)])
            .maybe(&[
                ("customer_id", Varchar(150)),
                ("customer_user_id", Varchar(191)),
            ])
            .with(&[
                ("timeout", Int),
                ("until_time", Int),
                ("escalation_time", Int),
            ])
            .with(&[
                ("escalation_update_time", Int),
                ("escalation_response_time", Int),
            ])
            .with(&[("escalation_solution_time", Int), ("archive_flag", Small)])
            .default(0)
            .audited()
            .by_agents()
            .refers("user_id", "users")
            .refers("responsible_user_id", "users")
            .unique("ticket_tn", &["tn"])
            .index("ticket_customer_id", &["customer_id"])
            .index("ticket_customer_user_id", &["customer_user_id"]),
        Table::new("dynamic_field")
            .id(Int)
            .with(&[("internal_field", Small)])
            .default(0)
            .with(&[("name", Varchar(191)), ("label", Varchar(200))])
            .with(&[
                ("field_order", Int),
                ("field_type", Varchar(200)),
                ("object_type", Varchar(100)),
            ])
            .maybe(&[("config", Blob)])
            .with(&[("valid_id", Small)])
            .audited()
            .by_agents()
            .unique("dynamic_field_name", &["name"]),
        Table::new("dynamic_field_obj_id_name")
            .column_object_id()
            .with(&[("object_name", Varchar(191)), ("object_type", Varchar(100))])
            .unique("dynamic_field_object_name", &["object_name", "object_type"]),
        Table::new("dynamic_field_value")
            .id(Big)
            .with(&[("field_id", Int), ("object_id", Big)])
            .maybe(&[
                ("value_text", Varchar(3800)),
                ("value_date", Date),
                ("value_int", Big),
            ])
            .maybe(&[("index_value", Small), ("index_set", Small)])
            .index(
                "dynamic_field_value_search_text",
                &["field_id", "value_text:150"],
            )
            .index(
                "dynamic_field_value_search_date",
                &["field_id", "value_date"],
            )
            .index("dynamic_field_value_search_int", &["field_id", "value_int"])
            .index(
                "dynamic_field_value_field_values",
                &["object_id", "field_id"],
            )
            .refers("field_id", "dynamic_field"),
    ]
}

impl Table {
    fn column_object_id(self) -> Self {
        let mut table = self.id(Int);
        if let Some(column) = table.columns.last_mut() {
            column.name = "object_id";
        }
        table
    }
}
