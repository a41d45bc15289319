//! What can be given and taken, to choose from.

use kartoteka_access::Access;
use kartoteka_directory::{Kind, Search, ValidFilter};

use super::rows::RowKind;
use crate::context::Ctx;
use crate::failure::Failure;

/// The most services to choose from.
const MOST_SERVICES: u32 = 10_000;

/// Groups and services by name, with whether they are valid, and the permissions that can be given.
pub struct Offered {
    groups: Vec<(String, bool)>,
    services: Vec<(String, bool)>,
    pub permissions: Vec<String>,
}

impl Offered {
    /// Everything there is.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find(ctx: &Ctx) -> Result<Self, Failure> {
        let groups = Access::of(&ctx.directory).all_groups(&ctx.actor).await?;
        let settings = Access::of(&ctx.directory)
            .access_in_force(&ctx.actor)
            .await?;
        let search = Search {
            valid: ValidFilter::All,
            limit: MOST_SERVICES,
            ..Search::default()
        };
        let services = ctx.directory.search(&ctx.actor, Kind::Service, &search);
        let services = services.await?.rows.into_iter();
        Ok(Self {
            groups: groups
                .into_iter()
                .map(|group| (group.name, group.valid))
                .collect(),
            services: services
                .map(|row| {
                    let valid = row.record.get("ValidID") == "1";
                    (row.key, valid)
                })
                .collect(),
            permissions: settings.permissions,
        })
    }

    /// The kinds of rows, in the order of the form.
    pub fn kinds(&self) -> [RowKind; 3] {
        RowKind::ALL
    }

    /// What can be chosen in a row of a kind; none where it is typed.
    pub fn choices(&self, kind: &RowKind) -> Option<&[(String, bool)]> {
        match kind {
            RowKind::Customer => None,
            RowKind::Group => Some(&self.groups),
            RowKind::Service => Some(&self.services),
        }
    }
}
