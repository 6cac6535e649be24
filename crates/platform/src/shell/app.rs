//! The site at work: what handlers are given, and how parts become one router.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, FromRequestParts, MatchedPath};
use axum::http::request::Parts;
use axum::http::{Extensions, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::MethodRouter;
use axum::{Extension, Router};
use db::Tx;
use web::form::KEY;
use web::{Assets, Fault, Form, Hosts, Limits, Link, Page, Workers};

use super::frame::{Frame, MenuItem, Standing, fault_page};
use super::leads::{Leads, Waiting};
use super::own::{assets, routes};
use super::refused::Refused;
use super::route::{Needs, Part, matches_pattern, named};
use super::{Site, Trouble, meanwhile};
use crate::access::{self, Asker, Ground, Scope};

/// How many pages are made from the database at once: as many as the database has readers.
const READERS: usize = 4;

/// What a page without files is sent at most, in bytes.
const USUALLY_SENT: usize = 64 << 10;

/// The most that any page may be sent, in bytes: above what a page that takes files takes, so that it can say so.
const MOST_SENT: usize = 64 << 20;

/// The site as a handler is given it: with who asks and by which verb. Cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
    asker: Asker,
    needs: Needs,
    /// What the address of this page names: its path, up to the first part that is a parameter.
    about: Arc<str>,
    /// What was refused of a form on this page.
    refused: Option<Arc<Refused>>,
}

struct Inner {
    site: Site,
    ground: Ground,
    workers: Workers,
    assets: Assets,
    parts: Vec<Part>,
    public: Vec<&'static str>,
    waiting: Waiting,
}

/// What came of a form.
pub enum Submitted {
    /// It was written; where to go from here.
    Done(Response),
    /// Fields are wrong; nothing was written.
    Wrong(Vec<web::form::Wrong>),
}

impl Submitted {
    /// Leads on; where no form can show what is wrong, that becomes a fault.
    ///
    /// # Errors
    /// Fields were wrong.
    pub fn led(self) -> Page {
        match self {
            Self::Done(answer) => Ok(answer),
            Self::Wrong(wrong) => Err(Trouble::Wrong(wrong).into()),
        }
    }
}

