//! Closed lists of words: one declaration gives the type, its stored form and its Chinese label.

/// Declares an enum stored as text, with a Chinese label for people.
///
/// ```
/// kernel::words! {
///     /// How a visit was made.
///     pub enum VisitKind {
///         /// At the door.
///         Home = "home" "入户探访",
///         /// By telephone.
///         Phone = "phone" "电话访问",
///     }
/// }
/// assert_eq!(VisitKind::Home.as_str(), "home");
/// assert_eq!("phone".parse(), Ok(VisitKind::Phone));
/// assert_eq!(VisitKind::Phone.label(), "电话访问");
/// ```
#[macro_export]
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal $label:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive($crate::diesel::expression::AsExpression, $crate::diesel::deserialize::FromSqlRow)]
        #[diesel(sql_type = $crate::diesel::sql_types::Text)]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// Every word of the list, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stored form.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// Stored forms and labels, in order.
            #[must_use]
            pub fn list() -> Vec<(&'static str, &'static str)> {
                Self::ALL.iter().map(|word| (word.as_str(), word.label())).collect()
            }

            /// The word for people.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                Self::ALL.iter().copied().find(|word| word.as_str() == text).ok_or_else(|| {
                    let known: Vec<_> = Self::ALL.iter().map(|word| word.as_str()).collect();
                    format!("“{text}”不在可用的词中：{}", known.join("、"))
                })
            }
        }

        impl $crate::Plain for $name {
            fn plain(&self) -> Option<String> {
                Some(self.as_str().to_owned())
            }

            fn of_plain(text: Option<&str>) -> Option<Self> {
                text?.parse().ok()
            }
        }

        /// In files and audit lines a word stands in its stored form.
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.label())
            }
        }

        impl<DB: $crate::diesel::backend::Backend> $crate::diesel::deserialize::FromSql<$crate::diesel::sql_types::Text, DB>
            for $name
        where
            String: $crate::diesel::deserialize::FromSql<$crate::diesel::sql_types::Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> $crate::diesel::deserialize::Result<Self> {
                let text = <String as $crate::diesel::deserialize::FromSql<$crate::diesel::sql_types::Text, DB>>::from_sql(bytes)?;
                text.parse().map_err(|wrong: String| wrong.into())
            }
        }

        impl<DB: $crate::diesel::backend::Backend> $crate::diesel::serialize::ToSql<$crate::diesel::sql_types::Text, DB> for $name
        where
            str: $crate::diesel::serialize::ToSql<$crate::diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut $crate::diesel::serialize::Output<'b, '_, DB>) -> $crate::diesel::serialize::Result {
                $crate::diesel::serialize::ToSql::<$crate::diesel::sql_types::Text, DB>::to_sql(self.as_str(), out)
            }
        }
    };
}
