//! No figure is typed: the templates of the report hold no Arabic digit.

use std::fs;
use std::path::Path;

#[test]
fn no_template_holds_a_typed_number() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/reports/compose");
    let mut literals = 0;
    for file in sources(&folder) {
        let text = fs::read_to_string(&file).unwrap();
        for literal in strings(&text).filter(|literal| literal.chars().any(chinese)) {
            literals += 1;
            let words = without_placeholders(&literal);
            assert!(
                !words.contains(|letter: char| letter.is_ascii_digit()),
                "{}: “{literal}”",
                file.display()
            );
        }
    }
    assert!(literals > 100, "the templates were found: {literals}");
}

#[test]
fn the_scan_sees_strings_and_leaves_out_comments_and_placeholders() {
    check(r#"let a = "共{}项"; // “3项”"#, &["共{}项"]);
    check(r#"let a = '"'; let b = "附件1\"号";"#, &["附件1\\\"号"]);
    check("/// 第1条\nlet a = \"甲\";", &["甲"]);
    assert_eq!(without_placeholders("第{a.b2@c}条{value:.2}，{{3}}"), "第条，3");

    fn check(source: &str, expected: &[&str]) {
        assert_eq!(strings(source).collect::<Vec<_>>(), expected);
    }
}

fn sources(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "tests") {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The string literals of a source text, as written; comments are skipped line by line.
fn strings(source: &str) -> impl Iterator<Item = String> {
    let mut found = Vec::new();
    let mut letters = source.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '/' if letters.peek() == Some(&'/') => while letters.next_if(|&next| next != '\n').is_some() {},
            '\'' if letters.peek() == Some(&'"') => {
                letters.next();
            }
            '"' => {
                let mut literal = String::new();
                while let Some(next) = letters.next_if(|&next| next != '"') {
                    literal.push(next);
                    if next == '\\' {
                        literal.extend(letters.next());
                    }
                }
                letters.next();
                found.push(literal);
            }
            _ => {}
        }
    }
    found.into_iter()
}

/// What is left when `{…}` is taken out; a doubled brace is a brace.
fn without_placeholders(literal: &str) -> String {
    let mut words = String::new();
    let mut inside = false;
    let marked = literal.replace("{{", "").replace("}}", "");
    for letter in marked.chars() {
        match letter {
            '{' => inside = true,
            '}' => inside = false,
            _ if !inside => words.push(letter),
            _ => {}
        }
    }
    words
}

fn chinese(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}
