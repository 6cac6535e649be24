//! What goes over the line, as the app and the server both understand it. Unknown fields are refused, so that nothing
//! that somebody wrote is dropped without a word.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::visits::{FormField, FormSection};

/// Who asks, by which device, and to which key it seals.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Me {
    /// The account.
    pub(super) user: String,
    /// Its name for people.
    pub(super) name: String,
    /// The device.
    pub(super) device: DeviceSaid,
    /// The moment by the server's clock, in milliseconds since 1970-01-01 UTC.
    pub(super) now: u64,
    /// The day that the site is on.
    pub(super) today: String,
    /// To what entries are sealed.
    pub(super) key: KeySaid,
}

/// A device as it is told about itself.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DeviceSaid {
    /// Its id.
    pub(super) id: String,
    /// What its owner calls it.
    pub(super) name: String,
    /// Until when it is trusted, in milliseconds since 1970-01-01 UTC.
    pub(super) until: u64,
}

/// A public key of the server: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, info `kapok app v1`.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct KeySaid {
    /// Its name.
    pub(super) id: String,
    /// The key itself, uncompressed, in hexadecimal.
    pub(super) public: String,
}

/// How a page of a list is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// Where the page before ended: what it said in `next`.
    pub(super) cursor: Option<String>,
    /// How many at most: 100 unless said, 200 at most.
    pub(super) limit: Option<i64>,
}

/// A page of today's list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TodayPage {
    /// The day it is of.
    pub(super) day: String,
    /// The households.
    pub(super) items: Vec<HouseholdSaid>,
    /// The cursor of the next page; none after the last.
    pub(super) next: Option<String>,
}

/// A household with what one must know at its door. Numbers are masked; the door is left out.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HouseholdSaid {
    /// Its id.
    pub(super) household: String,
    /// What it is called.
    pub(super) title: String,
    /// Its file number.
    pub(super) file_number: String,
    /// The community.
    pub(super) community: String,
    /// The building.
    pub(super) address: String,
    /// The service level: `one`, `two`, `three`.
    pub(super) level: Option<String>,
    /// Who lives there.
    pub(super) persons: Vec<PersonSaid>,
    /// The last visit at the door.
    pub(super) last_home: Option<String>,
    /// The last call.
    pub(super) last_phone: Option<String>,
    /// The next contact; none where none is owed.
    pub(super) due: Option<DueSaid>,
    /// What was promised and is not settled.
    pub(super) promised: Vec<PromiseSaid>,
}

/// Something promised to a household.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PromiseSaid {
    /// Its id.
    pub(super) id: String,
    /// What.
    pub(super) what: String,
    /// By which day.
    pub(super) due_on: String,
    /// What has become of it: `open` or `doing`.
    pub(super) state: &'static str,
}

/// A contact that is owed to a household.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DueSaid {
    /// `home` or `phone`.
    pub(super) by: &'static str,
    /// By which day.
    pub(super) on: String,
    /// How many days late; below zero, how many are left.
    pub(super) overdue: i64,
    /// Why, in words.
    pub(super) why: String,
}

/// A person with what one must know at the door.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PersonSaid {
    /// The id.
    pub(super) id: String,
    /// The name.
    pub(super) name: String,
    /// The categories, in words.
    pub(super) categories: Vec<String>,
    /// The telephone number, masked.
    pub(super) phone: Option<String>,
    /// Whether they are under 18.
    pub(super) minor: bool,
}

/// A page of what has changed.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct VisitsPage {
    /// The visits, each in its last version.
    pub(super) items: Vec<VisitSaid>,
    /// From where to ask the next time. It lags half a minute behind, so that a visit may come twice; never not at all.
    pub(super) next: String,
    /// Whether there is more right now.
    pub(super) more: bool,
}

/// A visit as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct VisitSaid {
    /// Its id.
    pub(super) id: String,
    /// The version that stands.
    pub(super) version: i32,
    /// Whether it was withdrawn.
    pub(super) withdrawn: bool,
    /// The household.
    pub(super) household: String,
    /// Its fields, as in the form.
    pub(super) fields: BTreeMap<String, String>,
}

