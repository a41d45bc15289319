//! What the commands for records of all kinds share: listing, showing, saving.

use clap::{Args, ValueEnum};
use kartoteka_access::Access;
use kartoteka_directory::{
    Actor, Criterion, Error, Fields, Found, Kind, Maintenance, Page, Search, Total, ValidFilter,
};
use kartoteka_records::{Applied, Plan, Records};
use kartoteka_texts::language::Language;
use kartoteka_wire::places::in_body;
use kartoteka_wire::records as wire;
use kartoteka_wire::time::text as instant;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::effects::effect_text;
use crate::exit::Exit;
use crate::lists::{all, as_csv};
use crate::output::{Table, print, print_json};
use crate::password::Wish;
use crate::problems::sentence;
use crate::{opened, tree};

/// Which records, and how many.
#[derive(Debug, Clone, Args)]
pub struct ListOptions {
    /// Which validities
    #[arg(long, value_enum, default_value_t = Which::Valid)]
    pub valid: Which,
    /// At most so many; 0 is the configured page size
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(..=1000))]
    pub limit: u32,
    /// Continue after this: the `next` of the page before
    #[arg(long, value_name = "CURSOR")]
    pub after: Option<String>,
    /// One field with * as wildcard, such as UserCity=War*; may be given more than once
    #[arg(long = "field", value_name = "FIELD=TEXT", value_parser = criterion)]
    pub fields: Vec<(String, String)>,
    /// Only records of this source, such as CustomerUser1
    #[arg(long, value_name = "SOURCE")]
    pub source: Option<String>,
    /// All of them, page after page
    #[arg(long, conflicts_with_all = ["limit", "after", "json"])]
    pub all: bool,
    /// Answer as CSV with every field, all of them unless --limit says how many
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// Answer as JSON, as REST does
    #[arg(long)]
    pub json: bool,
}

/// Which validities are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Which {
    Valid,
    Invalid,
    All,
}

/// Reads what is asked of one field.
pub fn criterion(text: &str) -> Result<(String, String), String> {
    let (field, value) = text
        .split_once('=')
        .ok_or("write FIELD=TEXT, such as UserCity=War*")?;
    Ok((field.to_owned(), value.to_owned()))
}

/// Lists or searches.
///
/// # Errors
/// As [`Directory::search`].
pub async fn list(
    directory: &Maintenance,
    kind: Kind,
    text: Option<String>,
    options: &ListOptions,
) -> anyhow::Result<Exit> {
    let criteria = options
        .fields
        .iter()
        .map(|(field, value)| (field.clone(), Criterion::Like(value.clone())));
    let search = Search {
        text,
        fields: criteria.collect(),
        valid: match options.valid {
            Which::Valid => ValidFilter::Valid,
            Which::Invalid => ValidFilter::Invalid,
            Which::All => ValidFilter::All,
        },
        source: options.source.clone(),
        limit: options.limit,
        after: options.after.clone(),
        ..Search::default()
    };
    if matches!(kind, Kind::CustomerUser | Kind::Customer) {
        opened::wait_for_index(directory).await?;
    }
    if options.csv {
        return as_csv(directory, kind, search).await;
    }
    if options.all {
        return all(directory, kind, search).await;
    }
    let page = directory.search(&Actor::operator(), kind, &search).await?;
    if options.json {
        print_json(&wire::page(&page))?;
    } else {
        print(&table(kind, &page))?;
    }
    Ok(Exit::Ok)
}

/// Customers and customer users, with the source of each.
fn people(kind: Kind, page: &Page) -> Table {
    let columns: &[&str] = match kind {
        Kind::Customer => &[
            "CustomerID",
            "CustomerCompanyName",
            "CustomerCompanyCity",
            "CustomerCompanyCountry",
        ],
        _ => &[
            "UserLogin",
            "UserFirstname",
            "UserLastname",
            "UserEmail",
            "UserCustomerID",
        ],
    };
    let mut headings = columns.to_vec();
    headings.push("Source");
    let mut table = Table::new(&headings);
    for row in &page.rows {
        let cells = columns
            .iter()
            .map(|column| row.record.get(column).to_owned());
        table.row(cells.chain([row.source.clone()]));
    }
    table
}

pub fn table(kind: Kind, page: &Page) -> String {
    let table = match kind {
        Kind::Group | Kind::Service => tree::table(kind, page),
        _ => people(kind, page),
    };
    let mut text = table.to_string();
    text.push_str(&format!("\n\n{}", counted(page.rows.len(), page.total)));
    if let Some(next) = &page.next {
        text.push_str(&format!("; more with --after {next}"));
    }
    for source in page
        .sources
        .iter()
        .filter(|source| source.unavailable_since.is_some())
    {
        text.push_str(&format!(
            "\nmissing: source {} ({}) does not answer",
            source.id, source.name
        ));
    }
    for source in &page.sources {
        if let Some(first) = source.first_only {
            let (id, name) = (&source.id, &source.name);
            text.push_str(&format!(
                "\nsource {id} ({name}) has more: it was asked for {first} at most"
            ));
        }
        if let Some(since) = source.stale_since {
            let (id, name, since) = (&source.id, &source.name, instant(since));
            text.push_str(&format!(
                "\nsource {id} ({name}) may have changed since {since}"
            ));
        }
    }
    text
}

