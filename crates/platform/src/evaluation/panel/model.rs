//! The closed lists of words of a panel.

kernel::words! {
    /// From whom it comes that something speaks against somebody.
    pub enum Source {
        /// From themselves.
        Declared = "declared" "本人申报",
        /// From the data.
        Detected = "detected" "数据核出",
        /// From the station.
        Requested = "requested" "本站申请",
        /// From the station, about how the panel works.
        Conduct = "conduct" "对评估工作的意见",
    }
}

kernel::words! {
    /// What was ruled.
    pub enum Ruling {
        /// They recuse themselves; of conduct: it is upheld.
        Granted = "granted" "成立",
        /// It is not enough to keep them from it; of conduct: it is not upheld.
        Refused = "refused" "不成立",
    }
}

kernel::words! {
    /// Why a seat ended.
    pub enum Ending {
        /// Recused by what they declared.
        Declared = "declared" "申报后回避",
        /// Recused by what the data shows.
        Detected = "detected" "核出关系后回避",
        /// Recused on the station's request.
        Requested = "requested" "依申请回避",
        /// Left for another reason.
        Left = "left" "退出",
    }
}

impl Source {
    /// How a seat ends when this is upheld.
    pub(super) const fn ending(self) -> Ending {
        match self {
            Self::Declared => Ending::Declared,
            Self::Detected => Ending::Detected,
            Self::Requested | Self::Conduct => Ending::Requested,
        }
    }
}