impl App {
    /// The site.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.inner.site
    }

    /// What access needs to know of stations.
    #[must_use]
    pub fn ground(&self) -> Ground {
        self.inner.ground
    }

    /// Who asks.
    #[must_use]
    pub fn asker(&self) -> &Asker {
        &self.asker
    }

    /// Where this page's verb is allowed to whoever asks.
    #[must_use]
    pub fn scope(&self) -> Scope {
        match self.needs {
            Needs::Verb(verb) => self.asker.scope(verb),
            Needs::SignedIn | Needs::Nothing => Scope::default(),
        }
    }

    /// Runs work that blocks on a worker thread.
    ///
    /// # Errors
    /// What `work` returns, or that all workers stayed busy.
    pub async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, Fault> {
        let app = self.clone();
        self.inner.workers.run(move || work(&app)).await
    }

    /// Runs work that may take minutes behind the page; nobody waits for it.
    pub fn behind(&self, work: impl FnOnce(&Self) + Send + 'static) {
        let app = self.clone();
        Workers::behind(move || work(&app));
    }

    /// Reads the database on a worker thread, in one transaction that sees one state from beginning to end.
    ///
    /// # Errors
    /// What `work` returns, what the database says, or that all workers stayed busy.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<'_>, &Self) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, Fault> {
        self.work(move |app| app.site().database.read(|tx| work(tx, app))).await
    }

    /// Writes to the database on a worker thread, in one transaction, as whoever asks.
    ///
    /// # Errors
    /// What `work` returns, what the database says, or that all workers stayed busy; nothing is written then.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<'_>, &Self) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, Fault> {
        self.work(move |app| app.write_now(|tx| work(tx, app))).await
    }

    /// The same on this thread, for work that is already on a worker's.
    ///
    /// # Errors
    /// What `work` returns or the database says; nothing is written then.
    pub fn write_now<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T, Trouble>) -> Result<T, Trouble> {
        self.site().database.write(&self.asker.actor(), |tx| {
            tx.set_origin(self.asker.origin());
            work(tx)
        })
    }

    /// Writes what a form asks for, once, however often it is sent, and leads to the address that `work` gives, where
    /// it is said that it was done: “已保存”, or the words of [`Leads`]. Two forms on what one address names are written one
    /// after the other: what `work` reads of it is still so at the commit.
    ///
    /// # Errors
    /// What `work` returns beside wrong fields, or what the database says; nothing is written then.
    pub async fn submit<L: Into<Leads>>(
        &self,
        form: &Form,
        work: impl FnOnce(&mut Tx<'_>, &Self, &Form) -> Result<L, Trouble> + Send + 'static,
    ) -> Result<Submitted, Fault> {
        self.submitted(form, false, work).await
    }

    /// The same with nothing else written meanwhile, for what freezes.
    ///
    /// # Errors
    /// As [`App::submit`]; others wrote for longer than is waited.
    pub async fn submit_alone<L: Into<Leads>>(
        &self,
        form: &Form,
        work: impl FnOnce(&mut Tx<'_>, &Self, &Form) -> Result<L, Trouble> + Send + 'static,
    ) -> Result<Submitted, Fault> {
        self.submitted(form, true, work).await
    }

    async fn submitted<L: Into<Leads>>(
        &self,
        form: &Form,
        alone: bool,
        work: impl FnOnce(&mut Tx<'_>, &Self, &Form) -> Result<L, Trouble> + Send + 'static,
    ) -> Result<Submitted, Fault> {
        let form = form.clone();
        let key = form.text(KEY).to_owned();
        if !(16..=64).contains(&key.len()) {
            let what = "这张表单缺少编号，没有保存";
            return Err(Fault::bad_request("no_key", what, "请回到原来的页面，刷新后重新提交"));
        }
        let user = self.asker.user().map(|user| user.user);
        let done = self.work(move |app| {
            let (database, actor) = (&app.site().database, app.asker.actor());
            let once = |tx: &mut Tx<'_>| {
                tx.set_origin(app.asker.origin());
                tx.hold(&app.about)?;
                let Some(user) = user else { return Ok(work(tx, app, &form)?.into()) };
                if let Some(location) = access::submitted(tx, &key, user)? {
                    return Ok(Leads::silently(location));
                }
                // Before the work: whoever sends the same at the same moment waits here until it is done.
                access::claim(tx, &key, user)?;
                let leads = work(tx, app, &form)?.into();
                access::settle(tx, &key, &leads.to)?;
                Ok(leads)
            };
            let written =
                if alone { database.write_alone(&actor, once) } else { database.write(&actor, once) };
            match written {
                Ok(leads) => Ok(Submitted::Done(app.lead(&leads))),
                Err(Trouble::Db(error)) if sent_meanwhile(&error) => app.earlier(&key, user),
                Err(trouble) => meanwhile::told(&form, trouble).map(Submitted::Wrong),
            }
        });
        done.await
    }

    /// Leads on, with what the next page says.
    fn lead(&self, leads: &Leads) -> Response {
        if let (Some(user), Some(said)) = (self.asker.user(), leads.said.clone()) {
            self.inner.waiting.put(&user.login, said);
        }
        Redirect::to(&leads.to).into_response()
    }

    /// Leads to where the same form led that was sent at the same moment.
    fn earlier(&self, key: &str, user: Option<kernel::Id>) -> Result<Submitted, Trouble> {
        let Some(user) = user else { return Err(Fault::of_status(StatusCode::CONFLICT).into()) };
        match self.site().database.read(|tx| access::submitted(tx, key, user))? {
            Some(location) => Ok(Submitted::Done(Redirect::to(&location).into_response())),
            None => Err(Fault::of_status(StatusCode::CONFLICT).into()),
        }
    }

    /// The frame of a page of the part `current`; without a station for pages that are about none. What was to be said
    /// after a form is taken into it, and said nowhere else.
    #[must_use]
    pub fn frame(&self, current: &str, title: &str, standing: Option<Standing>) -> Frame {
        let query = standing.as_ref().map_or_else(String::new, |standing| format!("?{}", standing.query()));
        let allowed = self.inner.parts.iter().filter(|part| part.in_menu() && part.needs.met(&self.asker));
        let menu = allowed.map(|part| MenuItem::of(part).standing(current, &query)).collect();
        let user = self.asker.user();
        Frame {
            title: title.to_owned(),
            style: self.inner.assets.href("kapok.css"),
            mark: self.inner.assets.href("mark.svg"),
            more_style: None,
            finder: self.inner.assets.href("find.js"),
            menu,
            home: "/".to_owned(),
            standing,
            notice: self.site().sample_notice.clone(),
            refused: self.refused.clone(),
            said: user.and_then(|user| self.inner.waiting.take(&user.login)),
            user: user.map(|user| user.display_name.clone()),
            token: user.map_or_else(String::new, |user| user.token.clone()),
            task: false,
            finds: Needs::Verb("clients.read").met(&self.asker),
        }
    }

    /// The address of a file of the program.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        self.inner.assets.href(name)
    }

    /// Whether a path is one that answers without signing in.
    pub(crate) fn is_public(&self, path: &str) -> bool {
        self.inner.public.iter().any(|pattern| matches_pattern(pattern, path))
    }

    pub(crate) fn asked_by(&self, asker: Asker, needs: Needs) -> Self {
        Self { inner: Arc::clone(&self.inner), asker, needs, about: "".into(), refused: None }
    }

    /// The same, for showing a page once more that says what was wrong with a form on it.
    pub(super) fn refusing(&self, refused: Arc<Refused>) -> Self {
        Self { refused: Some(refused), ..self.clone() }
    }

    fn fault_page(&self, fault: &Fault, answer: &Extensions) -> Option<String> {
        let asker = answer.get::<Asker>().cloned().unwrap_or(Asker::Visitor);
        let app = self.asked_by(asker, Needs::Nothing);
        let frame = app.frame("", &fault.what, None);
        let mut others: Vec<Link> =
            frame.menu.iter().map(|item| Link::new(&item.href, &item.label)).collect();
        if app.asker.user().is_none() {
            others.push(Link::new("/sign-in", "登录"));
        }
        fault_page(frame, fault, others)
    }
}

