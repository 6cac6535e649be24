//! The site at work: what handlers are given, and how parts become one router.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::response::Redirect;
use axum::routing::{MethodRouter, get};
use db::Tx;
use web::{Asset, Assets, Fault, Limits, Link, Workers};

use super::frame::{Frame, MenuItem, Standing, fault_page};
use super::{Site, Trouble};

/// How many pages are made from the database at once: as many as the database has readers.
const READERS: usize = 4;

/// The most that any page may be sent, in bytes: above what a page that takes files takes, so that it can say so.
const MOST_SENT: usize = 64 << 20;

/// Files of the program that pages refer to.
const FILES: &[Asset] = &[
    Asset {
        name: "kapok.css",
        content_type: "text/css; charset=utf-8",
        content: include_bytes!("../../../../web/styles/kapok.css"),
    },
    Asset {
        name: "report.css",
        content_type: "text/css; charset=utf-8",
        content: paper::html::REPORT_CSS.as_bytes(),
    },
    Asset {
        name: "mark.svg",
        content_type: "image/svg+xml",
        content: include_bytes!("../../../../web/styles/mark.svg"),
    },
];

/// What a slice brings to the site: an entry of the menu and its pages.
#[derive(Clone, Copy)]
pub struct Part {
    /// Its name: folder and address.
    pub name: &'static str,
    /// The word in the menu.
    pub label: &'static str,
    /// The word under its sign on a phone.
    pub tab: &'static str,
    /// The sign, as the outline of a 20 by 20 drawing.
    pub icon: &'static str,
    /// Its pages.
    pub routes: fn() -> Vec<Route>,
}

/// An address and who answers there.
pub type Route = (&'static str, MethodRouter<App>);

/// The site as handlers are given it. Cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    site: Site,
    workers: Workers,
    assets: Assets,
    menu: Vec<MenuItem>,
}

impl App {
    /// The site.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.inner.site
    }

    /// Reads the database on a worker thread, in one transaction that sees one state from beginning to end.
    ///
    /// # Errors
    /// What `work` returns, what the database says, or that all workers stayed busy.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<'_>, &Self) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, Fault> {
        let app = self.clone();
        self.inner.workers.run(move || app.site().database.read(|tx| work(tx, &app))).await
    }

    /// The frame of a page of the part `current`; without a station for pages that are about none.
    #[must_use]
    pub fn frame(&self, current: &str, title: &str, standing: Option<Standing>) -> Frame {
        let query = standing.as_ref().map_or_else(String::new, |standing| format!("?{}", standing.query()));
        let menu = self.inner.menu.iter().map(|item| item.standing(current, &query)).collect();
        Frame {
            title: title.to_owned(),
            style: self.inner.assets.href("kapok.css"),
            mark: self.inner.assets.href("mark.svg"),
            more_style: None,
            menu,
            home: "/".to_owned(),
            standing,
            notice: self.site().sample_notice.clone(),
        }
    }

    /// The address of a file of the program.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        self.inner.assets.href(name)
    }

    fn fault_page(&self, fault: &Fault) -> Option<String> {
        let others = self.inner.menu.iter().map(|item| Link::new(&item.href, &item.label)).collect();
        fault_page(self.frame("", &fault.what, None), fault, others)
    }
}

/// Puts the parts of a site together. The first is where one arrives.
pub fn assemble(site: Site, parts: &[Part]) -> Router {
    let menu = parts.iter().map(MenuItem::of).collect();
    let inner = Inner { site, workers: Workers::new(READERS), assets: Assets::new(FILES), menu };
    let app = App { inner: Arc::new(inner) };
    let home = parts.first().map_or_else(|| "/".to_owned(), |part| format!("/{}", part.name));
    let arrive = get(move || {
        let home = home.clone();
        async move { Redirect::to(&home) }
    });
    let mut router = Router::new().route("/", arrive).merge(app.inner.assets.routes());
    for (path, handler) in parts.iter().flat_map(|part| (part.routes)()) {
        router = router.route(path, handler);
    }
    let frames = app.clone();
    let usual = Limits::default();
    // A page that takes more than the usual lifts this limit for itself, and holds to its own.
    let router = router.layer(DefaultBodyLimit::max(usual.body)).with_state(app);
    web::protect(router, Limits { body: MOST_SENT, ..usual }, move |fault| frames.fault_page(fault))
}
