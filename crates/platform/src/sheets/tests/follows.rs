//! What is copied from a record is corrected with it.

use super::*;

#[test]
fn attendances_go_with_their_session_and_sessions_with_their_group() {
    on_both(|fresh| {
        let who = manager(fresh, 1);
        let (home, person) = household(fresh, &who, id(1, 11), "单示例", 1);
        let made = made(person, home);
        let mut group = fields(fresh, &made, kind("group"));
        let group_path = who.done("/groups/groups/new", &group);
        let mut session = fields(fresh, &made, kind("group_session"));
        session = with(&session, "group_id", group_path.rsplit('/').next().unwrap());
        let session_path = who.done("/groups/sessions/new", &session);
        let attended = fields(fresh, &made, kind("group_attendance"));
        let attended = with(&attended, "session_id", session_path.rsplit('/').next().unwrap());
        let attended_path = who.done("/groups/attendances/new", &attended);
        let row = || {
            let id: Id = attended_path.rsplit('/').next().unwrap().parse().unwrap();
            fresh.database.read(|tx| (kind("group_attendance").ops.last)(tx, id)).unwrap().unwrap()
        };
        assert_eq!(row().1.text("held_on"), "2024-11-30");
        session.push(("version", "1".to_owned()));
        who.done(&format!("{session_path}/edit"), &with(&session, "held_on", "2024-12-07"));
        let (stamp, after) = row();
        assert_eq!((stamp.version, after.text("held_on")), (2, "2024-12-07"));
        // Another community of the group is another of what belongs to it.
        group.push(("version", "1".to_owned()));
        who.done(&format!("{group_path}/edit"), &with(&group, "community_id", id(1, 21).as_str()));
        let (stamp, after) = row();
        assert_eq!((stamp.version, after.base.community_id), (3, Some(id(1, 21))));
        assert_eq!((after.base.area_id, after.base.worker_id), (Some(id(1, 2)), Some(id(1, 5))));
        // What changes nothing that is copied leaves them alone.
        let (group, session) = (with(&group, "version", "2"), with(&session, "version", "3"));
        let group = with(&with(&group, "community_id", id(1, 21).as_str()), "aim", "另一个目标");
        who.done(&format!("{group_path}/edit"), &group);
        let session = with(&with(&session, "held_on", "2024-12-07"), "note", "另一段记录");
        who.done(&format!("{session_path}/edit"), &session);
        assert_eq!(row().0.version, 3);
        assert_eq!(fresh.database.read(|tx| tx.audit_lines(id(1, 0))).unwrap().1, None);
    });
}
