//! `kapok serve`: the site, on this machine alone or, over TLS, for the office.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum_server::Handle;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use db::{DbResult, Tx};
use kernel::{Actor, Clock, Problem};
use platform::Site;
use platform::access::{self, NewGrant, Reach, Role};
use tokio::signal::unix::{SignalKind, signal};

use super::user;
use crate::args::ServeArgs;
use crate::output;
use crate::place::{self, Opened};
use crate::tls::{self, Ready};
use crate::trouble::Trouble;

/// How long requests under way may take once the server is told to stop.
const GRACE: Duration = Duration::from_secs(10);
/// How long a connection may take to ask for something at all.
const PATIENCE: Duration = Duration::from_secs(30);

/// The first administrators: accounts are kept by one, roles are given by the other.
const FIRST: [(&str, &str, Role); 2] =
    [("admin", "系统管理员", Role::SystemAdmin), ("security", "安全管理员", Role::SecurityAdmin)];

/// Runs the command until it is interrupted.
pub fn run(args: &ServeArgs) -> Result<bool, Trouble> {
    let loopback = args.listen.ip().is_loopback();
    if !loopback && args.tls.is_none() {
        let what = format!("不加密时只接受本机地址，不接受 {}：密码会在网络上明文传送", args.listen);
        let remedy = "请加上 --tls self（自制证书），或用 127.0.0.1";
        return Err(Problem::new("not_loopback", what, remedy).into());
    }
    let opened = place::open_or_make(&args.place, true)?;
    let tls = tls(args)?;
    let busy = |error: std::io::Error| cannot_listen(args.listen, &error);
    let listener = TcpListener::bind(args.listen).map_err(busy)?;
    listener.set_nonblocking(true).map_err(busy)?;
    let address = listener.local_addr().map_err(busy)?;
    let site = format!("{}://{}", if tls.is_some() { "https" } else { "http" }, shown(address, args));
    let links = first_accounts(&opened)?;
    // What stands in a report is opened elsewhere: an address of this machine alone is none.
    let own = tls.is_some().then(|| site.clone());
    let served = router(args, opened, tls.is_some(), args.address.clone().or(own));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Trouble::with("启动不了", &args.place.dir, &error))?;
    greet(&site, tls.as_ref(), &links);
    runtime.block_on(serve(listener, served, tls)).map_err(busy)?;
    output::print("已停止");
    Ok(false)
}

fn cannot_listen(address: SocketAddr, error: &std::io::Error) -> Trouble {
    let what = format!("不能在 {address} 上监听（{error}）");
    let remedy = "可能已被占用；请换一个端口，例如 --listen 127.0.0.1:8081";
    Problem::new("cannot_listen", what, remedy).into()
}

/// The certificate, with the address listened on among its names.
fn tls(args: &ServeArgs) -> Result<Option<Ready>, Trouble> {
    let Some(tls) = &args.tls else { return Ok(None) };
    let mut names = args.tls_names.clone();
    if !args.listen.ip().is_unspecified() {
        names.push(args.listen.ip().to_string());
    }
    tls::ready(tls, &args.place.dir, &names, Clock::System.now()).map(Some)
}

/// The address as one would type it.
fn shown(address: SocketAddr, args: &ServeArgs) -> String {
    if !address.ip().is_unspecified() {
        return address.to_string();
    }
    match args.tls_names.first() {
        Some(name) if name.contains(':') => format!("[{name}]:{}", address.port()),
        Some(name) => format!("{name}:{}", address.port()),
        None => format!("127.0.0.1:{}", address.port()),
    }
}

fn router(args: &ServeArgs, opened: Opened, secure: bool, address: Option<String>) -> axum::Router {
    let report = args.place.dir.join("report");
    platform::router(Site {
        database: opened.database,
        library: Arc::new(opened.library),
        today: opened.today,
        sample_notice: opened.notice,
        address,
        report_dir: report.is_dir().then_some(report),
        only_local: !secure,
        secure,
    })
}

/// Makes the first administrators where there is no account at all: their names, and the ends of the addresses at
/// which they set their passwords.
fn first_accounts(opened: &Opened) -> Result<Vec<(&'static str, &'static str, String)>, Trouble> {
    if opened.database.read(access::any_user)? {
        return Ok(Vec::new());
    }
    let made = opened.database.write(&Actor::Console, |tx| {
        // Another process may have been first.
        if access::any_user(tx)? {
            return Ok(Vec::new());
        }
        let of = |(name, label, role)| Ok((name, label, administrator(tx, name, label, role)?));
        FIRST.into_iter().map(of).collect::<DbResult<Vec<_>>>()
    })?;
    Ok(made)
}

fn administrator(tx: &mut Tx<'_>, name: &str, label: &str, role: Role) -> DbResult<String> {
    let user = access::add_user(tx, name, label, None)?;
    let (from_on, to_on) = (tx.at().day(), None);
    let everywhere = NewGrant {
        role,
        reach: Reach::City,
        district: None,
        street: None,
        station: None,
        place: None,
        from_on,
        to_on,
    };
    access::grant(tx, user, &everywhere)?;
    access::invite(tx, user)
}

fn greet(site: &str, tls: Option<&Ready>, links: &[(&str, &str, String)]) {
    if !links.is_empty() {
        output::print(
            "这个数据库还没有账号。已开设两位管理员，各有一个一次性链接，三天内有效，请分别交给两个人：",
        );
        for (name, label, token) in links {
            output::print(&format!("  {label} {name}：{}", user::link(Some(site), token)));
        }
        output::print("链接过期或丢失时：kapok user invite 登录名");
    }
    if let Some(ready) = tls {
        output::print(&format!("证书：{}", ready.file.display()));
        output::print(&format!("指纹（SHA-256）：{}", ready.fingerprint));
        if let Some(note) = &ready.note {
            output::print(note);
        }
    }
    output::print(&format!("网站已打开：{site}/  （按 Ctrl-C 停止）"));
}

async fn serve(listener: TcpListener, router: axum::Router, tls: Option<Ready>) -> std::io::Result<()> {
    let handle = Handle::new();
    let stopping = handle.clone();
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::spawn(async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
        stopping.graceful_shutdown(Some(GRACE));
    });
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum_server::from_tcp(listener)?.handle(handle).first_request_timeout(PATIENCE).http1_only();
    match tls {
        Some(ready) => {
            let acceptor = RustlsAcceptor::new(RustlsConfig::from_config(ready.config));
            server.acceptor(acceptor).serve(service).await
        }
        None => server.serve(service).await,
    }
}
