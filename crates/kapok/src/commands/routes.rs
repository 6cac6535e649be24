//! `kapok routes`: every address of the site, with the verb it needs.

use platform::shell::{Needs, Route};
use serde_json::{Value, json};

use crate::args::{Format, RoutesArgs};
use crate::output;
use crate::trouble::Trouble;

/// Runs the command.
pub fn run(args: &RoutesArgs) -> Result<bool, Trouble> {
    let routes = platform::routes();
    match args.format {
        Format::Json => output::json(&routes.iter().map(object).collect::<Vec<_>>())?,
        Format::Text => {
            let rows = routes.iter().map(row).collect();
            output::print(&output::table(&["方法", "路径", "权限", "写入"], &[], rows));
        }
    }
    Ok(false)
}

fn object(route: &Route) -> Value {
    json!({
        "method": route.method.as_str(),
        "path": route.path,
        "needs": route.needs.word(),
        "writes": route.writes,
        "audits": route.audits,
        "public": route.needs == Needs::Nothing,
    })
}

fn row(route: &Route) -> Vec<String> {
    let needs = match route.needs {
        Needs::Nothing => "不用登录".to_owned(),
        Needs::SignedIn => "登录即可".to_owned(),
        Needs::Verb(verb) => verb.to_owned(),
    };
    let writes = match (route.writes, route.audits) {
        (true, _) => "是",
        (false, true) => "只留审计",
        (false, false) => "",
    };
    vec![route.method.to_string(), route.path.to_owned(), needs, writes.to_owned()]
}