/// The form of a visit, the same as on its page.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FormSaid {
    /// The kind of record.
    pub(super) kind: &'static str,
    /// What it is called.
    pub(super) label: &'static str,
    /// What a new one is asked. Beside these: `promise_` and the id of an earlier promise, with what became of it; `again`
    /// = `yes` for a second visit on one day that is meant.
    pub(super) sections: Vec<FormSection>,
    /// What a correction is asked.
    pub(super) correct: Vec<FormField>,
}

/// Something that was written down on a device.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// Its id, a UUIDv7 made by the device: the idempotency key.
    pub(super) id: String,
    /// `visit`.
    pub(super) kind: String,
    /// The household; entries of one are written in the order in which they were made.
    pub(super) household: String,
    /// The record's id: a new one, made by the device, or the one that is corrected.
    pub(super) record: String,
    /// The version of the record that was corrected; none for a new record.
    #[serde(default)]
    pub(super) base: Option<i32>,
    /// When it was made by the device's clock, in milliseconds since 1970-01-01 UTC.
    pub(super) made_at: i64,
    /// The fields: of a new record as in `sections`, of a correction as in `correct`.
    pub(super) fields: BTreeMap<String, String>,
    /// Photographs, reduced on the device.
    #[serde(default)]
    pub(super) photos: Vec<Photo>,
    /// A signature on the screen, as PNG.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) signature: Option<Photo>,
    /// The entry of the same household that must be written before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) after: Option<String>,
}

/// A picture that goes with an entry.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Photo {
    /// The SHA-256 of its bytes, in hexadecimal.
    pub(super) sha256: String,
    /// Its bytes, in base64.
    pub(super) content: String,
}

/// What a device sends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Push {
    /// Entries, 1 to 50, in the order in which they are to be written.
    pub(super) entries: Vec<Entry>,
}

/// What came of each entry, in the order they were sent.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Pushed {
    /// One for each.
    pub(super) results: Vec<Outcome>,
}

/// What came of an entry.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub(super) struct Outcome {
    /// The entry.
    pub(super) id: String,
    /// `written`, also when it was written before; `waiting` to be accepted; `held` until the one before it is written;
    /// `conflict`: somebody else has changed the record; `refused`.
    pub(super) state: &'static str,
    /// The version of the record: of `written` the one it made, of `conflict` the one that stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<i32>,
    /// Of `conflict`: where both differ. Of `second_visit`: the visit that is there and this one, side by side.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) differ: Vec<Differ>,
    /// Of `conflict`: every field as it stands. Of `second_visit`: the `id` of the one that is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) theirs: Option<BTreeMap<String, String>>,
    /// Of `refused`: the stable code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<&'static str>,
    /// What there is to say of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) said: Vec<Said>,
}

/// Something to say of a field, or of all (`field` is empty then).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Said {
    /// The field.
    pub(super) field: String,
    /// What happened and what to do.
    pub(super) what: String,
}

/// A field with two values.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Differ {
    /// The field.
    pub(super) field: String,
    /// Its label.
    pub(super) label: &'static str,
    /// What stands, in words.
    pub(super) theirs: String,
    /// What was sent, in words.
    pub(super) yours: String,
}

/// Entries that only the server can read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SealedPush {
    /// Envelopes, 1 to 20.
    pub(super) entries: Vec<Envelope>,
}

/// An entry in an envelope. What is inside: `{"device": …, "entry": …}`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Envelope {
    /// The entry's id; the envelope is bound to it.
    pub(super) id: String,
    /// The name of the key it is sealed to.
    pub(super) key: String,
    /// The encapsulated key, in hexadecimal.
    pub(super) enc: String,
    /// The sealed bytes, in base64.
    pub(super) sealed: String,
}

/// What is in an envelope.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Inside {
    pub(super) device: String,
    pub(super) entry: Entry,
}

/// What went wrong (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProblemSaid {
    /// `urn:kapok:problem:` and the code.
    pub(super) r#type: String,
    /// What happened.
    pub(super) title: String,
    /// The status of the answer.
    pub(super) status: u16,
    /// Stable code for programs.
    pub(super) code: String,
    /// What to do about it.
    pub(super) detail: String,
}
