//! `kapok`: arguments, configuration, commands. No logic: each command asks the platform and prints what it says.

mod args;
mod commands;
mod output;
mod place;
mod tls;
mod trouble;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Cli, Command};
use trouble::Trouble;

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("KAPOK_LOG"))
        .with_writer(std::io::stderr)
        .init();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return args::refuse(&error),
    };
    match run(cli) {
        Ok(found) => ExitCode::from(u8::from(found)),
        Err(trouble) => {
            eprintln!("{trouble}");
            ExitCode::from(2)
        }
    }
}

/// Runs a command; true when it found something that somebody should look at.
fn run(cli: Cli) -> Result<bool, Trouble> {
    match cli.command {
        Command::Demo(args) => commands::demo::run(&args),
        Command::Indicators(args) => commands::indicators::run(&args),
        Command::Figure(args) => commands::figure::run(&args),
        Command::Result(args) => commands::result::run(&args),
        Command::Report(args) => commands::report::run(&args),
        Command::Verify(args) => commands::verify::run(&args),
        Command::Sample(args) => commands::sample::run(&args.command),
        Command::Check(args) => commands::check::run(&args),
        Command::Serve(args) => commands::serve::run(&args),
        Command::User(args) => commands::user::run(&args.command),
        Command::Audit(args) => commands::audit::run(&args.command),
        Command::Documents(args) => commands::documents::run(&args.command),
        Command::Backup(args) => commands::backup::backup(&args),
        Command::Restore(args) => commands::backup::restore(&args),
        Command::Export(args) => commands::transfer::export(&args),
        Command::Import(args) => commands::transfer::import(&args),
        Command::Key(args) => commands::key::run(&args.command),
        Command::Routes(args) => commands::routes::run(&args),
    }
}
