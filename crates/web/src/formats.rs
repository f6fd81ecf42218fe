//! Numbers, money, weights, days and instants as the reader's language writes them (Unicode CLDR, through ICU).

use std::sync::LazyLock;

use icu::calendar::{Date, Gregorian};
use icu::datetime::FixedCalendarDateTimeFormatter;
use icu::datetime::fieldsets::{YM, YMD, YMDT};
use icu::datetime::input::{DateTime, Time};
use icu::decimal::DecimalFormatter;
use icu::decimal::input::Decimal;
use icu::locale::{Locale, locale};
use kernel::{
    Arg, BasisPoints, Day, Grams, Instant, Month, Pieces, Qty, Rupiah, RupiahPerKg, RupiahPerPiece, UnitPrice,
};

use crate::Lang;

/// The formatters of one language. Built once, used by every request.
pub struct Formats {
    lang: Lang,
    numbers: DecimalFormatter,
    days: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    days_short: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    months: FixedCalendarDateTimeFormatter<Gregorian, YM>,
    instants: FixedCalendarDateTimeFormatter<Gregorian, YMDT>,
}

static ALL: LazyLock<[Formats; 3]> = LazyLock::new(|| Lang::ALL.map(Formats::new));

impl Formats {
    /// Those of a language.
    pub fn of(lang: Lang) -> &'static Formats {
        &ALL[lang as usize]
    }

    fn new(lang: Lang) -> Formats {
        // English as the Commonwealth writes it, day before month, as both partners do when they write English.
        let locale: Locale = match lang {
            Lang::Id => locale!("id-ID"),
            Lang::Ko => locale!("ko-KR"),
            Lang::En => locale!("en-GB"),
        };
        const KNOWN: &str = "the data of the three languages is compiled in";
        Formats {
            lang,
            numbers: DecimalFormatter::try_new(locale.clone().into(), Default::default()).expect(KNOWN),
            days: FixedCalendarDateTimeFormatter::try_new(locale.clone().into(), YMD::long()).expect(KNOWN),
            days_short: FixedCalendarDateTimeFormatter::try_new(locale.clone().into(), YMD::medium())
                .expect(KNOWN),
            months: FixedCalendarDateTimeFormatter::try_new(locale.clone().into(), YM::long()).expect(KNOWN),
            instants: FixedCalendarDateTimeFormatter::try_new(locale.into(), YMD::long().with_time_hm())
                .expect(KNOWN),
        }
    }

    /// `12.345` in Indonesian, `12,345` in English and Korean. What is negative has a minus sign, not a hyphen: `−1.234`.
    pub fn count(&self, count: i64) -> String {
        self.decimal(count, 0, 0)
    }
    /// A count of `10^-decimals`, shown with at least `shown` decimals: `decimal(4500, 3, 1)` is `4,5`.
    pub fn decimal(&self, count: i64, decimals: i16, shown: i16) -> String {
        let mut number = Decimal::from(count.unsigned_abs());
        number.multiply_pow10(-decimals);
        number.trim_end();
        number.pad_end(-shown);
        format!("{}{}", sign(count), self.numbers.format_to_string(&number))
    }
    /// `Rp8.640`; in English and Korean `Rp8,640`.
    pub fn rupiah(&self, amount: Rupiah) -> String {
        let mut number = Decimal::from(amount.count().unsigned_abs());
        number.trim_end();
        format!("{}Rp{}", sign(amount.count()), self.numbers.format_to_string(&number))
    }
    /// `4,5 kg`, to the gram.
    pub fn grams(&self, weight: Grams) -> String {
        format!("{} kg", self.decimal(weight.count(), 3, 0))
    }
    /// Things: `12 pcs`; Korean counts them with its own word.
    pub fn pieces(&self, pieces: Pieces) -> String {
        let count = self.count(pieces.count());
        match self.lang {
            Lang::Id => format!("{count} buah"),
            Lang::Ko => format!("{count}개"),
            Lang::En => format!("{count} pcs"),
        }
    }
    /// A weight or a count of things.
    pub fn qty(&self, qty: Qty) -> String {
        match qty {
            Qty::Weighed(weight) => self.grams(weight),
            Qty::Counted(pieces) => self.pieces(pieces),
        }
    }
    /// `Rp1.200/kg`.
    pub fn price(&self, price: UnitPrice) -> String {
        let rupiah = self.rupiah(Rupiah::new(price.rupiah()));
        match (price, self.lang) {
            (UnitPrice::PerKg(_), _) => format!("{rupiah}/kg"),
            (UnitPrice::PerPiece(_), Lang::Id) => format!("{rupiah}/buah"),
            (UnitPrice::PerPiece(_), Lang::Ko) => format!("{rupiah}/개"),
            (UnitPrice::PerPiece(_), Lang::En) => format!("{rupiah}/pc"),
        }
    }
    /// `20%`, `12,5%`.
    pub fn share(&self, share: BasisPoints) -> String {
        format!("{}%", self.decimal(share.count(), 2, 0))
    }
    /// `31 Maret 2026`, `31 March 2026`, `2026년 3월 31일`.
    pub fn day(&self, day: Day) -> String {
        self.days.format(&date(day)).to_string()
    }
    /// `31 Mar 2026`, for tables.
    pub fn day_short(&self, day: Day) -> String {
        self.days_short.format(&date(day)).to_string()
    }
    /// `Maret 2026`.
    pub fn month(&self, month: Month) -> String {
        self.months.format(&date(month.first())).to_string()
    }
    /// As precisely as it is known: `1 September 2015`, `September 2015`, `2015`; `2015년`.
    pub fn date(&self, date: kernel::Date) -> String {
        self.date_with(date, Formats::day)
    }
    /// The same for tables: `1 Sep 2015`.
    pub fn date_short(&self, date: kernel::Date) -> String {
        self.date_with(date, Formats::day_short)
    }
    fn date_with(&self, date: kernel::Date, day: fn(&Formats, Day) -> String) -> String {
        match (date, self.lang) {
            (kernel::Date::Day(of), _) => day(self, of),
            (kernel::Date::Month(month), _) => self.month(month),
            (kernel::Date::Year(year), Lang::Ko) => format!("{year}년"),
            (kernel::Date::Year(year), Lang::Id | Lang::En) => year.to_string(),
        }
    }
    /// The day and the time on the wall, `offset_minutes` east of Greenwich.
    pub fn instant(&self, at: Instant, offset_minutes: i32) -> String {
        let ((year, month, day), (hour, minute, second)) = at.clock_at(offset_minutes);
        let day = Day::new(year, month, day).unwrap_or_else(|| at.day_at(offset_minutes));
        let time = Time::try_new(hour as u8, minute as u8, second as u8, 0).unwrap_or(Time::start_of_day());
        self.instants.format(&DateTime { date: date(day), time }).to_string()
    }
    /// Whatever a sentence tells.
    pub fn arg(&self, arg: &Arg, offset_minutes: i32) -> String {
        match arg {
            Arg::Text(text) => text.clone(),
            Arg::Count(count) => self.count(*count),
            Arg::Rupiah(amount) => self.rupiah(*amount),
            Arg::Grams(weight) => self.grams(*weight),
            Arg::Pieces(pieces) => self.pieces(*pieces),
            Arg::Qty(qty) => self.qty(*qty),
            Arg::Price(price) => self.price(*price),
            Arg::Share(share) => self.share(*share),
            Arg::Day(day) => self.day(*day),
            Arg::Date(date) => self.date(*date),
            Arg::Month(month) => self.month(*month),
            Arg::Instant(at) => self.instant(*at, offset_minutes),
        }
    }
}

