//! How often one may ask: a bucket for each device and, where nobody is known, for each address. In this program's
//! memory: several programs behind a proxy each have their own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use kernel::Moment;
use web::Fault;

/// How many may ask at once, and how many more each minute.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rate {
    pub(super) burst: i64,
    pub(super) a_minute: i64,
}

/// Of a device: a day's entries at once, then twice a second.
pub(super) const DEVICE: Rate = Rate { burst: 240, a_minute: 120 };
/// Of an address from which sealed entries are sent in without signing in.
pub(super) const STRANGER: Rate = Rate { burst: 30, a_minute: 20 };

/// After how many buckets those that are full again are forgotten.
const MOST: usize = 10_000;
const MINUTE: i64 = 60_000_000;

/// The buckets. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Rates(Arc<Mutex<HashMap<String, Bucket>>>);

#[derive(Debug, Clone, Copy)]
struct Bucket {
    /// What is left, in millionths of a minute's share times the rate.
    left: i64,
    at: i64,
}

impl Rates {
    /// Takes one from a bucket.
    ///
    /// # Errors
    /// It is empty: after how many seconds one may ask again.
    #[expect(clippy::result_large_err, reason = "the answer is sent at once, and seldom")]
    pub(super) fn take(&self, who: &str, rate: Rate, now: Moment) -> Result<(), Response> {
        let full = rate.burst * MINUTE;
        let mut buckets = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if buckets.len() >= MOST {
            buckets.retain(|_, bucket| now.micros() - bucket.at < rate.burst * MINUTE / rate.a_minute);
        }
        let bucket = buckets.entry(who.to_owned()).or_insert(Bucket { left: full, at: now.micros() });
        let passed = (now.micros() - bucket.at).max(0);
        bucket.left = full.min(bucket.left.saturating_add(passed.saturating_mul(rate.a_minute)));
        bucket.at = now.micros();
        if bucket.left >= MINUTE {
            bucket.left -= MINUTE;
            return Ok(());
        }
        let seconds = (MINUTE - bucket.left) / rate.a_minute / 1_000_000 + 1;
        Err(too_often(seconds))
    }
}

fn too_often(seconds: i64) -> Response {
    let what = "请求太密，这一次没有办理";
    let fault =
        Fault::new(StatusCode::TOO_MANY_REQUESTS, "too_often", what, format!("请过 {seconds} 秒再试"));
    let mut answer = fault.into_response();
    answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let (rates, rate) = (Rates::default(), Rate { burst: 3, a_minute: 60 });
        let at = |seconds: i64| Moment::from_micros(seconds * 1_000_000);
        for (second, taken) in [(0, true), (0, true), (0, true), (0, false), (1, true), (1, false), (9, true)]
        {
            assert_eq!(rates.take("a", rate, at(second)).is_ok(), taken, "second {second}");
        }
        assert!(rates.take("b", rate, at(1)).is_ok(), "another one waits for the first");
        let answer = rates.take("a", Rate { burst: 0, a_minute: 60 }, at(9)).unwrap_err();
        assert_eq!(answer.headers()["retry-after"], "2");
    }
}
