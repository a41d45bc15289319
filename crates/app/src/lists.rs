//! Lists of all that is found: as one table, or every field as CSV.

use kartoteka_directory::{Actor, Kind, Maintenance, Page, Search, Total};
use kartoteka_model::csv;

use crate::exit::Exit;
use crate::output::print;
use crate::records::table;

/// So many are read at a time.
const PORTION: u32 = 1000;

/// All pages in one table.
///
/// # Errors
/// As [`kartoteka_directory::Directory::search`].
pub async fn all(directory: &Maintenance, kind: Kind, search: Search) -> anyhow::Result<Exit> {
    let mut search = Search {
        limit: PORTION,
        ..search
    };
    let mut shown: Option<Page> = None;
    loop {
        let page = directory.search(&Actor::operator(), kind, &search).await?;
        let next = page.next.clone();
        match &mut shown {
            None => shown = Some(page),
            Some(all) => {
                all.rows.extend(page.rows);
                all.next = page.next;
            }
        }
        if next.is_none() {
            break;
        }
        search.after = next;
    }
    if let Some(mut page) = shown {
        page.total = Total {
            count: page.rows.len() as u64,
            exact: true,
        };
        print(&table(kind, &page))?;
    }
    Ok(Exit::Ok)
}

/// Every field of each record, page after page.
///
/// # Errors
/// As [`all`].
pub async fn as_csv(directory: &Maintenance, kind: Kind, search: Search) -> anyhow::Result<Exit> {
    let mut columns: Vec<String> = vec![];
    for source in directory.sources(kind) {
        let shown = source.fields.into_iter().filter(|shape| !shape.secret);
        for name in shown.map(|shape| shape.field.name) {
            if !columns.contains(&name) {
                columns.push(name);
            }
        }
    }
    if columns.is_empty() {
        columns = ["Name", "Comment", "ValidID"].map(str::to_owned).into();
    }
    let line = |cells: &[String]| {
        let mut text = String::new();
        csv::line(&mut text, ',', cells.iter());
        print(text.trim_end_matches(['\r', '\n']))
    };
    let heads = columns.iter().cloned().chain(["Source".to_owned()]);
    line(&heads.collect::<Vec<_>>())?;
    let one_page = search.limit > 0;
    let mut search = Search {
        limit: if one_page { search.limit } else { PORTION },
        ..search
    };
    loop {
        let page = directory.search(&Actor::operator(), kind, &search).await?;
        for row in &page.rows {
            let cells = columns.iter().map(|name| row.record.get(name).to_owned());
            line(&cells.chain([row.source.clone()]).collect::<Vec<_>>())?;
        }
        match page.next.filter(|_| !one_page) {
            Some(next) => search.after = Some(next),
            None => return Ok(Exit::Ok),
        }
    }
}
