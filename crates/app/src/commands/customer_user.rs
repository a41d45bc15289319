//! `kartoteka customer-user`: the people.

use clap::{Args, Subcommand};
use kartoteka_access::{Access, Wanted};
use kartoteka_directory::{Actor, Fields, Kind, Maintenance};
use kartoteka_model::access::{Belonging, CustomerFacts};
use kartoteka_records::{MoveWanted, Records};
use serde_json::json;

use crate::exit::{Ended, Exit};
use crate::fields::{SetOptions, collect, named, valid_unless_said};
use crate::opened;
use crate::output::{Table, print, print_json};
use crate::password::{PasswordOptions, Wish};
use crate::place::Place;
use crate::records::{ListOptions, Saving, list, save, show, with_password};
use crate::relations::relate;

const ADD_HELP: &str = "\
Without a password option the person has no password and can't log in.

Example:
  kartoteka customer-user add anna --first-name Anna --last-name Nowak \\
      --email anna@acme-lab.org --customer acme --set UserRoom=214 --generate-password";

const SEARCH_HELP: &str = "\
The search language:
  nowak                in any search field, also inside of words; case and accents do not matter
  anna+nowak           both, each in any search field; also anna AND nowak
  anna OR jan          one of them
  !nowak               not
  now*                 * stands for anything
  \"R+D\"                as it stands

Quote the text for the shell. For one field: --field UserCity=War*";

const MOVE_HELP: &str = "\
The login stays, and with it permissions, customers, services, preferences and tickets. The row where the person was goes,
unless that source is read-only. Going back to a read-only source takes away what was made meanwhile.

Example:
  kartoteka customer-user move anna --to CustomerUser --set UserCustomerID=acme --dry-run";

/// What to do with customer users.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add a person
    #[command(after_help = ADD_HELP)]
    Add {
        /// The login; may be left out where the source generates logins
        login: Option<String>,
        /// The source to put the person in, if several can be written
        #[arg(long, value_name = "SOURCE")]
        source: Option<String>,
        #[command(flatten)]
        values: Values,
        #[command(flatten)]
        password: PasswordOptions,
        #[command(flatten)]
        saving: Saving,
    },
    /// Change a person
    Edit {
        /// The login
        login: String,
        /// The new login; everything that refers to the person is carried along
        #[arg(long, value_name = "LOGIN")]
        rename: Option<String>,
        #[command(flatten)]
        values: Values,
        #[command(flatten)]
        saving: Saving,
    },
    /// List people
    List(ListOptions),
    /// Show a person
    Show {
        /// The login
        login: String,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Search people
    #[command(after_help = SEARCH_HELP)]
    Search {
        /// A text in the search language: nowak, anna+nowak, "anna OR jan"
        text: String,
        #[command(flatten)]
        options: ListOptions,
    },
    /// Show the customers of a person; add and remove further ones
    Customers {
        /// The login
        login: String,
        /// The ID of a further customer to add; may be given more than once
        #[arg(long, value_name = "ID")]
        add: Vec<String>,
        /// The ID of a further customer to remove; may be given more than once
        #[arg(long, value_name = "ID")]
        remove: Vec<String>,
        #[command(flatten)]
        saving: Saving,
    },
    /// Move a person to another source, such as from LDAP into the database
    #[command(after_help = MOVE_HELP)]
    Move {
        /// The login
        login: String,
        /// The source that is to keep the person, such as CustomerUser1
        #[arg(long, value_name = "SOURCE")]
        to: String,
        /// Make the record also where an earlier read-only source goes on speaking for the login
        #[arg(long)]
        ahead: bool,
        #[command(flatten)]
        set: SetOptions,
        #[command(flatten)]
        saving: Saving,
    },
    /// Set a person's password: asked for, from standard input, or generated
    SetPassword {
        /// The login
        login: String,
        #[command(flatten)]
        password: PasswordOptions,
        #[command(flatten)]
        saving: Saving,
    },
}

/// The common fields of people.
#[derive(Debug, Args)]
pub struct Values {
    /// Title or salutation
    #[arg(long)]
    title: Option<String>,
    /// First name
    #[arg(long)]
    first_name: Option<String>,
    /// Last name
    #[arg(long)]
    last_name: Option<String>,
    /// E-mail address
    #[arg(long)]
    email: Option<String>,
    /// ID of the primary customer
    #[arg(long, value_name = "ID")]
    customer: Option<String>,
    /// Telephone
    #[arg(long)]
    phone: Option<String>,
    /// Fax
    #[arg(long)]
    fax: Option<String>,
    /// Mobile telephone
    #[arg(long)]
    mobile: Option<String>,
    /// Street and number
    #[arg(long)]
    street: Option<String>,
    /// Postal code
    #[arg(long)]
    zip: Option<String>,
    /// Town
    #[arg(long)]
    city: Option<String>,
    /// Country
    #[arg(long)]
    country: Option<String>,
    /// Comment
    #[arg(long)]
    comment: Option<String>,
    #[command(flatten)]
    set: SetOptions,
}

