//! Activities, volunteers, partners, aid, publicity, training: what they are called.

/// Large activities: name, the code of the programme. The first six are of the home-safety programme.
pub(crate) const LARGE: [(&str, &str); 18] = [
    ("“安居有方”居家安全嘉年华", "nuanxin_anju"),
    ("消防安全进社区体验日", "nuanxin_anju"),
    ("“防患未燃”用电用气安全宣传", "nuanxin_anju"),
    ("长者防跌倒知识游园会", "nuanxin_anju"),
    ("居家安全知识有奖问答", "nuanxin_anju"),
    ("“暖心安居”冬季安全宣传", "nuanxin_anju"),
    ("“七一”红色故事分享会", "hongshe_xianfeng"),
    ("社区便民服务日", "hongshe_xianfeng"),
    ("国庆家国同乐会", "hongshe_xianfeng"),
    ("政策宣讲进社区", "zhuhang"),
    ("开学季助学物资派发日", "zhuhang"),
    ("“中秋月圆”邻里团圆会", "zhuhang"),
    ("重阳敬老游园会", "zhangzhe_jiankang"),
    ("社区义诊健康日", "zhangzhe_jiankang"),
    ("“星星点灯”残健共融集市", "xingxing_diandeng"),
    ("世界精神卫生日倡导活动", "xingxing_diandeng"),
    ("社区慈善公益集市", "gongyi_hehuoren"),
    ("国际志愿者日嘉许礼", "gongyi_hehuoren"),
];

/// Small activities. The first is of the size 27, the third of 26: both belong to the home-safety programme.
pub(crate) const SMALL: [(&str, &str); 6] = [
    ("居家电器安全工作坊", "nuanxin_anju"),
    ("暑期儿童阅读会", "zhuhang"),
    ("燃气安全入户体验营", "nuanxin_anju"),
    ("照顾者减压茶叙", "xingxing_diandeng"),
    ("长者智能手机课堂", "xinlianxin"),
    ("手工编织邻里坊", "xinlianxin"),
];

/// What came of an activity.
pub(crate) const SUMMARIES: &[&str] = &[
    "现场秩序良好，居民参与积极，回收意见表并整理反馈。",
    "设六个摊位，居民按集章卡依次体验，知识问答正确率较活动前提高。",
    "志愿者分组带队，行动不便的长者有专人陪同。",
    "派发资料并登记有需要跟进的居民，会后三日内逐一致电。",
    "活动按计划完成，居民希望增加时长，已记入下次改进。",
];

/// Teams of volunteers: name, whether active, whether founded in the period.
pub(crate) const TEAMS: [(&str, bool, bool); 13] = [
    ("晓港长者关怀志愿服务队", true, false),
    ("晓港东邻里守望队", true, false),
    ("青晖便民维修志愿队", true, false),
    ("晓园党员先锋志愿队", true, false),
    ("晓园新探访志愿队", true, false),
    ("跃进南文艺志愿队", true, false),
    ("海富红领巾志愿服务队", true, false),
    ("江南雅居家庭志愿队", true, false),
    ("穗花环保志愿队", true, false),
    ("隔山助学志愿队", true, false),
    ("北片应急志愿队", false, false),
    ("暖心安居排查志愿队", true, true),
    ("慎德里大学生志愿队", true, true),
];

/// Services of volunteers.
pub(crate) const SERVICES: &[&str] = &[
    "陪同独居长者买菜",
    "上门理发",
    "节前慰问物资派送",
    "课后功课辅导",
    "小家电维修",
    "长者饭堂帮厨",
    "义诊现场引导",
    "楼道安全排查",
    "社区清洁日",
    "探访行动不便的长者",
    "手机使用一对一教学",
    "活动签到与引导",
    "图书整理与借阅",
    "防诈骗宣传派单",
];

/// Plans for backbones.
pub(crate) const CULTIVATION: &[&str] = &[
    "参加带队培训，半年内独立带领四次服务",
    "学习探访沟通技巧，与新志愿者结对",
    "协助策划社区活动，负责签到与安全",
    "担任队伍联络人，每月组织一次例会",
    "学习居家安全排查方法，带队走访",
];

