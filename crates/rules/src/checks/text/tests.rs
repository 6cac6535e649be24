//! The whole check: reports that pass stay silent, broken ones are found, any text and any bytes come back.

use std::fmt::Write as _;
use std::io::Write as _;

mod any;
mod times;

use super::mutation::{Kind, measure};
use super::*;

/// Reports of invented stations that hold together, and beside each what nothing else in it determines.
const FIXTURES: &[(&str, &str, &str)] = &[
    ("beihu.txt", include_str!("fixtures/beihu.txt"), include_str!("fixtures/beihu.free")),
    ("chengnan.md", include_str!("fixtures/chengnan.md"), include_str!("fixtures/chengnan.free")),
    ("pingan.txt", include_str!("fixtures/pingan.txt"), include_str!("fixtures/pingan.free")),
    ("wutong.md", include_str!("fixtures/wutong.md"), include_str!("fixtures/wutong.free")),
    ("dongan.txt", include_str!("fixtures/dongan.txt"), include_str!("fixtures/dongan.free")),
    ("guduzhen.md", include_str!("fixtures/guduzhen.md"), include_str!("fixtures/guduzhen.free")),
    ("haicang.md", include_str!("fixtures/haicang.md"), include_str!("fixtures/haicang.free")),
    ("jiangnan.md", include_str!("fixtures/jiangnan.md"), include_str!("fixtures/jiangnan.free")),
    ("baishu.md", include_str!("fixtures/baishu.md"), include_str!("fixtures/baishu.free")),
    ("binhe.md", include_str!("fixtures/binhe.md"), include_str!("fixtures/binhe.free")),
    ("fenglin.txt", include_str!("fixtures/fenglin.txt"), include_str!("fixtures/fenglin.free")),
    ("qingshan.txt", include_str!("fixtures/qingshan.txt"), include_str!("fixtures/qingshan.free")),
    ("xinghe.md", include_str!("fixtures/xinghe.md"), include_str!("fixtures/xinghe.free")),
    ("yuecheng2019.md", include_str!("fixtures/yuecheng2019.md"), include_str!("fixtures/yuecheng2019.free")),
    ("yunxi.md", include_str!("fixtures/yunxi.md"), include_str!("fixtures/yunxi.free")),
];

/// Reports written before the relations were read, each in the manner of another city: what is measured on them is nearer
/// to what an unknown report meets.
const BLIND: &[(&str, &str, &str)] = &[
    ("lanting.md", include_str!("fixtures/lanting.md"), include_str!("fixtures/lanting.free")),
    ("jinkui.txt", include_str!("fixtures/jinkui.txt"), include_str!("fixtures/jinkui.free")),
    ("rongxi.md", include_str!("fixtures/rongxi.md"), include_str!("fixtures/rongxi.free")),
    ("hailan.md", include_str!("fixtures/hailan.md"), include_str!("fixtures/hailan.free")),
    ("dongqiao.txt", include_str!("fixtures/dongqiao.txt"), include_str!("fixtures/dongqiao.free")),
    ("zhuyuan.md", include_str!("fixtures/zhuyuan.md"), include_str!("fixtures/zhuyuan.free")),
    ("yanjiang.md", include_str!("fixtures/yanjiang.md"), include_str!("fixtures/yanjiang.free")),
    ("gangtie.txt", include_str!("fixtures/gangtie.txt"), include_str!("fixtures/gangtie.free")),
];

fn rules_of(text: &str) -> Vec<String> {
    check(&Text::from_plain(text))
        .findings
        .into_iter()
        .map(|f| format!("{}: {}", f.rule, f.message))
        .collect()
}

#[test]
fn reports_that_hold_together_have_no_finding() {
    let said: Vec<(&str, String)> = FIXTURES
        .iter()
        .chain(BLIND)
        .flat_map(|(name, text, _)| rules_of(text).into_iter().map(move |said| (*name, said)))
        .collect();
    assert_eq!(said, Vec::new());
}

/// Per kind of break: the least share (in percent) of the breaks that must be found, over all fixtures.
#[test]
fn breaks_are_found() {
    hold_to_floors(FIXTURES, FLOORS);
}

#[test]
fn breaks_of_blind_reports_are_found() {
    hold_to_floors(BLIND, BLIND_FLOORS);
}

fn hold_to_floors(reports: &[(&str, &str, &str)], floors: &[(Kind, usize)]) {
    let mut counts = std::collections::BTreeMap::<Kind, (usize, usize)>::new();
    let mut all = String::new();
    for (name, text, free) in reports {
        let free: Vec<&str> = free.lines().filter(|l| !l.trim().is_empty()).collect();
        let (found, missed) = measure(text, &free, every());
        for (kind, (hit, of)) in found {
            let entry = counts.entry(kind).or_default();
            *entry = (entry.0 + hit, entry.1 + of);
        }
        for m in missed {
            let _ = writeln!(all, "{name}: {m}");
        }
    }
    println!("{counts:?}\n{all}");
    for (kind, floor) in floors {
        let (hit, of) = counts[kind];
        assert!(hit * 100 >= of * floor, "{kind:?}: {hit} of {of} found, floor {floor} %\n{all}");
    }
}

