//! Names of invented people: a prefix that says so, and two of the old counting characters.

const PREFIXES: [&str; 6] = ["示例", "样本", "假设", "虚拟", "模拟", "范例"];
const FIRST: [char; 22] = [
    '甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸', '子', '丑', '寅', '卯', '辰', '巳', '午',
    '未', '申', '酉', '戌', '亥',
];
const SECOND: [char; 30] = [
    '子', '丑', '寅', '卯', '辰', '巳', '午', '未', '申', '酉', '戌', '亥', '甲', '乙', '丙', '丁', '戊',
    '己', '庚', '辛', '壬', '癸', '乾', '坤', '震', '巽', '坎', '离', '艮', '兑',
];

/// How many different names there are.
pub(crate) const NAMES: usize = PREFIXES.len() * FIRST.len() * SECOND.len();

/// The n-th invented name; different for every number below [`NAMES`]. Neighbours differ in every part.
pub(crate) fn name(n: usize) -> String {
    // A stride without a common divisor with 3,960 visits every name once.
    let n = n * 1543 % NAMES;
    let (prefix, rest) = (n % PREFIXES.len(), n / PREFIXES.len());
    let (first, second) = (rest % FIRST.len(), rest / FIRST.len());
    format!("{}{}{}", PREFIXES[prefix], FIRST[first], SECOND[second])
}

/// The first name of workers; persons come before them.
pub(crate) const WORKERS: usize = 2600;
/// The first name of volunteers.
pub(crate) const VOLUNTEERS: usize = 2700;
