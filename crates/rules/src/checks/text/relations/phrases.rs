//! Phrases: set phrases of the field with a wrong, missing or doubled character, doubled signs, placeholders left over.

use std::sync::LazyLock;

use regex::Regex;

use crate::checks::text::by_char::ByChar;
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::{Doc, Kind};
use crate::checks::text::finding::{Severity, Sink};
use crate::checks::text::sound::alike;
use crate::checks::text::words::has_any;

const PHRASE: &str = "phrase";
const DOUBLED: &str = "doubled";
const LEFT_OVER: &str = "placeholder";

pub(super) fn check(doc: &Doc, _: &Claims, sink: &mut Sink<'_>) {
    for block in &doc.blocks {
        let words = doc.slice(&block.span);
        slips(words, block.span.start, sink);
        set_phrases(words, block.span.start, sink);
        doubled(doc, words, block.span.start, sink);
        placeholders(words, block.span.start, block.kind, sink);
    }
}

/// Slips known by themselves, with what is meant.
const SLIPS: &[(&str, &str)] = &[
    ("等分数", "得分数"),
    ("评估等分", "评估得分"),
    ("综合等分", "综合得分"),
    ("最终等分", "最终得分"),
    ("平均等分", "平均得分"),
    ("服务对像", "服务对象"),
    ("对像", "对象"),
    ("帐号", "账号"),
    ("满意渡", "满意度"),
    ("自原者", "志愿者"),
    ("志愿着", "志愿者"),
    ("社功站", "社工站"),
    ("社公站", "社工站"),
    ("评故", "评估"),
    ("平估", "评估"),
    ("评沽", "评估"),
    ("完城", "完成"),
    ("因难群众", "困难群众"),
    ("特珠", "特殊"),
    ("特姝", "特殊"),
    ("建挡", "建档"),
    ("挡案", "档案"),
    ("按装", "安装"),
    ("座谈会会", "座谈会"),
    ("意建", "意见"),
    ("建意", "建议"),
    ("整政", "整改"),
    ("继读", "继续"),
    ("协仪", "协议"),
    ("拆扣", "折扣"),
    ("在岗律", "在岗率"),
    ("完成律", "完成率"),
    ("完成力", "完成率"),
    ("既将", "即将"),
    ("己完成", "已完成"),
    ("己建档", "已建档"),
    ("己开展", "已开展"),
    ("己建立", "已建立"),
    ("小组结动", "小组活动"),
    ("家廷", "家庭"),
    ("服物", "服务"),
    ("复务", "服务"),
    ("探仿", "探访"),
    ("走仿", "走访"),
    ("电仿", "电访"),
    ("督倒", "督导"),
    ("持正社工", "持证社工"),
    ("专叶", "专业"),
    ("分数数", "分数"),
];

static SLIP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words: Vec<&str> = SLIPS.iter().map(|s| s.0).collect();
    Regex::new(&words.join("|")).ok()
});

fn slips(words: &str, base: usize, sink: &mut Sink<'_>) {
    for found in SLIP.iter().flat_map(|p| p.find_iter(words)) {
        let Some((wrong, right)) = SLIPS.iter().find(|s| s.0 == found.as_str()) else { continue };
        let rest = &words[found.start()..];
        if rest.starts_with("完成力度") || rest.starts_with("等分数段") {
            continue;
        }
        sink.tried();
        let span = base + found.start()..base + found.end();
        let message = format!("“{wrong}”疑为“{right}”之误");
        sink.add(
            PHRASE,
            Severity::Warning,
            message,
            ((*wrong).into(), (*right).into()),
            std::slice::from_ref(&span),
        );
    }
}

