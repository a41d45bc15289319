//! Whose permissions grow or shrink when a record is saved, by the same engine as every other answer.

use std::collections::BTreeSet;

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::{SourceHandle, is_valid, own_customer_ids};
use kartoteka_directory::{Effect, Error, Kind, Result};
use kartoteka_model::Validity;
use kartoteka_model::access::{AccessSettings, Belonging, Group};
use kartoteka_model::text::{lower, same_key};
use kartoteka_records::{Plan, RecordPlan};
use kartoteka_store::access;

use crate::Access;
use crate::plan::tally::{LISTED, Tally};

/// Pages of people who are looked at to name the first of them.
const MOST_PAGES: usize = 12;

impl Access<'_> {
    /// Adds to a plan whose permissions grow or shrink by it, for those who look before they save: when a person becomes
    /// valid or invalid or gets other customers; when a customer becomes valid or invalid or gets another ID, which not
    /// all of its people may follow; when a group becomes valid or invalid or gets another name. It looks at nobody but
    /// the person, the people of the customer, or those who have the group; saving does without.
    ///
    /// # Errors
    /// When a source does not answer.
    #[boxed]
    pub async fn preview(self, plan: Plan) -> Result<Plan> {
        if !plan.errors.is_empty() {
            return Ok(plan);
        }
        let effects = match plan.kind {
            Kind::CustomerUser | Kind::Customer => {
                let handle = self.directory.source(plan.kind, Some(&plan.source))?;
                match plan.kind {
                    Kind::Customer => self.customer_effects(&plan, handle).await?,
                    _ => self.person_effects(&plan, handle).await?,
                }
            }
            Kind::Group => self.group_effects_of(&plan).await?,
            Kind::Agent | Kind::Service => vec![],
        };
        let known = |effect: &Effect| matches!(effect, Effect::ChangesPermission { .. });
        let mut plan = self.directory.open(plan);
        plan.effects.retain(|effect| !known(effect));
        plan.effects.extend(effects);
        Ok(self.directory.seal(plan))
    }

    async fn person_effects(self, plan: &RecordPlan, handle: &SourceHandle) -> Result<Vec<Effect>> {
        // Somebody who moves is before as another source says.
        let was = self
            .directory
            .source(plan.kind, Some(plan.source_before()))?;
        let (Some(record), Some(people), Some(before)) =
            (&plan.before, &handle.people, &was.people)
        else {
            return Ok(vec![]);
        };
        // Nothing changes yet where another source goes on speaking.
        let later = |effect: &Effect| matches!(effect, Effect::SpeaksLater { .. });
        if plan.effects.iter().any(later) {
            return Ok(vec![]);
        }
        let (named, will) = (
            own_customer_ids(before, record),
            own_customer_ids(people, &plan.after),
        );
        let valid = is_valid(handle, &plan.after);
        if is_valid(was, record) == valid && named == will {
            return Ok(vec![]);
        }
        let login = was.key_of(record);
        let before = self.person_facts(login).await?;
        let mut after = before.clone();
        after.valid = valid;
        if named != will {
            let primary = plan.after.get("UserCustomerID");
            let mut ids: Vec<(String, Belonging)> = will
                .into_iter()
                .map(|id| match same_key(&id, primary) {
                    true => (id, Belonging::Primary),
                    false => (id, Belonging::Mapped),
                })
                .collect();
            let further =
                access::further_customers(self.directory.home(), &[login.to_owned()]).await;
            for (row, id) in further.map_err(Error::home)? {
                let known = ids.iter().any(|(known, _)| same_key(known, &id));
                if same_key(&row, login) && !known {
                    ids.push((id, Belonging::Further));
                }
            }
            after.customers = self.grants().customers_facts(ids).await?;
        }
        let settings = self.grants().access_settings().await?;
        let groups = access::groups(self.directory.home(), self.directory.collation())
            .await
            .map_err(Error::home)?;
        let mut tally = Tally::new(&groups, &settings);
        let customer = Some(lower(plan.after.get("UserCustomerID")));
        tally.compare(
            &plan.key,
            customer.filter(|id| !id.is_empty()),
            &before,
            &after,
        );
        Ok(tally.effects())
    }

    /// What saving a group does to permissions: when it becomes valid or invalid, or comes to be, or no longer is, one
    /// that everybody has, since those are known by their names. Counted, with the first people who gain or lose.
    async fn group_effects_of(self, plan: &RecordPlan) -> Result<Vec<Effect>> {
        let groups = access::groups(self.directory.home(), self.directory.collation())
            .await
            .map_err(Error::home)?;
        let stored = plan.before.as_ref().and_then(|before| {
            let name = before.get("Name");
            groups.into_iter().find(|group| group.name == name)
        });
        let after = Group {
            // Nothing is given yet in a new one.
            id: stored.as_ref().map_or(0, |group| group.id),
            name: plan.after.get("Name").to_owned(),
            valid: Validity::parse(plan.after.get("ValidID")) == Some(Validity::Valid),
        };
        let before = stored.unwrap_or_else(|| Group {
            valid: false,
            ..after.clone()
        });
        let settings = self.grants().access_settings().await?;
        let same = before.valid == after.valid
            && settings.is_always(&before.name) == settings.is_always(&after.name)
            && settings.is_company_always(&before.name) == settings.is_company_always(&after.name);
        if same {
            return Ok(vec![]);
        }
        self.directory.sync_indexes().await?;
        let mut effects = vec![];
        for permission in &settings.permissions {
            let had = self.count_in_group(&before, permission, &settings).await?;
            let will = self.count_in_group(&after, permission, &settings).await?;
            if had == will {
                continue;
            }
            // Who has it in one state has it in the other, too: everybody, all of customers, or those to whom it is
            // given.
            let (more, fewer) = match will > had {
                true => (&after, &before),
                false => (&before, &after),
            };
            effects.push(Effect::ChangesPermission {
                group: after.name.clone(),
                permission: permission.clone(),
                gained: will > had,
                people: had.abs_diff(will),
                customers: None,
                logins: self.only_in(more, fewer, permission, &settings).await?,
            });
        }
        Ok(effects)
    }

    /// The first people who have a permission in one state of a group and not in another.
    async fn only_in(
        self,
        group: &Group,
        other: &Group,
        permission: &str,
        settings: &AccessSettings,
    ) -> Result<Vec<String>> {
        let mut logins = vec![];
        let mut place: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let wanted = LISTED as u32 * 4;
            let found = self
                .holders_after(group, permission, settings, place.as_deref(), wanted)
                .await?;
            let Some((last, _)) = found.last() else { break };
            place = Some(last.key.clone());
            let ended = found.len() < wanted as usize;
            let people: Vec<_> = found.into_iter().map(|(member, _)| member).collect();
            let both = self.in_group(other, settings, people.clone()).await?;
            let both = both
                .into_iter()
                .filter(|(_, access)| access.holds(permission));
            let both: BTreeSet<String> = both.map(|(member, _)| member.key).collect();
            let keys = people.into_iter().map(|member| member.key);
            logins.extend(keys.filter(|key| !both.contains(key)));
            if ended || logins.len() >= LISTED {
                break;
            }
        }
        logins.truncate(LISTED);
        Ok(logins)
    }
}
