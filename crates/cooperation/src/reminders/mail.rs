//! Reminders by e-mail: each person who left an address gets one letter a day while something is late or falls due. Letters
//! wait in an outbox until a server takes them; what failed is tried again by the next run.

use std::collections::BTreeMap;
use std::time::Duration;

use journal::{Context, Via};
use kernel::{EntryId, Instant, PlaceCode, Stop};
use lettre::message::header::ContentType;
use lettre::{Message, SmtpTransport, Transport};
use web::{Lang, Site, Voice, staff};

use super::rules::{self, Due, Known};
use super::tables::{self, Address, Letter};

/// A letter tells of what falls due within so many days.
const MAIL_AHEAD: i32 = 14;
/// Longer than any server of a region takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// The server that takes letters, and in whose name.
#[derive(Debug, Clone)]
pub struct Mailer {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// The address that letters come from.
    pub from: String,
}

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reminded {
    /// Letters written.
    pub made: usize,
    /// Letters that the server took.
    pub sent: usize,
    /// Letters that it did not take.
    pub failed: usize,
    /// Letters that wait in the outbox.
    pub waiting: usize,
}

/// Writes the letters of today and hands over what waits, where there is a server. A second run on the same day writes
/// nothing anew.
pub fn remind(site: &Site, at: Instant, mailer: Option<&Mailer>) -> Result<Reminded, Stop> {
    let today = at.day_at(site.settings.offset_minutes);
    let (addresses, known) = site.journal.read(|view| {
        let mut known: BTreeMap<PlaceCode, Known> = BTreeMap::new();
        let mut open = Vec::new();
        for address in tables::addresses(view)? {
            if staff::account(view, address.staff)?.is_none_or(|account| account.closed) {
                continue;
            }
            if !known.contains_key(&address.place) {
                known.insert(address.place.clone(), tables::known(view, &address.place)?);
            }
            open.push(address);
        }
        Ok((open, known))
    })?;
    let letters: Vec<Letter> = addresses
        .iter()
        .filter_map(|address| {
            let all = rules::due(known.get(&address.place)?, today, MAIL_AHEAD);
            let named: Vec<Due> = all.into_iter().filter(|it| it.due.is_some()).collect();
            (!named.is_empty()).then(|| letter(site, address, &named, at))
        })
        .collect();
    let context = || Context::operator(Via::Cli, at);
    let (made, waiting) = site.journal.write(context(), move |work| {
        let mut made = 0;
        for letter in &letters {
            made += tables::write_letter(work, letter)?;
        }
        Ok((made, tables::waiting(work)?))
    })?;
    let mut reminded = Reminded { made, waiting: waiting.len(), ..Reminded::default() };
    let Some(mailer) = mailer else { return Ok(reminded) };
    for letter in waiting {
        let problem = mailer.send(&letter).err();
        match problem {
            None => reminded.sent += 1,
            Some(_) => reminded.failed += 1,
        }
        site.journal.write(context(), move |work| Ok(tables::tried(work, letter.id, at, problem)?))?;
    }
    reminded.waiting = reminded.failed;
    Ok(reminded)
}

/// What one person is told, in their language.
fn letter(site: &Site, to: &Address, named: &[Due], at: Instant) -> Letter {
    let lang = Lang::ALL.into_iter().find(|lang| lang.code() == to.lang).unwrap_or(Lang::En);
    let voice = Voice::new(&site.words, lang, site.settings.offset_minutes);
    let late = named.iter().filter(|it| it.is_late).count();
    let subject = voice.say("reminders-mail-subject").with("late", late).with("due", named.len() - late);
    let mut body = String::new();
    for it in named {
        let key = if it.is_late { "reminders-mail-late" } else { "reminders-mail-due" };
        let Some(day) = it.due else { continue };
        let said = voice.say(key).with("what", it.what.named(lang.code()).to_owned());
        let said = said.with("of", it.of.named(lang.code()).to_owned());
        let said = said.with("who", it.who.named(lang.code()).to_owned()).with("day", day);
        body.push_str(&format!("- {said}\n"));
    }
    let origin = site.settings.origins.first().cloned().unwrap_or_default();
    body.push_str(&format!("\n{origin}/regions/{}/due\n", to.place));
    body.push_str(&format!("\n{}\n", voice.say("reminders-mail-foot")));
    Letter {
        id: EntryId::new(),
        staff: to.staff,
        place: to.place.clone(),
        day: at.day_at(site.settings.offset_minutes),
        address: to.address.clone(),
        subject: subject.to_string(),
        body,
        made: at,
        sent: None,
        attempts: 0,
        problem: String::new(),
    }
}

impl Mailer {
    /// Hands a letter over, or says why the server did not take it.
    fn send(&self, letter: &Letter) -> Result<(), String> {
        let message = Message::builder()
            .from(self.from.parse().map_err(|error| format!("{}: {error}", self.from))?)
            .to(letter.address.parse().map_err(|error| format!("{}: {error}", letter.address))?)
            .subject(letter.subject.clone())
            .header(ContentType::TEXT_PLAIN)
            .body(letter.body.clone())
            .map_err(|error| error.to_string())?;
        let server =
            SmtpTransport::builder_dangerous(&self.host).port(self.port).timeout(Some(PATIENCE)).build();
        server.send(&message).map(drop).map_err(|error| error.to_string())
    }
}

/// Whether letters can be sent to what a person typed.
pub(super) fn is_address(text: &str) -> bool {
    text.len() <= 254 && text.parse::<lettre::Address>().is_ok()
}
