//! Values as plain text: what a form, a workbook and a record's field have in common.

use chrono::NaiveDate;

use crate::{Fen, Id};

/// A value with one plain text form: ISO dates, whole numbers, stored words, ids. A value that is absent has none.
pub trait Plain: Sized {
    /// The plain text; `None` for a value that is absent.
    fn plain(&self) -> Option<String>;
    /// From the plain text; `None` where the text is not one of this type's.
    fn of_plain(text: Option<&str>) -> Option<Self>;
}

impl<T: Plain> Plain for Option<T> {
    fn plain(&self) -> Option<String> {
        self.as_ref().and_then(Plain::plain)
    }

    fn of_plain(text: Option<&str>) -> Option<Self> {
        match text {
            None => Some(None),
            some => T::of_plain(some).map(Some),
        }
    }
}

impl Plain for String {
    fn plain(&self) -> Option<String> {
        (!self.is_empty()).then(|| self.clone())
    }

    /// A text that is absent is an empty one.
    fn of_plain(text: Option<&str>) -> Option<Self> {
        Some(text.unwrap_or_default().to_owned())
    }
}

impl Plain for bool {
    fn plain(&self) -> Option<String> {
        Some(if *self { "yes" } else { "no" }.to_owned())
    }

    fn of_plain(text: Option<&str>) -> Option<Self> {
        match text {
            Some("yes") => Some(true),
            Some("no") | None => Some(false),
            Some(_) => None,
        }
    }
}

impl Plain for Fen {
    fn plain(&self) -> Option<String> {
        Some(self.0.to_string())
    }

    fn of_plain(text: Option<&str>) -> Option<Self> {
        text?.parse().ok().map(Self)
    }
}

macro_rules! as_written {
    ($($type:ty),+) => {
        $(impl Plain for $type {
            fn plain(&self) -> Option<String> {
                Some(self.to_string())
            }

            fn of_plain(text: Option<&str>) -> Option<Self> {
                text?.parse().ok()
            }
        })+
    };
}

as_written!(i32, i64, NaiveDate, Id);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let day = NaiveDate::from_ymd_opt(2024, 6, 21);
        assert_eq!(day.plain().as_deref(), Some("2024-06-21"));
        assert_eq!(Option::<NaiveDate>::of_plain(Some("2024-06-21")), Some(day));
        assert_eq!(Option::<NaiveDate>::of_plain(None), Some(None));
        assert_eq!(Option::<NaiveDate>::of_plain(Some("昨天")), None);
        assert_eq!(NaiveDate::of_plain(None), None, "a day that must be there");
        assert_eq!(String::new().plain(), None);
        assert_eq!(String::of_plain(None).as_deref(), Some(""));
        assert_eq!((true.plain().as_deref(), bool::of_plain(Some("no"))), (Some("yes"), Some(false)));
        assert_eq!(Fen::of_plain(Fen(1250).plain().as_deref()), Some(Fen(1250)));
        assert_eq!(i32::of_plain(Some("3.5")), None);
    }
}