/// Long phrases that reports use again and again: one character of the same sound or shape, one missing, one doubled.
const PHRASES: &[&str] = &[
    "困难群众和特殊群体",
    "困难群众与特殊群体",
    "协议指标量",
    "社会工作服务",
    "社工服务站",
    "一户一档",
    "一人一案",
    "服务对象",
    "志愿者骨干",
    "志愿者队伍",
    "入户探访",
    "电话访问",
    "专业个案",
    "大型社区活动",
    "社区慈善基金",
    "满意度调查",
    "评估专家",
    "中期评估",
    "终期评估",
    "期末评估",
    "末期评估",
    "评估等级",
    "街道办事处",
    "人民政府",
    "社会组织联合会",
    "五社联动",
    "需要关注",
    "值得肯定",
    "项目管理",
    "服务质量",
    "服务成效",
    "服务监测",
    "持证社工",
    "助理社会工作师",
    "劳动合同",
    "民政局",
    "督导中心",
    "第三方评估",
    "困难群众",
    "特殊群体",
    "残疾人",
    "完成率",
    "资源链接",
    "居家安全",
    "建档立卡",
    "服务协议",
    "兜底民生",
];

/// The phrases by their first and by their second character.
type ByStart = ByChar<(usize, Vec<char>)>;

static BY_START: LazyLock<ByStart> = LazyLock::new(|| {
    let phrases = PHRASES.iter().map(|p| p.chars().collect::<Vec<char>>()).filter(|p| p.len() >= 4);
    ByStart::new(phrases.flat_map(|p| [0, 1].map(|at| (p[at], (at, p.clone())))))
});

fn set_phrases(words: &str, base: usize, sink: &mut Sink<'_>) {
    let chars: Vec<(usize, char)> = words.char_indices().collect();
    for i in 0..chars.len() {
        for (at, wanted) in BY_START.get(chars[i].1) {
            let Some(start) = i.checked_sub(*at) else { continue };
            if *at == 1 && chars[start].1 == wanted[0] {
                continue;
            }
            let Some(end) = slip_of(&chars, start, wanted) else { continue };
            let to = chars.get(end).map_or(words.len(), |c| c.0);
            let (wrong, phrase) = (&words[chars[start].0..to], wanted.iter().collect::<String>());
            let message = format!("“{wrong}”疑为“{phrase}”之误");
            let span = base + chars[start].0..base + to;
            sink.tried();
            sink.add(PHRASE, Severity::Warning, message, (wrong.into(), phrase), std::slice::from_ref(&span));
        }
    }
}

/// End of a slip of `wanted` at `start`: one similar character, or (in phrases of five and more) one left out.
fn slip_of(chars: &[(usize, char)], start: usize, wanted: &[char]) -> Option<usize> {
    let here = chars.get(start..start + wanted.len())?;
    let mut differ = here.iter().zip(wanted).filter(|(h, w)| h.1 != **w);
    let first = differ.next();
    let more = differ.next().is_some();
    if let (Some((h, w)), false) = (first, more)
        && alike(h.1, *w)
        && ('\u{4e00}'..='\u{9fff}').contains(&h.1)
        && !meant(h.1, *w)
    {
        return Some(start + wanted.len());
    }
    if more && wanted.len() >= 6 {
        let same = here.iter().zip(wanted).take_while(|(h, w)| h.1 == **w).count();
        let rest = &wanted[same + 1..];
        let after = chars.get(start + same..start + same + rest.len())?;
        if same >= 2 && rest.len() >= 2 && after.iter().zip(rest).all(|(h, w)| h.1 == *w) {
            return Some(start + wanted.len() - 1);
        }
    }
    None
}

/// Pairs of sound or shape that both make sense: 末期/中期 are not slips, 和/与, 他/她.
fn meant(a: char, b: char) -> bool {
    ["中终末期首初", "和与及合", "末未", "他她它", "的地得", "做作", "帐账", "是事", "有又", "一以"]
        .iter()
        .any(|s| s.contains(a) && s.contains(b) && !(a == '未' || b == '未'))
}

