//! Categories of people, streets, needs, goals and reasons.

/// The 17 categories of 《广州市社工服务站管理办法》 article 4: code, official name, whether it needs an age of 60,
/// and how often it occurs among the persons of the sample whom it fits.
pub(crate) const CATEGORIES: [(&str, &str, bool, usize); 17] = [
    ("minimum_living", "低保对象", false, 20),
    ("extreme_poverty", "特困人员", false, 5),
    ("near_minimum_living", "低保边缘家庭成员", false, 9),
    ("heavy_expenditure", "支出型困难家庭成员", false, 6),
    ("disabled", "残疾人", false, 46),
    ("homeless", "流浪乞讨人员", false, 1),
    ("rural_left_behind_child", "农村留守儿童", false, 4),
    ("child_in_difficulty", "困境儿童", false, 60),
    ("single_mother", "单身特困母亲", false, 12),
    ("rural_left_behind_woman", "农村留守妇女", false, 2),
    ("elder_childless", "孤寡老年人", true, 9),
    ("elder_empty_nest", "空巢老年人", true, 30),
    ("elder_alone", "独居老年人", true, 40),
    ("elder_left_behind", "留守老年人", true, 4),
    ("elder_disabled", "失能老年人", true, 12),
    ("elder_severely_disabled", "重残老年人", true, 8),
    ("elder_family_planning", "计划生育特殊家庭老年人", true, 7),
];

/// Invented streets and buildings.
pub(crate) const STREETS: &[&str] =
    &["示例路", "样本街", "假设大街", "虚拟巷", "模拟中路", "范例新街", "示例横街", "样本直街"];

/// What someone needs, what is to be reached and by what: for elders.
pub(crate) const ELDER_PLANS: &[(&str, &str, &str)] = &[
    (
        "独居，缺少日常照看，担心突发疾病无人知晓",
        "建立每日问候与应急联系，减少独处风险",
        "安装呼叫铃，落实邻里结对；按服务等级探访和电访",
    ),
    ("慢性病多，用药复杂", "规范用药，稳定血压血糖", "联系家庭医生签约，用分格药盒，每月核对一次"),
    ("行动不便，上下楼困难", "保持活动能力，减少跌倒", "评估居家环境，申请助行器具，教做简单的康复操"),
    ("丧偶后情绪低落，很少出门", "恢复与人往来，情绪好转", "邀请参加情感支持活动，志愿者定期陪伴"),
    ("收入低，医疗支出大", "减轻经济压力", "协助申请医疗救助和临时救助，链接爱心物资"),
    ("子女不在身边，生活琐事无人帮手", "日常生活有人协助", "链接长者饭堂和家政帮扶，志愿者陪同买菜"),
    ("照顾失能老伴，负担重", "照顾者得到喘息", "申请长护险评估，介绍喘息服务和照顾技巧小组"),
    ("不会用手机办事，错过政策信息", "了解并用上适用的政策", "一对一讲解，协助网上年审与申领"),
    ("记忆减退，常忘记关火", "居家安全有保障", "安装燃气报警器，链接认知筛查，提醒家人看护"),
    ("住房老旧，卫生间湿滑", "消除居家安全隐患", "列入居家安全改造名单，铺防滑垫，加装扶手"),
];

/// The same for adults.
pub(crate) const ADULT_PLANS: &[(&str, &str, &str)] = &[
    ("残疾，出行与就业困难", "增加外出与社会参与", "链接辅具适配和工疗站，协助申请两项补贴"),
    ("长期患病，家庭支出大", "缓解经济压力，坚持治疗", "协助申请医疗救助，链接慈善资源"),
    ("失业，收入不稳定", "恢复就业信心，找到工作", "推荐技能培训和招聘信息，陪同面试准备"),
    ("独自抚养孩子，照顾与工作难兼顾", "照顾有人分担，收入稳定", "链接课后托管，介绍弹性工作"),
    ("精神障碍康复期，社交少", "病情稳定，逐步融入社区", "督促服药，陪同参加康复活动，支持家属"),
    ("照顾重残家人，身心疲惫", "学会照顾方法，情绪缓解", "开展照顾者支持，链接喘息服务"),
    ("对救助政策不了解", "应享尽享", "逐项核对政策条件，协助准备材料"),
];

/// The same for children.
pub(crate) const CHILD_PLANS: &[(&str, &str, &str)] = &[
    ("缺少课后照看和学习辅导", "完成作业有人陪伴，学习习惯改善", "安排四点半课堂，大学生志愿者结对辅导"),
    ("父母不在身边，情感支持不足", "情绪稳定，愿意表达", "定期面谈，组织亲情视频，参加成长小组"),
    ("家庭经济困难，学习用品不足", "学习条件得到保障", "链接助学金和文具，协助申请困境儿童补贴"),
    ("患病需长期康复", "坚持康复训练", "链接康复资源，减轻交通与费用负担"),
];

/// What came of a plan at its review.
pub(crate) const OUTCOMES: &[&str] = &[
    "目标基本达成，继续按等级跟进",
    "部分达成，已调整措施",
    "生活状况稳定，需要没有变化",
    "补贴已落实，经济压力减轻",
    "与邻里联系增多，情绪好转",
    "身体状况变化，重新评估需要",
];

/// Why a household is at a level: first, second, third.
pub(crate) const LEVEL_REASONS: [&[&str]; 3] = [
    &[
        "独居且失能，近期有住院",
        "精神状况不稳定，照顾者年迈",
        "近期遭遇重大变故，须密切跟进",
        "高龄独居，有跌倒史",
    ],
    &["慢性病较多，照顾力量不足", "经济困难，家庭支持薄弱", "重残，依靠家人照料", "丧偶不久，情绪需要留意"],
    &["状况稳定，家人照料", "身体尚好，能自理", "有稳定支持网络", "家庭照料充足，按季度联系"],
];
