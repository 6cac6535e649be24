//! Lists that are tables: a name, a sign, and the same number of figures in each line (个案：75个／41个／54.7%; 人员：预算58.00，支出56.84), their
//! heads told in the bracket that ends the line before (（年度指标／已完成／进度）：) or by the words before the figures.

use std::ops::Range;

use super::{Line, LineKind};

/// Fewest lines of such a list.
const LEAST: usize = 3;
/// Most characters of a name, of a figure with its unit, and of the words before a figure.
const NAME: usize = 16;
const FIGURE: usize = 12;
const LEAD: usize = 6;

/// A line as a name and figures.
struct Item {
    cells: Vec<Range<usize>>,
    /// The words before each figure.
    leads: Vec<String>,
    slashes: bool,
    units: bool,
}

/// Gives the lines of such lists their cells.
pub(super) fn mark(lines: &[Line], split: &mut [Option<Vec<Range<usize>>>]) {
    let items: Vec<Option<Item>> = lines.iter().map(item).collect();
    let mut start = 0;
    while start < lines.len() {
        let Some(first) = &items[start] else {
            start += 1;
            continue;
        };
        let alike = |i: &Item| {
            i.cells.len() == first.cells.len() && i.leads == first.leads && i.slashes == first.slashes
        };
        let length = items[start..].iter().take_while(|i| i.as_ref().is_some_and(alike)).count();
        let own = &items[start..start + length];
        let led = first.leads.iter().all(|l| !l.is_empty());
        let units = own.iter().flatten().any(|i| i.units);
        let headed = || {
            let above = lines[..start].iter().rfind(|l| !matches!(l.kind, LineKind::Blank));
            above.is_some_and(|l| heads(&l.text, first.leads.len()).is_some())
        };
        if length >= LEAST && (led && !units || !led && headed()) {
            for (line, item) in own.iter().enumerate() {
                split[start + line] = item.as_ref().map(|i| i.cells.clone());
            }
        }
        start += length.max(1);
    }
}

/// The heads in the bracket that ends a line, before a colon if there is one: as many as there are figures.
pub(in crate::checks::text) fn heads(text: &str, figures: usize) -> Option<Vec<Range<usize>>> {
    let words = text.trim_end().trim_end_matches(['：', ':']);
    let words = words.strip_suffix(['）', ')'])?;
    let open = words.rfind(['（', '('])?;
    let mut from = open + words[open..].chars().next()?.len_utf8();
    // （指标：合同数，实际数，完成率）: what the names are.
    if let Some((names, _)) = words[from..].split_once(['：', ':']) {
        from += names.len() + words[from + names.len()..].chars().next()?.len_utf8();
    }
    let mut out = Vec::new();
    for part in words[from..].split(['／', '/', '，', ',', '、', '|']) {
        let start = part.as_ptr().addr() - text.as_ptr().addr();
        if !part.starts_with("单位") && !part.is_empty() {
            out.push(start..start + part.len());
        }
    }
    let plain = |r: &Range<usize>| text[r.clone()].chars().all(|c| !c.is_ascii_digit());
    (out.len() == figures && out.iter().all(plain)).then_some(out)
}

fn item(line: &Line) -> Option<Item> {
    if !matches!(line.kind, LineKind::Body) {
        return None;
    }
    let text = line.text.as_str();
    let body = text.trim_end().trim_end_matches(['；', ';', '。']);
    let from = mark_end(body);
    let rest = &body[from..];
    let blank = |c: char| matches!(c, ' ' | '\u{3000}' | '\t');
    let name_end = rest.find(|c: char| matches!(c, '：' | ':') || blank(c))?;
    let name = rest[..name_end].trim();
    let named = (2..=NAME).contains(&name.chars().count())
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, '（' | '）' | '、' | '-'));
    let values = rest[name_end..].trim_start_matches(|c: char| matches!(c, '：' | ':') || blank(c));
    let slashes = values.contains(['／', '/']);
    let colon = rest[name_end..].starts_with(['：', ':']);
    if !named || !(slashes || colon) {
        return None;
    }
    let sign = |c: char| if slashes { matches!(c, '／' | '/') } else { c == '，' };
    let mut cells: Vec<Range<usize>> = std::iter::once(from..from + name_end).collect();
    let (mut leads, mut units) = (Vec::new(), false);
    let mut at = body.len() - values.len();
    for part in values.split(sign) {
        let (lead, figure) = figure(part)?;
        let start = at + lead.len();
        leads.push(lead.to_owned());
        units |= !figure.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '%' | '％'));
        cells.push(start..start + figure.len());
        at += part.len() + body[at + part.len()..].chars().next().map_or(0, char::len_utf8);
    }
    let all = leads.iter().all(|l| !l.is_empty());
    let none = leads.iter().all(String::is_empty);
    (cells.len() >= 3 && (all && !slashes || none)).then_some(Item { cells, leads, slashes, units })
}

