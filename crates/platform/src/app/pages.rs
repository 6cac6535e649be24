//! What the pages of this slice show: one struct for each template.

use askama::Template;
use kernel::{Id, Moment};

use crate::access::Device;
use crate::shell::Frame;

/// The app's page, of which scripts make everything else.
#[derive(Template)]
#[template(path = "app/templates/shell.html")]
pub(super) struct ShellPage {
    pub(super) style: String,
    pub(super) more_style: String,
    pub(super) mark: String,
    pub(super) icon: String,
    pub(super) script: String,
    pub(super) notice: String,
}

/// Devices.
#[derive(Template)]
#[template(path = "app/templates/devices.html")]
pub(super) struct DevicesPage {
    pub(super) frame: Frame,
    pub(super) lines: Vec<DeviceLine>,
    /// Whether this browser is one of them.
    pub(super) this: bool,
    /// Whether they are everybody's.
    pub(super) all: bool,
    pub(super) days: i64,
    pub(super) most: i64,
    /// Whether the other list, of one's own or of everybody's, is theirs to see.
    pub(super) may_other: bool,
    pub(super) key: String,
    pub(super) wrong: Vec<String>,
}

/// A device as shown.
pub(super) struct DeviceLine {
    id: String,
    name: String,
    owner: String,
    agent: String,
    since: String,
    until: String,
    seen: String,
    this: bool,
    state: Option<&'static str>,
}

impl DeviceLine {
    pub(super) fn of(device: &Device, owner: String, this: Option<Id>, now: Moment) -> Self {
        Self {
            id: device.id.to_string(),
            name: device.name.clone(),
            owner,
            agent: device.agent.clone(),
            since: device.made_at.minute(),
            until: device.until.minute(),
            seen: device.seen_at.minute(),
            this: this == Some(device.id),
            state: device.refused(now).map(|code| if code == "device_ended" { "已停用" } else { "已到期" }),
        }
    }
}

/// What waits.
#[derive(Template)]
#[template(path = "app/templates/quarantine.html")]
pub(super) struct QuarantinePage {
    pub(super) frame: Frame,
    pub(super) lines: Vec<WaitingLine>,
}

/// One that waits.
pub(super) struct WaitingLine {
    pub(super) id: String,
    pub(super) household: String,
    pub(super) who: String,
    pub(super) received: String,
}

/// One that waits, with everything in it.
#[derive(Template)]
#[template(path = "app/templates/entry.html")]
pub(super) struct EntryPage {
    pub(super) frame: Frame,
    pub(super) id: String,
    pub(super) who: String,
    pub(super) household: String,
    pub(super) href: String,
    pub(super) received: String,
    pub(super) made: String,
    pub(super) corrects: bool,
    pub(super) photos: usize,
    pub(super) signed: bool,
    /// A visit of the same day that is there already.
    pub(super) doubt: Option<String>,
    pub(super) fields: Vec<(String, String)>,
    /// Label, what stands, what was sent.
    pub(super) differ: Vec<(&'static str, String, String)>,
    pub(super) version: i32,
    pub(super) key: String,
}
