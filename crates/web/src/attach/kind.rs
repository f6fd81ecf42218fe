//! What a file is, by its bytes. A name only says what the sender believes, and may lie.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use kernel::Fault;

use super::{Opens, unreadable};
use crate::Refusal;

/// The kinds that are kept. What a browser would run as a page (SVG, HTML) or a machine as a program is none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Pdf,
    Png,
    Jpeg,
    Webp,
    Tiff,
    Docx,
    Xlsx,
    Odt,
    Text,
}

impl Kind {
    pub fn media(self) -> &'static str {
        match self {
            Kind::Pdf => "application/pdf",
            Kind::Png => "image/png",
            Kind::Jpeg => "image/jpeg",
            Kind::Webp => "image/webp",
            Kind::Tiff => "image/tiff",
            Kind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Kind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Kind::Odt => "application/vnd.oasis.opendocument.text",
            Kind::Text => "text/plain; charset=utf-8",
        }
    }
    /// How it is called on every page, whatever the language.
    fn name(self) -> &'static str {
        match self {
            Kind::Pdf => "PDF",
            Kind::Png => "PNG",
            Kind::Jpeg => "JPEG",
            Kind::Webp => "WebP",
            Kind::Tiff => "TIFF",
            Kind::Docx => "DOCX",
            Kind::Xlsx => "XLSX",
            Kind::Odt => "ODT",
            Kind::Text => "TXT",
        }
    }
    fn endings(self) -> &'static [&'static str] {
        match self {
            Kind::Pdf => &["pdf"],
            Kind::Png => &["png"],
            Kind::Jpeg => &["jpg", "jpeg"],
            Kind::Webp => &["webp"],
            Kind::Tiff => &["tif", "tiff"],
            Kind::Docx => &["docx"],
            Kind::Xlsx => &["xlsx"],
            Kind::Odt => &["odt"],
            Kind::Text => &["txt", "csv", "md"],
        }
    }
    pub fn opens(self) -> Opens {
        match self {
            Kind::Pdf | Kind::Png | Kind::Jpeg | Kind::Webp => Opens::Shown,
            Kind::Tiff | Kind::Docx | Kind::Xlsx | Kind::Odt | Kind::Text => Opens::Saved,
        }
    }
}

/// The kind of a file, or why it is not taken. A name without an ending says nothing, and so nothing false.
pub(super) fn of(content: &mut File, name: &str) -> Result<Result<Kind, Refusal>, Fault> {
    let file = name.to_owned();
    let mut head = vec![0; 80];
    let read = read_at(content, 0, &mut head).map_err(unreadable)?;
    head.truncate(read);
    let kind = match head.as_slice() {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(Kind::Pdf),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Kind::Png),
        [0xff, 0xd8, 0xff, ..] => Some(Kind::Jpeg),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Kind::Webp),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => Some(Kind::Tiff),
        [b'P', b'K', 3, 4, ..] => match office(content, &head).map_err(unreadable)? {
            Office::WithMacros => return Ok(Err(Refusal::FileHasMacros { file })),
            Office::Kind(kind) => Some(kind),
            Office::Other => None,
        },
        _ => is_text(content).map_err(unreadable)?.then_some(Kind::Text),
    };
    let Some(kind) = kind else { return Ok(Err(Refusal::FileNotTaken { file })) };
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    if ending.is_some_and(|ending| !kind.endings().contains(&ending.as_str())) {
        return Ok(Err(Refusal::FileNotItsName { file, kind: kind.name().to_owned() }));
    }
    Ok(Ok(kind))
}

fn read_at(content: &mut File, at: u64, into: &mut [u8]) -> std::io::Result<usize> {
    content.seek(SeekFrom::Start(at))?;
    let mut read = 0;
    while read < into.len() {
        match content.read(&mut into[read..])? {
            0 => break,
            more => read += more,
        }
    }
    Ok(read)
}

enum Office {
    Kind(Kind),
    WithMacros,
    Other,
}

/// No letter has a longer table of contents.
const CONTENTS_MAX: u32 = 1 << 20;

/// What a zip archive is, by the names in its table of contents. Nothing is unpacked.
fn office(content: &mut File, head: &[u8]) -> std::io::Result<Office> {
    const ODT: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.text";
    if head.get(30..30 + ODT.len()) == Some(ODT)
        && head.get(30 + ODT.len()..).is_some_and(|rest| rest.starts_with(b"PK"))
    {
        return Ok(Office::Kind(Kind::Odt));
    }
    let names = contents(content)?;
    let has = |name: &[u8]| names.iter().any(|other| other.eq_ignore_ascii_case(name));
    if names.iter().any(|name| name.to_ascii_lowercase().ends_with(b"vbaproject.bin")) {
        return Ok(Office::WithMacros);
    }
    Ok(match has(b"[Content_Types].xml") {
        true if has(b"word/document.xml") => Office::Kind(Kind::Docx),
        true if has(b"xl/workbook.xml") => Office::Kind(Kind::Xlsx),
        _ => Office::Other,
    })
}