/// 预算58.00 and 1,020人次: the words before a figure, and it with its unit.
fn figure(part: &str) -> Option<(&str, &str)> {
    let part = part.trim_end();
    let at = part.find(|c: char| c.is_ascii_digit())?;
    let (lead, figure) = part.split_at(at);
    let digits = figure.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = figure[digits.len()..].chars().count();
    let one = digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '，'));
    let plain = lead.chars().all(char::is_alphabetic) && lead.chars().count() <= LEAD;
    (plain && one && unit <= 3 && figure.chars().count() <= FIGURE).then_some((lead, figure))
}

/// Where a line's list mark ends: （1）, 1. , 2）, ·.
fn mark_end(text: &str) -> usize {
    let rest = text.trim_start();
    let lead = text.len() - rest.len();
    let bullet = rest.trim_start_matches(['·', '•', '-', '*', '●', '◆', '■', '○']);
    let inner = bullet.trim_start_matches(['（', '(']);
    let number = inner.trim_start_matches(|c: char| c.is_ascii_digit() || ('①'..='⑳').contains(&c));
    let closed = number.trim_start_matches(['）', ')', '.', '、', '．']);
    let marked = number.len() < inner.len() && (closed.len() < number.len() || inner.starts_with('①'));
    let rest = if marked { closed } else { bullet };
    let rest = rest.trim_start();
    lead + (text.len() - lead - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::text::read::plain::lines;

    /// Rows of the tables found, cells parted by |.
    fn rows(text: &str) -> Vec<String> {
        let text = lines(text, None);
        let row = |l: &Line| match &l.kind {
            LineKind::Row { cells, .. } => {
                Some(cells.iter().map(|c| l.text[c.clone()].trim()).collect::<Vec<_>>().join("|"))
            }
            _ => None,
        };
        text.lines.iter().filter_map(row).collect()
    }

    #[test]
    fn lists_of_figures() {
        let slashes = "进度如下（目标／完成／进度）：\n  1. 建档　360份／198份／55.0%\n  2. 个案　　75个／41个／54.7%\n3. 小组　30个／16个／53.3%\n";
        assert_eq!(rows(slashes), ["建档|360份|198份|55.0%", "个案|75个|41个|54.7%", "小组|30个|16个|53.3%"]);
        let led = "预算与支出（单位：万元）\n人员：预算58.00，支出56.84\n助餐：预算35.10，支出31.22\n合计：预算93.10，支出88.06\n";
        assert_eq!(rows(led), ["人员|58.00|56.84", "助餐|35.10|31.22", "合计|93.10|88.06"]);
        let commas = "指标（指标：合同数，实际数，完成率）：\n（1）助浴：1,000人次，1,020人次，102.0%\n（2）助洁：600人次，744人次，124.0%\n（3）助餐：800份，800份，100.0%\n";
        assert_eq!(rows(commas)[0], "助浴|1,000人次|1,020人次|102.0%");
        for other in [
            "得分如下：\n人员：18.5/20\n成效：27.0/30\n财务：9.0/10\n",
            "各点情况如下：\n岭头：服务对象182人，走访852户次\n河口：服务对象90人，走访310户次\n山前：服务对象70人，走访201户次\n",
            "工作时间（上午／下午）：\n周一：9:00/14:00\n周二：9:00/14:00\n周三：9:00/14:00\n",
        ] {
            assert_eq!(rows(other), Vec::<String>::new(), "{other}");
        }
    }
}