/// Kinds of partner organisations.
pub(crate) const PARTNERS: &[&str] = &[
    "药房",
    "超市",
    "餐饮店",
    "口腔门诊",
    "理发店",
    "书店",
    "幼儿园",
    "物业服务公司",
    "眼镜店",
    "培训中心",
    "律师事务所",
    "银行网点",
    "家政服务部",
    "商会",
    "高校社团",
];

/// Where the income of a fund came from.
pub(crate) const SOURCES: &[&str] =
    &["居民小额捐赠", "公益集市义卖", "企业定向捐赠", "线上募捐平台拨付", "商户爱心捐赠", "爱心家庭月捐"];

/// Drives to raise money.
pub(crate) const DRIVES: &[&str] =
    &["“暖心·安居”社区义卖", "微心愿认领募捐", "公益市集劝募", "邻里一元捐", "助学义卖日"];

/// Supplies.
pub(crate) const SUPPLIES: &[&str] = &[
    "米、油、面条爱心包",
    "防暑降温物资",
    "中秋慰问包",
    "冬季棉被",
    "成人护理垫",
    "开学文具",
    "牛奶与鸡蛋",
    "防滑垫与小夜灯",
    "口罩与消毒用品",
];

/// Resources arranged.
pub(crate) const RESOURCES: &[&str] = &["免费口腔检查", "法律咨询", "轮椅借用", "配镜优惠", "免费理发"];

/// Posts: titles. `{}` is a community.
pub(crate) const POSTS: &[&str] = &[
    "{}社区：台风来临前，社工逐户提醒",
    "一碗热汤暖人心——{}社区探访记",
    "政策早知道：残疾人两项补贴怎么申请",
    "{}社区义诊日回顾",
    "长者防跌倒小贴士",
    "志愿者说：我在{}社区的周末",
    "四点半课堂开课啦",
    "“舒缓身心”俱乐部活动预告",
    "居家用电安全，这些细节要留意",
    "{}社区邻里团圆会花絮",
    "社区慈善基金是怎么用的",
    "红棉守护热线：有事请拨打",
    "照顾者也需要被照顾",
    "一次成功的医疗救助申请",
];

/// Media.
pub(crate) const MEDIA: &[&str] = &["示例日报", "样本晚报", "示例电视台", "范例新闻网"];

/// Titles of media reports.
pub(crate) const MEDIA_TITLES: &[&str] = &[
    "社工把政策送到家门口",
    "老旧楼梯装上扶手，二十名长者出行更稳",
    "社区基金让小心愿落地",
    "一条热线守护街坊",
    "邻里互助让独居老人不孤单",
    "公益合伙人共建温暖社区",
];

/// Brochures.
pub(crate) const BROCHURES: &[&str] =
    &["社工站服务指引", "困难群众救助政策汇编", "居家安全手册", "红棉守护热线卡", "防诈骗手册"];

/// Trainings: topic, organiser, hours.
pub(crate) const TRAININGS: &[(&str, &str, i32)] = &[
    ("危机介入与自杀预防", "示例督导中心", 6),
    ("困难群众救助政策解读", "示例区民政局", 3),
    ("个案文书写作", "示例社会工作服务中心", 3),
    ("长者认知障碍友好沟通", "示例高校社会工作系", 6),
    ("未成年人保护强制报告", "示例区民政局", 3),
    ("社区慈善基金运作", "示例社会组织联合会", 4),
    ("居家安全排查实务", "示例社会工作服务中心", 4),
    ("继续教育网络课程", "示例社会工作协会", 12),
];

/// Topics of supervision.
pub(crate) const SUPERVISIONS: &[&str] = &[
    "个案预估与目标设定",
    "疑难个案研讨",
    "小组动力与带领技巧",
    "服务等级评定的把握",
    "新入职社工适应",
    "调研与年度计划",
    "文书质量检视",
    "双工联动经验交流",
];

/// The station's own rules.
pub(crate) const REGULATIONS: [&str; 15] = [
    "人事管理制度",
    "考勤与休假制度",
    "财务管理制度",
    "绩效评定办法",
    "档案管理制度",
    "服务对象隐私保护制度",
    "个案服务流程与指引",
    "小组服务流程与指引",
    "社区活动流程与指引",
    "探访与电访制度",
    "志愿者管理办法",
    "督导与培训制度",
    "投诉与意见处理办法",
    "安全管理与应急预案",
    "双工联动工作机制",
];
