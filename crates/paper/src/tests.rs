//! Tests of the whole crate on one example document. Not here: nothing else.

use crate::Fonts;

#[test]
#[ignore = "writes files to look at"]
fn write_files() {
    let folder = std::path::PathBuf::from(std::env::var("PAPER_OUT").expect("PAPER_OUT"));
    let document = crate::example::document();
    let start = std::time::Instant::now();
    let fonts = Fonts::from_system().unwrap();
    eprintln!("fonts {:?} {:?}", start.elapsed(), fonts.families());
    let start = std::time::Instant::now();
    let pdf = crate::pdf::render(&document, &fonts).unwrap();
    eprintln!("pdf {:?} {}", start.elapsed(), pdf.len());
    std::fs::write(folder.join("a.pdf"), pdf).unwrap();
    std::fs::write(folder.join("a.html"), crate::html::render(&document)).unwrap();
    std::fs::write(folder.join("a.txt"), crate::text::render(&document)).unwrap();
    let start = std::time::Instant::now();
    let docx = crate::docx::render_with_charts(&document, &fonts).unwrap();
    eprintln!("docx {:?} {}", start.elapsed(), docx.len());
    std::fs::write(folder.join("a.docx"), docx).unwrap();
    std::fs::write(folder.join("b.docx"), crate::docx::render(&document).unwrap()).unwrap();
    std::fs::write(folder.join("a.xlsx"), crate::xlsx::render(&document).unwrap()).unwrap();
}
