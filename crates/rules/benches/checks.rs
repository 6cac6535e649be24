//! How long the check of a long report takes: 200 pages of 1,000 characters, of one fixture's text and of several, which
//! hold more different names, tables and totals than any one report.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use rules::checks::text::{Text, check};

const REPORT: &str = include_str!("../src/checks/text/fixtures/yunxi.md");

const SEVERAL: &[&str] = &[
    REPORT,
    include_str!("../src/checks/text/fixtures/lanting.md"),
    include_str!("../src/checks/text/fixtures/jinkui.txt"),
    include_str!("../src/checks/text/fixtures/hailan.md"),
    include_str!("../src/checks/text/fixtures/yanjiang.md"),
    include_str!("../src/checks/text/fixtures/xinghe.md"),
    include_str!("../src/checks/text/fixtures/pingan.txt"),
];

fn two_hundred_pages(c: &mut Criterion) {
    let text = REPORT.repeat(200_000 / REPORT.chars().count() + 1);
    let text = Text::from_plain(&text);
    c.bench_function("check_200_pages", |b| b.iter(|| check(black_box(&text))));
    let text: String = SEVERAL.concat().repeat(20).chars().take(200_000).collect();
    let text = Text::from_plain(&text);
    c.bench_function("check_200_pages_of_several", |b| b.iter(|| check(black_box(&text))));
}

criterion_group!(benches, two_hundred_pages);
criterion_main!(benches);