static TWICE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"采用采用|满意满意|通过通过|提供提供|实施实施|采取采取|按照按照|根据根据|其中其中|分别分别|累计累计|共计共计|覆盖覆盖|抽取抽取|走访走访|回收回收|发放发放|",
        r"，，|、、|；；|。。[^。]|：：|的的[^确士]|了了[^解结然]|是是[^非]|和和[^睦谐]|与与|服服务|评评估|满满意|志志愿|困困难|探探访|协协议|完完成|督督导|",
        r"开展开展|进行进行|完成完成|建立建立|组织组织|服务务|评估估|完成成[^效果立]|满意意[^见愿识义向思]|困难难[^题点]|志愿愿|探访访|协议议|开展展[^示览现]|进行行|提供供|",
        r"群众众|街道道|专业业|社会会[^议员]|以及及|并且且|对对象|社区区[^域级内委分政]|，。|。，|、，|，、|、。|；。",
    ))
    .ok()
});

fn doubled(doc: &Doc, words: &str, base: usize, sink: &mut Sink<'_>) {
    let Some(pattern) = TWICE.as_ref() else { return };
    for found in pattern.find_iter(words) {
        let places: Vec<(u32, u32)> =
            found.as_str().char_indices().map(|(i, _)| doc.position(base + found.start() + i)).collect();
        // 参与与服务无关的工作.
        let meant = found.as_str() == "与与" && words[..found.start()].ends_with(['参', '给', '赠', '赋']);
        // 古塘片区和和围片区: the second begins a name.
        let behind: String = words[found.start()..].chars().take(5).collect();
        let name = has_any(&behind, &["片区", "社区", "村", "镇", "乡", "街", "站"]);
        if meant
            || name && found.as_str().starts_with(['和', '与'])
            || places.windows(2).any(|w| w[0].0 != w[1].0 || w[0].1 + 1 != w[1].1)
        {
            continue;
        }
        sink.tried();
        let text = found.as_str();
        let kept = text.chars().next().map_or(0, char::len_utf8);
        let signs = text.starts_with(['，', '、', '；', '。', '：']);
        let message = if signs {
            format!("标点重复：“{text}”")
        } else {
            format!("疑有重复的字：“{text}”")
        };
        let span = base + found.start()..base + found.end();
        sink.add(DOUBLED, Severity::Warning, message, (text.into(), text[..kept].into()), &[span]);
    }
}

static PLACEHOLDERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"待补充|待填写?|待核实填|待更新填|（待[^）]{0,8}）|【[^】]{0,12}(?:填|补充|插入|待|姓名|日期|名称)[^】]{0,12}】|\{\{[^}]*\}\}|TBD|TODO|",
        r"^[XxＸ]{2,4}$|\d月[XxＸ×]日|\d年[XxＸ×]月|",
        r"[XxＸ×]{2,}(?:个|名|人|户|次|份|元|万元|%|年|月|日|社区|股|科|局|处|镇|村|中心|街|区|片区|社工站|分|节|支|场|项)|_{3,}|[?？]{2,}|\$\{[^}]*\}|此处(?:填写|插入|补充|添加)|请(?:填写|补充|在此)|〇〇|○○|某某|lorem",
    ))
    .ok()
});

fn placeholders(words: &str, base: usize, kind: Kind, sink: &mut Sink<'_>) {
    let Some(pattern) = PLACEHOLDERS.as_ref() else { return };
    for found in pattern.find_iter(words) {
        let before = &words[..found.start()];
        let meant = ["有", "尚", "仍", "亟"].iter().any(|w| before.ends_with(w));
        // 评估专家（签名）：____ is filled in by hand.
        let line = before.trim_end_matches(['：', '）']);
        let form = ["签名", "签字", "盖章", "日期", "签章", "（签"].iter().any(|w| line.ends_with(w));
        let person = found.as_str().starts_with("某某")
            && before.ends_with(|c: char| "王李张刘陈杨黄赵吴周".contains(c));
        if meant || form || person || kind == Kind::Cell && found.as_str().starts_with('_') {
            continue;
        }
        sink.tried();
        let text = found.as_str();
        let message = format!("留有占位文字：“{text}”");
        let span = base + found.start()..base + found.end();
        sink.add(LEFT_OVER, Severity::Error, message, (text.into(), "填写实际内容".into()), &[span]);
    }
}
