//! Evaluation schemes on screen: read in plain Chinese, compared, proposed by one person and adopted by another.
//! Not here: what a scheme means (`rules::scoring`) and the files (`library`).

mod pages;
mod routes;
mod store;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub(super) use routes::routes;
pub(super) use store::{adopted, text_of};

crate::verbs! {
    /// To propose that a version of a scheme be adopted.
    pub Propose = "evaluation.propose";
    /// To adopt a version that somebody else proposed.
    pub Adopt = "evaluation.adopt";
}
