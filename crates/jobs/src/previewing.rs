//! Working out what a job would do.

use std::time::Duration;

use kartoteka_access::AccessEffects;
use kartoteka_boxed::boxed;
use kartoteka_directory::{Action, Actor, Change, Error, JobChange, Object, Result};
use kartoteka_store::own::job_items::{self, ItemRow, JobItemFilter};
use tokio::time::Instant;

use super::field_change::FieldChange;
use super::job::{ItemState, JobItem, Selected, Selection, Task};
use super::ordered::Ordered;
use super::portion::{Outcome, size};
use super::preview::{EffectCount, EffectOf, JobPreview, ProblemCount};
use crate::Jobs;

/// How long a preview that is not kept may take.
const PREVIEW_TIMEOUT: Duration = Duration::from_secs(15);

/// The most people whose changes are worked out for one page.
const MOST_PLANNED: u32 = 200;

impl JobPreview {
    pub(super) fn add(&mut self, outcomes: &[Outcome], effects: &AccessEffects) {
        for outcome in outcomes {
            self.looked += 1;
            match outcome.state {
                ItemState::Changed => self.changed += 1,
                ItemState::Already => self.already += 1,
                ItemState::Refused | ItemState::Waiting => self.refused += 1,
            }
            for problem in &outcome.problems {
                match self.problems.iter_mut().find(|one| one.problem == *problem) {
                    Some(known) => known.people += 1,
                    None => self.problems.push(ProblemCount {
                        problem: problem.clone(),
                        people: 1,
                    }),
                }
            }
        }
        let permissions = effects.permissions.iter().map(|effect| {
            let of = EffectOf::Permission {
                group: effect.group.clone(),
                permission: effect.permission.clone(),
            };
            (of, effect.gained, effect.people.len())
        });
        let customers = effects.customers.iter().map(|effect| {
            let of = EffectOf::Customer {
                customer: effect.customer.clone(),
            };
            (of, effect.gained, effect.people.len())
        });
        let services = effects.services.iter().map(|effect| {
            let of = EffectOf::Service {
                service: effect.service.clone(),
            };
            (of, effect.gained, effect.people.len())
        });
        for (of, gained, people) in customers.chain(permissions).chain(services) {
            let people = people as u64;
            let known = self
                .effects
                .iter_mut()
                .find(|one| one.of == of && one.gained == gained);
            match known {
                // A portion has its people for itself, so that nobody is counted twice.
                Some(known) => known.people += people,
                None => self.effects.push(EffectCount { of, gained, people }),
            }
        }
    }
}

impl Jobs<'_> {
    /// What a job would do, without keeping anything. Roles as for giving and taking by hand.
    ///
    /// # Errors
    /// As [`Jobs::make_job`].
    #[boxed]
    pub async fn preview_job(
        self,
        actor: &Actor,
        selection: Selection,
        changes: Vec<JobChange>,
    ) -> Result<JobPreview> {
        self.check_job(actor, &selection, &changes).await?;
        let (select, items) = self.all_of(selection).await?;
        let task = Task {
            changes,
            ..Task::of_people(select, false)
        };
        self.previewed(actor, &task, &items).await
    }

    /// What a job that changes fields would do, without keeping anything.
    ///
    /// # Errors
    /// As [`Jobs::make_field_job`].
    #[boxed]
    pub async fn preview_field_job(
        self,
        actor: &Actor,
        selection: Selection,
        fields: Vec<FieldChange>,
    ) -> Result<JobPreview> {
        self.check_field_job(actor, &selection, &fields)?;
        let (select, items) = self.all_of(selection).await?;
        let task = Task {
            fields,
            ..Task::of_people(select, false)
        };
        self.previewed(actor, &task, &items).await
    }

    /// What a planned job that changes fields would change, for so many people after one: each with the values before
    /// and after. Role: editor.
    ///
    /// # Errors
    /// `Unknown`; when a source or the database does not answer.
    #[boxed]
    pub async fn planned_changes(
        self,
        actor: &Actor,
        id: i64,
        after: i64,
        limit: u32,
    ) -> Result<Vec<(JobItem, Vec<Change>)>> {
        actor.require(Action::See, Object::Jobs)?;
        let row = self.job_row(id).await?;
        let task = Task::of(&row)?;
        let by = self.actor_now(&Ordered::of(&row)?).await?;
        let Some(by) = by.filter(|_| task.changes_records()) else {
            return Ok(vec![]);
        };
        let asked = JobItemFilter {
            job: id,
            state: None,
            after,
            limit: limit.min(MOST_PLANNED),
        };
        let items = job_items::find(self.directory.home(), asked).await;
        let mut planned = vec![];
        for item in items.map_err(Error::home)? {
            let person = self.plan_person(&by, &task, &item).await?;
            let changes = person.changes();
            let item = JobItem::of(item)?;
            planned.push((
                JobItem {
                    login: person.outcome.login,
                    state: person.outcome.state,
                    problems: person.outcome.problems,
                    ..item
                },
                changes,
            ));
        }
        Ok(planned)
    }

    /// Everybody of a selection.
    async fn all_of(self, selection: Selection) -> Result<(Selected, Vec<ItemRow>)> {
        Ok(match selection {
            Selection::Logins(logins) => (Selected::Logins, super::make::items(&logins)),
            Selection::Search(search) => {
                let mut items = vec![];
                let mut place = None;
                loop {
                    let page = self.found_keys(&search, place.as_ref()).await?;
                    super::advance::append(&mut items, page.keys);
                    place = page.next;
                    if place.is_none() {
                        break;
                    }
                }
                (Selected::Search { search }, items)
            }
        })
    }

    /// What taking a job back would do, without keeping anything.
    ///
    /// # Errors
    /// As [`Jobs::undo_job`].
    #[boxed]
    pub async fn preview_job_undo(self, actor: &Actor, id: i64) -> Result<JobPreview> {
        actor.require(Action::See, Object::Jobs)?;
        let undoes_fields = self.undoable(id).await?.changes_records;
        let mut items = vec![];
        let mut after = 0;
        while let Some((rows, last)) = self.changed_items(id, after).await? {
            super::advance::append_undone(&mut items, rows);
            after = last;
        }
        let task = Task {
            undoes_fields,
            ..Task::of_people(Selected::Undo, false)
        };
        self.previewed(actor, &task, &items).await
    }

    async fn previewed(self, actor: &Actor, task: &Task, items: &[ItemRow]) -> Result<JobPreview> {
        let begun = Instant::now();
        let mut preview = JobPreview {
            total: items.len() as u64,
            ..JobPreview::default()
        };
        for items in items.chunks(size(task) as usize) {
            if begun.elapsed() > PREVIEW_TIMEOUT {
                break;
            }
            self.look_at(actor, task, items, &mut preview).await?;
        }
        Ok(preview)
    }

    /// Adds what a portion would come to.
    pub(super) async fn look_at(
        self,
        actor: &Actor,
        task: &Task,
        items: &[ItemRow],
        preview: &mut JobPreview,
    ) -> Result<()> {
        if task.changes_records() {
            for item in items {
                let person = self.plan_person(actor, task, item).await?;
                preview.add(&[person.outcome], &AccessEffects::default());
            }
            return Ok(());
        }
        let settings = self.grants().access_settings().await?;
        let portion = self.work_out(actor, task, items, &settings).await?;
        let effects = self
            .grants()
            .access_effects(&portion.changes, &settings)
            .await?;
        preview.add(&portion.outcomes, &effects);
        Ok(())
    }
}
