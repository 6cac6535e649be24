//! Replaying a published sample: each step worked out again and held against what the file says.

use std::collections::{BTreeMap, BTreeSet};

use super::{Published, Seed, allocate, commitment, drawn, frame_digest, replacement};

/// One step, and what differs.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Checked {
    /// What was looked at.
    pub what: &'static str,
    /// What was found, in words.
    pub found: String,
    /// Whether it agrees.
    pub agrees: bool,
}

fn checked(what: &'static str, found: Result<String, String>) -> Checked {
    let agrees = found.is_ok();
    Checked { what, found: found.unwrap_or_else(|differs| differs), agrees }
}

/// Replays a sample. What somebody noted beforehand, commitment and digest of the frame, is held against the file too:
/// without them a file that was written anew from end to end agrees with itself.
#[must_use]
pub fn replay(file: &Published, noted_commitment: Option<&str>, noted_digest: Option<&str>) -> Vec<Checked> {
    let seed = Seed::parse(&file.seed);
    let mut all = vec![checked("种子与承诺", promised(file, seed.as_ref().ok()))];
    if let Some(noted) = noted_commitment {
        all.push(checked("事先记下的承诺", same(noted, &file.commitment)));
    }
    all.push(checked("抽样名单", frame(file)));
    if let Some(noted) = noted_digest {
        all.push(checked("事先记下的名单摘要", same(noted, &file.frame_digest)));
    }
    all.push(checked("样本量与分层", sizes(file)));
    if let Ok(seed) = seed {
        all.push(checked("抽中的人", persons(file, &seed)));
        all.push(checked("替补", replaced(file, &seed)));
    }
    all
}

fn same(noted: &str, there: &str) -> Result<String, String> {
    if noted.trim().eq_ignore_ascii_case(there) {
        return Ok(format!("与文件一致：{there}"));
    }
    Err(format!("记下的是 {}，文件里是 {there}", noted.trim()))
}

fn promised(file: &Published, seed: Option<&Seed>) -> Result<String, String> {
    let Some(seed) = seed else { return Err("种子不是 64 位十六进制数".to_owned()) };
    let found = commitment(seed);
    if found == file.commitment {
        return Ok(format!("种子的 SHA-256 就是 {found}"));
    }
    Err(format!("种子的 SHA-256 是 {found}，承诺的是 {}", file.commitment))
}

fn frame(file: &Published) -> Result<String, String> {
    let mut ids = BTreeSet::new();
    if let Some(twice) = file.frame.iter().find(|member| !ids.insert(member.id.as_str())) {
        return Err(format!("{} 在名单里出现两次", twice.id));
    }
    let found = frame_digest(&file.frame);
    if found == file.frame_digest {
        return Ok(format!("{} 人，SHA-256 {found}", file.frame.len()));
    }
    Err(format!("名单的 SHA-256 是 {found}，文件写的是 {}", file.frame_digest))
}

fn sizes(file: &Published) -> Result<String, String> {
    let there = file.counted();
    let wanted = allocate(&there, file.wanted, &file.allocation).map_err(|problem| problem.to_string())?;
    let name =
        |stratum: &str| if stratum.is_empty() { "全部".to_owned() } else { format!("“{stratum}”") };
    let stated: BTreeMap<&str, (usize, usize)> =
        file.strata.iter().map(|one| (one.name.as_str(), (one.persons, one.drawn))).collect();
    if stated.len() != file.strata.len() {
        return Err("有一层写了两次".to_owned());
    }
    for (stratum, persons) in &there {
        let should = (*persons, wanted.get(stratum).copied().unwrap_or_default());
        let found = stated.get(stratum.as_str()).copied();
        if found != Some(should) {
            let (persons, drawn) = should;
            let stated =
                found.map_or_else(|| "没有写这一层".to_owned(), |(p, d)| format!("写的是 {p} 人抽 {d} 人"));
            return Err(format!("{}有 {persons} 人，应抽 {drawn} 人，文件{stated}", name(stratum)));
        }
    }
    if let Some(more) = stated.keys().find(|stratum| !there.contains_key(**stratum)) {
        return Err(format!("名单里没有{}", name(more)));
    }
    let drawn: usize = wanted.values().sum();
    Ok(format!("{} 层，{} 人里抽 {drawn} 人", there.len(), file.frame.len()))
}

fn persons(file: &Published, seed: &Seed) -> Result<String, String> {
    let there = file.counted();
    let wanted = allocate(&there, file.wanted, &file.allocation).map_err(|problem| problem.to_string())?;
    let found: Vec<&str> =
        drawn(seed, &file.frame, &wanted).into_iter().map(|member| member.id.as_str()).collect();
    if found.len() != file.drawn.len() {
        return Err(format!("应抽中 {} 人，文件列了 {} 人", found.len(), file.drawn.len()));
    }
    match found.iter().zip(&file.drawn).position(|(one, other)| one != other) {
        None => Ok(format!("{} 人，逐个一致", found.len())),
        Some(place) => {
            Err(format!("第 {} 个应是 {}，文件列的是 {}", place + 1, found[place], file.drawn[place]))
        }
    }
}

fn replaced(file: &Published, seed: &Seed) -> Result<String, String> {
    let strata: BTreeMap<&str, &str> =
        file.frame.iter().map(|member| (member.id.as_str(), member.stratum.as_str())).collect();
    let mut used: BTreeSet<&str> = file.drawn.iter().map(String::as_str).collect();
    let mut gone: BTreeSet<&str> = BTreeSet::new();
    for (place, one) in file.replacements.iter().enumerate() {
        let number = place + 1;
        if !used.contains(one.of.as_str()) {
            return Err(format!("第 {number} 次替补换下的 {} 不在样本里", one.of));
        }
        if !gone.insert(&one.of) {
            return Err(format!("第 {number} 次替补换下的 {} 已经换下过", one.of));
        }
        let stratum = strata.get(one.of.as_str()).copied().unwrap_or_default();
        let next = replacement(seed, &file.frame, &used, stratum).map(|member| member.id.as_str());
        if next != Some(one.by.as_str()) {
            let next = next.unwrap_or("没有人，这一层已经用完");
            return Err(format!("第 {number} 次替补按顺序应是 {next}，文件列的是 {}", one.by));
        }
        used.insert(&one.by);
    }
    Ok(format!("{} 人，逐个一致", file.replacements.len()))
}
