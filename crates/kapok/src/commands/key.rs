//! `kapok key rotate`: another key file for the same database.

use crate::args::{KeyCommand, KeyRotate};
use crate::output;
use crate::place;
use crate::trouble::Trouble;

/// Runs the command.
pub fn run(command: &KeyCommand) -> Result<bool, Trouble> {
    match command {
        KeyCommand::Rotate(args) => rotate(args),
    }
}

fn rotate(args: &KeyRotate) -> Result<bool, Trouble> {
    place::must_exist(&args.place)?;
    let key = place::key_file(&args.place);
    let keys = db::rotate_file(&place::address(&args.place), &key, kernel::Clock::System)?;
    output::print(&format!("密钥已更换：{}，指纹 {}", key.display(), keys.fingerprint()));
    output::print(
        "旧密钥留在旁边，名为 密钥文件名.old-指纹：更换以前的备份要用它打开，请移到保管密钥的地方。",
    );
    output::print("正在运行的网站请重新启动，否则下一次备份会被拒绝。");
    Ok(false)
}
