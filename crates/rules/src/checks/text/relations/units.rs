//! Units: a number without its unit in a list whose other numbers have one, one unit unlike all its neighbours, people
//! counted in a unit that counts no people, money without 元.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::checks::text::claim::{Claim, Claims};
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::words::has_any;

const MISSING: &str = "unit-missing";
const ODD: &str = "unit-odd";
/// Blocks above a line of a list among which its caption stands.
const CAPTION: usize = 12;

/// So many counts without a unit are slips; more are a way of writing: 男437、女369。双向计307。
const SLIPS: usize = 4;

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let mut bare: Vec<Range<usize>> = Vec::new();
    for block in doc.blocks.iter().filter(|b| b.kind != Kind::Cell) {
        let mut said: Vec<usize> = Vec::new();
        for sentence in doc.sentences(block) {
            let here = claims.within(&sentence);
            for run in runs(doc, here) {
                said.extend(in_list(doc, &here[run], sink));
            }
            if said.is_empty() {
                said.extend(beside_shares(doc, here, sink));
            }
        }
        let here = claims.within(&(block.body..block.span.end));
        for (at, claim) in here.iter().enumerate() {
            if said.binary_search(&claim.number.span.start).is_err() {
                of_people(doc, (here, at), &mut bare, sink);
                of_money(doc, claim, sink);
            }
        }
    }
    for at in bare.iter().filter(|_| bare.len() <= SLIPS) {
        let stated = doc.slice(at).to_owned();
        let message = format!("“{stated}”缺少单位");
        sink.add(MISSING, Severity::Warning, message, (stated, "补上单位".into()), std::slice::from_ref(at));
    }
}

/// Items "name number unit" next to each other, parted by ，、； and nothing else behind the number.
fn runs(doc: &Doc, here: &[Claim]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for i in 1..=here.len() {
        let joined = here.get(i).is_some_and(|next| {
            let between = doc.slice(&(here[i - 1].number.span.end..next.number.span.start));
            let name = between.trim_start_matches(['，', '、', '；', '和']);
            let parted = name.len() < between.len();
            let length = name.chars().count();
            parted
                && (1..=12).contains(&length)
                && !name.contains(['，', '、', '；', '：', '（', '）'])
                && next.depth == here[i - 1].depth
        });
        if !joined {
            if i - start >= 3 {
                out.push(start..i);
            }
            start = i;
        }
    }
    out
}

/// Words of a sum of what does not add up: it has no unit of its own.
const SUMMED: &[&str] = &["之和", "加总", "总和", "相加"];

/// 总服务人次, 参与人次为, 培训课时总量为: the words before a number say in what it is counted.
fn names_its_unit(left: &str) -> bool {
    const UNITS: &[&str] =
        &["人次", "户次", "场次", "节次", "学时", "课时", "人数", "户数", "场数", "件数", "份数"];
    const PERIODS: &[&str] =
        &["第一年", "第二年", "第三年", "上半年", "下半年", "全年", "本年", "上年", "去年", "今年"];
    let left = left.trim_end_matches(['为', '是', '达', '共', '约', '计']);
    // 到托人次第一年为9834，日均33人次；第二年为12080: a period and nothing else.
    let left = PERIODS.iter().find_map(|w| left.strip_suffix(w)).unwrap_or(left);
    if left.is_empty() {
        return true;
    }
    let left = left
        .trim_end_matches("依次")
        .trim_end_matches("分别")
        .trim_end_matches("总量")
        .trim_end_matches("总数")
        .trim_end_matches("合");
    // 大于有效问卷数135.
    left.ends_with('数') || UNITS.iter().any(|w| left.ends_with(w))
}

