//! Files that somebody sends. They go to the disk piece by piece, so that a large one fills no memory, and one that is
//! too large is refused as soon as that is known.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::{Fault, Stop};
use serde::de::DeserializeOwned;

use crate::ask::{Describe, clean_field, content_kind};
use crate::pieces::{Pieces, Step};
use crate::reply::{Halt, Refusal};
use crate::routes::Asks;
use crate::{Site, text};

/// Texts beside a file are short.
const TEXT_MAX: usize = 64 * 1024;
/// What a form with one file has beside it: names, boundaries, texts.
const AROUND_MAX: u64 = 1024 * 1024;

/// All texts of a form together.
const TEXTS_MAX: usize = 1024 * 1024;
/// Fields of a form, files among them; each costs memory however empty it is.
const FIELDS_MAX: usize = 200;
/// Files of a form; each is a file on the disk while the form is read.
const FILES_MAX: usize = 20;

/// A form with files: `<form method="post" enctype="multipart/form-data">`.
pub struct Upload {
    texts: Vec<(String, String)>,
    files: Vec<Uploaded>,
}

/// A file that was sent. It is gone when this is dropped.
pub struct Uploaded {
    /// The field of the form.
    pub field: String,
    /// The name that the sender gave; never a path.
    pub name: String,
    /// How many bytes.
    pub size: u64,
    content: Mutex<File>,
}

impl Uploaded {
    /// What is in it, read from the disk. Not on the threads that answer requests: see [`Cx::apart`](crate::Cx::apart).
    pub fn bytes(&self) -> Result<Vec<u8>, Fault> {
        let mut file = self.content();
        let mut bytes = Vec::new();
        let read = file.seek(SeekFrom::Start(0)).and_then(|_| file.read_to_end(&mut bytes));
        read.map_err(|error| Fault::because("reading a file that was sent", error))?;
        Ok(bytes)
    }
    pub(crate) fn content(&self) -> MutexGuard<'_, File> {
        self.content.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Upload {
    /// The text of a field.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.texts.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }
    /// The file of a field, if one was chosen.
    pub fn maybe_file(&mut self, field: &str) -> Option<Uploaded> {
        let at = self.files.iter().position(|file| file.field == field && file.size > 0)?;
        Some(self.files.swap_remove(at))
    }
    /// The texts beside the files, read as [`Ask`](crate::Ask) reads a form without files.
    pub fn ask<T: DeserializeOwned>(&self) -> Result<T, Stop> {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.texts).finish();
        crate::ask::form(form.as_bytes())
    }
    /// Every text, in the order of the form.
    pub fn texts(&self) -> &[(String, String)] {
        &self.texts
    }
    /// The file of a field; a form that came without one is refused.
    pub fn file(mut self, field: &str) -> Result<Uploaded, Stop> {
        self.maybe_file(field).ok_or_else(|| kernel::Refused::from(Refusal::NoFile).in_field(field).into())
    }
}

impl Describe for Upload {
    fn describe(asks: &mut Asks) {
        asks.upload = true;
    }
}

impl FromRequest<Site> for Upload {
    type Rejection = Response;

    async fn from_request(request: Request, site: &Site) -> Result<Upload, Response> {
        let limit = |limit| Refusal::FileTooLarge { limit };
        Upload::receive(request, site, (site.settings.upload_max, limit)).await
    }
}

impl Upload {
    /// Receives a form whose files have at most `max` bytes together; what is said of more.
    pub(crate) async fn receive(
        request: Request,
        site: &Site,
        (max, too_large): (u64, fn(String) -> Refusal),
    ) -> Result<Upload, Response> {
        let halt = |stop: Stop| Halt(stop).into_response();
        if content_kind(request.headers()) != "multipart/form-data" {
            return Err(halt(Refusal::WrongContent.into()));
        }
        let announced = request
            .headers()
            .get(header::CONTENT_LENGTH)
            .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        let too_large_at_once = announced.is_some_and(|length| length > max + AROUND_MAX);
        let step = Step::default();
        let request = request.map(|body| Body::new(Pieces::new(body, step.clone())));
        let mut form = match Multipart::from_request(request, site).await {
            Ok(parts) => Form { parts, step },
            Err(rejection) => {
                let problem = rejection.body_text();
                return Err(halt(Refusal::UnreadableForm { field: ".".to_owned(), problem }.into()));
            }
        };
        let spool = Spool { site, max, too_large };
        let received = if too_large_at_once { Err(spool.refusal()) } else { spool.receive(&mut form).await };
        received.map_err(|stop| {
            swallow_rest(form);
            let mut response = halt(stop);
            response.headers_mut().insert(header::CONNECTION, header::HeaderValue::from_static("close"));
            response
        })
    }
}

