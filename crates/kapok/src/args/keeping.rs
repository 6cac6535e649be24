//! Arguments of the commands that keep a site: serving it, its accounts, its audit log.

use std::net::SocketAddr;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use platform::access::Role;

use super::{Format, Where, date};

/// `kapok serve`.
#[derive(Args)]
pub struct ServeArgs {
    /// Where the data is.
    #[command(flatten)]
    pub place: Where,
    /// 监听地址；不是本机地址时要有 --tls
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// 用 TLS 加密：self 自制证书（放在 DIR/tls），或写出证书和私钥两个 PEM 文件
    #[arg(long, value_name = "self|CERT.pem,KEY.pem", value_parser = tls)]
    pub tls: Option<Tls>,
    /// 自制证书上的名称：别人用来打开网站的主机名或地址；可以写几个
    #[arg(long = "tls-name", value_name = "NAME", requires = "tls", value_parser = host)]
    pub tls_names: Vec<String>,
    /// 外面打开这个网站的网址，例如 https://kapok.example；印在终稿的二维码里，没写就用加密后的监听地址
    #[arg(long, value_name = "URL", env = "KAPOK_ADDRESS", value_parser = address)]
    pub address: Option<String>,
}

/// An address that a phone can open.
pub(super) fn address(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match rest.filter(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace)) {
        Some(_) => Ok(text.trim_end_matches('/').to_owned()),
        None => Err("请写完整的网址，例如 https://kapok.example".to_owned()),
    }
}

/// Which certificate the site shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tls {
    /// One made here.
    Own,
    /// One's own.
    Files {
        /// The certificate and those above it.
        cert: PathBuf,
        /// Its private key.
        key: PathBuf,
    },
}

/// `kapok user`.
#[derive(Args)]
#[command(arg_required_else_help = false)]
pub struct UserArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: UserCommand,
}

/// What can be done with accounts.
#[derive(Subcommand)]
pub enum UserCommand {
    /// 开设账号，授予一个角色，给出设置密码的一次性链接
    #[command(
        after_help = "例子：\n  kapok user add zhang.san --display-name 示例甲 --role worker --scope area:changgang/xiaogang --dir data\n  kapok user add li.si --display-name 示例乙 --role district_bureau --scope district:海珠区 --dir data\n\n角色：worker、area_lead、station_manager、operator、evaluator、expert、street_office、supervision_centre、\n      district_bureau、city、system_admin、security_admin、audit_admin"
    )]
    Add(UserAdd),
    /// 给一个账号新的一次性链接（忘了密码时）
    #[command(after_help = "例子：\n  kapok user invite zhang.san --dir data")]
    Invite(UserInvite),
    /// 列出账号、角色和范围
    #[command(
        after_help = "例子：\n  kapok user list --dir data\n  kapok user list --dir data --format json"
    )]
    List(UserList),
}

/// `kapok user add`.
#[derive(Args)]
pub struct UserAdd {
    /// 登录名：2 到 40 个英文字母、数字或 . _ - @
    #[arg(value_name = "NAME")]
    pub name: String,
    /// 姓名
    #[arg(long, value_name = "姓名")]
    pub display_name: String,
    /// 角色
    #[arg(long, value_name = "ROLE", value_parser = role)]
    pub role: Role,
    /// 角色在哪里有效：city、district:区、street:区/镇街、station:站代码、area:站代码/片区代码、community:站代码/社区代码
    #[arg(long, value_name = "SCOPE", value_parser = scope)]
    pub scope: ScopeArg,
    /// 从哪天起有效，默认为今天
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub from: Option<NaiveDate>,
    /// 从哪天起不再有效，不写就一直有效
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub to: Option<NaiveDate>,
    /// 网站的地址，写了就给出完整的链接，例如 https://192.168.1.5:8443
    #[arg(long, value_name = "URL")]
    pub site: Option<String>,
    /// Where the data is.
    #[command(flatten)]
    pub place: Where,
}

/// `kapok user invite`.
#[derive(Args)]
pub struct UserInvite {
    /// 登录名
    #[arg(value_name = "NAME")]
    pub name: String,
    /// 网站的地址，写了就给出完整的链接，例如 https://192.168.1.5:8443
    #[arg(long, value_name = "URL")]
    pub site: Option<String>,
    /// Where the data is.
    #[command(flatten)]
    pub place: Where,
}

/// `kapok user list`.
#[derive(Args)]
pub struct UserList {
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Where the data is.
    #[command(flatten)]
    pub place: Where,
}

/// Where a role is to hold, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScopeArg {
    /// Everywhere.
    City,
    /// A district, by name.
    District(String),
    /// A district and a street or town in it, by name.
    Street(String, String),
    /// A station, by code.
    Station(String),
    /// A station and an area of it, by code.
    Area(String, String),
    /// A station and a community of it, by code.
    Community(String, String),
}

/// `kapok routes`.
#[derive(Args)]
pub struct RoutesArgs {
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// `kapok audit`.
#[derive(Args)]
#[command(arg_required_else_help = false)]
pub struct AuditArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: AuditCommand,
}

/// What can be done with the audit log.
#[derive(Subcommand)]
pub enum AuditCommand {
    /// 核对审计链：有没有改动、缺行、调换次序、截去末尾；发现问题时退出码为 1
    #[command(
        after_help = "例子：\n  kapok audit verify --dir data\n  kapok audit verify --dir data --against /media/backup/2025-04-10.kapok\n\n不给 --against 时只看数据库本身：整条链或末尾连同封记一起换回从前的样子，看不出来。"
    )]
    Verify(AuditVerify),
    /// 写出每条审计链的链尾，存到别处，以后用 verify --against 核对
    #[command(after_help = "例子：\n  kapok audit heads --dir data > /media/safe/heads-2025-04-10.json")]
    Heads(AuditHeads),
}

