//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;
use db::Sealed;
use kernel::Id;

db::record! {
    /// A registered volunteer.
    pub struct Volunteer("volunteer") in volunteers {
        /// The name.
        pub name: String [Text],
        /// When registered.
        pub registered_on: NaiveDate [Date],
        /// A telephone number.
        pub phone: Option<Sealed<String>> [Nullable<Binary>],
    }
}

db::record! {
    /// A team of volunteers.
    pub struct VolunteerTeam("volunteer_team") in volunteer_teams {
        /// What it is called.
        pub name: String [Text],
        /// When founded.
        pub founded_on: NaiveDate [Date],
        /// Whether it served in this period.
        pub active: bool [Bool],
    }
}

db::record! {
    /// A volunteer who was assessed and is cultivated as a backbone.
    pub struct Backbone("volunteer_backbone") in volunteer_backbones {
        /// The volunteer.
        pub volunteer_id: Id [Text],
        /// The date of the assessment form.
        pub assessed_on: NaiveDate [Date],
        /// The plan.
        pub cultivation_plan: String [Text],
        /// The last follow-up.
        pub followed_up_on: Option<NaiveDate> [Nullable<Date>],
    }
}

db::record! {
    /// A service event of volunteers.
    pub struct VolunteerService("volunteer_service") in volunteer_services {
        /// The team.
        pub team_id: Option<Id> [Nullable<Text>],
        /// What it was.
        pub name: String [Text],
        /// When.
        pub held_on: NaiveDate [Date],
        /// Volunteers, person-times.
        pub attendances: i32 [Integer],
        /// Hours together.
        pub hours: i32 [Integer],
    }
}