impl Values {
    fn fields(&self, login: Option<String>) -> Result<Fields, Ended> {
        let flags = [
            ("UserLogin", &login),
            ("UserTitle", &self.title),
            ("UserFirstname", &self.first_name),
            ("UserLastname", &self.last_name),
            ("UserEmail", &self.email),
            ("UserCustomerID", &self.customer),
            ("UserPhone", &self.phone),
            ("UserFax", &self.fax),
            ("UserMobile", &self.mobile),
            ("UserStreet", &self.street),
            ("UserZip", &self.zip),
            ("UserCity", &self.city),
            ("UserCountry", &self.country),
            ("UserComment", &self.comment),
        ];
        collect(&self.set, flags)
    }
}

impl Command {
    pub fn json(&self) -> bool {
        match self {
            Self::Add { saving, .. }
            | Self::Customers { saving, .. }
            | Self::Edit { saving, .. }
            | Self::Move { saving, .. }
            | Self::SetPassword { saving, .. } => saving.json,
            Self::List(options) | Self::Search { options, .. } => options.json,
            Self::Show { json, .. } => *json,
        }
    }
}

/// Adds, changes, lists, shows and searches people.
///
/// # Errors
/// As the use cases.
pub async fn run(place: Place, command: Command) -> anyhow::Result<Exit> {
    let directory = opened::directory(&place).await?;
    let outcome = answer(&directory, command).await;
    directory.close().await;
    outcome
}

async fn answer(directory: &Maintenance, command: Command) -> anyhow::Result<Exit> {
    let (operator, kind) = (Actor::operator(), Kind::CustomerUser);
    match command {
        Command::Add {
            login,
            source,
            values,
            password,
            saving,
        } => {
            let wish = password.read()?;
            let mut fields = with_password(values.fields(login)?, &wish);
            valid_unless_said(directory, kind, source.as_deref(), &mut fields);
            let plan = Records::of(directory)
                .plan_create(&operator, kind, source.as_deref(), fields)
                .await?;
            save(directory, plan, saving, &wish).await
        }
        Command::Edit {
            login,
            rename,
            values,
            saving,
        } => {
            let plan = Records::of(directory)
                .plan_update(
                    &operator,
                    kind,
                    &login,
                    named(values.fields(rename)?, "customer-user")?,
                    None,
                )
                .await?;
            save(directory, plan, saving, &Wish::Nothing).await
        }
        Command::List(options) => list(directory, kind, None, &options).await,
        Command::Show { login, json } => show(directory, kind, &login, json).await,
        Command::Search { text, options } => list(directory, kind, Some(text), &options).await,
        Command::Customers {
            login,
            add,
            remove,
            saving,
        } => {
            let wanted = |given: bool| {
                let login = login.clone();
                move |customer: String| Wanted::Customer {
                    login: login.clone(),
                    customer,
                    given,
                }
            };
            let wanted: Vec<Wanted> = add
                .into_iter()
                .map(wanted(true))
                .chain(remove.into_iter().map(wanted(false)))
                .collect();
            match wanted.is_empty() {
                true => customers(directory, &login, saving.json).await,
                false => {
                    directory.wait_for_index().await?;
                    relate(directory, wanted, saving).await
                }
            }
        }
        Command::Move {
            login,
            to,
            ahead,
            set,
            saving,
        } => {
            let fields = collect(&set, [])?;
            let wanted = MoveWanted { to, fields, ahead };
            let plan = Records::of(directory)
                .plan_move(&operator, &login, wanted, None)
                .await?;
            save(directory, plan, saving, &Wish::Nothing).await
        }
        Command::SetPassword {
            login,
            password,
            saving,
        } => {
            let given = match password.read_or_ask()? {
                Wish::Given(password) => Some(password),
                Wish::Generated | Wish::Nothing => None,
            };
            let plan = Records::of(directory)
                .plan_password(&operator, kind, &login, given)
                .await?;
            save(directory, plan, saving, &Wish::Nothing).await
        }
    }
}

/// The customers of a person, and how they belong to them.
async fn customers(directory: &Maintenance, login: &str, as_json: bool) -> anyhow::Result<Exit> {
    let access = Access::of(directory)
        .permissions_of(&Actor::operator(), login)
        .await?;
    if as_json {
        let item = |customer: &CustomerFacts| {
            json!({
                "CustomerID": customer.id, "belonging": customer.belonging, "known": customer.known,
                "valid": customer.valid,
            })
        };
        let items: Vec<_> = access.person.customers.iter().map(item).collect();
        print_json(&json!({"items": items}))?;
        return Ok(Exit::Ok);
    }
    let mut table = Table::new(&["CustomerID", "How", ""]);
    for customer in &access.person.customers {
        let how = match customer.belonging {
            Belonging::Primary => "primary",
            Belonging::Mapped => "in the record",
            Belonging::Further => "further",
        };
        let note = match (customer.known, customer.valid) {
            (false, _) => "no source knows it",
            (_, false) => "not valid",
            _ => "",
        };
        table.row([customer.id.as_str(), how, note]);
    }
    print(&table.to_string())?;
    Ok(Exit::Ok)
}
