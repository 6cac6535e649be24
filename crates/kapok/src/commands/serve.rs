//! `kapok serve`: the site, read-only and on this machine alone until people can sign in.

use std::sync::Arc;

use kernel::Problem;
use platform::Site;
use tokio::net::TcpListener;

use crate::args::ServeArgs;
use crate::output;
use crate::place;
use crate::trouble::Trouble;

/// Runs the command until it is interrupted.
pub fn run(args: &ServeArgs) -> Result<bool, Trouble> {
    if !args.listen.ip().is_loopback() {
        let problem = Problem::new(
            "not_loopback",
            format!("目前还不能登录，所以只接受本机地址，不接受 {}", args.listen),
            "请用 127.0.0.1 或 [::1]",
        );
        return Err(problem.into());
    }
    let opened = place::open_or_make(&args.place, true)?;
    let report = args.place.dir.join("report");
    let site = Site {
        database: opened.database,
        library: Arc::new(opened.library),
        today: opened.today,
        sample_notice: opened.notice,
        report_dir: report.is_dir().then_some(report),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Trouble::with("启动不了", &args.place.dir, &error))?;
    runtime.block_on(serve(args, site))?;
    Ok(false)
}

async fn serve(args: &ServeArgs, site: Site) -> Result<(), Trouble> {
    let busy = |error: std::io::Error| {
        let what = format!("不能在 {} 上监听（{error}）", args.listen);
        Trouble::from(Problem::new(
            "cannot_listen",
            what,
            "可能已被占用；请换一个端口，例如 --listen 127.0.0.1:8081",
        ))
    };
    let listener = TcpListener::bind(args.listen).await.map_err(busy)?;
    let address = listener.local_addr().map_err(busy)?;
    output::print(&format!("网站已打开：http://{address}/  （按 Ctrl-C 停止）"));
    let stop = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    axum::serve(listener, platform::router(site)).with_graceful_shutdown(stop).await.map_err(busy)
}
