//! Working out what a job would do.

use std::time::Duration;

use kartoteka_access::AccessEffects;
use kartoteka_boxed::boxed;
use kartoteka_directory::{Action, Actor, JobChange, Object, Result};
use kartoteka_store::own::job_items::ItemRow;
use tokio::time::Instant;

use super::job::{ItemState, Selected, Selection, Task};
use super::portion::{Portion, size};
use super::preview::{EffectCount, EffectOf, JobPreview, ProblemCount};
use crate::Jobs;

/// How long a preview that is not kept may take.
const PREVIEW_TIMEOUT: Duration = Duration::from_secs(15);

impl JobPreview {
    pub(super) fn add(&mut self, portion: &Portion, effects: &AccessEffects) {
        for outcome in &portion.outcomes {
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
        let (select, items) = match selection {
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
        };
        let task = Task {
            select,
            changes,
            start: false,
        };
        self.previewed(actor, &task, &items).await
    }

    /// What taking a job back would do, without keeping anything.
    ///
    /// # Errors
    /// As [`Jobs::undo_job`].
    #[boxed]
    pub async fn preview_job_undo(self, actor: &Actor, id: i64) -> Result<JobPreview> {
        actor.require(Action::See, Object::Jobs)?;
        self.undoable(id).await?;
        let mut items = vec![];
        let mut after = 0;
        while let Some((rows, last)) = self.changed_items(id, after).await? {
            super::advance::append_undone(&mut items, rows);
            after = last;
        }
        let task = Task {
            select: Selected::Undo,
            changes: vec![],
            start: false,
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
        let settings = self.grants().access_settings().await?;
        let portion = self.work_out(actor, task, items, &settings).await?;
        let effects = self
            .grants()
            .access_effects(&portion.changes, &settings)
            .await?;
        preview.add(&portion, &effects);
        Ok(())
    }
}
