//! What is said when there is no font, and which are taken when there are.

use super::system_fonts;
use crate::{Fonts, PaperError};

#[test]
fn no_font_is_explained() {
    let empty = tempfile::tempdir().unwrap();
    let other = tempfile::tempdir().unwrap();
    std::fs::write(other.path().join("readme.txt"), "NotoSerifCJK").unwrap();
    std::fs::write(other.path().join("NotoSerifCJK-Regular.ttc"), "no font").unwrap();
    for folder in [empty.path(), other.path(), &empty.path().join("missing")] {
        let error = Fonts::from_dirs(&[folder.to_owned()]).unwrap_err();
        assert!(matches!(error, PaperError::NoChineseFont { .. }), "{error}");
        let message = error.to_string();
        for part in ["没有找到中文字体", "FangSong", "Noto Serif CJK SC", "apt-get install fonts-noto-cjk"]
        {
            assert!(message.contains(part), "{part}: {message}");
        }
        assert!(message.contains(&folder.display().to_string()), "{message}");
    }
}

#[test]
fn every_role_has_a_loaded_family() {
    let fonts = system_fonts();
    for family in fonts.families() {
        assert!(fonts.of_family(family).next().is_some(), "{family}");
    }
    assert!(fonts.families().contains(&fonts.chart.family.as_str()));
}
