//! Whether a PDF does something by itself: runs a script, opens another file, carries one. Such a PDF is kept, and a browser
//! only saves it (decision 0021). What cannot be looked into counts as acting.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use flate2::read::ZlibDecoder;
use kernel::Fault;

use super::unreadable;

/// Names of a PDF that begin an action, or hide one.
const ACTING: &[&[u8]] = &[
    b"AA",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"Encrypt",
    b"GoToE",
    b"GoToR",
    b"ImportData",
    b"JS",
    b"JavaScript",
    b"Launch",
    b"OpenAction",
    b"Rendition",
    b"RichMedia",
    b"SubmitForm",
    b"XFA",
];
/// No name that is looked for is longer, escapes included.
const NAME_MAX: usize = 64;
/// So much of one object stream is looked at; one that unpacks to more is not trusted.
const UNPACKED_MAX: u64 = 16 << 20;
/// So many object streams are looked at, and no more are trusted: together they unpack to a bounded amount.
const STREAMS_MAX: usize = 256;
const PIECE: usize = 64 * 1024;

pub(super) fn acts(content: &mut File) -> Result<bool, Fault> {
    content.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let mut look = Look::default();
    look.over(content).map_err(unreadable)?;
    // A name without a stream behind it is a trick.
    if look.acts || look.streams.len() != look.packed || look.packed > STREAMS_MAX {
        return Ok(true);
    }
    for start in look.streams {
        content.seek(SeekFrom::Start(start)).map_err(unreadable)?;
        let mut unpacked = ZlibDecoder::new(&mut *content).take(UNPACKED_MAX);
        let mut inside = Look::default();
        let looked = inside.over(&mut unpacked);
        if looked.is_err() || inside.acts || inside.at == 0 || unpacked.limit() == 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What was seen, from the beginning on.
#[derive(Default)]
struct Look {
    /// How far.
    at: u64,
    acts: bool,
    /// Since the last object: it is a stream of objects; its bytes are not as they look.
    packs_objects: bool,
    /// How often that was said.
    packed: usize,
    is_predicted: bool,
    /// Where the streams begin that hold objects.
    streams: Vec<u64>,
}

impl Look {
    fn over(&mut self, from: &mut impl Read) -> std::io::Result<()> {
        let (mut held, mut piece) = (Vec::new(), vec![0; PIECE]);
        loop {
            let read = from.read(&mut piece)?;
            held.extend_from_slice(&piece[..read]);
            // The last bytes wait for what follows them.
            let upto = if read == 0 { held.len() } else { held.len().saturating_sub(NAME_MAX) };
            (0..upto).for_each(|at| self.token(&held, at));
            held.drain(..upto);
            self.at += upto as u64;
            if read == 0 || self.acts {
                return Ok(());
            }
        }
    }

    fn token(&mut self, held: &[u8], at: usize) {
        match &held[at..] {
            [b'/', rest @ ..] => self.name(&name(rest)),
            [b'e', b'n', b'd', b'o', b'b', b'j', ..] => {
                (self.packs_objects, self.is_predicted) = (false, false);
            }
            [b's', b't', b'r', b'e', b'a', b'm', rest @ ..] if self.packs_objects => {
                let gap = match rest {
                    [b'\r', b'\n', ..] => 2,
                    [b'\n', ..] => 1,
                    _ => return,
                };
                self.acts |= self.is_predicted;
                self.streams.push(self.at + (at + 6 + gap) as u64);
                self.packs_objects = false;
            }
            _ => {}
        }
    }

    fn name(&mut self, name: &[u8]) {
        match name {
            b"ObjStm" => {
                self.packs_objects = true;
                self.packed += 1;
            }
            b"Predictor" => self.is_predicted = true,
            other => self.acts |= ACTING.contains(&other),
        }
    }
}

/// A name behind its slash, with `#4A` for `J`.
fn name(rest: &[u8]) -> Vec<u8> {
    let is_regular = |byte: &u8| byte.is_ascii_graphic() && !b"()<>[]{}/%".contains(byte);
    let raw: Vec<u8> = rest.iter().copied().take(NAME_MAX - 1).take_while(is_regular).collect();
    let (mut name, mut at) = (Vec::new(), 0);
    while let Some(&byte) = raw.get(at) {
        let digits = raw.get(at + 1..at + 3).and_then(|two| std::str::from_utf8(two).ok());
        match digits.filter(|_| byte == b'#').and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(escaped) => {
                name.push(escaped);
                at += 3;
            }
            None => {
                name.push(byte);
                at += 1;
            }
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn does(bytes: &[u8]) -> bool {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(bytes).expect("writes");
        acts(&mut file).expect("reads")
    }

    fn packed(dict: &str, objects: &[u8]) -> Vec<u8> {
        let mut inside = ZlibEncoder::new(Vec::new(), Compression::default());
        inside.write_all(objects).expect("packs");
        let mut all = format!("%PDF-1.7\n5 0 obj\n<< {dict} >>\nstream\r\n").into_bytes();
        all.extend(inside.finish().expect("packs"));
        all.extend(b"\nendstream\nendobj\n");
        all
    }

    #[test]
    fn a_pdf_that_acts_is_told_from_one_that_lies_still() {
        for (text, acting) in [
            ("<< /Type /Catalog /Pages 2 0 R >>", false),
            ("<< /Type /Catalog /OpenAction 5 0 R >>", true),
            ("<</S/JavaScript/JS(app.alert(1))>>", true),
            ("<< /S /J#61vaScript >>", true),
            ("<< /S /Launch /F (cmd.exe) >>", true),
            ("<< /Names << /EmbeddedFiles 3 0 R >> >>", true),
            ("<< /AAPL:Keywords [] /JSomething 1 /Font /AAAAAA+Batang >>", false),
            ("trailer << /Encrypt 9 0 R >>", true),
        ] {
            assert_eq!(does(format!("%PDF-1.4\n{text}").as_bytes()), acting, "{text}");
        }
        let mut far = b"%PDF-1.4\n".to_vec();
        far.resize(PIECE - 4, b' ');
        far.extend(b"/JavaScript ");
        assert!(does(&far), "a name that lies across two pieces");
    }

    #[test]
    fn what_is_packed_is_looked_into_or_not_trusted() {
        assert!(!does(&packed("/Type /ObjStm /Filter /FlateDecode", b"<< /Type /Page >>")));
        assert!(does(&packed("/Type /ObjStm /Filter /FlateDecode", b"<< /S /JavaScript >>")));
        assert!(does(&packed("/DecodeParms << /Predictor 12 >> /Type /ObjStm", b"<< /Type /Page >>")));
        assert!(!does(&packed("/Type /XObject", b"<< /S /JavaScript >>")), "an image may look like anything");
        let unknown = b"%PDF-1.7\n5 0 obj\n<< /Type /ObjStm /Filter /LZWDecode >>\nstream\nxyz\nendstream\n";
        assert!(does(unknown));
        assert!(does(b"%PDF-1.7\n7 0 obj /ObjStm endobj 5 0 obj << /Type 7 0 R >>\nstream\nxyz"));
        assert!(does(&packed("/Type /ObjStm", &vec![b' '; (UNPACKED_MAX + 1) as usize])));
    }
}
