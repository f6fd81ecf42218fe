//! The hour on the wall, in Yogyakarta and in Korea at once.

use std::fmt;
use std::str::FromStr;

use kernel::Day;

/// An hour and minute on the wall, `19:30`. Minutes since midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hour(u16);

/// Minutes of a day.
const OF_DAY: i32 = 24 * 60;

/// Text that is no hour in the form `19:30`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableHour;

impl fmt::Display for UnreadableHour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an hour is written 19:30")
    }
}

impl Hour {
    /// The hour of a day, if there is one.
    pub fn new(hour: u16, minute: u16) -> Option<Hour> {
        (hour < 24 && minute < 60).then_some(Hour(hour * 60 + minute))
    }
}

impl fmt::Display for Hour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl FromStr for Hour {
    type Err = UnreadableHour;
    fn from_str(text: &str) -> Result<Hour, UnreadableHour> {
        let part = |part: &str| -> Option<u16> {
            let digits = part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
            if digits { part.parse().ok() } else { None }
        };
        let (hour, minute) = text.split_once(':').ok_or(UnreadableHour)?;
        let hour = part(hour).zip(part(minute)).and_then(|(hour, minute)| Hour::new(hour, minute));
        hour.ok_or(UnreadableHour)
    }
}

kernel::text_serde!(Hour);
kernel::text_column!(Hour: "an hour");

kernel::named! {
    /// Where the clock hangs that an hour was read from. Neither region moves its clocks in summer.
    pub enum Zone as "a time zone" {
        /// Western Indonesian time (WIB), seven hours east of Greenwich: Asia/Jakarta.
        Jakarta "jakarta",
        /// Korean time (KST), nine hours east of Greenwich: Asia/Seoul.
        Seoul "seoul",
    }
}

impl Zone {
    const fn minutes_east(self) -> i32 {
        match self {
            Zone::Jakarta => 7 * 60,
            Zone::Seoul => 9 * 60,
        }
    }
    /// What the clock of another zone shows when this one's shows `hour` on `day`.
    pub fn seen_from(self, day: Day, hour: Hour, other: Zone) -> (Day, Hour) {
        let minutes = i32::from(hour.0) + other.minutes_east() - self.minutes_east();
        let of_day = u16::try_from(minutes.rem_euclid(OF_DAY)).expect("less than a day has minutes");
        (day.plus(minutes.div_euclid(OF_DAY)), Hour(of_day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_is_two_hours_later_in_korea_and_may_be_tomorrow() {
        let day: Day = "2026-03-31".parse().expect("a day");
        for (zone, hour, other, expected) in [
            (Zone::Jakarta, "19:30", Zone::Seoul, "2026-03-31 21:30"),
            (Zone::Jakarta, "22:00", Zone::Seoul, "2026-04-01 00:00"),
            (Zone::Seoul, "01:59", Zone::Jakarta, "2026-03-30 23:59"),
            (Zone::Seoul, "02:00", Zone::Jakarta, "2026-03-31 00:00"),
            (Zone::Seoul, "14:00", Zone::Seoul, "2026-03-31 14:00"),
        ] {
            let (day, seen) = zone.seen_from(day, hour.parse().expect("an hour"), other);
            assert_eq!(format!("{day} {seen}"), expected, "{zone} {hour}");
        }
        for text in ["24:00", "9:00", "09:60", "0900", "09:00 ", "", "-1:00", "１９:30"] {
            assert!(text.parse::<Hour>().is_err(), "{text}");
        }
    }
}
