//! Same sound, similar shape: whether one character is easily written for another.

use pinyin::ToPinyinMulti;

/// Characters often taken for each other by their shape.
const SHAPES: &[&str] = &[
    "己已巳",
    "未末",
    "人入八",
    "大太犬天夫",
    "日曰目",
    "土士",
    "干千于",
    "王玉主",
    "木本术",
    "田由甲申",
    "戊戌戍",
    "侯候",
    "辩辨",
    "坑抗炕",
    "埔浦",
    "苑宛",
    "芳芬",
    "汇江",
    "庆床",
    "岗冈刚",
    "岭岑",
    "晓哓",
    "园圆",
    "拔拨",
    "拆折",
    "今令",
    "仑仓",
    "东车",
    "乐东",
    "头买",
    "石右",
    "石后",
    "南蓝",
    "凤风",
    "办为",
    "力办",
    "处外",
    "夕歹",
    "间问闻",
    "西酉",
    "免兔",
    "海诲",
    "洋样",
    "泽译",
    "洪供",
    "徐除",
    "阵陈",
    "候侯",
    "柳抑",
    "析折",
    "往住",
    "住佳",
    "何河",
    "名各",
    "各名",
    "合会",
    "全金",
    "新亲",
    "村材",
    "桥娇",
    "桂挂",
    "杨扬",
    "松讼",
    "林材",
    "禾木",
    "和知",
    "社杜",
    "祖租",
    "福幅",
    "幸辛",
    "安按",
    "宁字",
    "宅宝",
    "富宫",
    "官宫",
    "客容",
    "宜宣",
    "穗惠",
    "荣菜",
    "花化",
    "莲连",
    "荔茘",
    "溪奚",
    "清情",
    "湖糊",
    "涌诵",
    "洲州",
    "淮准",
    "港巷",
    "厂广",
    "庄压",
    "康庸",
    "建健",
    "延廷",
    "进近",
    "远运",
    "道遒",
    "隆降",
    "隔融",
    "晖辉",
    "旺汪",
    "明朋",
    "昌冒",
    "春舂",
    "朝潮",
    "期朝",
    "胜性",
    "双权",
    "兴光",
    "光先",
    "元无",
    "北比",
    "龙尤",
    "示示",
    "例列",
    "埠阜",
    "樵礁",
    "假暇",
];

/// Whether two different characters sound the same (tones, 平翘舌 and 前后鼻音 aside) or look alike.
pub(super) fn alike(a: char, b: char) -> bool {
    a != b
        && (SHAPES.iter().any(|s| s.contains(a) && s.contains(b))
            || sounds(a).iter().any(|s| sounds(b).contains(s)))
}

fn sounds(c: char) -> Vec<String> {
    let Some(readings) = c.to_pinyin_multi() else { return Vec::new() };
    readings.into_iter().map(|p| plain(p.plain())).collect()
}

/// zh/z, ch/c, sh/s and ng/n are one.
fn plain(sound: &str) -> String {
    let start = match sound.as_bytes() {
        [b'z' | b'c' | b's', b'h', ..] => format!("{}{}", &sound[..1], &sound[2..]),
        _ => sound.to_owned(),
    };
    start.strip_suffix('g').map_or(start.clone(), str::to_owned)
}

/// The one place where two strings of equal length differ: the two characters, if there is exactly one.
pub(super) fn one_apart(a: &str, b: &str) -> Option<(char, char)> {
    if a.len() != b.len() && a.chars().count() != b.chars().count() {
        return None;
    }
    let mut differ = a.chars().zip(b.chars()).filter(|(x, y)| x != y);
    let first = differ.next()?;
    differ.next().is_none().then_some(first)
}

/// Characters that tell sister places apart: 东/西, 上/下, 一/二, 甲/乙. A difference in these is meant.
pub(super) fn tells_apart(a: char, b: char) -> bool {
    const SISTERS: &[&str] = &[
        "东南西北中",
        "上下中",
        "前后",
        "左右",
        "大小中",
        "新老旧",
        "内外",
        "一二三四五六七八九十",
        "甲乙丙丁戊己庚辛壬癸",
        "高低",
        "春夏秋冬",
        "正副",
        "男女",
        "长短",
        "ABCDEFGH",
        "0123456789",
    ];
    SISTERS.iter().any(|s| s.contains(a) && s.contains(b))
}
