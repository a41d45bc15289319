//! The arguments that each call has in OTOBO. One that is not known is the runner's own fault: it would be passed over, and
//! the case would seem to pass.

use crate::input::Input;

/// An argument of a case that the call does not have.
pub fn unknown<'a>(call: &str, input: &'a Input) -> Option<&'a str> {
    let known = of(call)?;
    let mut names = input.keys().map(String::as_str);
    names.find(|name| !known.contains(name))
}

/// The arguments of a call; none where fields are arguments, which the use case refuses itself if it has no such field,
/// and for calls that there are not.
fn of(call: &str) -> Option<&'static [&'static str]> {
    Some(match call {
        "CustomerUser.CustomerSearch" => &[
            "Search",
            "PostMasterSearch",
            "UserLogin",
            "CustomerID",
            "CustomerIDRaw",
            "CustomerUserOnly",
            "Valid",
            "Limit",
        ],
        "Search.FullGrammar" => &[
            "Key",
            "Value",
            "SearchPrefix",
            "SearchSuffix",
            "CaseSensitive",
        ],
        "CustomerCompany.CustomerCompanyList" => &["Search", "Limit", "Valid"],
        "CustomerUser.CustomerUserDataGet" | "CustomerUser.CustomerIDs" => &["User"],
        "CustomerCompany.CustomerCompanyGet" => &["CustomerID"],
        "CustomerUser.CustomerName" => &["UserLogin"],
        "CustomerUser.CustomerIDList" => &["SearchTerm", "Valid"],
        "CustomerUser.SetPassword" => &["UserLogin", "PW"],
        "CustomerUser.CustomerUserCustomerMemberAdd" => {
            &["CustomerUserID", "CustomerID", "Active", "UserID"]
        }
        "CustomerUser.CustomerUserCustomerMemberList" => &["CustomerUserID", "CustomerID"],
        "CustomerUser.SetPreferences" => &["UserID", "Key", "Value"],
        "CustomerUser.GetPreferences" => &["UserID"],
        "CustomerUser.SearchPreferences" => &["Key", "Value"],
        "CustomerUser.DeleteOnePreference" => &["UserID", "Key"],
        "CustomerUser.CustomerSourceList" | "CustomerCompany.CustomerCompanySourceList" => {
            &["ReadOnly"]
        }
        "CustomerUser.CustomerUserSearchFields" => &["Source"],
        "CustomerUser.GetFieldConfig" | "CustomerUser.GetFieldSelections" => &["FieldName"],
        "CustomerGroup.GroupMemberList" => {
            &["Result", "Type", "UserID", "GroupID", "RawPermissions"]
        }
        "CustomerGroup.GroupCustomerList" => {
            &["Result", "Type", "CustomerID", "GroupID", "Context"]
        }
        "CustomerGroup.GroupContextCustomers" => &["CustomerUserID"],
        "CustomerGroup.GroupLookup" => &["Group", "GroupID"],
        "CustomerGroup.PermissionCheck" => &["UserID", "GroupName", "Type"],
        "CustomerGroup.GroupContextNameGet" => &["SysConfigName"],
        "CustomerGroup.GroupContextNameList" => &[],
        "CustomerGroup.GroupMemberAdd" => &["UID", "GID", "Permission", "UserID"],
        "CustomerGroup.GroupCustomerAdd" => &["CustomerID", "GID", "Permission", "UserID"],
        "Service.CustomerUserServiceMemberList" => &[
            "CustomerUserLogin",
            "ServiceID",
            "DefaultServices",
            "Result",
        ],
        "Service.CustomerUserServiceMemberAdd" => {
            &["CustomerUserLogin", "ServiceID", "Active", "UserID"]
        }
        "Ticket.TicketServiceList" => &["QueueID", "TicketID", "CustomerUserID", "UserID"],
        "Ticket.TicketCustomerPermission" => &["UserID", "tickets"],
        _ => return None,
    })
}
