//! The few words every other crate speaks: ids, days and periods, money, percent, the clock, the actor, problems.