/// Gives the starts of the numbers it spoke of.
fn in_list(doc: &Doc, run: &[Claim], sink: &mut Sink<'_>) -> Vec<usize> {
    let mut said = Vec::new();
    sink.tried();
    let mut seen = BTreeMap::<&str, usize>::new();
    for c in run {
        *seen.entry(c.class()).or_default() += 1;
    }
    let Some((usual, many)) =
        seen.iter().filter(|s| !s.0.is_empty()).max_by_key(|s| s.1).map(|s| (*s.0, *s.1))
    else {
        return said;
    };
    let without: Vec<&Claim> = run.iter().filter(|c| c.class().is_empty()).collect();
    let unit = run
        .iter()
        .find(|c| c.class() == usual)
        .and_then(|c| c.number.unit)
        .map_or(if usual == "%" { "%" } else { "" }, |u| u.word);
    if many >= 2 && !without.is_empty() && without.len() * 2 < run.len() {
        for claim in without {
            let Some(sign) = doc.text[claim.number.span.end..].chars().next() else { continue };
            let bare_list =
                doc.text[..claim.number.span.start].ends_with('、') && doc.slice(&claim.left).is_empty();
            let summed = has_any(doc.slice(&claim.left), SUMMED);
            // 19.2/20, 1.33比1, 乘以20: no item. 总服务人次1965: the name is the unit.
            let before = &doc.text[..claim.number.span.start];
            let reckoned = before.ends_with(['/', '比', '×', '÷'])
                || ["乘以", "除以"].iter().any(|w| before.ends_with(w));
            let in_row = doc.text[claim.number.span.end..]
                .strip_prefix('、')
                .is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
            if bare_list
                || in_row
                || summed
                || reckoned
                || names_its_unit(doc.slice(&claim.left))
                || !matches!(sign, '，' | '、' | '；' | '。' | '\n')
            {
                continue;
            }
            let message = format!("“{}”缺少单位，同一列举中其他各项为“{unit}”", doc.slice(&claim.wide()));
            let stated = doc.slice(&claim.wide()).to_owned();
            sink.add(
                MISSING,
                Severity::Warning,
                message,
                (stated.clone(), format!("{stated}{unit}")),
                &[claim.wide()],
            );
            said.push(claim.number.span.start);
        }
        return said;
    }
    let places = run
        .iter()
        .filter(|c| c.place.is_some() || c.area.is_some() && doc.slice(&c.left).contains("片区"))
        .count()
        == run.len();
    if places && many + 1 == run.len() && run.len() >= 3 {
        // 山湾片区22户一级户应走176户次: the words go on.
        let closed = |c: &&Claim| {
            doc.text[c.number.span.end..].starts_with(['，', '、', '；', '。', '和', '\n', '（'])
        };
        for claim in run.iter().filter(|c| c.class() != usual).filter(closed) {
            let message = format!("“{}”的单位与同一列举中其他各项（{unit}）不同", doc.slice(&claim.wide()));
            let stated = doc.slice(&claim.number.span).to_owned();
            sink.add(ODD, Severity::Warning, message, (stated, unit.to_owned()), &[claim.wide()]);
        }
    }
    said
}

/// 主题党日96场，占比36.9%；便民服务74场，占比28.5%；亲子活动32，占比12.3%: items with something behind their count, of
/// which one has no unit.
fn beside_shares(doc: &Doc, here: &[Claim], sink: &mut Sink<'_>) -> Option<usize> {
    let item = |c: &&Claim| {
        let left = doc.slice(&c.left);
        let han = left.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        let next = doc.text[c.number.span.end..].starts_with(['，', '、', '；', '。', '）', '（', '\n']);
        let opened = doc.text[..c.left.start].ends_with(['，', '、', '；', '：', '（', '。', '\n']);
        c.exact()
            && han
            && (2..=10).contains(&left.chars().count())
            && opened
            && !c.number.chinese
            && (next || !c.class().is_empty())
            && !has_any(left, SUMMED)
            // 已含在7、8两月的支出里.
            && !doc.text[c.number.span.end..].strip_prefix('、').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()))
            && !NUMBERED.iter().any(|w| left.ends_with(w))
            && !names_its_unit(left)
    };
    let items: Vec<&Claim> = here.iter().filter(item).collect();
    let mut bare = items.iter().filter(|c| c.class().is_empty());
    let odd = bare.next().filter(|_| bare.next().is_none())?;
    let same = |c: &&&Claim| !c.class().is_empty() && c.depth == odd.depth;
    let others: Vec<&&Claim> = items.iter().filter(same).collect();
    let unit = others.first()?.number.unit?.word;
    sink.tried();
    let alike = others.len() >= 2 && others.iter().all(|c| c.class() == others[0].class());
    if !alike || odd.number.decimals > 0 && others[0].class() != "元" {
        return None;
    }
    let stated = doc.slice(&odd.wide()).to_owned();
    let message = format!("“{stated}”缺少单位，同一列举中其他各项为“{unit}”");
    sink.add(MISSING, Severity::Warning, message, (stated.clone(), format!("{stated}{unit}")), &[odd.wide()]);
    Some(odd.number.span.start)
}

