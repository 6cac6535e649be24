//! How long the four formats of a report of some 25 pages take, with the fonts already loaded, and how long those take.

use criterion::{Criterion, criterion_group, criterion_main};
use paper::{Fonts, docx, html, pdf, xlsx};

#[path = "../src/example.rs"]
mod example;

fn render(criterion: &mut Criterion) {
    let document = example::long();
    let small = example::document();
    let Ok(fonts) = Fonts::from_system() else {
        eprintln!("no Chinese font: nothing measured");
        return;
    };
    let mut group = criterion.benchmark_group("render");
    group.sample_size(10);
    group.bench_function("fonts", |bencher| bencher.iter(Fonts::from_system));
    // A title of its own each time, so that nothing remembered from the last round helps.
    let mut round = 0;
    group.bench_function("pdf", |bencher| {
        bencher.iter(|| {
            round += 1;
            let mut fresh = document.clone();
            fresh.meta.sample_notice = Some(format!("{round} {}", example::SIGNS));
            comemo::evict(0);
            pdf::render(&fresh, &fonts)
        });
    });
    group.bench_function("docx", |bencher| bencher.iter(|| docx::render(&document)));
    group.bench_function("docx_with_one_chart", |bencher| {
        bencher.iter(|| docx::render_with_charts(&small, &fonts));
    });
    group.bench_function("html", |bencher| bencher.iter(|| html::render(&document)));
    group.bench_function("xlsx", |bencher| bencher.iter(|| xlsx::render(&document)));
    group.finish();
}

criterion_group!(benches, render);
criterion_main!(benches);
