//! A panic inside is a value, and the thread speaks again afterwards.

use super::{QUIET, quietly};

#[test]
fn a_panic_becomes_nothing_and_quiet_ends() {
    type Case = (fn() -> u32, Option<u32>);
    let cases: &[Case] = &[(|| 7, Some(7)), (|| panic!("inside"), None), (|| 8, Some(8))];
    for (call, expected) in cases {
        assert_eq!(quietly(*call), *expected);
        assert!(!QUIET.get());
    }
    assert_eq!(quietly(|| quietly(|| QUIET.get())), Some(Some(true)));
}
