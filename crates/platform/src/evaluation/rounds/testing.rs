//! What tests need of rounds.

pub(in crate::evaluation) use super::store::pin;
