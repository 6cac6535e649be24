//! Bars as the design draws them, and their words in the PDF.

use rust_decimal::Decimal;

use super::{packed, pages, pdf};
use crate::charts::{Bar, bar_svg, progress_chart};
use crate::example::document;
use crate::model::{Chart, ChartKind};

fn bar(completion: i64, forecast: Option<i64>, tight: bool) -> Bar {
    Bar {
        group: None,
        label: "入户探访".into(),
        actual: "949 个".into(),
        target: "1,000".into(),
        completion: Decimal::new(completion, 2),
        completion_text: format!("{}%", Decimal::new(completion, 2).normalize()),
        elapsed: Decimal::new(5315, 2),
        forecast: forecast.map(|forecast| Decimal::new(forecast, 2)),
        tight,
    }
}

/// The numbers are those of the design's page of indicators.
#[test]
fn bar_is_the_designs_markup() {
    let cases = [
        (
            bar(9490, Some(17855), false),
            r#"<svg class="chart" width="100%" height="40" role="img" aria-label="入户探访：实际 949 个，指标量 1,000，完成 94.9%，时间进度 53.2%，预计期末 179%"><rect class="c-track" x="0" y="14" width="100%" height="12"/><rect class="c-soft" x="0" y="14" width="100.00%" height="12"/><rect class="c-fill" x="0" y="14" width="75.92%" height="12"/><line class="c-goal" x1="80.00%" x2="80.00%" y1="9" y2="31"/><line class="c-now" x1="42.52%" x2="42.52%" y1="-1" y2="41"/></svg>"#,
        ),
        (
            bar(5385, Some(10131), true),
            r#"<svg class="chart" width="100%" height="40" role="img" aria-label="入户探访：实际 949 个，指标量 1,000，完成 53.85%，时间进度 53.2%，预计期末 101%"><rect class="c-track" x="0" y="14" width="100%" height="12"/><rect class="c-soft" x="0" y="14" width="81.05%" height="12"/><rect class="c-tight" x="0" y="14" width="43.08%" height="12"/><line class="c-goal" x1="80.00%" x2="80.00%" y1="9" y2="31"/><line class="c-now" x1="42.52%" x2="42.52%" y1="-1" y2="41"/></svg>"#,
        ),
        (
            bar(41429, Some(77946), false),
            r#"<svg class="chart" width="100%" height="40" role="img" aria-label="入户探访：实际 949 个，指标量 1,000，完成 414.29%，时间进度 53.2%，已达标"><rect class="c-track" x="0" y="14" width="100%" height="12"/><rect class="c-fill" x="0" y="14" width="100.00%" height="12"/><svg x="100%" y="14" overflow="visible"><path class="c-cap" d="M-14 0 l6 6 l-6 6 M-8 0 l6 6 l-6 6"/></svg><line class="c-goal" x1="80.00%" x2="80.00%" y1="9" y2="31"/><line class="c-now" x1="42.52%" x2="42.52%" y1="-1" y2="41"/></svg>"#,
        ),
    ];
    for (bar, expected) in cases {
        assert_eq!(bar_svg(&bar), expected);
    }
}

#[test]
fn edges_of_the_axis() {
    let cases = [
        (0, None, "c-fill\" x=\"0\" y=\"14\" width=\"0.00%\"", false, false),
        (-500, None, "c-fill\" x=\"0\" y=\"14\" width=\"0.00%\"", false, false),
        (10000, Some(18800), "c-fill\" x=\"0\" y=\"14\" width=\"80.00%\"", false, false),
        (12500, None, "c-fill\" x=\"0\" y=\"14\" width=\"100.00%\"", false, false),
        (12501, None, "c-fill\" x=\"0\" y=\"14\" width=\"100.00%\"", false, true),
        (6000, Some(5000), "c-fill\" x=\"0\" y=\"14\" width=\"48.00%\"", false, false),
        (6000, Some(11289), "c-fill\" x=\"0\" y=\"14\" width=\"48.00%\"", true, false),
    ];
    for (completion, forecast, fill, soft, cap) in cases {
        let svg = bar_svg(&bar(completion, forecast, false));
        assert!(svg.contains(fill), "{completion}: {svg}");
        assert_eq!(svg.contains("c-soft"), soft, "{completion}");
        assert_eq!(svg.contains("c-cap"), cap, "{completion}");
    }
}

/// The standalone chart's axis is 276 units wide and starts at 328.
#[test]
fn chart_takes_the_bars_geometry() {
    let svg = progress_chart(&[bar(9490, Some(17855), false)], "图", Decimal::new(5315, 2), "Some Family");
    for expected in [
        "font-family=\"Some Family\"",
        "<rect class=\"c-fill\" fill=\"#3f74a8\" x=\"328\" y=\"60.5\" width=\"209.54\" height=\"12\"/>",
        "<line class=\"c-goal\" stroke=\"#1c1e21\" stroke-width=\"1.5\" x1=\"548.80\" y1=\"57.5\" x2=\"548.80\"",
        "<line class=\"c-now\" stroke=\"#b3301d\" stroke-width=\"1.5\" x1=\"445.36\" y1=\"54\" x2=\"445.36\"",
    ] {
        assert!(svg.contains(expected), "{expected} not in {svg}");
    }
    assert!(!svg.contains("style="));
}

#[test]
fn labels_are_in_the_pdf() {
    let document = document();
    let words = packed(&pages(&pdf(&document)).concat());
    let mut looked_for =
        vec!["时间进度53.2%".to_owned(), "超出125%".into(), "75%".into(), "指标量100%".into()];
    for chart in document.charts() {
        let ChartKind::Progress { bars, .. } = &chart.kind else { continue };
        for bar in bars {
            // A row reads: label, actual, target, completion.
            looked_for
                .push(packed(&format!("{}{}{}{}", bar.label, bar.actual, bar.target, bar.completion_text)));
        }
    }
    assert_eq!(looked_for.len(), 19);
    for expected in looked_for {
        assert!(words.contains(&expected), "{expected}");
    }
}

/// Both papers hold a drawing of a fifth of the text's width, and the words beside it.
#[test]
fn a_code_is_drawn_in_every_paper() {
    let mut document = document();
    document.blocks.truncate(1);
    document.chart(Chart::code("seal", "清单摘要 <3fa2>", "https://kapok.example/reports/seals/3fa2"));
    let html = crate::html::fragment(&document);
    assert!(
        html.contains("<svg role=\"img\" aria-label=\"清单摘要 &lt;3fa2&gt;\"") && html.contains("viewBox"),
        "{html}"
    );
    let text = crate::text::render(&document);
    assert!(text.contains("https://kapok.example/reports/seals/3fa2"), "{text}");
    let fonts = crate::Fonts::from_system().unwrap();
    let packed = crate::docx::render_with_charts(&document, &fonts).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(packed)).unwrap();
    assert!(
        archive.file_names().any(|name| name.ends_with(".png")),
        "{:?}",
        archive.file_names().collect::<Vec<_>>()
    );
    let mut written = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("word/document.xml").unwrap(), &mut written).unwrap();
    assert!(written.contains("清单摘要 &lt;3fa2&gt;"));
    assert!(crate::pdf::render(&document, &fonts).unwrap().len() > 2000);
    // What no code can hold is left white; nothing fails.
    document.chart(Chart::code("long", "太长", "九".repeat(1500)));
    assert!(crate::pdf::render(&document, &fonts).is_ok());
}