/// A form as it comes in.
struct Form {
    parts: Multipart,
    step: Step,
}

impl Form {
    async fn next(&mut self) -> Result<Option<Part<'_>>, Stop> {
        self.step.begin();
        let next = self.parts.next_field().await;
        let next = next.map_err(|error| unreadable(error, &self.step))?;
        Ok(next.map(|field| Part { field, step: &self.step }))
    }
}

/// A field of it.
struct Part<'a> {
    field: Field<'a>,
    step: &'a Step,
}

impl Part<'_> {
    async fn piece(&mut self) -> Result<Option<Bytes>, Stop> {
        self.step.begin();
        self.field.chunk().await.map_err(|error| unreadable(error, self.step))
    }
}

/// Where files go that come, and how many bytes may.
struct Spool<'s> {
    site: &'s Site,
    max: u64,
    too_large: fn(String) -> Refusal,
}

impl Spool<'_> {
    fn refusal(&self) -> Stop {
        (self.too_large)(format!("{} MiB", self.max / (1024 * 1024))).into()
    }

    async fn receive(self, form: &mut Form) -> Result<Upload, Stop> {
        let mut upload = Upload { texts: Vec::new(), files: Vec::new() };
        let (mut left, mut texts) = (self.max, 0);
        while let Some(part) = form.next().await? {
            if upload.texts.len() + upload.files.len() == FIELDS_MAX {
                return Err(Refusal::FormTooLarge.into());
            }
            let name = clean_field(part.field.name().unwrap_or_default(), "")?.0.into_owned();
            match part.field.file_name().map(base_name) {
                Some(_) if upload.files.len() == FILES_MAX => return Err(Refusal::FormTooLarge.into()),
                Some(file_name) => {
                    let file = self.spool(part, &name, file_name, left).await?;
                    left -= file.size;
                    upload.files.push(file);
                }
                None => {
                    let text = text(part).await?;
                    texts += text.len();
                    if texts > TEXTS_MAX {
                        return Err(Refusal::FormTooLarge.into());
                    }
                    let (name, text) = clean_field(&name, &text)?;
                    upload.texts.push((name.into_owned(), text.into_owned()));
                }
            }
        }
        Ok(upload)
    }

    /// The file has no name on the disk: whatever breaks off, nothing is left. It lies in the folder of the site, since `/tmp`
    /// may be memory.
    async fn spool(
        &self,
        mut part: Part<'_>,
        name: &str,
        file_name: String,
        left: u64,
    ) -> Result<Uploaded, Stop> {
        let folder = &self.site.journal.paths().data;
        let keep = |error| journal::unwritable(folder, error);
        let mut content = tempfile::tempfile_in(folder).map_err(keep)?;
        let mut size = 0;
        while let Some(piece) = part.piece().await? {
            size += piece.len() as u64;
            if size > left {
                return Err(self.refusal());
            }
            content.write_all(&piece).map_err(keep)?;
        }
        Ok(Uploaded { field: name.to_owned(), name: file_name, size, content: Mutex::new(content) })
    }
}

async fn text(mut part: Part<'_>) -> Result<String, Stop> {
    let mut bytes = Vec::new();
    while let Some(piece) = part.piece().await? {
        if bytes.len() + piece.len() > TEXT_MAX {
            return Err(Refusal::FormTooLarge.into());
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn unreadable(error: MultipartError, step: &Step) -> Stop {
    match error.status() {
        _ if step.is_too_long() => Refusal::FormTooLarge.into(),
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::FormTooLarge.into(),
        StatusCode::BAD_REQUEST => {
            Refusal::UnreadableForm { field: ".".to_owned(), problem: error.body_text() }.into()
        }
        _ => Refusal::CutOff.into(),
    }
}

/// `harga.csv` of `C:\Documents\harga.csv`.
fn base_name(name: &str) -> String {
    let name: String =
        name.rsplit(['/', '\\']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).collect();
    let name = text::clean(&name).unwrap_or_default();
    name.chars().take(120).collect()
}

/// A browser reads the answer only after it has sent a while: what still comes is thrown away, for a short time, so that
/// the person sees a sentence and not a broken connection.
fn swallow_rest(mut form: Form) {
    tokio::spawn(tokio::time::timeout(Duration::from_secs(20), async move {
        while let Ok(Some(mut part)) = form.next().await {
            while let Ok(Some(_)) = part.piece().await {}
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_is_no_path() {
        for (sent, name) in [
            ("a.csv", "a.csv"),
            ("../../etc/passwd", "passwd"),
            ("C:\\x\\b.xlsx", "b.xlsx"),
            ("a\0\u{202e}vsc.csv", "avsc.csv"),
            ("/", ""),
        ] {
            assert_eq!(base_name(sent), name);
        }
    }
}
