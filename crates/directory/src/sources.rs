//! The configured sources, and single records out of them.

use kartoteka_model::{Field, Record, Selections};

use crate::plan::Version;

/// A configured source, as forms and lists need it.
#[derive(Debug, Clone)]
pub struct SourceInfo {
    pub id: String,
    pub name: String,
    pub writable: bool,
    /// The fields in the order of forms, secrets included (their values never are).
    pub fields: Vec<FieldShape>,
    pub selections: Selections,
    /// Logins are generated when they are left empty.
    pub auto_login: bool,
    /// The primary customer has to exist.
    pub customer_support: bool,
}

/// A field with what a form has to know of it.
#[derive(Debug, Clone)]
pub struct FieldShape {
    pub field: Field,
    /// The most characters that its column holds.
    pub max_length: Option<usize>,
    pub secret: bool,
}

/// A single record with what goes with it.
#[derive(Debug, Clone)]
pub struct Found {
    /// The key, as stored.
    pub key: String,
    pub source: String,
    /// The record's own fields, and `CreateTime`, `CreateBy`, `ChangeTime`, `ChangeBy` where the table has them.
    pub record: Record,
    pub version: Version,
    /// OTOBO's `UserFullname`; the name of a customer.
    pub full_name: String,
    /// OTOBO's `UserMailString`: `"Anna Nowak" <anna@…>`.
    pub text: String,
    pub writable: bool,
    /// The primary customer of a person, if it is known.
    pub customer: Option<Record>,
}

impl crate::Directory {
    /// The record with this key, valid or not. Role: reader.
    pub async fn find(&self, actor: &crate::Actor, kind: crate::Kind, key: &str) -> crate::Result<Found> {
        let _ = (actor, kind, key);
        todo!()
    }

    /// The sources of a kind in their order; for agents the one table that they are in.
    pub fn sources(&self, kind: crate::Kind) -> Vec<SourceInfo> {
        let _ = kind;
        todo!()
    }

    /// Everything OTOBO's `CustomerUserDataGet` and `CustomerCompanyGet` answer: the record, names, preferences and
    /// customer data of a person, without secrets. Role: reader.
    pub async fn full_record(&self, actor: &crate::Actor, kind: crate::Kind, key: &str) -> crate::Result<Record> {
        let _ = (actor, kind, key);
        todo!()
    }
}
