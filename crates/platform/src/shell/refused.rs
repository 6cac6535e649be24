//! A page once more, after one of its small forms was refused: what is wrong stands at its top, and what was typed is not
//! lost. Forms that fill a page say it beside each field ([`FormPage`](super::FormPage)).

use std::sync::Arc;

use axum::http::StatusCode;
use web::form::Wrong;
use web::{Form, Page};

use super::app::{App, Submitted};

/// What was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong.
    pub wrong: Vec<Wrong>,
    /// The sentences that were typed.
    pub typed: Vec<String>,
}

impl Refused {
    /// Of a form. What a button or a list put into it is chosen again quickly, and is not repeated.
    fn of(form: &Form, wrong: Vec<Wrong>) -> Self {
        let sentence = |value: &&str| !value.is_ascii();
        let typed = form.typed().map(|(_, value)| value).filter(sentence).map(str::to_owned).collect();
        Self { wrong, typed }
    }
}

impl Submitted {
    /// Leads on; where fields are wrong, shows the page that the form stands on once more.
    ///
    /// # Errors
    /// The page cannot be shown.
    pub async fn back<F: Future<Output = Page>>(
        self,
        app: &App,
        form: &Form,
        show: impl FnOnce(App) -> F,
    ) -> Page {
        match self {
            Self::Done(answer) => Ok(answer),
            Self::Wrong(wrong) => {
                let mut page = show(app.refusing(Arc::new(Refused::of(form, wrong)))).await?;
                *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
                Ok(page)
            }
        }
    }
}