fn contents(content: &mut File) -> std::io::Result<Vec<Vec<u8>>> {
    let size = content.seek(SeekFrom::End(0))?;
    let mut tail = vec![0; size.min(66_000) as usize];
    read_at(content, size - tail.len() as u64, &mut tail)?;
    let u16_at =
        |bytes: &[u8], at: usize| bytes.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]));
    let u32_at = |bytes: &[u8], at: usize| {
        bytes.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
    };
    let Some(end) = tail.windows(4).rposition(|four| four == b"PK\x05\x06") else { return Ok(Vec::new()) };
    let (long, start) = (u32_at(&tail, end + 12), u32_at(&tail, end + 16));
    if long > CONTENTS_MAX {
        return Ok(Vec::new());
    }
    let mut table = vec![0; long as usize];
    let read = read_at(content, u64::from(start), &mut table)?;
    table.truncate(read);
    let (mut names, mut at) = (Vec::new(), 0);
    while table.get(at..at + 4) == Some(b"PK\x01\x02") {
        let [name, more, comment] = [28, 30, 32].map(|field| usize::from(u16_at(&table, at + field)));
        names.extend(table.get(at + 46..at + 46 + name).map(<[u8]>::to_vec));
        at += 46 + name + more + comment;
    }
    Ok(names)
}

/// Whether it is plain text: UTF-8 without control characters, and nothing that a machine would run or show as a page.
fn is_text(content: &mut File) -> std::io::Result<bool> {
    content.seek(SeekFrom::Start(0))?;
    let (mut piece, mut held, mut is_first) = (vec![0; 64 * 1024], Vec::new(), true);
    loop {
        let read = content.read(&mut piece)?;
        if read == 0 {
            return Ok(held.is_empty() && !is_first);
        }
        held.extend_from_slice(&piece[..read]);
        let (whole, rest) = match std::str::from_utf8(&held) {
            Ok(text) => (text, 0),
            Err(error) if error.error_len().is_none() => {
                let (whole, rest) = held.split_at(error.valid_up_to());
                (std::str::from_utf8(whole).unwrap_or_default(), rest.len())
            }
            Err(_) => return Ok(false),
        };
        let begins = whole.trim_start_matches('\u{feff}').trim_start();
        if is_first && ["<", "#!", "%!", "{\\rtf", "MZ"].iter().any(|mark| begins.starts_with(mark)) {
            return Ok(false);
        }
        if whole.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}')) {
            return Ok(false);
        }
        is_first = false;
        held.drain(..held.len() - rest);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn told(bytes: &[u8], name: &str) -> String {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(bytes).expect("writes");
        match of(&mut file, name).expect("reads") {
            Ok(kind) => kind.name().to_owned(),
            Err(refusal) => kernel::Refused::from(refusal).code.to_owned(),
        }
    }

    fn zip(names: &[&str]) -> Vec<u8> {
        let (mut all, mut table) = (b"PK\x03\x04".to_vec(), Vec::new());
        all.extend([0; 60]);
        for name in names {
            table.extend(b"PK\x01\x02");
            table.extend([0; 24]);
            table.extend((name.len() as u16).to_le_bytes());
            table.extend([0; 16]);
            table.extend(name.as_bytes());
        }
        let (start, long) = (all.len() as u32, table.len() as u32);
        all.extend(table);
        all.extend(b"PK\x05\x06");
        all.extend([0; 8]);
        all.extend(long.to_le_bytes());
        all.extend(start.to_le_bytes());
        all.extend([0; 2]);
        all
    }

    #[test]
    fn a_file_is_what_its_bytes_say() {
        let mut odt = b"PK\x03\x04".to_vec();
        odt.extend([0; 26]);
        odt.extend(b"mimetypeapplication/vnd.oasis.opendocument.textPK");
        for (bytes, name, kind) in [
            (b"%PDF-1.4".as_slice(), "a.pdf", "PDF"),
            (b"%PDF-1.4", "a.PDF", "PDF"),
            (b"%PDF-1.4", "scan", "PDF"),
            (b"%PDF-1.4", "a.png", "web.file_not_its_name"),
            (b"\x89PNG\r\n\x1a\n..", "a.png", "PNG"),
            (b"\xff\xd8\xff\xe0", "a.jpeg", "JPEG"),
            (b"RIFF....WEBPVP8 ", "a.webp", "WebP"),
            (b"II*\0", "a.tif", "TIFF"),
            (b"GIF89a", "a.gif", "web.file_not_its_name"),
            (b"nama;dusun\n", "a.csv", "TXT"),
            ("제1조".as_bytes(), "a.txt", "TXT"),
            (b"alert(1)", "a.js", "web.file_not_its_name"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "web.file_not_taken"),
            (b"\xef\xbb\xbf  <html>", "a.txt", "web.file_not_taken"),
            (b"#!/bin/sh", "a.txt", "web.file_not_taken"),
            (b"MZ\x90\0", "a.pdf", "web.file_not_taken"),
            (b"\x7fELF\x02", "a.txt", "web.file_not_taken"),
            (b"a\0b", "a.txt", "web.file_not_taken"),
            (b"\xc3", "a.txt", "web.file_not_taken"),
            (&zip(&["[Content_Types].xml", "word/document.xml"]), "a.docx", "DOCX"),
            (&zip(&["[Content_Types].xml", "xl/workbook.xml"]), "a.xlsx", "XLSX"),
            (&zip(&["[Content_Types].xml", "xl/workbook.xml"]), "a.docx", "web.file_not_its_name"),
            (
                &zip(&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]),
                "a.docx",
                "web.file_has_macros",
            ),
            (&zip(&["run.exe"]), "a.docx", "web.file_not_taken"),
            (b"PK\x03\x04", "a.docx", "web.file_not_taken"),
            (&odt, "a.odt", "ODT"),
        ] {
            assert_eq!(told(bytes, name), kind, "{name}");
        }
    }

    #[test]
    fn a_letter_that_a_piece_cuts_in_two_is_read() {
        let long = "가".repeat(64 * 1024);
        assert_eq!(told(long.as_bytes(), "a.txt"), "TXT");
    }
}
