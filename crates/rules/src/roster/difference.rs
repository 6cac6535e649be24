//! One difference between the roster and the files: what it is, how it was found, what applying it would do.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{RowRef, State};

kernel::words! {
    /// By which key a row was matched with a file.
    pub enum MatchedBy {
        /// The id on the city's platform.
        PlatformId = "platform_id" "平台编号",
        /// The identity number.
        IdNumber = "id_number" "身份证号",
        /// The file number together with the name.
        FileNumber = "file_number" "档案号和姓名",
        /// The file number alone: a guess, never applied by itself.
        FileNumberAlone = "file_number_alone" "档案号",
        /// Name and community: a guess, never applied by itself.
        NameAndCommunity = "name_and_community" "姓名和社区",
    }
}

kernel::words! {
    /// A field whose value in the file and on the roster may differ.
    pub enum Field {
        /// The name.
        Name = "name" "姓名",
        /// The identity number; its values are never shown in full.
        IdNumber = "id_number" "身份证号",
        /// The id on the city's platform.
        PlatformId = "platform_id" "平台编号",
        /// The number on the household's file.
        FileNumber = "file_number" "档案号",
        /// Whether they live where they are registered.
        Residence = "residence" "人户情况",
        /// The telephone number; its values are never shown in full.
        Phone = "phone" "联系电话",
        /// The service level, where the roster gives one household several.
        ServiceLevel = "service_level" "服务等级",
    }
}

/// What differs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Several files could be meant, or several rows mean one file: a person must decide.
    Ambiguous {
        /// The persons whose files could be meant.
        persons: Vec<String>,
    },
    /// On the roster, without a file.
    New,
    /// On the roster, with a file that is closed.
    FileClosed,
    /// With a file, no longer on the roster.
    Left {
        /// What the roster says; `None` when it does not mention the person.
        state: Option<State>,
        /// Whether the roster mentions anybody of the person's community. If not, it may be a roster of other places.
        community_listed: bool,
    },
    /// The roster says that the person has died; the file is open.
    Deceased,
    /// In another community.
    Moved {
        /// As in the file.
        from: Option<String>,
        /// As on the roster.
        to: String,
    },
    /// Another service level; of the household, once.
    LevelChanged {
        /// The code in the file.
        from: Option<String>,
        /// The code on the roster.
        to: String,
    },
    /// Other categories.
    CategoryChanged {
        /// Codes on the roster only.
        added: BTreeSet<String>,
        /// Codes in the file only.
        removed: BTreeSet<String>,
    },
    /// Another value of a field.
    Conflict {
        /// The field.
        field: Field,
        /// The value in the file as it may be shown; `None` where it is empty.
        file: Option<String>,
        /// The value on the roster as it may be shown, masked where it has to be.
        roster: String,
    },
}

/// A difference. Its key depends on whom it is about and on both values alone: chosen by its key it can be applied
/// later, and is not found again when either side has changed meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// 16 hexadecimal digits, without personal data as long as the caller's keys are hashes; one key, one difference.
    pub key: String,
    /// What differs.
    pub kind: Kind,
    /// The person with the file.
    pub person: Option<String>,
    /// The household with the file; for a new person the one whose file number the roster gives, if it is open.
    pub household: Option<String>,
    /// Where on the roster.
    pub row: Option<RowRef>,
    /// The name: of the roster, else of the file.
    pub name: String,
    /// The community: of the roster, else of the file.
    pub community: Option<String>,
    /// By which key row and file were matched.
    pub matched_by: Option<MatchedBy>,
    /// Since when: the date the roster gives, else today.
    pub effective_on: NaiveDate,
    /// The difference in a sentence.
    pub sentence: String,
    /// What applying it does.
    pub on_apply: String,
}

impl Kind {
    /// A stable word for filters and counts: `new`, `level_changed`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.names().0
    }

    /// The word for people.
    #[must_use]
    pub fn label(&self) -> &'static str {
        self.names().1
    }

    /// Whether it can be applied without a person choosing between files.
    #[must_use]
    pub fn applicable(&self) -> bool {
        !matches!(self, Self::Ambiguous { .. })
    }

    fn names(&self) -> (&'static str, &'static str) {
        match self {
            Self::Ambiguous { .. } => ("ambiguous", "无法确定是哪份档案"),
            Self::New => ("new", "名册有、档案无"),
            Self::FileClosed => ("file_closed", "名册在册、档案已销"),
            Self::Left { .. } => ("left", "档案有、名册无"),
            Self::Deceased => ("deceased", "已死亡"),
            Self::Moved { .. } => ("moved", "社区变更"),
            Self::LevelChanged { .. } => ("level_changed", "服务等级变更"),
            Self::CategoryChanged { .. } => ("category_changed", "类别变更"),
            Self::Conflict { .. } => ("conflict", "内容不一致"),
        }
    }
}
