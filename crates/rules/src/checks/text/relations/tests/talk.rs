//! What reports tell in the words of talk, and what stands chapters apart: lengths, partitions, means of columns, extremes by name, rates of scores, distances, sums,
//! days late, lines announced, abstracts, 元 for 万元, words twice, shares of a far whole, prices.

use crate::checks::text::{Text, check};

/// The first text of each pair draws nothing, the second a finding that says this.
fn pairs(cases: &[(String, String, &str)]) {
    let messages = |text: &str| -> Vec<String> {
        check(&Text::from_plain(text)).findings.into_iter().map(|f| f.message).collect()
    };
    for (holds, broken, part) in cases {
        assert_eq!(messages(holds), Vec::<String>::new(), "{holds}");
        let found = messages(broken);
        assert!(found.iter().any(|m| m.contains(part)), "{broken}\nfound {found:#?}");
    }
}

fn pair(text: &str, right: &str, wrong: &str, part: &'static str) -> (String, String, &'static str) {
    (text.replace('#', right), text.replace('#', wrong), part)
}

#[test]
fn lengths_of_time() {
    pairs(&[
        pair("专家组2024年3月18日进驻，3月20日撤离，现场工作为期#。", "三天", "五天", "共3天"),
        pair("项目从2022年9月1日开始，到2024年8月31日结束，前后#个月。", "24", "18", "24个月"),
        pair("执行期自2023年3月1日起，至2024年2月29日止，满#年。", "一", "两", "共1年"),
        pair(
            "| 步骤 | 时间 |\n|---|---|\n| 材料初审 | 2024年7月8日至7月12日 |\n| 现场评估 | 2024年7月16日至7月18日 |\n\n现场评估历时#天。",
            "3",
            "5",
            "共3天",
        ),
    ]);
}

#[test]
fn partitions_and_sums() {
    pairs(&[
        pair(
            "项目结束时在册62位老人。家属都说在册62位老人得到照顾。\n\n若按年龄看，不满七十岁的8位，七十到七十九岁的29位，八十岁及以上的#位。",
            "25",
            "28",
            "8+29+28=65",
        ),
        pair(
            "走访486户次，一季度221户次；走的都是谁家呢：独居老人138户次、残疾人家庭67户次、低保户92户次、其他居民#户次。",
            "189",
            "198",
            "文中为",
        ),
        pair(
            "讲走访技巧来14人，讲个案记录来13人，讲志愿者管理来14人。三次加一块儿#人。",
            "41",
            "47",
            "14+13+14=41",
        ),
        pair(
            "一级36人（20.0%），二级63人（35.0%），三级54人（30.0%），四级27人（15.0%）。一、二级重度残疾人合计#人。",
            "99",
            "89",
            "文中为",
        ),
    ]);
}

#[test]
fn columns_and_extremes() {
    let table = "| 编号 | 前测 | 后测 | 增值 |\n|---|---|---|---|\n| P1 | 52 | 58 | 6 |\n| P2 | 48 | 57 | 9 |\n| P3 | 61 | 66 | 5 |\n| P4 | 55 | 63 | 8 |\n\n前测均值为#。";
    pairs(&[
        pair(table, "54.0", "54.5", "“前测”一列4行的平均为54"),
        pair(
            "亲子沟通为0.82，情绪管理为0.79，同伴关系为0.84，家庭支持为0.76；信度最高者为#，最低者为家庭支持。",
            "同伴关系",
            "亲子沟通",
            "才是最高",
        ),
    ]);
}

#[test]
fn rates_of_scores() {
    pairs(&[pair(
        "满分一百分：组织管理占15分，服务供给占30分，服务质量占25分，服务成效占20分，可持续性占10分。\n\n组织管理13.5分，服务供给27.2分，服务质量22.6分，服务成效18.3分，可持续性7.9分，合计89.5分。从得分率看，服务成效最高，达到91.5%，可持续性最低，只有#。",
        "79.0%",
        "97.0%",
        "7.9÷10=79%",
    )]);
}

#[test]
fn tables_of_days_and_shares() {
    let days = "| 批次 | 约定时限 | 实际到账 | 逾期天数 |\n|---|---|---|---|\n| 第一批 | 2023年2月20日 | 2023年2月17日 | 0 |\n| 第二批 | 2023年6月30日 | 2023年7月24日 | # |\n| 第三批 | 2023年11月30日 | 2023年12月11日 | 11 |";
    let shares = "协议总额400000元。\n\n| 批次 | 比例 | 金额 |\n|---|---|---|\n| 第一批 | 50% | 200000 |\n| 第二批 | #% | 120000 |\n| 第三批 | 20% | 80000 |";
    pairs(&[pair(days, "24", "42", "相差24天"), pair(shares, "30", "35", "120000÷400000=30%")]);
}

#[test]
fn lines_words_and_prices() {
    pairs(&[
        pair(
            "需整改的事项有#项：\n1. 补做剩余对象的复评；\n2. 补齐档案所缺的评估表；\n3. 补办家属培训；\n4. 完善报销手续。",
            "四",
            "三",
            "下面列出4项",
        ),
        pair("老人午睡有床位。午睡前吃药，午睡后喝水。他嫌#的房间太吵。", "午睡", "午睡午睡", "午睡午睡"),
        pair("凡报销单一律#经手人签名。", "由", "由由", "由由"),
        pair("社会保险费按每人月550元列支，47人月计#元。", "25850", "28550", "550×47=25850"),
    ]);
}

#[test]
fn what_only_looks_alike_is_silent() {
    for text in [
        "2024年5月6日至5月31日开展复查，每周一至周五入户，共20天。",
        "敬老助老22场、儿童青少年14场、邻里融合19场、政策宣传9场，因有13场同时登记两个主题，四个主题相加为64场。",
        "理由由机构说明，自由由居民商定。",
        "改进事项有两项：见附件。",
    ] {
        let found = check(&Text::from_plain(text)).findings;
        assert!(found.is_empty(), "{text}\n{found:#?}");
    }
}
