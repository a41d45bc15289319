//! What moving a person from one source to another does, in words.

use kartoteka_directory::{Effect, Kind};

use crate::frame::Frame;

impl Frame {
    /// What people call a source, and its identifier.
    pub fn source_name(&self, id: &str) -> String {
        let sources = self.site.directory.sources(Kind::CustomerUser);
        let known = sources.into_iter().find(|source| source.id == id);
        known.map_or_else(|| id.to_owned(), |one| format!("{} ({id})", one.name))
    }

    /// One sentence for an effect of a move; empty for other effects.
    pub(super) fn move_effect(&self, effect: &Effect) -> String {
        let of = |key: &str, source: &str| self.with(key, "source", self.source_name(source));
        match effect {
            Effect::Moves { from, to } => {
                let (from, to) = (self.source_name(from), self.source_name(to));
                self.with2("effect-moves", "from", &from, "to", &to)
            }
            Effect::RemovesRow { source, together } => match together {
                true => of("effect-removes-row", source),
                false => of("effect-removes-row-afterwards", source),
            },
            Effect::Overwrites { source } => of("effect-overwrites", source),
            Effect::NoPlace { source, fields } => {
                let fields: Vec<String> = fields.iter().map(|one| self.field_name(one)).collect();
                let (source, fields) = (self.source_name(source), fields.join(", "));
                self.with2("effect-no-place", "source", &source, "fields", &fields)
            }
            Effect::LosesColumns { source, columns } => {
                let (source, columns) = (self.source_name(source), columns.join(", "));
                self.with2(
                    "effect-loses-columns",
                    "source",
                    &source,
                    "columns",
                    &columns,
                )
            }
            Effect::CarriesPassword => self.t("effect-carries-password"),
            Effect::LosesPassword => self.t("effect-loses-password"),
            Effect::HasNoPassword => self.t("effect-has-no-password"),
            Effect::Shadows { source } => of("effect-shadows", source),
            Effect::SpeaksLater { source } => of("effect-speaks-later", source),
            _ => String::new(),
        }
    }
}
