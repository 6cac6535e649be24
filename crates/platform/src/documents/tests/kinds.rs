//! What a file is by its content, one line for each; and what is refused, by name.

use std::io::{Cursor, Write as _};

use crate::documents::content_type::content_type;

use super::{PDF, PNG};

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn office(main: &str) -> Vec<u8> {
    let types = format!(
        "<Types><Override PartName=\"/a.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.{main}\"/></Types>"
    );
    zip(&[("[Content_Types].xml", types.as_bytes()), ("a.xml", b"<w/>")])
}

fn old_office(streams: &[&str]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for name in streams {
        file.create_stream(name).unwrap().write_all(b"content").unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

fn joined(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xd9";
const WEBP: &[u8] = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0";
const HEIC: &[u8] = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x08mdat";
const MP4: &[u8] = b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2\0\0\0\x08mdat";

#[test]
fn a_file_is_what_its_content_says() {
    let docx = office("wordprocessingml.document.main+xml");
    let xlsx = office("spreadsheetml.sheet.main+xml");
    let gbk = encoding_rs::GBK.encode("姓名,社区\r\n示例甲,示例东\r\n").0.into_owned();
    // A telephone's moving picture: the film comes after the picture.
    let moving = joined(&[JPEG, MP4]);
    let cases: &[(&str, &[u8], &str)] = &[
        ("a.pdf", PDF, "application/pdf"),
        ("a.jpg", JPEG, "image/jpeg"),
        ("moving.jpg", &moving, "image/jpeg"),
        ("a.png", PNG, "image/png"),
        ("a.webp", WEBP, "image/webp"),
        ("a.heic", HEIC, "image/heic"),
        ("a.mp4", MP4, "video/mp4"),
        ("a.docx", &docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", &xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.doc", &old_office(&["/WordDocument", "/1Table"]), "application/msword"),
        ("a.xls", &old_office(&["/Workbook"]), "application/vnd.ms-excel"),
        ("old.xls", &old_office(&["/Book"]), "application/vnd.ms-excel"),
        ("a.txt", "第一行\r\n\t第二行 <2 岁".as_bytes(), "text/plain"),
        ("bom.TXT", "\u{feff}有记号".as_bytes(), "text/plain"),
        ("a.csv", &gbk, "text/csv"),
        ("bitmap.txt", b"BM is how a bitmap begins, and a text may", "text/plain"),
        // The name does not count.
        ("a.png", PDF, "application/pdf"),
        ("noname", PNG, "image/png"),
        ("a.docx", &xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ];
    for (name, content, expected) in cases {
        let found = content_type(content, name).unwrap_or_else(|problem| panic!("{name}: {problem}"));
        assert_eq!(found.as_str(), *expected, "{name}");
    }
}

#[test]
fn what_is_refused_is_refused_by_name() {
    let docx = office("wordprocessingml.document.main+xml");
    let archive = zip(&[("a.txt", b"x")]);
    let script = b"<script>alert(document.cookie)</script>".as_slice();
    let macros = zip(&[("[Content_Types].xml", b"<Types/>"), ("word/vbaProject.bin", b"x")]);
    let utf16: Vec<u8> = "\u{feff}文字 a".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: &[(&str, &[u8], &str)] = &[
        ("a.png", b"", "file_empty"),
        ("a.bin", &vec![0; (20 << 20) + 1], "file_too_large"),
        ("a.html", b"<!DOCTYPE html><title>x</title>", "file_markup"),
        ("a.txt", b"\xef\xbb\xbf  <HTML>", "file_markup"),
        ("a.svg", b"<?xml version=\"1.0\"?><svg onload=\"alert(1)\"/>", "file_markup"),
        ("a.csv", script, "file_markup"),
        ("a.pdf", script, "file_markup"),
        ("page.png", &joined(&[PNG, script]), "file_two_things"),
        ("page.jpg", &joined(&[b"\xff\xd8\xff\xfe\0\x30", script, JPEG]), "file_two_things"),
        ("page.pdf", &joined(&[b"%PDF-1.7\n", script]), "file_two_things"),
        ("archive.png", &joined(&[PNG, &archive]), "file_two_things"),
        ("archive.pdf", &joined(&[PDF, &docx]), "file_two_things"),
        ("pdf.jpg", &joined(&[JPEG, PDF]), "file_two_things"),
        ("two.docx", &joined(&[&docx, &docx]), "file_two_things"),
        ("other.docx", &joined(&[&docx, &office("spreadsheetml.sheet.main+xml")]), "file_two_things"),
        ("a.zip", &archive, "file_archive"),
        ("a.pptx", &office("presentationml.presentation.main+xml"), "file_not_taken"),
        ("a.docm", &office("ms-word.document.macroEnabled.main+xml"), "file_macros"),
        ("a.docm", &macros, "file_macros"),
        ("a.doc", &old_office(&["/WordDocument", "/_VBA_PROJECT_CUR"]), "file_macros"),
        ("a.ppt", &old_office(&["/PowerPoint Document"]), "file_not_taken"),
        ("cut.docx", &docx[..docx.len() - 30], "file_damaged"),
        ("cut.doc", &old_office(&["/WordDocument"])[..600], "file_damaged"),
        ("a.exe", b"MZ\x90\0\x03\0\0\0", "file_not_taken"),
        ("a.gif", b"GIF89a\x01\0\x01\0", "file_not_taken"),
        ("a.sh", b"#!/bin/sh\necho x\n", "file_not_taken"),
        ("late.pdf", &joined(&[b"junk before\n", PDF]), "file_not_taken"),
        ("a.txt", &utf16, "file_text"),
        ("a.txt", b"\x00\x01\x02", "file_text"),
        ("a.csv", b"a,b\xff\xff\n", "file_text"),
    ];
    for (name, content, expected) in cases {
        let found = content_type(content, name);
        assert_eq!(found.map_err(|problem| problem.code), Err(*expected), "{name}");
    }
}