/// Every how manieth break is tried; `KAPOK_EVERY=1` tries all, which takes minutes in a debug build.
fn every() -> usize {
    std::env::var("KAPOK_EVERY").ok().and_then(|n| n.parse().ok()).unwrap_or(5)
}

/// What is reached on the blind reports is less than what is aimed at. Their `.free` files leave out the numbers that no
/// sum, quotient or repetition of the report determines, row numbers, and names said once; dates and units are not judged
/// there, so that their share is of all breaks.
const BLIND_FLOORS: &[(Kind, usize)] =
    &[(Kind::Number, 74), (Kind::Date, 38), (Kind::Name, 75), (Kind::Unit, 65), (Kind::List, 70)];

const FLOORS: &[(Kind, usize)] = &[
    (Kind::Number, 94),
    (Kind::Date, 97),
    (Kind::Name, 99),
    (Kind::Unit, 90),
    (Kind::Grade, 99),
    (Kind::List, 98),
];

#[test]
fn figures_of_the_sample_station_that_cannot_all_hold() {
    let facts: toml::Value =
        toml::from_str(include_str!("../../../../../examples/changgang/facts.toml")).unwrap();
    let areas = facts["area"].as_array().unwrap();
    let mut text = String::new();
    for area in areas {
        let name = area["name"].as_str().unwrap();
        let _ = writeln!(text, "{name}，本片区困难群众共计建档{}户。\n", area["files"]);
    }
    let _ = writeln!(text, "全站为{}户困难群众建立“一户一档”。", facts["registry"]["households"]);
    let found = rules_of(&text);
    assert!(found.iter().any(|f| f.contains("=1915，文中为1917，相差2")), "{found:?}");
}

#[test]
fn slips_like_those_of_published_reports() {
    let cases: &[(&str, &str)] = &[
        (
            "共计300户，其中东溪东社区99户，东溪西社区81，南苑社区60户，北苑社区60户。",
            "unit-missing: “东溪西社区81”缺少单位",
        ),
        (
            "示例片区，范围包括：细岭东社区、细岭西社区、南苑社区。\n\n片区共60户，其中细玲东20户，细岭西20户，南苑20户。",
            "name-variant: “细玲东”与“细岭东”",
        ),
        ("本次评估的等分数为：84.48。", "phrase: “等分数”"),
        (
            "随机抽取100名服务对象进行满意度调查，总体满意度为93.4%。\n\n调查中4名受访对象未接听电话。",
            "percent-base: 满意度93.4%",
        ),
        ("入户探访949个、电访8643个，分别完成指标量的94.9%、414.29%。", "completion: "),
        (
            "评估日期：2025年3月25日\n\n2025年3月26日，评估中心组织专家对社工站开展了中期评估工作。",
            "date-differs: ",
        ),
        (
            "自2012年5月开始由示例中心负责运营。\n\n评估日期：2025年3月25日\n\n社工站已顺利运营15年时间。",
            "duration: ",
        ),
    ];
    for (text, expected) in cases {
        let found = rules_of(text);
        assert!(found.iter().any(|f| f.starts_with(expected)), "{text}\n{found:?}");
    }
}

#[test]
fn json_has_the_published_shape() {
    let report = check(&Text::from_plain("社工站共20人，其中党员25人。"));
    let json = report.to_json("a.txt");
    let expected = serde_json::json!({
        "file": "a.txt", "claims": 2, "relations": 1,
        "findings": [{
            "rule": "part-over-whole", "severity": "error",
            "message": "部分大于整体：“其中党员25人”大于“社工站共20人”（25>20）",
            "stated": "25", "expected": "不大于20",
            "locations": [
                {"line": 1, "column": 9, "excerpt": "其中党员25人"},
                {"line": 1, "column": 1, "excerpt": "社工站共20人"},
            ],
        }],
    });
    assert_eq!(json["findings"], expected["findings"]);
    assert_eq!(json["file"], expected["file"]);
    assert_eq!(json["claims"], expected["claims"]);
}

#[test]
fn every_rule_is_explained_once() {
    let mut names: Vec<&str> = RULES.iter().map(|r| r.0).collect();
    assert!(names.iter().all(|n| explain(n).is_some_and(|t| t.chars().count() > 6)));
    assert_eq!(explain("no-such-rule"), None);
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), RULES.len());
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let cases: &[(&[u8], &str, &str)] = &[
        (b"hello", "a.doc", "请提供"),
        (b"", "a.txt", "没有可读的文字"),
        (b"PK\x03\x04garbage", "a.docx", "压缩包损坏"),
        (b"%PDF-1.7 garbage", "a.pdf", "PDF"),
        (b"plain", "a.pdf", "不是有效的 PDF"),
        (b"plain", "a.docx", "不是有效的 DOCX"),
        (&[0xff, 0x80, 0x00, 0x81, 0x30], "a.txt", "编码"),
    ];
    for (bytes, name, expected) in cases {
        let error = read(bytes, name).unwrap_err().to_string();
        assert!(error.contains(expected), "{name}: {error}");
    }
}

