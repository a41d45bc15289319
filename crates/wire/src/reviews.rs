//! Reviews, their items and what signing off comes to, as JSON.

use kartoteka_reviews::{OtherGrant, Review, ReviewExport, ReviewItem, ReviewResult, SignOffPlan};
use serde_json::{Value, json};

use crate::access::Reason;
use crate::effects::{self, relation};
use crate::language::Language;
use crate::places::{at_items, mistakes};
use crate::time;

/// A review.
pub fn review(review: &Review) -> Value {
    let counts = &review.counts;
    json!({
        "id": review.id,
        "kind": review.subject.kind().name(),
        "key": review.subject.key(),
        "key_then": review.named,
        "text": review.text,
        "state": review.state.name(),
        "note": review.note,
        "started": time::text(review.started),
        "started_by": review.started_by,
        "beside": review.beside,
        "counts": {
            "items": counts.items,
            "decided": counts.decided(),
            "undecided": counts.undecided,
            "confirm": counts.confirm,
            "revoke": counts.revoke,
        },
        "ended": review.ended.map(time::text),
        "ended_by": some(&review.ended_by),
        "remark": review.remark,
        "result": review.result.as_ref().map(result),
        "digest": review.digest,
        "journal": review.entry,
    })
}

fn result(result: &ReviewResult) -> Value {
    json!({
        "confirmed": result.confirmed,
        "revoked": result.revoked,
        "gone": result.gone(),
        "unreviewed": result.added,
        "lost": result.lost,
        "journal": result.journal.map(|(first, count)| json!({"first": first, "count": count})),
    })
}

/// An item; `open` tells whether its review is.
pub fn item(item: &ReviewItem, open: bool) -> Value {
    let mut document = json!({
        "item": item.seq,
        "key_then": item.named,
        "text": item.text,
        "known": item.known,
        "valid": item.valid,
        "people": item.reach,
        "also": item.also.iter().map(also).collect::<Vec<_>>(),
        "decision": item.decision.name(),
        "comment": item.comment,
        "decided": item.decided.map(time::text),
        "decided_by": some(&item.decided_by),
        "earlier": item.past.iter().map(|past| json!({
            "decision": past.decision.name(), "comment": past.comment, "decided": time::text(past.at),
            "decided_by": past.by,
        })).collect::<Vec<_>>(),
        "version": item.version,
        "outcome": item.outcome.map(|outcome| outcome.name()),
        "given": open.then_some(item.given),
        "refused": item.refused.as_ref().map(|problem| problem.code()),
    });
    if let (Some(members), Value::Object(more)) =
        (document.as_object_mut(), relation(&item.relation))
    {
        members.extend(more);
    }
    document
}

fn also(also: &OtherGrant) -> Value {
    match also {
        OtherGrant::Permission { permission, why } => json!(Reason::of(permission, why)),
        OtherGrant::Belongs { belonging } => json!({"why": "record", "belonging": belonging}),
    }
}

/// A review with all its items.
pub fn export(export: &ReviewExport) -> Value {
    let open = export.review.ended.is_none();
    let items: Vec<Value> = export
        .items
        .iter()
        .map(|one| {
            let mut document = item(one, open);
            // Asked of single pages only.
            document["given"] = Value::Null;
            document
        })
        .collect();
    json!({"review": review(&export.review), "items": items})
}

/// What signing off would come to.
pub fn sign_off(plan: &SignOffPlan, language: Language) -> Value {
    json!({
        "confirmed": plan.confirmed,
        "revoked": plan.revoked.len(),
        "gone": plan.gone,
        "undecided": plan.undecided,
        "unreviewed": plan.added,
        "changes": effects::changes(&plan.relations.changes),
        "effects": effects::document(&plan.relations.effects),
        "seen": plan.seen,
        "errors": mistakes(&at_items(plan.errors.clone()), language),
    })
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
