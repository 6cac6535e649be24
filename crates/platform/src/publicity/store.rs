//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;

use super::model::{MediaLevel, RecognitionKind};

db::record! {
    /// A post on the station's channels.
    pub struct Post("publicity_post") in publicity_posts {
        /// When.
        pub posted_on: NaiveDate [Date],
        /// Where.
        pub channel: String [Text],
        /// Its title.
        pub title: String [Text],
        /// Views, person-times.
        pub views: i32 [Integer],
    }
}

db::record! {
    /// A report by a medium.
    pub struct MediaReport("media_report") in media_reports {
        /// When.
        pub published_on: NaiveDate [Date],
        /// Which medium.
        pub medium: String [Text],
        /// How far it reaches.
        pub level: MediaLevel [Text],
        /// Its title.
        pub title: String [Text],
    }
}

db::record! {
    /// Thanks from people served.
    pub struct Recognition("recognition") in recognitions {
        /// When.
        pub received_on: NaiveDate [Date],
        /// Of which kind.
        pub kind: RecognitionKind [Text],
        /// From whom.
        pub giver: String [Text],
    }
}

db::record! {
    /// Brochures handed out on one day.
    pub struct BrochureRound("brochure_round") in brochure_rounds {
        /// When.
        pub given_on: NaiveDate [Date],
        /// How many.
        pub copies: i32 [Integer],
        /// On what.
        pub topic: String [Text],
    }
}