#[test]
fn a_docx_is_read_with_headings_tables_and_footnotes() {
    let document = r#"<w:document xmlns:w="w"><w:body>
        <w:p><w:pPr><w:pStyle w:val="2"/></w:pPr><w:r><w:t>一、概况</w:t></w:r></w:p>
        <w:p><w:r><w:t>共20</w:t></w:r><w:r><w:t>人 &amp; 3户</w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>片区</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>户数</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
        </w:body></w:document>"#;
    let styles =
        r#"<w:styles xmlns:w="w"><w:style w:styleId="2"><w:name w:val="heading 1"/></w:style></w:styles>"#;
    let notes = r#"<w:footnotes xmlns:w="w"><w:footnote><w:p><w:r><w:t>注一</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
    let bytes = archive(&[
        ("word/document.xml", document),
        ("word/styles.xml", styles),
        ("word/footnotes.xml", notes),
    ]);
    let lines = read(&bytes, "a.docx").unwrap().lines;
    let texts: Vec<&str> = lines.iter().map(|l| l.text.trim()).collect();
    assert_eq!(texts, ["一、概况", "共20人 & 3户", "片区 | 户数 |", "注一"]);
    assert_eq!(lines[0].kind, LineKind::Heading(1));
    assert!(matches!(&lines[2].kind, LineKind::Row { table: 0, cells } if cells.len() == 3));
}

#[test]
fn automatic_numbers_of_word_are_read() {
    let numbered = |level: u8, words: &str| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"#
        )
    };
    let body = [
        numbered(0, "概况"),
        numbered(1, "人员"),
        numbered(1, "经费"),
        numbered(0, "结论"),
        numbered(1, "等级"),
    ];
    let styled = r#"<w:p><w:pPr><w:pStyle w:val="h"/></w:pPr><w:r><w:t>附件</w:t></w:r></w:p>"#;
    let bullet =
        r#"<w:p><w:pPr><w:numPr><w:numId w:val="8"/></w:numPr></w:pPr><w:r><w:t>点</w:t></w:r></w:p>"#;
    let document = format!("<w:document><w:body>{}{styled}{bullet}</w:body></w:document>", body.concat());
    let numbering = r#"<w:numbering>
        <w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>
        <w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl></w:abstractNum>
        <w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num><w:num w:numId="8"><w:abstractNumId w:val="4"/></w:num></w:numbering>"#;
    let styles = r#"<w:styles><w:style w:styleId="h"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style></w:styles>"#;
    let bytes = archive(&[
        ("word/document.xml", &document),
        ("word/numbering.xml", numbering),
        ("word/styles.xml", styles),
    ]);
    let lines = read(&bytes, "a.docx").unwrap().lines;
    let texts: Vec<&str> = lines.iter().map(|l| l.text.trim()).collect();
    assert_eq!(texts, ["一、概况", "1.人员", "2.经费", "二、结论", "1.等级", "三、附件", "点"]);
}

#[test]
fn an_archive_that_swells_is_refused() {
    let bytes = archive(&[("word/document.xml", &" ".repeat(70 << 20))]);
    assert!(bytes.len() < 1 << 20);
    assert!(read(&bytes, "a.docx").unwrap_err().to_string().contains("64 MB"));
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A PDF of one page with one line of text.
fn small_pdf() -> Vec<u8> {
    let content = "BT /F1 12 Tf 72 720 Td (Files 20, made 30) Tj ET";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    let mut out = "%PDF-1.4\n".to_owned();
    let mut at = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        at.push(out.len());
        let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", i + 1);
    }
    let start = out.len();
    let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for offset in at {
        let _ = writeln!(out, "{offset:010} 00000 n ");
    }
    let _ = write!(out, "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", objects.len() + 1);
    out.into_bytes()
}

#[test]
fn a_pdf_is_read_line_by_line_with_its_page() {
    let lines = read(&small_pdf(), "a.pdf").unwrap().lines;
    assert_eq!(lines[0].text, "Files 20, made 30");
    assert_eq!(lines[0].page, Some(1));
}

/// Claims and relations tried grow with the text and not with its square: twice the text, about twice the work.
#[test]
fn work_grows_linearly() {
    for (name, text, _) in BLIND.iter().chain(&FIXTURES[..3]) {
        let work = |times: usize| check(&Text::from_plain(&format!("{text}\n\n").repeat(times)));
        let (three, six) = (work(3), work(6));
        assert!(six.claims <= three.claims * 2 + 8, "{name}: {} {}", six.claims, three.claims);
        let most = three.relations * 5 / 2;
        assert!(six.relations <= most, "{name}: {} {}", six.relations, three.relations);
    }
}
