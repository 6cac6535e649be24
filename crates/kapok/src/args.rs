//! The command line: what can be asked, with examples, and refusals in Chinese.

mod keeping;
mod reading;

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, Parser, Subcommand, ValueEnum};

pub use keeping::{
    AuditArgs, AuditCommand, AuditHeads, AuditVerify, BackupArgs, DocumentsArgs, DocumentsCommand,
    DocumentsVerify, ExportArgs, ImportArgs, KeyArgs, KeyCommand, KeyRotate, RestoreArgs, RoutesArgs,
    ScopeArg, ServeArgs, Tls, UserAdd, UserArgs, UserCommand, UserInvite, UserList,
};
pub use reading::{
    By, CheckArgs, FigureArgs, IndicatorsArgs, Paper, ReportArgs, ResultArgs, SampleArgs, SampleCommand,
    SampleVerify, VerifyArgs,
};

/// The whole command line.
#[derive(Parser)]
#[command(
    name = "kapok",
    version,
    about = "Kapok 红棉：社工服务站的日常记录与评估",
    long_about = "Kapok 红棉：社工服务站的日常记录与评估。报告里的每个数字都由记录数出来，一条命令就能看到是哪些记录。",
    after_help = "例子：\n  kapok demo --dir demo                                   造一个示例社工站并出具中期评估报告\n  kapok indicators --dir demo --station changgang         看协议指标完成情况\n  kapok figure --dir demo --station changgang home_visits --by area\n  kapok verify demo/report/manifest.json --dir demo       核对报告\n\n退出码：0 正常；1 发现有出入；2 用法或输入有误。",
    disable_help_subcommand = true
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What can be asked.
#[derive(Subcommand)]
pub enum Command {
    /// 造一个示例社工站，数出全部数字，出具中期评估报告；再次运行不改动任何内容
    #[command(
        after_help = "例子：\n  kapok demo --dir demo\n  kapok demo --database-url postgres://localhost/kapok --dir demo"
    )]
    Demo(Where),
    /// 协议指标：完成率、时间进度、预计期末、状态
    #[command(
        after_help = "例子：\n  kapok indicators --dir demo --station changgang\n  kapok indicators --dir demo --station changgang --as-of 2024-09-30 --format json"
    )]
    Indicators(IndicatorsArgs),
    /// 一个数字：它的值、由哪些记录数出、按片区社区社工月份分列
    #[command(
        after_help = "例子：\n  kapok figure --dir demo --station changgang home_visits\n  kapok figure --dir demo --station changgang phone_visits --by area\n  kapok figure --dir demo --station changgang staff.retention_percent --list --format json"
    )]
    Figure(FigureArgs),
    /// 评估结果：从专家评分到总分与等级的每一步
    #[command(
        after_help = "例子：\n  kapok result --dir demo --round changgang-2024-mid\n  kapok result --dir demo --round changgang-2024-mid --format json"
    )]
    Result(ResultArgs),
    /// 出具评估报告：PDF、DOCX、HTML、XLSX，连同清单和记录
    #[command(
        after_help = "例子：\n  kapok report --dir demo --round changgang-2024-mid --out report\n  kapok report --dir demo --round changgang-2024-mid --out report --formats pdf,docx"
    )]
    Report(ReportArgs),
    /// 核对报告：按清单和记录重算每个数字、每个文件；给出数据库时逐条列出此后的变动
    #[command(
        after_help = "例子：\n  kapok verify demo/report/manifest.json\n  kapok verify demo/report/manifest.json --dir demo"
    )]
    Verify(VerifyArgs),
    /// 满意度抽样：核对
    Sample(SampleArgs),
    /// 核验任何一份评估报告的文字：哪些话不可能同时成立
    #[command(
        after_help = "例子：\n  kapok check report.docx\n  kapok check report.pdf --format json\n  kapok check --explain total\n\n读 .docx .pdf .md .txt。退出码：0 没有发现；1 有发现；2 读不了。"
    )]
    Check(CheckArgs),
    /// 打开网站：登录、指标进度、每个数字的记录、评估报告、账号
    #[command(
        after_help = "例子：\n  kapok serve --dir data                                          只在本机打开\n  kapok serve --dir data --listen 0.0.0.0:8443 --tls self --tls-name 192.168.1.5\n  kapok serve --dir data --listen 0.0.0.0:443 --tls cert.pem,key.pem\n\n数据库里还没有账号时，开设第一位系统管理员 admin 和安全管理员 security，各给一个一次性链接。"
    )]
    Serve(ServeArgs),
    /// 账号：开设、给新的登录链接、列出
    User(UserArgs),
    /// 审计记录：核对，写出链尾
    Audit(AuditArgs),
    /// 上传的文件：核对
    Documents(DocumentsArgs),
    /// 备份：整个数据库连同上传的文件写成一个加密的文件，网站不用停
    #[command(
        after_help = "例子：\n  kapok backup /media/backup/2025-04-10.kapok --dir data\n\n备份要用当时的密钥文件才能打开：密钥文件另外保管，不要和备份放在一起。"
    )]
    Backup(BackupArgs),
    /// 恢复：把备份连同上传的文件恢复到空文件夹或空的 PostgreSQL 数据库，要么全部，要么什么也不留
    #[command(
        after_help = "例子：\n  kapok restore 2025-04-10.kapok --dir restored --key /media/key/kapok.key"
    )]
    Restore(RestoreArgs),
    /// 导出：一个社工站的全部记录，每种一个工作簿；证件号、电话、门牌默认遮盖
    #[command(
        after_help = "例子：\n  kapok export --dir data --station changgang --out folder\n  kapok export --dir data --station changgang --out folder --unmask --reason 迁到新服务器\n\n遮盖过的不能再导入；不遮盖的含完整的证件号和电话，请妥善保管。每次导出都记入审计。"
    )]
    Export(ExportArgs),
    /// 导入：把导出的文件夹写进另一个数据库，要么全部，要么什么也不写
    #[command(
        after_help = "例子：\n  kapok import folder --dir data\n  kapok import folder --database-url postgres://localhost/kapok --dir data"
    )]
    Import(ImportArgs),
    /// 密钥：更换
    Key(KeyArgs),
    /// 列出网站的全部地址：方法、路径、所需权限、是否写入
    #[command(after_help = "例子：\n  kapok routes\n  kapok routes --format json")]
    Routes(RoutesArgs),
}

