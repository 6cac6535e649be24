//! The tables of this slice. All SQL on them is here.

use chrono::NaiveDate;
use kernel::Id;

use super::model::{FeedbackAnswer, FeedbackStep, FindingKind, PanelRole, RoundKind, Stage};

db::record! {
    /// One evaluation of one station.
    pub struct Round("round") in rounds {
        /// Stable code: `changgang-2024-mid`.
        pub code: String [Text],
        /// The contract evaluated.
        pub contract_id: Id [Text],
        /// Mid-term or final.
        pub kind: RoundKind [Text],
        /// How far it is.
        pub stage: Stage [Text],
        /// The scheme's code.
        pub scheme: String [Text],
        /// The code of the round before, where there was one.
        pub previous: Option<String> [Nullable<Text>],
        /// The last day whose records count.
        pub records_until: NaiveDate [Date],
        /// The day on site.
        pub evaluated_on: NaiveDate [Date],
        /// What was known at this moment counts, in UTC microseconds.
        pub known_at: i64 [BigInt],
        /// The third party.
        pub evaluator: String [Text],
        /// The supervision centre.
        pub supervision_centre: String [Text],
    }
}

db::record! {
    /// A member of the panel.
    pub struct PanelMember("panel_member") in panel_members {
        /// The round's code.
        pub round: String [Text],
        /// Stable code within the round.
        pub code: String [Text],
        /// The name.
        pub name: String [Text],
        /// Where from.
        pub organisation: String [Text],
        /// What the member does.
        pub role: PanelRole [Text],
        /// Known for what.
        pub skill: String [Text],
    }
}

db::record! {
    /// A day on site.
    pub struct OnSiteDay("on_site_day") in on_site_days {
        /// The round's code.
        pub round: String [Text],
        /// Which day.
        pub held_on: NaiveDate [Date],
    }
}

db::record! {
    /// The sealed score of one expert for one item.
    pub struct ExpertScore("expert_score") in expert_scores {
        /// The round's code.
        pub round: String [Text],
        /// The expert's code.
        pub expert: String [Text],
        /// The item's code.
        pub item: String [Text],
        /// In hundredths of a point.
        pub score: i64 [BigInt],
        /// When it was sealed.
        pub sealed_on: NaiveDate [Date],
    }
}

db::record! {
    /// The score of a party other than the third party.
    pub struct PartyScore("party_score") in party_scores {
        /// The round's code.
        pub round: String [Text],
        /// The party's code.
        pub party: String [Text],
        /// In hundredths of a point, out of 100 points.
        pub score: i64 [BigInt],
        /// When it was sealed.
        pub sealed_on: NaiveDate [Date],
    }
}

db::record! {
    /// A strength, a concern or a closing recommendation.
    pub struct Finding("finding") in findings {
        /// The round's code.
        pub round: String [Text],
        /// Stable code within the round.
        pub code: String [Text],
        /// Of what kind.
        pub kind: FindingKind [Text],
        /// The code of the section.
        pub section: String [Text],
        /// The area it speaks of.
        pub area_code: Option<String> [Nullable<Text>],
        /// Its place.
        pub position: i32 [Integer],
        /// The wording, with figures as tokens.
        pub text: String [Text],
        /// What is suggested, with figures as tokens.
        pub suggestion: Option<String> [Nullable<Text>],
        /// Figure codes and documents, separated by 、.
        pub evidence: String [Text],
        /// The code of the finding of the round before that has come back.
        pub returns: Option<String> [Nullable<Text>],
        /// Who should put a concern right, as the panel proposes.
        pub owner: Option<String> [Nullable<Text>],
        /// By when, as the panel proposes.
        pub due_on: Option<NaiveDate> [Nullable<Date>],
    }
}

db::record! {
    /// What a party answered.
    pub struct Feedback("feedback") in feedbacks {
        /// The round's code.
        pub round: String [Text],
        /// When.
        pub step: FeedbackStep [Text],
        /// Who.
        pub party: String [Text],
        /// What.
        pub answer: FeedbackAnswer [Text],
        /// When.
        pub answered_on: NaiveDate [Date],
        /// In which words.
        pub note: String [Text],
        /// Who signed it, by name; nobody where nothing was said.
        pub signer: Option<String> [Nullable<Text>],
    }
}

db::record! {
    /// A figure as an earlier issued report printed it.
    pub struct PastFigure("past_figure") in past_figures {
        /// The earlier round's code.
        pub round: String [Text],
        /// The figure's code.
        pub figure: String [Text],
        /// In hundredths.
        pub value: i64 [BigInt],
    }
}

db::record! {
    /// A passage of the report as people want it, instead of the report's own words.
    pub struct ReportWording("report_wording") in report_wordings {
        /// The round's code.
        pub round: String [Text],
        /// The passage's key: `background.lead`.
        pub passage: String [Text],
        /// The report's own words when it was changed.
        pub template: String [Text],
        /// The wording, with figures as tokens.
        pub words: String [Text],
        /// The account of whoever wrote this version.
        pub written_by: Id [Text],
        /// The name of that account.
        pub writer: String [Text],
    }
}

db::record! {
    /// An error of the report's text that somebody lets stand, with a reason.
    pub struct AcceptedError("accepted_error") in accepted_errors {
        /// The round's code.
        pub round: String [Text],
        /// The rule that found it.
        pub rule: String [Text],
        /// What it says; another message is another error.
        pub message: String [Text],
        /// Why it may stand.
        pub reason: String [Text],
        /// The account of whoever accepted it.
        pub accepted_by: Id [Text],
        /// The name of that account.
        pub accepter: String [Text],
        /// The day.
        pub accepted_on: NaiveDate [Date],
    }
}