const PEOPLE: &[&str] = &[
    "社工",
    "志愿者",
    "评估专家",
    "党员",
    "义工",
    "社会工作者",
    "志愿者骨干",
    "工作人员",
    "助理社工师",
    "中级社工师",
    "社会工作师",
    "社工师",
    "行政人员",
    "辅助人员",
    "专家",
    "督导老师",
    "服务对象",
];

const NOT: &[&str] = &["户", "份", "节", "支", "篇", "元", "场", "%", "分", "封", "面", "栋", "套", "台"];

const COUNTED: &[&str] = &[
    "社工",
    "志愿者",
    "专家",
    "党员",
    "个案",
    "小组",
    "探访",
    "电访",
    "走访",
    "服务对象",
    "建档",
    "骨干",
    "社工师",
    "人员",
    "工作师",
    "户数",
    "人数",
    "接案",
    "结案",
    "访问",
    "队伍",
];

const NUMBERED: &[&str] = &[
    "分", "率", "号", "码", "比", "权重", "系数", "指数", "版", "页", "电话", "序", "热线", "拨打", "标准",
    "附件", "图", "表", "双百", "邮编", "值", "级",
];

/// "持证社工15份": people take 名, 人, 位; what has no unit is gathered.
fn of_people(doc: &Doc, (here, at): (&[Claim], usize), without: &mut Vec<Range<usize>>, sink: &mut Sink<'_>) {
    let claim = &here[at];
    let left = doc.slice(&claim.left);
    let right = doc.slice(&claim.right);
    let direct = PEOPLE.iter().any(|p| left.ends_with(p))
        && (right.is_empty() || !right.starts_with(['队', '服', '档', '问']));
    let follows = PEOPLE.contains(&right);
    let odd = NOT.contains(&claim.class()) && !(left.contains("服务对象") || right.contains("服务对象"))
        || claim.class() == "份" && direct && left.ends_with("服务对象");
    // 有效问卷中，服务对象240份: the papers are counted.
    // 三方评分为专家78.40分: what they gave.
    let scored = claim.class() == "分"
        && has_any(doc.slice(&claim.sentence), &["评分", "得分", "打分", "计分", "折合", "折算", "加权"]);
    // 结对44户，邻里26户、党员18户: households of theirs.
    let same = [at.checked_sub(1), Some(at + 1)]
        .into_iter()
        .flatten()
        .any(|i| here.get(i).is_some_and(|o| o.class() == claim.class() && o.sentence == claim.sentence));
    let papers = claim.class() == "份" && doc.slice(&claim.sentence).contains("问卷");
    let households = claim.class() == "户" && same;
    let odd = odd && !(scored || households || papers);
    let next = doc.text[claim.number.span.end..].chars().next().unwrap_or('\n');
    let listed = doc.text[claim.number.span.end..]
        .strip_prefix('、')
        .is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
    let bare = claim.number.unit.is_none()
        && !listed
        && !claim.number.percent
        && !claim.number.chinese
        && claim.number.decimals == 0;
    let year = claim.number.value >= rust_decimal::Decimal::from(1900)
        && claim.number.value <= rust_decimal::Decimal::from(2100);
    let named = has_any(left, NUMBERED) || year;
    let whole_sentence = doc.slice(&doc.blocks[claim.block].span).ends_with(['。', '；', '）']);
    // 五项名次之和，甲站为9.
    let ranked =
        has_any(doc.slice(&(claim.sentence.start..claim.left.start)), &["名次", "位次", "排名", "序次"]);
    // 各项之和大于389, 简单加总为1410: a sum of what does not add up has no unit of its own.
    let summed = has_any(left, SUMMED);
    // 资助人次1038: the name is the unit.
    let unit_named = names_its_unit(left);
    let named = named || ranked || summed || unit_named;
    let tail = left.trim_end_matches(['共', '有', '计', '为', '达', '了']);
    // 总人次少34: the words before the change say its unit.
    let told = left.ends_with(['多', '少', '高', '低'])
        && has_any(left, &["人次", "户次", "场次", "节次", "人数", "户数", "场数", "个数"]);
    // 抽查50份（个案29、小组11、活动10）; 缓刑71，假释9，管制19: none of the list has a unit.
    let bare_row = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().any(|i| {
        here.get(i).is_some_and(|o| {
            o.number.unit.is_none()
                && !o.number.percent
                && o.depth == claim.depth
                && o.sentence == claim.sentence
        })
    });
    let counts = !told && !unit_named && COUNTED.iter().any(|w| tail.ends_with(w))
        || left.chars().count() >= 3
            && !named
            && !told
            && left.ends_with(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c))
            && claim.depth == 0;
    if bare
        && !bare_row
        && matches!(next, '，' | '。' | '；' | '、' | '（')
        && whole_sentence
        && counts
        && claim.number.value < rust_decimal::Decimal::from(1_000_000)
        && !left.contains("附件")
    {
        without.push(claim.wide());
    }
    if (direct && right.is_empty() || follows && left.chars().count() <= 8)
        && odd
        && !(claim.class() == "元" && (claim.number.decimals > 0 || left.contains(['每', '均'])))
        && claim.number.unit.is_some()
        && !claim.number.percent
    {
        let unit = claim.number.unit.map_or("", |u| u.word);
        let message = format!("“{}”：人不以“{unit}”计", doc.slice(&(claim.left.start..claim.right.end)));
        sink.add(ODD, Severity::Warning, message, (unit.into(), "名".into()), &[claim.wide()]);
    }
}