/// Where the data is.
#[derive(Args, Clone)]
pub struct Where {
    /// 存放数据的文件夹：数据库、密钥、指标体系、报告
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
    /// 改用 PostgreSQL：postgres://用户:密码@主机/库名；密钥、报告与上传的文件仍放在 --dir
    #[arg(long, value_name = "URL")]
    pub database_url: Option<String>,
    /// 存放上传文件的文件夹，默认为 DIR/files
    #[arg(long, value_name = "DIR", env = "KAPOK_FILES")]
    pub files: Option<PathBuf>,
    /// 密钥文件，默认为 DIR/kapok.key
    #[arg(long, value_name = "FILE", env = "KAPOK_KEY_FILE")]
    pub key: Option<PathBuf>,
}

/// How to print.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

fn date(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(|_| "写成年-月-日，例如 2024-12-31".to_owned())
}

/// Prints help as asked for, or says in Chinese what is wrong with the arguments.
pub fn refuse(error: &clap::Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let what = match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::UnknownArgument => {
            format!("没有 {argument} 这个选项{}", suggestion(&context(ContextKind::SuggestedArg)))
        }
        ErrorKind::InvalidSubcommand => {
            let suggested = suggestion(&context(ContextKind::SuggestedSubcommand));
            format!("没有 {} 这个命令{suggested}", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面要写一个值"),
        ErrorKind::InvalidValue => {
            format!("{argument} 不能是“{value}”，可以是：{}", context(ContextKind::ValidValue))
        }
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            format!("{argument} 的“{value}”不对：{why}")
        }
        ErrorKind::ArgumentConflict => {
            format!("{argument} 不能与 {} 同时使用", context(ContextKind::PriorArg))
        }
        ErrorKind::MissingSubcommand => {
            let (command, known) =
                (context(ContextKind::InvalidSubcommand), context(ContextKind::ValidSubcommand));
            format!("{command} 后面还要写做什么：{known}")
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "要做什么？请写一个命令，例如 kapok demo --dir demo".to_owned()
        }
        _ => error.to_string(),
    };
    eprintln!("用法有误：{what}。看用法：kapok --help");
    ExitCode::from(2)
}

fn suggestion(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!("，是不是 {name}？") }
}
