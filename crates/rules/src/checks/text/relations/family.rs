//! Families of names: opposites (持证/非持证) and series (一级, 二级…) that make up a whole with nothing left out.

/// Whether names are opposites or one family, so that nothing lies outside them and nothing in two of them.
pub(super) fn partition(names: &[String]) -> bool {
    opposite(names) || family(names)
}

const PAIRS: &[(&str, &str)] = &[
    ("男", "女"),
    ("线上", "线下"),
    ("呼入", "呼出"),
    ("呼入", "外呼"),
    ("大型", "中小型"),
    ("大型", "小型"),
    ("户籍", "非户籍"),
    ("专职", "兼职"),
    ("新增", "原有"),
    ("新增", "存量"),
    ("城镇", "农村"),
    ("室内", "户外"),
    ("内部", "外部"),
    ("已", "未"),
    ("全职", "兼职"),
    ("入户", "电访"),
    ("上半年", "下半年"),
    ("上半", "下半"),
    ("成人", "儿童"),
    ("持证", "无证"),
    ("接听", "未接"),
    ("本地", "外地"),
    ("现金", "物资"),
    ("白天", "夜间"),
    ("个人", "团体"),
    ("满意", "不满意"),
    ("常住", "流动"),
    ("在册", "边缘"),
    ("资金", "物资"),
    ("社工", "辅助"),
    ("社工", "行政"),
    ("电话", "面访"),
    ("电话", "实地"),
    ("线上", "面访"),
    ("人员", "办公"),
    ("内督", "外督"),
    ("电访", "入户"),
    ("电访", "面访"),
    ("市级", "区级"),
    ("财政", "自筹"),
    ("企业", "个人"),
    ("结转", "新开"),
    ("结转", "新增"),
    ("上年", "本年"),
    ("单位", "个人"),
    ("达标", "未达标"),
    ("合格", "不合格"),
    ("就业", "未就业"),
    ("未成年", "成年"),
    ("家属", "本人"),
    ("完成", "未完成"),
    ("按期", "逾期"),
];

pub(super) fn opposite(names: &[String]) -> bool {
    let any = |w: &str| names.iter().any(|n| n.starts_with(w) || n.contains(w));
    names.len() == 2
        && PAIRS.iter().any(|(a, b)| any(a) && names.iter().any(|n| n.contains(b) && !n.ends_with(a)))
        || names.iter().any(|n| {
            n.strip_prefix('非')
                .is_some_and(|p| names.iter().any(|m| m == p || p.starts_with(m.as_str()) && !m.is_empty()))
        })
}

/// 一级…二级…三级, 高/中/低风险, 节日类…健康类…, 中级社工师…助理社工师…
pub(super) fn family(names: &[String]) -> bool {
    const SERIES: &[&[&str]] = &[
        &["一级", "二级", "三级", "四级", "五级", "六级"],
        &["高", "中", "低"],
        &["A", "B", "C", "D"],
        &["甲", "乙", "丙"],
        &["高级", "中级", "助理", "初级", "无"],
        &["第一", "第二", "第三", "第四"],
        &["博士", "硕士", "本科", "大专", "研究生", "高中"],
        &["非常满意", "满意", "比较满意", "基本满意", "一般", "不满意"],
        &["优秀", "良好", "中等", "合格", "基本合格", "不合格"],
        &["红", "橙", "黄", "蓝", "绿"],
        &["春", "夏", "秋", "冬"],
    ];
    if names.len() < 2 || names.iter().any(String::is_empty) {
        return false;
    }
    let in_series = |s: &[&str]| names.iter().all(|n| s.iter().any(|w| n.starts_with(w)));
    let suffix = common_suffix(names);
    let territory = |n: &String| {
        ["街", "镇", "村", "社区", "片区", "站", "县", "区", "线"].iter().any(|w| n.ends_with(w))
    };
    if names.len() >= 3 && names.iter().all(territory) {
        return true;
    }
    SERIES.iter().any(|s| in_series(s))
        || suffix.chars().count() >= 2 && names.len() >= 3
        || suffix.ends_with(['类', '级', '岁', '型', '片', '点']) && names.len() >= 2
}

pub(super) fn common_suffix(names: &[String]) -> String {
    let reversed: Vec<Vec<char>> = names.iter().map(|n| n.chars().rev().collect()).collect();
    let Some(first) = reversed.first() else { return String::new() };
    let length = (0..first.len()).take_while(|&i| reversed.iter().all(|r| r.get(i) == first.get(i))).count();
    first[..length].iter().rev().collect()
}
