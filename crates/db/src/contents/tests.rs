//! Content comes back as it was put, is kept once, tells nothing on disk, and what was done to a file is found.

use std::path::{Path, PathBuf};

use kernel::Clock;
use tempfile::TempDir;

use super::{Contents, is_name, names};
use crate::tests::NOON;
use crate::{Database, Keys, Place, rotate, testing};

const KEY: [u8; 32] = [7; 32];
const CLOCK: Clock = Clock::Fixed(NOON);

/// Bytes of which no two pieces are alike, longer than a chunk.
fn long() -> Vec<u8> {
    (0..200_003_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}

fn only_file(folder: &Path) -> PathBuf {
    let names = names(folder).unwrap();
    assert_eq!(names.len(), 1, "{names:?}");
    folder.join(&names[0])
}

#[test]
fn content_comes_back_and_is_kept_once() {
    let (folder, keys) = (TempDir::new().unwrap(), Keys::new(KEY));
    let inner = folder.path().join("deep/files");
    let contents = Contents::of(&inner, &keys);
    for content in [b"".to_vec(), "签到表".into(), vec![0; 64 << 10], long()] {
        let hash = contents.put(&content).unwrap();
        assert_eq!(contents.put(&content).unwrap(), hash);
        assert!(contents.has(&hash));
        assert!(contents.get(&hash).unwrap() == content);
    }
    assert_eq!(names(&inner).unwrap().len(), 4, "the same content twice is one file");
    let hash = contents.put(b"").unwrap();
    assert_eq!(hash, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

#[cfg(unix)]
#[test]
fn the_folder_tells_nothing() {
    use std::os::unix::fs::PermissionsExt as _;
    let (folder, keys) = (TempDir::new().unwrap(), Keys::new(KEY));
    let inner = folder.path().join("files");
    let text = "示例街 12 号 单示例 的同意书".repeat(100);
    let hash = Contents::of(&inner, &keys).put(text.as_bytes()).unwrap();
    let file = only_file(&inner);
    let bytes = std::fs::read(&file).unwrap();
    assert!(!bytes.windows(6).any(|part| part == "示例".as_bytes()));
    assert!(!file.display().to_string().contains(&hash[..16]), "the name is a keyed hash");
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&file), mode(&inner)), (0o600, 0o700));
    // Another database names and seals the same content otherwise.
    let other = Keys::new([8; 32]);
    let other = Contents::of(&inner, &other);
    assert!(!other.has(&hash));
    other.put(text.as_bytes()).unwrap();
    assert_eq!(names(&inner).unwrap().len(), 2);
}

#[test]
fn what_was_done_to_a_file_is_found_and_mended_by_the_content() {
    let (folder, keys) = (TempDir::new().unwrap(), Keys::new(KEY));
    let contents = Contents::of(folder.path(), &keys);
    let hash = contents.put(&long()).unwrap();
    let file = only_file(folder.path());
    let whole = std::fs::read(&file).unwrap();
    let code = || contents.get(&hash).map_or_else(|problem| problem.code, |_| "whole");
    let cases: [(&str, &dyn Fn(), &str); 6] = [
        ("taken away", &|| std::fs::remove_file(&file).unwrap(), "content_missing"),
        ("emptied", &|| std::fs::write(&file, b"").unwrap(), "content_altered"),
        ("cut", &|| std::fs::write(&file, &whole[..whole.len() - 1]).unwrap(), "content_altered"),
        ("longer", &|| std::fs::write(&file, [&whole[..], b"x"].concat()).unwrap(), "content_altered"),
        ("another file", &|| std::fs::write(&file, long()).unwrap(), "content_altered"),
        (
            "one bit",
            &|| {
                let mut bytes = whole.clone();
                bytes[90_000] ^= 1;
                std::fs::write(&file, bytes).unwrap();
            },
            "content_altered",
        ),
    ];
    for (name, damage, expected) in cases {
        damage();
        assert_eq!(code(), expected, "{name}");
        assert_eq!(contents.put(&long()).unwrap(), hash);
        assert_eq!(code(), "whole", "{name}");
    }
    // A file under the name of another does not open there.
    let other = contents.put(b"another").unwrap();
    let names = names(folder.path()).unwrap();
    let second = names.iter().map(|name| folder.path().join(name)).find(|path| *path != file).unwrap();
    std::fs::copy(&file, second).unwrap();
    assert_eq!(contents.get(&other).unwrap_err().code, "content_altered");
}

#[test]
fn what_cannot_be_written_is_refused_by_name_and_leaves_nothing() {
    let (folder, keys) = (TempDir::new().unwrap(), Keys::new(KEY));
    let blocked = folder.path().join("file");
    std::fs::write(&blocked, "").unwrap();
    let refused = Contents::of(&blocked, &keys).put(b"x").unwrap_err();
    assert_eq!((refused.code, refused.place), ("files_unwritable", blocked.display().to_string()));
    assert_eq!(names(&blocked).unwrap(), Vec::<String>::new());
    let there = folder.path().join("ab/.kapok-1.part");
    std::fs::create_dir_all(there.parent().unwrap()).unwrap();
    std::fs::write(&there, "half").unwrap();
    assert_eq!(names(folder.path()).unwrap(), Vec::<String>::new(), "a half written file is none");
}

#[test]
fn only_names_of_ours_are_names() {
    let digits = "0123456789abcdef".repeat(4);
    let good = format!("{}/{}", &digits[..2], &digits[2..]);
    assert!(is_name(&good));
    for bad in
        ["", "/", "ab", "../etc/passwd", &good[1..], &good.to_uppercase(), &good.replace('3', "."), "ab/"]
    {
        assert!(!is_name(bad), "{bad}");
    }
}

#[test]
fn another_key_file_still_opens_the_files() {
    testing::each(CLOCK, |fresh| {
        let folder = TempDir::new().unwrap();
        let database = fresh.database.clone().with_files(folder.path());
        let hash = database.contents().unwrap().put(b"evidence").unwrap();
        rotate(&fresh.place, &Keys::new(testing::TEST_KEY), &Keys::new([9; 32]), CLOCK).unwrap();
        let again =
            Database::open(&fresh.place, Keys::new([9; 32]), CLOCK).unwrap().with_files(folder.path());
        assert_eq!(again.contents().unwrap().get(&hash).unwrap(), b"evidence");
    });
}

#[test]
fn a_database_on_a_server_has_no_folder_until_one_is_named() {
    let fresh = testing::postgres(CLOCK);
    let database = Database::open(&fresh.place, Keys::new(testing::TEST_KEY), CLOCK).unwrap();
    let Err(problem) = database.contents() else { panic!("a folder of its own") };
    assert_eq!(problem.code, "no_files_folder");
    assert!(problem.remedy.contains("--files"), "{problem}");
    let fresh = testing::sqlite(CLOCK);
    let Place::File(path) = &fresh.place else { panic!("a file") };
    assert_eq!(fresh.database.contents().unwrap().folder(), path.with_file_name("files"));
}
