//! Days, months and instants.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

/// A calendar day at the place where something happened, written `2026-03-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(Date);

/// A calendar month, stored as the whole number `202603`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month {
    year: i16,
    month: i8,
}

/// An instant in microseconds since 1970 (UTC). A claim of whoever wrote it, never a judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(i64);

impl Day {
    /// The day with this year, month and day of the month, if there is one (years 1 to 9999).
    pub fn new(year: i16, month: i8, day: i8) -> Option<Day> {
        Date::new(year, month, day).ok().filter(|date| date.year() > 0).map(Day)
    }
    /// Its month.
    pub fn month(self) -> Month {
        Month { year: self.0.year(), month: self.0.month() }
    }
    /// Year, month (1 to 12) and day of the month (1 to 31).
    pub fn parts(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }
    /// So many days later; earlier when negative. Stops at the calendar's end.
    pub fn plus(self, days: i32) -> Day {
        // More than lie between the first and the last day of the calendar say no more than these.
        const MOST: i32 = 7_304_484;
        Day(self.0.saturating_add(days.clamp(-MOST, MOST).days()))
    }
    /// How many days `other` lies before this day; negative when it lies after.
    pub fn days_since(self, other: Day) -> i32 {
        (self.0 - other.0).get_days()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

/// Text that is no day in the form `2026-03-31`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a day is written 2026-03-31")]
pub struct UnreadableDay;

impl FromStr for Day {
    type Err = UnreadableDay;
    fn from_str(text: &str) -> Result<Day, UnreadableDay> {
        let mut parts = text.splitn(3, '-');
        let mut part = |digits: usize| -> Option<i16> {
            let part = parts.next()?;
            (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
        };
        let (year, month, day) = (part(4), part(2), part(2));
        match (year, month, day) {
            (Some(year), Some(month), Some(day)) => {
                Day::new(year, month as i8, day as i8).ok_or(UnreadableDay)
            }
            _ => Err(UnreadableDay),
        }
    }
}

impl Month {
    /// The month of a year, if `month` is 1 to 12.
    pub fn new(year: i16, month: i8) -> Option<Month> {
        Day::new(year, month, 1).map(Day::month)
    }
    /// `202603` for March 2026.
    pub fn number(self) -> i64 {
        i64::from(self.year) * 100 + i64::from(self.month)
    }
    /// The month that [`Month::number`] gave.
    pub fn from_number(number: i64) -> Option<Month> {
        Month::new(i16::try_from(number / 100).ok()?, i8::try_from(number % 100).ok()?)
    }
    /// Year and month (1 to 12).
    pub fn parts(self) -> (i16, i8) {
        (self.year, self.month)
    }
    /// The first day.
    pub fn first(self) -> Day {
        Day(Date::constant(self.year, self.month, 1))
    }
    /// The last day.
    pub fn last(self) -> Day {
        Day(self.first().0.last_of_month())
    }
    /// So many months later; earlier when negative.
    pub fn plus(self, months: i32) -> Month {
        const MOST: i32 = 239_976;
        Day(self.first().0.saturating_add(months.clamp(-MOST, MOST).months())).month()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = UnreadableDay;
    fn from_str(text: &str) -> Result<Month, UnreadableDay> {
        if !text.is_ascii() || text.len() != 7 {
            return Err(UnreadableDay);
        }
        format!("{text}-01").parse().map(Day::month)
    }
}

impl Instant {
    /// Microseconds since 1970.
    pub const fn from_micros(micros: i64) -> Instant {
        Instant(micros)
    }
    /// Microseconds since 1970.
    pub const fn micros(self) -> i64 {
        self.0
    }
    /// So many seconds later; earlier when negative.
    pub const fn plus_seconds(self, seconds: i64) -> Instant {
        Instant(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }
    /// The calendar day at a place `offset_minutes` east of Greenwich: 420 in Yogyakarta, 540 in Andong.
    pub fn day_at(self, offset_minutes: i32) -> Day {
        let (year, month, day) = self.clock_at(offset_minutes).0;
        Day(Date::constant(year, month, day))
    }
    /// Year, month, day and hour, minute, second on the wall at a place `offset_minutes` east of Greenwich.
    pub fn clock_at(self, offset_minutes: i32) -> ((i16, i8, i8), (i8, i8, i8)) {
        let local = self.0.saturating_add(i64::from(offset_minutes) * 60_000_000);
        let stamp = Timestamp::from_microsecond(local).unwrap_or(Timestamp::MAX);
        let wall = jiff::tz::Offset::UTC.to_datetime(stamp);
        ((wall.year(), wall.month(), wall.day()), (wall.hour(), wall.minute(), wall.second()))
    }
}

crate::text_serde!(Day, Month);
crate::text_column!(Day: "a day");

impl crate::Column for Month {
    fn to_cell(&self) -> crate::Cell<'_> {
        crate::Cell::Int(self.number())
    }
    fn from_cell(cell: crate::Cell<'_>) -> Result<Self, crate::WrongColumn> {
        let number = i64::from_cell(cell)?;
        Month::from_number(number)
            .ok_or_else(|| crate::WrongColumn::new("a month", &crate::Cell::Int(number)))
    }
}

impl crate::Column for Instant {
    fn to_cell(&self) -> crate::Cell<'_> {
        crate::Cell::Int(self.0)
    }
    fn from_cell(cell: crate::Cell<'_>) -> Result<Self, crate::WrongColumn> {
        i64::from_cell(cell).map(Instant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_strictly_and_counted() {
        for (text, readable) in [
            ("2026-03-31", true),
            ("2024-02-29", true),
            ("2026-02-29", false),
            ("2026-3-31", false),
            ("31-03-2026", false),
            ("2026-03-31 ", false),
            ("0000-01-01", false),
            ("+026-01-01", false),
        ] {
            assert_eq!(text.parse::<Day>().is_ok(), readable, "{text}");
        }
        let day: Day = "2026-03-31".parse().expect("readable");
        assert_eq!(day.to_string(), "2026-03-31");
        assert_eq!(day.plus(1).to_string(), "2026-04-01");
        assert_eq!(day.days_since("2026-02-28".parse().expect("readable")), 31);
        assert_eq!(day.month().plus(-3).to_string(), "2025-12");
        assert_eq!(day.month().plus(-1).last().to_string(), "2026-02-28");
        let (first, last) = (day.plus(i32::MIN), day.plus(i32::MAX));
        assert_eq!((first.parts().0, last.to_string().as_str()), (-9999, "9999-12-31"), "stops at the end");
        assert_eq!(day.month().plus(i32::MAX).to_string(), "9999-12");
        assert_eq!(Month::from_number(202603), Some(day.month()));
        assert_eq!(Month::from_number(202613), None);
    }

    #[test]
    fn a_day_depends_on_the_place() {
        let late = Instant::from_micros(1_774_976_400_000_000); // 2026-03-31 17:00 UTC
        assert_eq!(late.day_at(0).to_string(), "2026-03-31");
        assert_eq!(late.day_at(420).to_string(), "2026-04-01");
    }
}