/// `kapok audit heads`.
#[derive(Args)]
pub struct AuditHeads {
    /// Where the data is.
    #[command(flatten)]
    pub place: Where,
}

/// `kapok audit verify`.
#[derive(Args)]
pub struct AuditVerify {
    /// 与存在别处的链尾核对：一份备份，或 kapok audit heads 写出的文件
    #[arg(long, value_name = "FILE")]
    pub against: Option<PathBuf>,
    /// Where the data is.
    #[command(flatten)]
    pub place: Where,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// `kapok documents`.
#[derive(Args)]
#[command(arg_required_else_help = false)]
pub struct DocumentsArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: DocumentsCommand,
}

/// What can be done with documents.
#[derive(Subcommand)]
pub enum DocumentsCommand {
    /// 逐份核对上传的文件：有没有缺失、改动过、打不开的；发现问题时退出码为 1
    #[command(after_help = "例子：\n  kapok documents verify --dir data")]
    Verify(DocumentsVerify),
}

/// `kapok documents verify`.
#[derive(Args)]
pub struct DocumentsVerify {
    /// Where the data is.
    #[command(flatten)]
    pub place: Where,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// `kapok backup`.
#[derive(Args)]
pub struct BackupArgs {
    /// 备份写成哪个文件；已有的文件不会被覆盖
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Where the data is.
    #[command(flatten)]
    pub place: Where,
}

/// `kapok export`.
#[derive(Args)]
pub struct ExportArgs {
    /// Where the data is.
    #[command(flatten)]
    pub place: Where,
    /// 社工站代码
    #[arg(long, value_name = "CODE")]
    pub station: String,
    /// 写到哪个文件夹；里面已有文件时不写
    #[arg(long, value_name = "FOLDER")]
    pub out: PathBuf,
    /// 不遮盖证件号、电话、门牌：要再导入另一个数据库时才用，须写理由
    #[arg(long, requires = "reason")]
    pub unmask: bool,
    /// 为什么要完整的证件号和电话；记入审计
    #[arg(long, value_name = "理由", requires = "unmask")]
    pub reason: Option<String>,
}

/// `kapok import`.
#[derive(Args)]
pub struct ImportArgs {
    /// 导出的文件夹
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
    /// Where the data is.
    #[command(flatten)]
    pub place: Where,
}

/// `kapok restore`.
#[derive(Args)]
pub struct RestoreArgs {
    /// 备份文件
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Where the data is to be.
    #[command(flatten)]
    pub place: Where,
}

/// `kapok key`.
#[derive(Args)]
#[command(arg_required_else_help = false)]
pub struct KeyArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: KeyCommand,
}

/// What can be done with the key.
#[derive(Subcommand)]
pub enum KeyCommand {
    /// 更换密钥文件；旧的改名留在旁边，它那时的备份还要用它
    #[command(after_help = "例子：\n  kapok key rotate --dir data")]
    Rotate(KeyRotate),
}

/// `kapok key rotate`.
#[derive(Args)]
pub struct KeyRotate {
    /// Where the data is.
    #[command(flatten)]
    pub place: Where,
}

fn tls(text: &str) -> Result<Tls, String> {
    match text.split_once(',') {
        None if text == "self" => Ok(Tls::Own),
        Some((cert, key)) if !cert.is_empty() && !key.is_empty() => {
            Ok(Tls::Files { cert: cert.into(), key: key.into() })
        }
        _ => Err("写 self，或写“证书.pem,私钥.pem”".to_owned()),
    }
}

fn host(text: &str) -> Result<String, String> {
    let plain = |sign: char| sign.is_ascii_alphanumeric() || ".-:".contains(sign);
    let good = !text.is_empty() && text.len() <= 253 && text.chars().all(plain);
    good.then(|| text.to_owned())
        .ok_or_else(|| "写主机名或地址，例如 192.168.1.5 或 station.example".to_owned())
}

fn role(text: &str) -> Result<Role, String> {
    text.parse().map_err(|_| {
        let known: Vec<String> =
            Role::ALL.iter().map(|role| format!("{} {}", role.as_str(), role.label())).collect();
        format!("没有这个角色。有：{}", known.join("、"))
    })
}

fn scope(text: &str) -> Result<ScopeArg, String> {
    const FORMS: &str = "写 city、district:区、street:区/镇街、station:站代码、area:站代码/片区代码 或 community:站代码/社区代码";
    let (reach, place) = text.split_once(':').unwrap_or((text, ""));
    let one = || if place.is_empty() { Err(FORMS.to_owned()) } else { Ok(place.to_owned()) };
    let two = || match place.split_once('/') {
        Some((outer, inner)) if !outer.is_empty() && !inner.is_empty() => {
            Ok((outer.to_owned(), inner.to_owned()))
        }
        _ => Err(FORMS.to_owned()),
    };
    match reach {
        "city" if place.is_empty() => Ok(ScopeArg::City),
        "district" => Ok(ScopeArg::District(one()?)),
        "station" => Ok(ScopeArg::Station(one()?)),
        "street" => two().map(|(district, street)| ScopeArg::Street(district, street)),
        "area" => two().map(|(station, area)| ScopeArg::Area(station, area)),
        "community" => two().map(|(station, community)| ScopeArg::Community(station, community)),
        _ => Err(FORMS.to_owned()),
    }
}