/// The minus sign (U+2212): a hyphen is narrower than the digits and breaks away from them at the end of a line.
fn sign(count: i64) -> &'static str {
    if count < 0 { "\u{2212}" } else { "" }
}

fn date(day: Day) -> Date<Gregorian> {
    let (year, month, day) = day.parts();
    Date::try_new_gregorian(i32::from(year), month as u8, day as u8)
        .expect("a Day is a day of the Gregorian calendar")
}

/// What a page can show in the reader's language: every measure, by value or by reference, and nothing at all as `–`.
pub trait Shown {
    /// As a sentence would tell it.
    fn arg(&self) -> Arg;
    /// As a table would hold it: nothing stays nothing.
    fn arg_if_any(&self) -> Option<Arg> {
        Some(self.arg())
    }
}

macro_rules! shown {
    ($($type:ty),+ $(,)?) => {$(
        impl Shown for $type {
            fn arg(&self) -> Arg {
                Arg::from(self.clone())
            }
        }
    )+};
}
shown!(
    String,
    i64,
    usize,
    Rupiah,
    Grams,
    Pieces,
    Qty,
    UnitPrice,
    BasisPoints,
    Day,
    Month,
    Instant,
    kernel::Date
);

impl Shown for Arg {
    fn arg(&self) -> Arg {
        self.clone()
    }
}
impl Shown for str {
    fn arg(&self) -> Arg {
        Arg::from(self)
    }
}
impl Shown for u32 {
    fn arg(&self) -> Arg {
        Arg::Count(i64::from(*self))
    }
}
impl Shown for RupiahPerKg {
    fn arg(&self) -> Arg {
        Arg::Price(UnitPrice::PerKg(*self))
    }
}
impl Shown for RupiahPerPiece {
    fn arg(&self) -> Arg {
        Arg::Price(UnitPrice::PerPiece(*self))
    }
}
impl<T: Shown + ?Sized> Shown for &T {
    fn arg(&self) -> Arg {
        (**self).arg()
    }
    fn arg_if_any(&self) -> Option<Arg> {
        (**self).arg_if_any()
    }
}
impl<T: Shown> Shown for Option<T> {
    fn arg(&self) -> Arg {
        self.as_ref().map_or_else(|| Arg::from("–"), Shown::arg)
    }
    fn arg_if_any(&self) -> Option<Arg> {
        self.as_ref().and_then(Shown::arg_if_any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_writes_numbers_and_days_its_own_way() {
        let (id, ko, en) = (Formats::of(Lang::Id), Formats::of(Lang::Ko), Formats::of(Lang::En));
        let day: Day = "2026-03-31".parse().expect("readable");
        let at = Instant::from_micros(1_774_940_700_000_000); // 2026-03-31 07:05 UTC
        let plain = |text: String| text.replace(['\u{a0}', '\u{202f}'], " ");
        for (show, texts) in [
            (
                &(|f: &Formats| f.count(1_234_567)) as &dyn Fn(&Formats) -> String,
                ["1.234.567", "1,234,567", "1,234,567"],
            ),
            (&|f| f.count(-1234), ["−1.234", "−1,234", "−1,234"]),
            (&|f| f.rupiah(Rupiah::new(8640)), ["Rp8.640", "Rp8,640", "Rp8,640"]),
            (&|f| f.grams(Grams::new(-4500)), ["−4,5 kg", "−4.5 kg", "−4.5 kg"]),
            (&|f| f.rupiah(Rupiah::new(-5000)), ["−Rp5.000", "−Rp5,000", "−Rp5,000"]),
            (&|f| f.rupiah(Rupiah::ZERO), ["Rp0", "Rp0", "Rp0"]),
            (&|f| f.grams(Grams::new(4500)), ["4,5 kg", "4.5 kg", "4.5 kg"]),
            (&|f| f.grams(Grams::new(1_250_000)), ["1.250 kg", "1,250 kg", "1,250 kg"]),
            (&|f| f.pieces(Pieces::new(12)), ["12 buah", "12개", "12 pcs"]),
            (&|f| f.share(BasisPoints::new(2000)), ["20%", "20%", "20%"]),
            (&|f| f.share(BasisPoints::new(1250)), ["12,5%", "12.5%", "12.5%"]),
            (&|f| f.day(day), ["31 Maret 2026", "2026년 3월 31일", "31 March 2026"]),
            (&|f| f.day_short(day), ["31 Mar 2026", "2026/3/31", "31 Mar 2026"]),
            (&|f| f.month(day.month()), ["Maret 2026", "2026년 3월", "March 2026"]),
            (&|f| f.date(day.into()), ["31 Maret 2026", "2026년 3월 31일", "31 March 2026"]),
            (&|f| f.date(kernel::Date::Year(2015)), ["2015", "2015년", "2015"]),
            (
                &|f| f.instant(at, 420),
                ["31 Maret 2026 pukul 14.05", "2026년 3월 31일 오후 2:05", "31 March 2026 at 14:05"],
            ),
            (
                &|f| f.price(UnitPrice::PerKg(RupiahPerKg::new(1200))),
                ["Rp1.200/kg", "Rp1,200/kg", "Rp1,200/kg"],
            ),
        ] {
            assert_eq!([show(id), show(ko), show(en)].map(plain), texts);
        }
    }

    #[test]
    fn nothing_is_a_dash() {
        assert_eq!(None::<Rupiah>.arg(), Arg::from("–"));
        assert_eq!(Some(&Rupiah::new(5)).arg(), Arg::Rupiah(Rupiah::new(5)));
    }
}
