//! Work that blocks, kept off the threads that answer requests and bounded in number.

use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use tokio::sync::Semaphore;

use crate::Fault;

/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// A bounded number of worker threads. Cheap to clone; clones share the bound.
#[derive(Debug, Clone)]
pub struct Workers {
    places: Arc<Semaphore>,
}

impl Workers {
    /// At most `places` pieces of work at once.
    #[must_use]
    pub fn new(places: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(places)) }
    }

    /// Runs `work` on a thread of its own, however long it takes; nobody waits for it.
    pub fn behind(work: impl FnOnce() + Send + 'static) {
        drop(tokio::task::spawn_blocking(work));
    }

    /// Runs `work` on a worker thread. It is finished even when whoever asked has gone, and holds its place until
    /// then, so that requests given up cannot pile up behind the bound.
    ///
    /// # Errors
    /// What `work` returns; or all places stayed taken for ten seconds; or `work` panicked.
    pub async fn run<T, E>(&self, work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, Fault>
    where
        T: Send + 'static,
        E: Into<Fault> + Send + 'static,
    {
        let place = tokio::time::timeout(PATIENCE, Arc::clone(&self.places).acquire_owned());
        let Ok(Ok(place)) = place.await else {
            let busy = "现在打开的人多，这一页还没排上";
            return Err(Fault::new(StatusCode::SERVICE_UNAVAILABLE, "busy", busy, "请过几秒再试"));
        };
        let done = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(place);
            result
        });
        done.await.map_err(Fault::internal)?.map_err(Into::into)
    }
}
