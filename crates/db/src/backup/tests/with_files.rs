//! The files of content go along with a backup and come back, or nothing of them stays.

use super::*;

/// Three contents, one longer than a chunk.
fn three() -> Vec<Vec<u8>> {
    vec![
        b"one".to_vec(),
        Vec::new(),
        (0..150_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect(),
    ]
}

/// A database with rows and files; what a row would speak of.
fn filled(folder: &Path) -> (testing::Fresh, Database, Vec<String>) {
    let fresh = testing::sqlite(CLOCK);
    fill(&fresh.database);
    let database = fresh.database.clone().with_files(folder.join("files"));
    let kept = database.contents().unwrap();
    let hashes = three().iter().map(|content| kept.put(content).unwrap()).collect();
    (fresh, database, hashes)
}

fn restored_into(bytes: &[u8], place: &Place, files: Option<&Path>) -> DbResult<Restored> {
    restore(&mut &bytes[..], (place, files), &keys(), CLOCK, &mut |_, _| {})
}

#[test]
fn files_come_back_on_either_database() {
    let from = TempDir::new().unwrap();
    let (_fresh, database, hashes) = filled(from.path());
    // A half written file of a crash, and what somebody else put there, do not go along.
    std::fs::write(from.path().join("files/.kapok-x.part"), "half").unwrap();
    std::fs::write(from.path().join("files/readme.txt"), "mine").unwrap();
    let (mut bytes, mut told) = (Vec::new(), Vec::new());
    let header = backup(&database, &mut bytes, &mut |done, of| told.push((done, of))).unwrap();
    assert_eq!((header.files, header.format), (3, 2));
    assert_eq!(told.last(), Some(&(header.total() + 3, header.total() + 3)));
    let folder = TempDir::new().unwrap();
    for place in places(folder.path(), "files") {
        let to = folder.path().join(if matches!(place, Place::Url(_)) { "on-a-server" } else { "files" });
        assert_eq!(restored_into(&bytes, &place, Some(&to)).unwrap().faults, []);
        let database = opened(&place).with_files(&to);
        let kept = database.contents().unwrap();
        for (hash, content) in hashes.iter().zip(three()) {
            assert!(kept.get(hash).unwrap() == content);
        }
        assert!(!to.join("readme.txt").exists());
        let left: Vec<_> =
            files(&to).into_iter().filter(|path| path.to_string_lossy().contains(".part")).collect();
        assert_eq!(left, Vec::<PathBuf>::new());
        // And on from there.
        kept.put(b"more").unwrap();
        let mut again = Vec::new();
        assert_eq!(backup(&database, &mut again, &mut |_, _| {}).unwrap().files, 4);
    }
}

#[test]
fn what_fails_leaves_neither_rows_nor_files() {
    let from = TempDir::new().unwrap();
    let (_fresh, database, _) = filled(from.path());
    let bytes = saved(&database);
    let mut altered = bytes.clone();
    let at = bytes.len() - 40;
    altered[at] ^= 1;
    let cases = [
        ("cut in the files", bytes[..bytes.len() - 1000].to_vec(), "backup_cut"),
        ("cut before the end", bytes[..bytes.len() - 1].to_vec(), "backup_cut"),
        ("altered in the files", altered, "backup_altered"),
    ];
    let folder = TempDir::new().unwrap();
    for place in places(folder.path(), "failing") {
        let to = folder.path().join("there");
        for (name, bytes, expected) in &cases {
            assert_eq!(code(restored_into(bytes, &place, Some(&to))), *expected, "{name}");
            assert!(nothing_in(&place) && !to.exists(), "{name} left something");
            // A folder that was there and empty stays so.
            std::fs::create_dir(&to).unwrap();
            assert_eq!(code(restored_into(bytes, &place, Some(&to))), *expected, "{name}");
            assert_eq!(files(&to), Vec::<PathBuf>::new(), "{name}");
            std::fs::remove_dir(&to).unwrap();
        }
        assert_eq!(code(restored_into(&bytes, &place, None)), "no_files_folder");
        assert!(nothing_in(&place));
        std::fs::create_dir(&to).unwrap();
        std::fs::write(to.join("mine"), "x").unwrap();
        assert_eq!(code(restored_into(&bytes, &place, Some(&to))), "target_not_empty");
        assert_eq!(files(&to), [to.join("mine")]);
        std::fs::remove_dir_all(&to).unwrap();
    }
    // The database cannot take its place after the files took theirs.
    let place = Place::File(folder.path().join("kapok.db"));
    let to = folder.path().join("files");
    let in_the_way = |conn: &mut AnyConnection| -> DbResult<()> {
        let mut from = &bytes[..];
        let (header, hash) = super::super::header::read(&mut from)?;
        let rows = OpenReader::new(from, header.seal(&keys(), hash)?);
        let mut back = FilesBack::to(Some(&to))?;
        migrate::bring_to(conn, migrate::MIGRATIONS.len(), NOON)?;
        load::fill(conn, &mut back, &header, rows, &mut |_, _| {})?;
        back.place()?;
        assert_eq!(contents::names(&to).unwrap().len(), 3, "every file stands in its place");
        Err(Problem::new("later", "", "").into())
    };
    let Place::File(path) = &place else { panic!() };
    assert_eq!(code(super::super::restore::in_file(path, in_the_way)), "later");
    assert_eq!(files(folder.path()), Vec::<PathBuf>::new());
}

/// A file is whole before its row, and rows that come later are not of this state: whatever is written meanwhile, what
/// the state speaks of is there.
#[test]
fn a_file_kept_while_a_backup_runs_does_not_break_it() {
    let from = TempDir::new().unwrap();
    let (_fresh, database, hashes) = filled(from.path());
    let other = database.clone();
    let mut n = 0_u32;
    let mut bytes = Vec::new();
    backup(&database, &mut bytes, &mut |_, _| {
        n += 1;
        other.contents().unwrap().put(&n.to_be_bytes()).unwrap();
    })
    .unwrap();
    assert!(n > 1);
    let folder = TempDir::new().unwrap();
    let place = Place::File(folder.path().join("kapok.db"));
    restored(&bytes, &place, &keys()).unwrap();
    let database = opened(&place);
    assert!(hashes.iter().all(|hash| database.contents().unwrap().has(hash)));
}

#[test]
fn a_backup_of_a_full_or_unreadable_folder_says_so() {
    let from = TempDir::new().unwrap();
    let (_fresh, database, _) = filled(from.path());
    let folder = from.path().join("files");
    let first = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let file = std::fs::read_dir(&first).unwrap().next().unwrap().unwrap().path();
    std::fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink("/nowhere", &file).unwrap();
    let done: DbResult<_> = backup(&database, &mut Vec::new(), &mut |_, _| {});
    assert_eq!(code(done), "files_unreadable");
}
