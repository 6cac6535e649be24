//! The closed lists of words used here: roles, and how far a grant reaches.

kernel::words! {
    /// What somebody is to the stations within the reach of a grant.
    pub enum Role {
        /// Works at doors and desks.
        Worker = "worker" "社工",
        /// Leads the workers of an area.
        AreaLead = "area_lead" "片区负责人",
        /// Runs a station.
        StationManager = "station_manager" "站长",
        /// Runs stations under contract.
        Operator = "operator" "承办机构",
        /// Organises evaluations.
        Evaluator = "evaluator" "评估方工作人员",
        /// Scores.
        Expert = "expert" "评估专家",
        /// Buys the service.
        StreetOffice = "street_office" "镇街",
        /// Supervises practice.
        SupervisionCentre = "supervision_centre" "督导中心",
        /// Supervises the contract.
        DistrictBureau = "district_bureau" "区民政局",
        /// Sees all districts.
        City = "city" "市民政局",
        /// Keeps accounts.
        SystemAdmin = "system_admin" "系统管理员",
        /// Gives and takes rights.
        SecurityAdmin = "security_admin" "安全管理员",
        /// Reads the audit log.
        AuditAdmin = "audit_admin" "审计管理员",
    }
}

kernel::words! {
    /// How far a grant reaches.
    pub enum Reach {
        /// Everything.
        City = "city" "全市",
        /// The stations of a district.
        District = "district" "区",
        /// The station of a street or town.
        Street = "street" "镇街",
        /// A station.
        Station = "station" "社工站",
        /// An area of a station.
        Area = "area" "片区",
        /// A community.
        Community = "community" "社区",
    }
}

impl Role {
    /// Whether whoever has this role must sign in with a second factor: who evaluates, supervises or administers.
    #[must_use]
    pub const fn needs_second_factor(self) -> bool {
        !matches!(
            self,
            Self::Worker | Self::AreaLead | Self::StationManager | Self::Operator | Self::StreetOffice
        )
    }
}
