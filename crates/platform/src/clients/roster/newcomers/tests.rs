//! Which part of an address stays plain.

use super::address;

#[test]
fn the_door_is_sealed_and_what_cannot_be_told_apart_is_too() {
    let check = |written: Option<&str>, building: &str, door: &str| {
        assert_eq!(address(written, "示例东"), (building.to_owned(), door.to_owned()), "{written:?}");
    };
    check(Some("示例路12号301房"), "示例路12号", "301房");
    check(Some("示例路12号2栋301房"), "示例路12号2栋", "301房");
    check(Some("示例路12号301号房"), "示例路12号", "301号房");
    check(Some("示例花园3幢2座1001"), "示例花园3幢2座", "1001");
    check(Some("示例大街东侧平房"), "示例东", "示例大街东侧平房");
    check(Some("示例路12号"), "示例路12号", "");
    check(None, "示例东", "");
}
