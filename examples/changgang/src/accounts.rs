//! The accounts of the sample: one for each role, with passwords and second factors that anybody may read here.
//!
//! Not for any other database: whoever has this file could sign in there.

use db::{Database, DbResult, Tx};
use kernel::{Actor, Id, Moment, Problem};
use platform::access::{self, NewGrant, Reach, Role};
use platform::{areas, staff};
use sha2::{Digest as _, Sha256};

use crate::calendar::START;
use crate::{SEED, STATION};

/// The area of the sample's worker and of its lead.
const AREA: &str = "xiaogang";

/// An account of the sample, as it is printed.
#[derive(Debug, Clone)]
pub struct Account {
    /// The name one signs in with: the role's code.
    pub name: &'static str,
    /// The name for people; where the account is a worker's, that of the worker's record.
    pub display_name: String,
    /// The role.
    pub role: Role,
    /// Where it holds, for people.
    pub scope: String,
    /// The passphrase.
    pub password: String,
    /// The secret of the second factor in base 32, where the role asks for one.
    pub secret: Option<String>,
    worker: Option<Id>,
    grant: NewGrant,
}

impl Account {
    /// The code of the second factor at a moment.
    #[must_use]
    pub fn code(&self, at: Moment) -> Option<String> {
        access::second_code(self.secret.as_deref()?, at)
    }
}

/// The accounts of the sample in the order of the roles, whether they are entered or not.
///
/// # Errors
/// The database does not hold the sample station.
pub fn accounts(tx: &mut Tx<'_>) -> DbResult<Vec<Account>> {
    let ground = Ground::load(tx)?;
    Ok(Role::ALL.iter().enumerate().map(|(index, role)| ground.account(index, *role)).collect())
}

/// Enters those accounts that are missing; how many there were. Passwords are hashed before the transaction that
/// writes: hashing is slow on purpose, and whoever else writes would wait.
///
/// # Errors
/// The database does not hold the sample station, the system gives no chance, or what the database says.
pub fn enter(database: &Database) -> DbResult<usize> {
    let missing = database.read(|tx| {
        let mut missing = accounts(tx)?;
        let known: Vec<String> = access::users(tx)?.into_iter().map(|(user, _)| user.name).collect();
        missing.retain(|account| !known.iter().any(|name| name == account.name));
        DbResult::Ok(missing)
    })?;
    if missing.is_empty() {
        return Ok(0);
    }
    let mut kept = Vec::new();
    for account in &missing {
        kept.push(access::kept_password(&account.password)?);
    }
    database.write(&Actor::Console, |tx| {
        for (account, kept) in missing.iter().zip(&kept) {
            let (name, display_name) = (account.name, &account.display_name);
            let secret = account.secret.as_deref();
            let user = access::sample_user(tx, name, display_name, account.worker, secret, kept)?;
            access::grant(tx, user, &account.grant)?;
        }
        Ok(missing.len())
    })
}

/// What the accounts' scopes and names are made from.
struct Ground {
    station: areas::Station,
    area: areas::Area,
    workers: Vec<staff::Worker>,
}

impl Ground {
    fn load(tx: &mut Tx<'_>) -> DbResult<Self> {
        let now = tx.at();
        let station = areas::station_by_code(tx, STATION, now)?;
        let area = areas::areas(tx, station.id, now)?.into_iter().find(|area| area.code == AREA);
        let area = area.ok_or_else(|| {
            let what = format!("示例社工站没有代码为“{AREA}”的片区");
            Problem::new("unknown_area", what, "请换一个空文件夹重新造示例")
        })?;
        let workers = staff::workers_of(tx, station.id, now)?;
        Ok(Self { station, area, workers })
    }

    fn account(&self, index: usize, role: Role) -> Account {
        let worker = self.worker(role);
        Account {
            name: role.as_str(),
            display_name: worker.map_or_else(|| invented(index), |worker| worker.name.clone()),
            role,
            scope: self.scope(role),
            password: format!("sample-passphrase-{:02}", index + 1),
            secret: role.needs_second_factor().then(|| secret(role)),
            worker: worker.map(|worker| worker.id),
            grant: self.grant(role),
        }
    }

    /// The first of the station's workers whose work is that of the role, of those who have not left.
    fn worker(&self, role: Role) -> Option<&staff::Worker> {
        let (wanted, area) = match role {
            Role::Worker => (staff::Role::Worker, Some(self.area.id)),
            Role::AreaLead => (staff::Role::AreaLead, Some(self.area.id)),
            Role::StationManager => (staff::Role::Manager, None),
            _ => return None,
        };
        let there = self.workers.iter().filter(|worker| worker.role == wanted && worker.left_on.is_none());
        there.filter(|worker| worker.area_id == area).min_by_key(|worker| worker.id)
    }

    fn scope(&self, role: Role) -> String {
        match reach(role) {
            Reach::City => Reach::City.label().to_owned(),
            Reach::District => self.station.district.clone(),
            Reach::Street => format!("{} {}", self.station.district, self.station.street),
            Reach::Station => self.station.name.clone(),
            Reach::Area | Reach::Community => self.area.name.clone(),
        }
    }

    fn grant(&self, role: Role) -> NewGrant {
        let reach = reach(role);
        let named = matches!(reach, Reach::District | Reach::Street);
        let station = matches!(reach, Reach::Station | Reach::Area).then_some(self.station.id);
        NewGrant {
            role,
            reach,
            district: named.then(|| self.station.district.clone()),
            street: (reach == Reach::Street).then(|| self.station.street.clone()),
            station,
            place: if reach == Reach::Area { Some(self.area.id) } else { station },
            from_on: START,
            to_on: None,
        }
    }
}

/// How far each role of the sample reaches.
fn reach(role: Role) -> Reach {
    match role {
        Role::Worker | Role::AreaLead => Reach::Area,
        Role::StationManager | Role::Operator | Role::Evaluator | Role::Expert => Reach::Station,
        Role::StreetOffice => Reach::Street,
        Role::SupervisionCentre | Role::DistrictBureau => Reach::District,
        Role::City | Role::SystemAdmin | Role::SecurityAdmin | Role::AuditAdmin => Reach::City,
    }
}

fn invented(index: usize) -> String {
    const SIGNS: [char; 13] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸', '子', '丑', '寅'];
    format!("示例{}", SIGNS[index % SIGNS.len()])
}

/// The secret of a role's second factor: 160 bits of the sample's seed.
fn secret(role: Role) -> String {
    let digest = Sha256::new().chain_update(SEED).chain_update(b"\0second\0").chain_update(role.as_str());
    access::second_secret(&digest.finalize()[..20])
}
