//! The telephone app's side of the server: devices, what they fetch and send, and what waits to be accepted.
//! Not here: who is asking (`access`), what a visit is (`visits`), and the app itself (`web/src/app`).

mod api;
mod enter;
mod envelope;
mod form;
mod new;
mod openapi;
mod pages;
mod pull;
mod rate;
mod routes;
mod store;
mod take;
#[cfg(test)]
pub(crate) mod tests;
mod wire;

pub use rate::Rates;
pub use routes::PART;
pub(crate) use store::go_along;
pub use store::waiting_for;
