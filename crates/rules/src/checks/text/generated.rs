//! True reports that five generators wrote from banks of wordings: each statement in five to nine ways, drawn by chance, every
//! figure of one model. They say nothing that cannot be, so nothing may be found in them.

use std::path::Path;

use super::{Text, check};

#[test]
fn generated_reports_are_silent() {
    let reports = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/checks/text/fixtures/generated");
    let mut tried = 0;
    let mut said: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(reports).unwrap() {
        let path = entry.unwrap().path();
        let report = check(&Text::from_plain(&std::fs::read_to_string(&path).unwrap()));
        assert!(report.claims > 150, "{}: {}", path.display(), report.claims);
        said.extend(report.findings.iter().map(|f| format!("{} {}: {}", path.display(), f.rule, f.message)));
        tried += 1;
    }
    assert_eq!(said, Vec::<String>::new());
    assert_eq!(tried, 76);
}
