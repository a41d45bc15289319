//! The fields of all sources, in their order, with where each is set.

use askama::Template;
use kartoteka_directory::{Action, Kind, Object};
use kartoteka_fields::{FieldMaps, FieldOrigin, FieldRow, FieldsShown, SourceFields};
use kartoteka_model::{FieldKind, Shown};

use crate::context::{Ctx, Outcome};
use crate::frame::Frame;

pub(super) const PATH: &str = "/settings/fields";

#[derive(Template)]
#[template(path = "settings/fields.html")]
struct FieldsPage {
    page: Frame,
    shown: FieldsShown,
}

impl FieldsPage {
    fn title(&self, source: &SourceFields) -> String {
        let key = match source.of {
            Kind::Customer => "fieldmap-of-customers",
            _ => "fieldmap-of-people",
        };
        self.page.with2(key, "name", &source.name, "id", &source.id)
    }

    fn edit(&self, source: &SourceFields, field: &FieldRow) -> String {
        self.page.url(&path_of(&self.page, &source.id, &field.name))
    }

    fn add(&self, source: &SourceFields) -> String {
        let source = self.page.part(&source.id);
        self.page.url(&format!("{PATH}/add/{source}"))
    }

    fn back(&self, source: &SourceFields, name: &str) -> String {
        format!("{}?name={}", self.add(source), self.page.part(name))
    }

    fn label(&self, field: &FieldRow) -> String {
        let own = field.labels.get(self.page.language.code());
        own.cloned()
            .unwrap_or_else(|| self.page.label(&field.label))
    }

    fn kind(&self, field: &FieldRow) -> String {
        kind(&self.page, field.kind)
    }

    fn shown_in(&self, field: &FieldRow) -> String {
        shown(&self.page, field.shown)
    }

    fn origin(&self, field: &FieldRow) -> String {
        origin(&self.page, field)
    }

    fn is_at_work(&self) -> bool {
        self.shown.refused.is_none() && self.shown.in_force != self.shown.number
    }
}

pub(super) fn path_of(page: &Frame, source: &str, name: &str) -> String {
    format!("{PATH}/{}/{}", page.part(source), page.part(name))
}

pub(super) fn kind(page: &Frame, kind: FieldKind) -> String {
    page.t(match kind {
        FieldKind::Var => "fieldmap-type-var",
        FieldKind::Int => "fieldmap-type-int",
        FieldKind::DynamicField => "fieldmap-type-dynamic",
    })
}

pub(super) fn shown(page: &Frame, shown: Shown) -> String {
    page.t(match shown {
        Shown::Never => "fieldmap-shown-never",
        Shown::Always => "fieldmap-shown-always",
        Shown::AlsoLite => "fieldmap-shown-also-lite",
    })
}

pub(super) fn origin(page: &Frame, field: &FieldRow) -> String {
    match (field.origin, &field.variable) {
        (FieldOrigin::Environment, Some(variable)) => {
            page.with("access-in-variable", "variable", variable)
        }
        (FieldOrigin::File | FieldOrigin::Environment, _) => page.t("access-in-file"),
        (FieldOrigin::Below, _) => page.t("fieldmap-origin-below"),
        (FieldOrigin::Changed, _) => page.t("fieldmap-origin-changed"),
        (FieldOrigin::Added, _) => page.t("fieldmap-origin-added"),
    }
}

pub(super) async fn list(ctx: Ctx) -> Outcome {
    ctx.require(Action::Change, Object::Settings)?;
    let shown = FieldMaps::of(&ctx.directory)
        .fields_shown(&ctx.actor)
        .await?;
    let page = ctx
        .frame(ctx.t("fieldmap-title"))
        .group(ctx.t("nav-group-system"));
    ctx.render(&FieldsPage { page, shown })
}