/// A handler is given the site with who asks, as the gate before it has settled.
impl FromRequestParts<Self> for App {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Self) -> Result<Self, Infallible> {
        let asker = parts.extensions.get::<Asker>().cloned().unwrap_or(Asker::Visitor);
        let needs = parts.extensions.get::<Needs>().copied().unwrap_or(Needs::Nothing);
        let pattern = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
        Ok(Self { about: named(pattern, parts.uri.path()).into(), ..app.asked_by(asker, needs) })
    }
}

/// Puts the parts of a site together.
pub fn assemble(site: Site, ground: Ground, parts: &[Part]) -> Router {
    let routes = routes(parts);
    let public: Vec<&'static str> =
        routes.iter().filter(|route| route.needs == Needs::Nothing).map(|route| route.path).collect();
    let mut patterns: Vec<&'static str> = routes.iter().map(|route| route.path).collect();
    patterns.dedup();
    let hosts = if site.only_local { Hosts::Local } else { Hosts::Any };
    let (workers, assets) = (Workers::new(READERS), assets());
    let waiting = Waiting::default();
    let inner = Inner { site, ground, workers, assets, parts: parts.to_vec(), public, waiting };
    let app = App {
        inner: Arc::new(inner),
        asker: Asker::Visitor,
        needs: Needs::Nothing,
        about: "".into(),
        refused: None,
    };
    let mut router = Router::new();
    let limits = Limits::default();
    for route in routes {
        let time = web::in_time(if route.slow { limits.long } else { limits.time });
        let handler: MethodRouter<App, Infallible> = route.handler.layer(from_fn(access::hold_to));
        let handler: MethodRouter<App, Infallible> = handler.layer(time);
        let gated: MethodRouter<App, Infallible> = handler.layer(Extension(route.needs));
        router = router.route(route.path, gated);
    }
    let frames = app.clone();
    // A page that takes more than the usual lifts this limit for itself, and holds to its own.
    let router = web::take_at_most(router.layer(DefaultBodyLimit::max(USUALLY_SENT)), MOST_SENT)
        .layer(from_fn_with_state(app.clone(), access::identify))
        .with_state(app);
    let frame = move |fault: &Fault, answer: &Extensions| frames.fault_page(fault, answer);
    // An address without parameters before one that it would also fit: `/clients/new` is no household.
    let pattern = move |path: &str| {
        let plain = patterns.iter().find(|pattern| **pattern == path);
        plain.or_else(|| patterns.iter().find(|pattern| matches_pattern(pattern, path))).copied()
    };
    web::protect(router, limits, hosts, frame, pattern)
}

/// Whether a write failed because the same form was being written.
fn sent_meanwhile(error: &db::DbError) -> bool {
    error.constraint().is_some_and(|name| name.starts_with("submissions"))
}
