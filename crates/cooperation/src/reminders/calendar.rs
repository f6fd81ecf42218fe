//! A calendar as RFC 5545 wants it: escaped, folded, every event a whole day. A whole day has no zone, so that it is the same
//! day in Yogyakarta and in Andong.

use std::fmt::Write as _;

use kernel::Day;

/// An event of one day.
#[derive(Debug, Clone)]
pub struct Event {
    /// The same from day to day, so that a program changes an event and does not double it.
    pub uid: String,
    /// Its day.
    pub day: Day,
    /// What a calendar shows.
    pub summary: String,
    /// What it shows when asked.
    pub description: String,
    /// The address of its page; empty where the site does not know its own.
    pub url: String,
}

/// No line has more octets, the end of the line not counted (RFC 5545, 3.1).
const LINE_MAX: usize = 75;

/// The whole calendar, as it was on the day `today`.
pub fn calendar(name: &str, events: &[Event], today: Day) -> String {
    let mut text = String::new();
    line(&mut text, "BEGIN:VCALENDAR");
    line(&mut text, "VERSION:2.0");
    line(&mut text, "PRODID:-//Simpul//Reminders//EN");
    line(&mut text, "CALSCALE:GREGORIAN");
    line(&mut text, &format!("X-WR-CALNAME:{}", escaped(name)));
    for event in events {
        line(&mut text, "BEGIN:VEVENT");
        line(&mut text, &format!("UID:{}@simpul", event.uid));
        line(&mut text, &format!("DTSTAMP:{}T000000Z", digits(today)));
        line(&mut text, &format!("DTSTART;VALUE=DATE:{}", digits(event.day)));
        line(&mut text, &format!("DTEND;VALUE=DATE:{}", digits(event.day.plus(1))));
        line(&mut text, &format!("SUMMARY:{}", escaped(&event.summary)));
        line(&mut text, &format!("DESCRIPTION:{}", escaped(&event.description)));
        if !event.url.is_empty() {
            line(&mut text, &format!("URL:{}", event.url));
        }
        line(&mut text, "TRANSP:TRANSPARENT");
        line(&mut text, "END:VEVENT");
    }
    line(&mut text, "END:VCALENDAR");
    text
}

/// `20260331`
fn digits(day: Day) -> String {
    let (year, month, day) = day.parts();
    format!("{year:04}{month:02}{day:02}")
}

/// Text as a property holds it (RFC 5545, 3.3.11). Other control characters have no place in it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => out.push_str("\\\\"),
            ';' => out.push_str("\\;"),
            ',' => out.push_str("\\,"),
            '\n' => out.push_str("\\n"),
            other if other.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

/// A line, folded between letters and never inside of one.
fn line(text: &mut String, content: &str) {
    let mut width = 0;
    for letter in content.chars() {
        if width + letter.len_utf8() > LINE_MAX {
            text.push_str("\r\n ");
            width = 1;
        }
        width += letter.len_utf8();
        let _ = text.write_char(letter);
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_escaped_and_folded_between_letters() {
        for (text, expected) in
            [("a,b;c\\d\ne\rf", "a\\,b\\;c\\\\d\\nef"), ("욕야카르타", "욕야카르타"), ("\u{7}x", "x")]
        {
            assert_eq!(escaped(text), expected);
        }
        let long = "경상북도 반기 협력 보고서, ".repeat(12);
        let event = Event {
            uid: "1".into(),
            day: "2026-12-31".parse().expect("a day"),
            summary: long.clone(),
            description: String::new(),
            url: String::new(),
        };
        let text = calendar("Simpul", &[event], "2026-03-31".parse().expect("a day"));
        assert!(text.split("\r\n").all(|line| line.len() <= LINE_MAX), "{text}");
        let unfolded = text.replace("\r\n ", "");
        assert!(unfolded.contains(&format!("SUMMARY:{}", long.replace(',', "\\,"))), "{unfolded}");
        assert!(
            unfolded.contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"),
            "{unfolded}"
        );
        assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "{text:?}");
    }
}
