//! A site that runs while a story lasts, and a browser of the simplest kind: curl.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use super::kapok;

/// A running `kapok serve`; ended with the story.
pub(super) struct Server {
    child: Child,
    out: BufReader<ChildStdout>,
    /// What it said before it was ready.
    pub(super) said: String,
    /// Its address, without a slash at the end.
    pub(super) url: String,
}

impl Server {
    /// Starts on a free port of this machine.
    pub(super) fn start(dir: &str, more: &[&str]) -> Self {
        Self::of(kapok().args([&["serve", "--dir", dir, "--listen", "127.0.0.1:0"], more].concat()))
    }

    /// The same with everything it logs in a file.
    pub(super) fn logged(dir: &str, log: &std::path::Path) -> Self {
        let log = std::fs::File::create(log).unwrap();
        let arguments = ["serve", "--dir", dir, "--listen", "127.0.0.1:0"];
        Self::of(kapok().args(arguments).env("KAPOK_LOG", "trace").stderr(log))
    }

    fn of(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        while !said.contains("网站已打开：") {
            assert!(out.read_line(&mut said).unwrap() > 0, "it ended: {said}");
        }
        let url = said.split("网站已打开：").nth(1).unwrap().split("/  ").next().unwrap().to_owned();
        Self { child, out, said, url }
    }

    /// Asks it to stop; what else it said, its exit code, and how long it took.
    pub(super) fn stop(mut self) -> (String, Option<i32>, Duration) {
        let started = Instant::now();
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        let mut rest = String::new();
        while self.out.read_line(&mut rest).unwrap() > 0 {}
        (rest, self.child.wait().unwrap().code(), started.elapsed())
    }

    /// The end of the address of somebody's invitation.
    pub(super) fn invitation(&self, name: &str) -> String {
        let line = self.said.lines().find(|line| line.contains(&format!(" {name}："))).unwrap();
        let path = line.split("/invitation/").nth(1).unwrap();
        format!("/invitation/{path}")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser with a jar of cookies.
pub(super) struct Browser {
    jar: tempfile::NamedTempFile,
    more: Vec<String>,
}

/// What came back: head and body.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) text: String,
}

impl Answer {
    /// Where it leads.
    pub(super) fn location(&self) -> &str {
        let line = self.text.lines().find_map(|line| line.strip_prefix("location: "));
        line.unwrap_or_else(|| panic!("leads nowhere: {}", self.text)).trim()
    }
}

impl Browser {
    /// One that trusts the usual certificates and those of this file.
    pub(super) fn new(more: &[&str]) -> Self {
        let more = more.iter().map(|part| (*part).to_owned()).collect();
        Self { jar: tempfile::NamedTempFile::new().unwrap(), more }
    }

    /// Asks for a page; with fields, sends a form.
    pub(super) fn ask(&self, url: &str, fields: &[(&str, &str)]) -> Answer {
        self.send("--data-urlencode", url, fields)
    }

    /// Sends a form with a file: the value of its field is `@` and a path.
    pub(super) fn upload(&self, url: &str, fields: &[(&str, &str)]) -> Answer {
        self.send("--form", url, fields)
    }

    fn send(&self, how: &str, url: &str, fields: &[(&str, &str)]) -> Answer {
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--show-error", "--include", "--max-time", "20", "--http1.1"]);
        curl.args(&self.more).arg("--cookie").arg(self.jar.path()).arg("--cookie-jar").arg(self.jar.path());
        let origin = url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
        for (name, value) in fields {
            curl.arg(how).arg(format!("{name}={value}"));
            curl.arg("--header").arg(format!("Origin: {origin}"));
        }
        let output = curl.arg(url).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{url}: {}", String::from_utf8_lossy(&output.stderr));
        let status = text.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, text }
    }

    /// Signs in with a password, and with a code where one is given.
    pub(super) fn sign_in(&self, url: &str, name: &str, password: &str, code: Option<&str>) {
        let first = self.ask(&format!("{url}/sign-in"), &[("name", name), ("password", password)]);
        assert_eq!(first.status, 303, "{}", first.text);
        if let Some(code) = code {
            let second = self.ask(&format!("{url}/sign-in/second"), &[("code", code)]);
            assert_eq!(second.status, 303, "{}", second.text);
        }
    }
}
