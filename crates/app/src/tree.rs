//! Lists of groups, and of services as a tree.

use kartoteka_directory::{Kind, Page};
use kartoteka_model::{Validity, service};

use crate::output::Table;

/// Groups one below the other; services as a tree.
pub fn table(kind: Kind, page: &Page) -> Table {
    let keys = || page.rows.iter().map(|row| row.key.as_str());
    let names: Vec<String> = match kind {
        Kind::Service => service::branches(keys())
            .into_iter()
            .map(|branch| format!("{}{}", "  ".repeat(branch.depth), branch.label))
            .collect(),
        _ => keys().map(str::to_owned).collect(),
    };
    let mut table = Table::new(&["Name", "Comment", "Validity"]);
    for (row, name) in page.rows.iter().zip(names) {
        let validity = row.record.get("ValidID");
        let validity = Validity::parse(validity).map_or(validity, |validity| validity.name());
        table.row([&name, row.record.get("Comment"), validity]);
    }
    table
}
