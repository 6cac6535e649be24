//! Any text and any bytes come back, and the work of a report with pieces put elsewhere stays bounded.

use proptest::prelude::*;

use super::*;

fn pieces() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "共",
        "其中",
        "20",
        "户",
        "、",
        "，",
        "。",
        "（",
        "）",
        "%",
        "分别完成",
        "东片区",
        "河湾社区",
        "2025年3月",
        "一是",
        "：",
        "|",
        "\n",
        "# ",
        "占",
        "万元",
        "十二",
        "至",
        "满意度",
        "90分以上为优秀",
        "=",
        "+",
        "×",
        "999999999999999999",
        "999999999999999",
        "99999999999999万亿",
        "0.0000000000001",
        "0",
        "①",
        "合计",
        "\t",
        "“",
        "等",
        "平均每",
        "人均",
        "较上年的",
        "提高",
        "个百分点",
        "得分最高的是",
        "分",
        "之比为1:",
        "的2倍",
        "按",
        "第一季度",
        "各",
        "率",
        "；",
        "排名",
        "优",
    ]);
    prop::collection::vec(
        prop_oneof![words.prop_map(str::to_owned), any::<char>().prop_map(String::from)],
        0..120,
    )
    .prop_map(|v| v.concat())
}

/// A text with the numbers at some places written with so many nines.
fn with_nines(text: &str, nines: usize, at: impl Fn(usize) -> bool) -> String {
    let mut out = String::new();
    let (mut n, mut inside) = (0, false);
    for c in text.chars() {
        let digit = c.is_ascii_digit();
        if digit && !inside {
            n += 1;
            if at(n) {
                out.push_str(&"9".repeat(nines));
            }
        }
        inside = digit;
        if !digit || !at(n) {
            out.push(c);
        }
    }
    out
}

/// What no report counts to is read over, and nothing that is worked out of it overflows.
#[test]
fn numbers_of_any_length_come_back() {
    const RECKONED: &str = "在9999个社区各发放问卷25份，共发放350份。两年陪诊216次，平均每月9次。面积4.2平方公里，常住人口46200人，\
        平均每平方公里11000人。不低于社区总户数4%，应不少于131份。增加16场，增长20.5%。维权服务占比最低，为10.5%。\
        应到102.30万元，实际到位98.58万元，短缺3.72万元。首期按60%拨付75.00、84.30万元。应到500人次，实到487人次，到课率97.4%。\
        入户走访和电话访问的比例为3:1，是2倍，1:25。";
    let texts = FIXTURES.iter().map(|f| f.1).chain([RECKONED, include_str!("../fixtures/matrix.txt")]);
    for text in texts {
        for nines in [13, 15, 16, 27, 28, 29] {
            check(&Text::from_plain(&with_nines(text, nines, |_| true)));
            for every in [2, 3, 7] {
                check(&Text::from_plain(&with_nines(text, nines, |n| n % every == 1)));
            }
        }
    }
    for number in 1..60 {
        for nines in [15, 25, 28] {
            check(&Text::from_plain(&with_nines(RECKONED, nines, |n| n == number)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_report_with_pieces_cut_out_and_put_elsewhere_comes_back(
        of in 0..FIXTURES.len(), from in 0..4_000_usize, length in 0..400_usize, to in 0..4_000_usize, words in pieces(),
    ) {
        let mut report: Vec<char> = FIXTURES[of].1.chars().collect();
        let from = from.min(report.len());
        let cut: Vec<char> = report.drain(from..(from + length).min(report.len())).collect();
        let to = to.min(report.len());
        report.splice(to..to, cut.into_iter().chain(words.chars().take(200)));
        let text = Text::from_plain(&report.into_iter().collect::<String>());
        let made = check(&text);
        prop_assert!(made.relations <= 60 * (made.claims + 100), "{} of {}", made.relations, made.claims);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back(text in pieces()) {
        let text = Text::from_plain(&text);
        let report = check(&text);
        for location in report.findings.iter().flat_map(|f| &f.locations) {
            prop_assert!(location.line as usize <= text.lines.len().max(1));
        }
    }

    #[test]
    fn a_damaged_pdf_comes_back(at in 9..600_usize, byte in any::<u8>(), cut in 0..900_usize) {
        let mut bytes = small_pdf();
        let place = at % bytes.len();
        bytes[place] = byte;
        bytes.truncate(bytes.len().saturating_sub(cut % 400));
        if let Ok(text) = read(&bytes, "a.pdf") {
            check(&text);
        }
    }

    #[test]
    fn a_damaged_docx_comes_back(at in 4..400_usize, byte in any::<u8>()) {
        let xml = "<w:document><w:body><w:p><w:r><w:t>共20人</w:t></w:r></w:p></w:body></w:document>";
        let mut bytes = archive(&[("word/document.xml", xml)]);
        let place = 4 + at % (bytes.len() - 4);
        bytes[place] = byte;
        if let Ok(text) = read(&bytes, "a.docx") {
            check(&text);
        }
    }

    #[test]
    fn any_bytes_come_back(bytes in prop::collection::vec(any::<u8>(), 0..400), kind in 0..4_usize) {
        let name = ["a.docx", "a.pdf", "a.md", "a.txt"][kind];
        let head: &[u8] = [b"PK\x03\x04".as_slice(), b"%PDF-1.4\n", b"", b""][kind];
        let all = [head, &bytes].concat();
        if let Ok(text) = read(&all, name) {
            check(&text);
        }
    }
}
