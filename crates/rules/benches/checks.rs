//! How long the check of a long report takes: 200 pages of 1,000 characters, of the fixtures' text.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use rules::checks::text::{Text, check};

const REPORT: &str = include_str!("../src/checks/text/fixtures/yunxi.md");

fn two_hundred_pages(c: &mut Criterion) {
    let text = REPORT.repeat(200_000 / REPORT.chars().count() + 1);
    let text = Text::from_plain(&text);
    c.bench_function("check_200_pages", |b| b.iter(|| check(black_box(&text))));
}

criterion_group!(benches, two_hundred_pages);
criterion_main!(benches);
