//! The domain refuses, the system faults; nothing else exists.

use std::error::Error;
use std::fmt;

use serde::Serialize;

use crate::{BasisPoints, Date, Day, Grams, Instant, Month, Pieces, Qty, Rupiah, UnitPrice};

/// Something that a sentence tells; the page writes it in the reader's language.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Arg {
    /// As it stands.
    Text(String),
    /// A count.
    Count(i64),
    /// Money.
    Rupiah(Rupiah),
    /// Mass in grams; shown in kilograms.
    Grams(Grams),
    /// Things.
    Pieces(Pieces),
    /// Grams or pieces.
    Qty(Qty),
    /// A price with its unit.
    Price(UnitPrice),
    /// A share.
    Share(BasisPoints),
    /// A day.
    Day(Day),
    /// A day, a month or a year.
    Date(Date),
    /// A month.
    Month(Month),
    /// An instant.
    Instant(Instant),
}

macro_rules! args {
    ($($from:ty => $variant:ident),+ $(,)?) => {$(
        impl From<$from> for Arg {
            fn from(value: $from) -> Arg {
                Arg::$variant(value)
            }
        }
    )+};
}
args! {
    String => Text, i64 => Count, Rupiah => Rupiah, Grams => Grams, Pieces => Pieces, Qty => Qty, UnitPrice => Price,
    BasisPoints => Share, Date => Date, Day => Day, Month => Month, Instant => Instant,
}
impl From<&str> for Arg {
    fn from(value: &str) -> Arg {
        Arg::Text(value.to_owned())
    }
}
impl From<usize> for Arg {
    fn from(value: usize) -> Arg {
        Arg::Count(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

/// A refusal on its way out: its code is the key of a sentence in three languages that says what to do next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Refused {
    /// The answer's HTTP status: 404, 409, 422.
    pub status: u16,
    /// `waste.no_price`; the sentence has the key `waste-no_price`.
    pub code: &'static str,
    /// What the sentence tells.
    pub args: Vec<(&'static str, Arg)>,
    /// The field of the form that it is about, such as `weight.3`, if there is one.
    pub field: Option<String>,
}

impl Refused {
    /// Names the field of the form that the refusal is about.
    pub fn in_field(mut self, field: impl Into<String>) -> Refused {
        self.field = Some(field.into());
        self
    }
}

/// Made by [`refusals!`](crate::refusals) for the refusals of a chapter.
pub trait IntoRefused {
    /// The refusal on its way out.
    fn into_refused(self) -> Refused;
}

/// Something broke that nobody asked for: a disk, a database, a bug. Logged once, at the boundary, with a number.
#[derive(Debug)]
pub struct Fault {
    /// What was being done.
    pub doing: String,
    /// Why it failed, if something below said so.
    pub cause: Option<Box<dyn Error + Send + Sync>>,
    /// Set when a person can mend it (a full disk, a key file that is missing): the sentence to show instead.
    pub advice: Option<Refused>,
}

impl Fault {
    /// Nothing below failed, but this cannot go on.
    pub fn new(doing: impl Into<String>) -> Fault {
        Fault { doing: doing.into(), cause: None, advice: None }
    }
    /// Something below failed.
    pub fn because(doing: impl Into<String>, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Fault {
        Fault { doing: doing.into(), cause: Some(cause.into()), advice: None }
    }
    /// A person can mend it: say how.
    pub fn advise(mut self, code: &'static str, args: Vec<(&'static str, Arg)>) -> Fault {
        self.advice = Some(Refused { status: 503, code, args, field: None });
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.doing)?;
        if let Some(cause) = &self.cause {
            write!(f, ": {cause}")?;
            let mut deeper = cause.source();
            while let Some(cause) = deeper {
                write!(f, ": {cause}")?;
                deeper = cause.source();
            }
        }
        Ok(())
    }
}

impl Error for Fault {}

/// Why something did not happen.
#[derive(Debug)]
pub enum Stop {
    /// The domain says no.
    Refused(Refused),
    /// The system failed.
    Fault(Fault),
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stop::Refused(refused) => write!(f, "refused: {} {:?}", refused.code, refused.args),
            Stop::Fault(fault) => write!(f, "{fault}"),
        }
    }
}

impl Error for Stop {}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Stop {
        Stop::Refused(refused)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Stop {
        Stop::Fault(fault)
    }
}

/// Declares the refusals of a chapter: status, code, the facts that its sentence tells.
///
/// ```
/// use kernel::{Rupiah, IntoRefused};
/// kernel::refusals! { Refusal:
///     /// More was asked than there is.
///     409 "waste.balance_too_low" BalanceTooLow { balance: Rupiah, asked: Rupiah };
/// }
/// let refused = Refusal::BalanceTooLow { balance: Rupiah::new(3000), asked: Rupiah::new(5000) }.into_refused();
/// assert_eq!((refused.status, refused.code), (409, "waste.balance_too_low"));
/// ```
#[macro_export]
macro_rules! refusals {
    ($refusal:ident: $($(#[$doc:meta])* $status:literal $code:literal $name:ident $({ $($arg:ident: $type:ty),+ $(,)? })?;)+) => {
        /// Why this chapter says no. Each has a sentence in three languages.
        #[derive(Debug, Clone, PartialEq)]
        pub enum $refusal {
            $($(#[$doc])* $name $({
                $(
                    #[allow(missing_docs)]
                    $arg: $type
                ),+
            })?),+
        }
        impl $refusal {
            /// Every code of this chapter; `tidy` wants a sentence for each.
            pub const CODES: &'static [&'static str] = &[$($code),+];
        }
        impl $crate::IntoRefused for $refusal {
            fn into_refused(self) -> $crate::Refused {
                match self {
                    $($refusal::$name $({ $($arg),+ })? => $crate::Refused {
                        status: $status,
                        code: $code,
                        args: vec![$($((stringify!($arg), $crate::Arg::from($arg))),+)?],
                        field: None,
                    }),+
                }
            }
        }
        impl From<$refusal> for $crate::Refused {
            fn from(refusal: $refusal) -> Self {
                $crate::IntoRefused::into_refused(refusal)
            }
        }
        impl From<$refusal> for $crate::Stop {
            fn from(refusal: $refusal) -> Self {
                $crate::Stop::Refused(refusal.into())
            }
        }
    };
}
