//! Names and their number where nothing but a small word joins them: 社区、社工、社区社会组织、社区志愿者、社会慈善资源这五样; 未建成的4个点分布在甲村、乙村、丙村、丁村;
//! 社工6人，为站长甲以及乙、丙、丁、戊、己; 两家单位即甲医院和乙超市.

use std::sync::LazyLock;

use regex::Regex;

use super::sentence::{Sentence, each_found_with, number, pattern};
use crate::checks::text::claim::Claims;
use crate::checks::text::doc::Doc;
use crate::checks::text::finding::Sink;
use crate::checks::text::math::show;

const N: &str = r"(?P<n>\d{1,2}|[二两三四五六七八九十]{1,3})";
static THESE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"[，。：；把将由从围绕在](?P<l>\p{{Han}}{{2,10}}(?:、\p{{Han}}{{2,10}})+)这{N}(?:样|类|项|个方面|个环节|个维度|种|支|家|方面|大|个)"
    ))
});
static SPREAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"{N}个(?P<k>点|站|社区|村|服务点|社工点|试点)(?:分布|坐落|设)[在于](?P<l>\p{{Han}}{{2,8}}(?:、\p{{Han}}{{2,8}})+)[，。；]"
    ))
});
static STAFF: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"{N}(?:人|名|位)(?:社工|工作人员)?(?:，|：|（)(?:为|即)?(?:站长|主任|项目主管)(?P<h>\p{{Han}}{{2,3}}?)(?:以及|和|及|，)(?:社工|一线社工|成员)?(?P<l>\p{{Han}}{{2,3}}(?:、\p{{Han}}{{2,3}})+)(?:[。；）]|，(?:持证|其中|均|全))"
    ))
});
static NAMELY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"{N}(?:家|个)(?:单位|机构|企业|社会组织|学校|社区|村|站点|医院)，?即(?P<a>\p{{Han}}{{2,8}}(?:医院|超市|学校|公司|中心|社区|村|站|银行|小学|中学|幼儿园|协会|商会))和(?P<b>\p{{Han}}{{2,8}}(?:医院|超市|学校|公司|中心|社区|村|站|银行|小学|中学|幼儿园|协会|商会))[，。；]"
    ))
});

pub(super) fn check(doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
    let items = |list: &str| list.split('、').count();
    let open = |list: &str| list.contains('等') || list.split('、').any(|i| i.contains(['和', '与', '及']));
    let patterns: [(&[&str], _, usize); 3] =
        [(&["这"], &THESE, 0), (&["分布", "坐落", "设"], &SPREAD, 0), (&["站长", "主任", "主管"], &STAFF, 1)];
    for (words, pattern, more) in patterns {
        each_found_with(doc, claims, (words, pattern), |here, found| {
            let list = &found["l"];
            if !open(list) {
                judge(here, found, items(list) + more, sink);
            }
        });
    }
    each_found_with(doc, claims, (&["即"], &NAMELY), |here, found| judge(here, found, 2, sink));
}

fn judge(here: &Sentence<'_>, found: &regex::Captures<'_>, listed: usize, sink: &mut Sink<'_>) {
    let Some(n) = number(found, "n") else { return };
    if n == listed.into() || n > (listed * 2 + 2).into() {
        return;
    }
    let message = format!("文中说{}个，列出的是{listed}个", show(n));
    here.warn(sink, "count-names", message, (show(n), listed.to_string()), here.at(found, "n"));
}