fn counted(shown: usize, total: Total) -> String {
    match total {
        Total { count, exact: true } if count == shown as u64 => format!("{count} found"),
        Total { count, exact: true } => format!("{shown} of {count}"),
        Total { count, .. } => format!("{shown} of more than {count}"),
    }
}

/// Shows one record.
///
/// # Errors
/// As [`Directory::find`].
pub async fn show(
    directory: &Maintenance,
    kind: Kind,
    key: &str,
    as_json: bool,
) -> anyhow::Result<Exit> {
    let found = directory.find(&Actor::operator(), kind, key).await?;
    if as_json {
        let mut shown = wire::found(&found);
        shown["version"] = json!(found.version);
        print_json(&shown)?;
    } else {
        print(&shown(directory, kind, &found))?;
    }
    Ok(Exit::Ok)
}

/// Label, value and field name, in the order of the forms.
fn shown(directory: &Maintenance, kind: Kind, found: &Found) -> String {
    let mut table = Table::new(&["Field", "", "Value"]);
    let sources = directory.sources(kind);
    let fields = sources
        .iter()
        .filter(|source| source.id == found.source)
        .flat_map(|source| &source.fields);
    let fields: Vec<_> = fields
        .filter(|shape| !shape.secret)
        .map(|shape| &shape.field)
        .collect();
    for field in &fields {
        table.row([&field.name, &field.label, found.record.get(&field.name)]);
    }
    for (name, value) in found
        .record
        .iter()
        .filter(|(name, _)| fields.iter().all(|field| field.name != *name))
    {
        table.row([name, "", value]);
    }
    for (key, value) in &found.preferences {
        table.row([key, "Preference", value]);
    }
    format!(
        "{table}\n\nsource {}, version {}",
        found.source, found.version.0
    )
}

/// Applies a plan, or shows what it would do.
///
/// # Errors
/// `Invalid` when the plan has mistakes, and as [`Records::apply`].
pub async fn save(
    directory: &Maintenance,
    mut plan: Plan,
    how: Saving,
    wish: &Wish,
) -> anyhow::Result<Exit> {
    if matches!(wish, Wish::Generated) {
        plan = Records::of(directory).generate_password(plan);
    }
    if how.dry_run {
        if matches!(plan.kind, Kind::Customer | Kind::Group) {
            // Whose permissions grow or shrink by it is worked out with the index.
            opened::wait_for_index(directory).await?;
        }
        let plan = Access::of(directory).preview(plan).await?;
        let exit = if plan.errors.is_empty() {
            Exit::Ok
        } else {
            Exit::Refused
        };
        if how.json {
            let errors = in_body(plan.errors.clone());
            print_json(&wire::plan(&plan, &errors, Language::En))?;
        } else {
            print(&plan_text(&plan))?;
        }
        return Ok(exit);
    }
    if !plan.errors.is_empty() {
        return Err(Error::Invalid(plan.errors.clone()).into());
    }
    let creates = plan.creates();
    let applied = Records::of(directory).apply(plan).await?;
    if how.json {
        print_json(&saved(&applied))?;
    } else {
        print(&saved_text(&applied, creates))?;
    }
    Ok(Exit::Ok)
}

/// How to save.
#[derive(Debug, Clone, Copy, Args)]
pub struct Saving {
    /// Show what would be done, and do nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

/// Adds a password that was given to fields.
pub fn with_password(mut fields: Fields, wish: &Wish) -> Fields {
    if let Wish::Given(password) = wish {
        fields.insert("UserPassword".into(), password.expose_secret().to_owned());
    }
    fields
}

fn plan_text(plan: &Plan) -> String {
    let what = match (plan.moves(), plan.creates()) {
        (true, _) => "would be kept",
        (_, true) => "would be created",
        _ => "would be changed",
    };
    let mut text = format!(
        "{} {:?} {what} in source {}",
        plan.kind.name(),
        plan.key,
        plan.source
    );
    if !plan.changes_anything() {
        text = format!("{} {:?} would stay as it is", plan.kind.name(), plan.key);
    }
    if !plan.changes.is_empty() {
        let mut table = Table::new(&["Field", "Before", "After"]);
        for change in &plan.changes {
            table.row([&change.field, &change.before, &change.after]);
        }
        text.push_str(&format!("\n\n{table}"));
    }
    for effect in &plan.effects {
        text.push_str(&format!("\n- {}", effect_text(effect)));
    }
    for error in &plan.errors {
        text.push_str(&format!("\nerror: {}", sentence(error)));
    }
    text
}

fn saved(applied: &Applied) -> Value {
    let mut answer = json!({
        "kind": applied.kind.name(),
        "key": applied.key,
        "record": wire::full_document(&applied.source, &applied.record, &applied.preferences),
        "version": applied.version,
        "changed": applied.journal.is_some(),
        "effects": applied.effects,
    });
    if let Some(password) = &applied.password {
        answer["password"] = json!(password.expose_secret());
    }
    answer
}

fn saved_text(applied: &Applied, creates: bool) -> String {
    let what = match applied.journal {
        None => "was as wanted already",
        Some(_) if creates => "created",
        Some(_) => "saved",
    };
    let mut text = format!("{} {:?} {what}", applied.kind.name(), applied.key);
    for effect in &applied.effects {
        text.push_str(&format!("\n- {}", effect_text(effect)));
    }
    if let Some(password) = &applied.password {
        text.push_str(&format!(
            "\npassword: {}\nIt is shown this once.",
            password.expose_secret()
        ));
    }
    text
}
