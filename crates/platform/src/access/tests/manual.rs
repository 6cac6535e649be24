//! `docs/manual/roles.md` is printed from the table of verbs: this holds the one to the other.

use std::fmt::Write as _;
use std::path::Path;

use super::super::verbs::PartVerbs;
use super::super::{NOBODY, OWN, PART_VERBS, Role};

const INTRO: &str = "# 角色与权限

这一页由程序里的权限表印出，不是手写的：改了权限表而没有重印这一页，测试就不通过。

每一项授权都有**角色**和**范围**（全市、区、镇街、社工站、片区、社区）。下面的表说的是：有这个角色的人，在自己的范围以内能做什么。范围以外的，列表里没有，直接打开地址也打不开。一个账号可以有几项授权，各按各的范围算。

授予和收回角色由安全管理员办理，开设和停用账号由系统管理员办理，审计记录由审计管理员查看：三者应是三个人。谁也不能给自己授予角色，也不能停用自己的账号。
";

#[test]
fn the_manual_says_what_the_table_of_verbs_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/manual/roles.md");
    let printed = printed();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &printed).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == printed,
        "docs/manual/roles.md is not what the table says: run this test with UPDATE_DOCS=1"
    );
}

fn printed() -> String {
    let mut text = INTRO.to_owned();
    text.push_str("\n## 角色\n\n| 角色 | 登录时要第二道验证 |\n|---|---|\n");
    for role in Role::ALL {
        let second = if role.needs_second_factor() { "要" } else { "可以不设" };
        let _ = writeln!(text, "| {} | {second} |", role.label());
    }
    let parts = |of: fn(&PartVerbs) -> &'static [Role]| {
        PART_VERBS.iter().map(move |part| (label(part.part), of(part))).collect::<Vec<_>>()
    };
    table(&mut text, "看记录", &parts(|part| part.read));
    table(&mut text, "录入和更正记录", &parts(|part| part.record));
    table(&mut text, "作废记录（写明理由，历史仍可查）", &parts(|part| part.withdraw));
    let own: Vec<(String, &[Role])> =
        OWN.iter().filter(|own| own.name != NOBODY).map(|own| (own.label.to_owned(), own.roles)).collect();
    table(&mut text, "其他", &own);
    let nobody = OWN.iter().filter(|own| own.roles.is_empty());
    text.push_str("\n## 谁也没有的权限\n\n");
    for own in nobody {
        let _ = writeln!(text, "- {}", own.label);
    }
    text
}

fn table(text: &mut String, heading: &str, rows: &[(String, &[Role])]) {
    let roles: Vec<&str> = Role::ALL.iter().map(|role| role.label()).collect();
    let _ =
        write!(text, "\n## {heading}\n\n| | {} |\n|---|{}\n", roles.join(" | "), ":-:|".repeat(roles.len()));
    for (label, allowed) in rows {
        let marks: Vec<&str> =
            Role::ALL.iter().map(|role| if allowed.contains(role) { "●" } else { "" }).collect();
        let _ = writeln!(text, "| {label} | {} |", marks.join(" | "));
    }
}

fn label(part: &str) -> String {
    let slice = crate::SLICES.iter().find(|slice| slice.name == part);
    slice.unwrap_or_else(|| panic!("{part} is no slice")).label.to_owned()
}
