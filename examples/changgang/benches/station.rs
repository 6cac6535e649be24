//! What a station costs: counting all its figures, gathering a report's facts, writing each file.

#![expect(clippy::expect_used, reason = "a benchmark without its station has nothing to measure")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use db::{Database, DbError, Keys, Place};
use kernel::Clock;
use paper::{Fonts, docx, html, pdf, xlsx};
use platform::indicators::rule_set;
use platform::library::Library;
use platform::reports::{Facts, Wanted, compose, files};
use platform::{evaluation, figures, indicators};

fn station(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let place = Place::File(folder.path().join("kapok.db"));
    let database = Database::open(&place, Keys::new([7; 32]), Clock::System).expect("a database");
    changgang::make(&database, &mut |_| {}).expect("the sample");
    let library = Library::load(None).expect("the shipped rules");
    counting(criterion, &database, &library);
    writing(criterion, &database, &library);
}

fn counting(criterion: &mut Criterion, database: &Database, library: &Library) {
    let (set, at) = database
        .read(|tx| {
            let now = tx.at();
            let round = evaluation::round(tx, changgang::ROUND, now)?;
            let (contract, at) = evaluation::at_round(tx, &round)?;
            let board = indicators::board(tx, &library.catalogue, at.station, at.basis.cut_off, at.known_at)?;
            let targets = indicators::targets(tx, contract.id, at.basis.cut_off, at.known_at)?;
            Ok::<_, DbError>((rule_set(library, &board, &targets), at))
        })
        .expect("the round");
    criterion.bench_function("count all figures of the station", |bench| {
        bench.iter(|| database.read(|tx| figures::all(tx, black_box(&set), &at)).expect("figures"));
    });
    criterion.bench_function("gather the report's facts, every record of every figure", |bench| {
        let load = || database.read(|tx| Facts::load(tx, library, changgang::ROUND, None)).expect("facts");
        bench.iter(load);
    });
}

fn writing(criterion: &mut Criterion, database: &Database, library: &Library) {
    let facts = database.read(|tx| Facts::load(tx, library, changgang::ROUND, None)).expect("facts");
    let fonts = Fonts::from_system().expect("fonts");
    let document = compose(&facts, &library.scheme, &|code, _| format!("#{code}")).expect("a document");
    let mut group = criterion.benchmark_group("write");
    group.sample_size(10);
    group.bench_function("fonts", |bench| bench.iter(|| Fonts::from_system().expect("fonts")));
    group.bench_function("report.pdf", |bench| bench.iter(|| pdf::render(&document, &fonts).expect("a PDF")));
    group.bench_function("report.docx", |bench| {
        bench.iter(|| docx::render_with_charts(&document, &fonts).expect("a DOCX"));
    });
    group.bench_function("report.html", |bench| bench.iter(|| html::render(&document)));
    group.bench_function("annexes.xlsx", |bench| bench.iter(|| xlsx::render(&document).expect("a workbook")));
    let all = Wanted { pdf: true, docx: true, html: true, xlsx: true };
    group.bench_function("all files together", |bench| {
        bench.iter(|| files(&facts, library, &fonts, all).expect("the files"));
    });
    group.finish();
}

criterion_group!(benches, station);
criterion_main!(benches);