/// "服务经费为240万": money needs 元.
fn of_money(doc: &Doc, claim: &Claim, sink: &mut Sink<'_>) {
    let left = doc.slice(&claim.left).trim_end_matches(['为', '共', '约', '计', '是', '达', '：']);
    let money = ["经费", "资金", "金额", "善款", "预算", "总额", "款项", "筹款", "物资价值"]
        .iter()
        .any(|w| left.ends_with(w));
    let no_unit = claim.number.unit.is_none() && !claim.number.percent;
    let odd = claim.number.unit.is_some_and(|u| {
        !matches!(u.class, "元" | "年" | "项" | "次" | "个" | "笔" | "期" | "批" | "类" | "天" | "月" | "轮")
    });
    let next = doc.text[claim.number.span.end..].chars().next().unwrap_or('\n');
    // 预算与支出（单位：万元）: the lines above say it once.
    let captioned = || {
        let above = &doc.blocks[claim.block.saturating_sub(CAPTION)..claim.block];
        above.iter().any(|b| doc.slice(&b.span).contains("单位"))
    };
    if money && (odd || no_unit && matches!(next, '，' | '。' | '；' | '、' | '\n') && !captioned()) {
        let message = format!("“{}”缺少货币单位“元”", doc.slice(&claim.wide()));
        let stated = doc.slice(&claim.number.span).to_owned();
        sink.add(
            MISSING,
            Severity::Warning,
            message,
            (stated.clone(), format!("{stated}元")),
            &[claim.wide()],
        );
    }
}
