//! Arguments of the commands that read: figures, results, reports, checks.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};

use super::{Format, Where, date};

/// `kapok indicators`.
#[derive(Args)]
pub struct IndicatorsArgs {
    /// Where the data is.
    #[command(flatten)]
    pub place: Where,
    /// 社工站代码
    #[arg(long, value_name = "CODE")]
    pub station: String,
    /// 数据截止日，默认为今天（示例数据库为它自己的日期）
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<NaiveDate>,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// `kapok figure`.
#[derive(Args)]
pub struct FigureArgs {
    /// Where the data is.
    #[command(flatten)]
    pub place: Where,
    /// 社工站代码
    #[arg(long, value_name = "CODE")]
    pub station: String,
    /// 数字的代码，例如 home_visits、registry.files
    #[arg(value_name = "RULE")]
    pub rule: String,
    /// 数据截止日，默认为今天（示例数据库为它自己的日期）
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<NaiveDate>,
    /// 分列
    #[arg(long, value_enum)]
    pub by: Option<By>,
    /// 列出所计的记录
    #[arg(long, conflicts_with = "by")]
    pub list: bool,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// By what a figure is broken down.
#[derive(ValueEnum, Clone, Copy)]
pub enum By {
    /// 片区
    Area,
    /// 社区
    Community,
    /// 社工
    Worker,
    /// 月份
    Month,
}

/// `kapok result`.
#[derive(Args)]
pub struct ResultArgs {
    /// Where the data is.
    #[command(flatten)]
    pub place: Where,
    /// 评估轮次代码
    #[arg(long, value_name = "CODE")]
    pub round: String,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// `kapok report`.
#[derive(Args)]
pub struct ReportArgs {
    /// Where the data is.
    #[command(flatten)]
    pub place: Where,
    /// 评估轮次代码
    #[arg(long, value_name = "CODE")]
    pub round: String,
    /// 写到哪个文件夹
    #[arg(long, value_name = "DIR2")]
    pub out: PathBuf,
    /// 要哪些格式
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [Paper::Pdf, Paper::Docx, Paper::Html, Paper::Xlsx])]
    pub formats: Vec<Paper>,
    /// 外面打开网站的网址，印在终稿的二维码里
    #[arg(long, value_name = "URL", env = "KAPOK_ADDRESS", value_parser = super::keeping::address)]
    pub address: Option<String>,
}

/// A format of the report.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 签字盖章用
    Pdf,
    /// 修改用
    Docx,
    /// 阅读用，每个数字都是链接
    Html,
    /// 附件与全部表格
    Xlsx,
}

/// `kapok verify`.
#[derive(Args)]
pub struct VerifyArgs {
    /// 报告旁的 manifest.json，或一轮的归档 archive.zip
    #[arg(value_name = "MANIFEST")]
    pub manifest: PathBuf,
    /// 存放数据的文件夹；给出时还要逐条列出报告出具以后的变动
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// 改用 PostgreSQL
    #[arg(long, value_name = "URL")]
    pub database_url: Option<String>,
    /// 密钥文件，默认为 DIR/kapok.key
    #[arg(long, value_name = "FILE", env = "KAPOK_KEY_FILE")]
    pub key: Option<PathBuf>,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// `kapok sample`.
#[derive(Args)]
pub struct SampleArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: SampleCommand,
}

/// What can be done with a published sample.
#[derive(Subcommand)]
pub enum SampleCommand {
    /// 核对满意度抽样：用公布的种子重抽一遍，逐步说明相符还是不符；不需要数据库
    #[command(
        after_help = "例子：\n  kapok sample verify sample.json\n  kapok sample verify sample.json --commitment 9f86d0…\n\n退出码：0 全部相符；1 有不符；2 文件读不了。"
    )]
    Verify(SampleVerify),
}

/// `kapok sample verify`.
#[derive(Args)]
pub struct SampleVerify {
    /// 公布的样本文件
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// 抽样以前公布、您自己记下的种子承诺（64 位）
    #[arg(long, value_name = "SHA256")]
    pub commitment: Option<String>,
    /// 抽样以前您自己记下的名单摘要（64 位）
    #[arg(long, value_name = "SHA256")]
    pub frame: Option<String>,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// `kapok check`.
#[derive(Args)]
pub struct CheckArgs {
    /// 要核验的报告：.docx、.pdf、.md 或 .txt
    #[arg(value_name = "FILE", required_unless_present = "explain")]
    pub file: Option<PathBuf>,
    /// 说明一条核验规则
    #[arg(long, value_name = "RULE", conflicts_with = "file")]
    pub explain: Option<String>,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}
