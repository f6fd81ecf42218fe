//! What a form asks for, learned from the type that reads it: the `Deserialize` of a struct names its fields, and each
//! field says what it would like to see. So the OpenAPI document cannot drift from the code, and nobody describes a
//! form twice.

use std::fmt;

use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

/// A field of a form or of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether its type is an `Option`.
    pub optional: bool,
}

/// What a field holds, as far as its type tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text; also a day, an id, a number as a person writes it.
    Text,
    /// A whole number.
    Whole,
    /// Yes or no.
    YesNo,
    /// The same field several times.
    Many,
    /// An object or anything else.
    Any,
}

/// The fields that a type reads, in the order of the struct; none if it is no struct.
pub fn fields<T: DeserializeOwned>() -> Vec<Field> {
    let mut names: &'static [&'static str] = &[];
    let _ = T::deserialize(AskNames(&mut names));
    names.iter().map(|name| field::<T>(name)).collect()
}

fn field<T: DeserializeOwned>(name: &'static str) -> Field {
    let mut field = Field { name, kind: Kind::Any, optional: false };
    let _ = T::deserialize(OfferOne(&mut field));
    field
}

/// The end of every question: nothing is ever really read.
#[derive(Debug)]
struct Enough;
impl fmt::Display for Enough {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("asked enough")
    }
}
impl std::error::Error for Enough {}
impl de::Error for Enough {
    fn custom<T: fmt::Display>(_: T) -> Enough {
        Enough
    }
}

/// Learns the names of the fields.
struct AskNames<'a>(&'a mut &'static [&'static str]);
impl<'de> Deserializer<'de> for AskNames<'_> {
    type Error = Enough;
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Enough> {
        Err(Enough)
    }
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Enough> {
        *self.0 = fields;
        Err(Enough)
    }
    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// Offers a struct one field only, and learns what that field would like to see.
struct OfferOne<'a>(&'a mut Field);
impl<'de> Deserializer<'de> for OfferOne<'_> {
    type Error = Enough;
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Enough> {
        visitor.visit_map(self)
    }
    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
impl<'de> MapAccess<'de> for OfferOne<'_> {
    type Error = Enough;
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Enough> {
        seed.deserialize(de::value::StrDeserializer::new(self.0.name)).map(Some)
    }
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Enough> {
        seed.deserialize(AskKind(self.0))
    }
}

/// Notes what a field would like to see.
struct AskKind<'a>(&'a mut Field);
impl AskKind<'_> {
    fn note<T>(self, kind: Kind) -> Result<T, Enough> {
        self.0.kind = kind;
        Err(Enough)
    }
}
macro_rules! noted {
    ($($kind:ident: $($method:ident)+;)+) => {$($(
        fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Enough> {
            self.note(Kind::$kind)
        }
    )+)+};
}
impl<'de> Deserializer<'de> for AskKind<'_> {
    type Error = Enough;
    noted! {
        Text: deserialize_str deserialize_string deserialize_char;
        Whole: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128 deserialize_u8
            deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128;
        YesNo: deserialize_bool;
        Many: deserialize_seq;
        Any: deserialize_any deserialize_map deserialize_f32 deserialize_f64 deserialize_bytes deserialize_byte_buf
            deserialize_unit deserialize_identifier deserialize_ignored_any;
    }
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Enough> {
        self.0.optional = true;
        visitor.visit_some(self)
    }
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Enough> {
        visitor.visit_newtype_struct(self)
    }
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Enough> {
        self.note(Kind::Text)
    }
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Enough> {
        self.note(Kind::Any)
    }
    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, _: V) -> Result<V::Value, Enough> {
        self.note(Kind::Any)
    }
    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Enough> {
        self.note(Kind::Many)
    }
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        _: V,
    ) -> Result<V::Value, Enough> {
        self.note(Kind::Many)
    }
}

#[cfg(test)]
mod tests {
    use kernel::{Day, EntryId, Grams};
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    #[allow(dead_code)]
    struct WeighIn {
        id: EntryId,
        #[serde(default)]
        day: Option<Day>,
        sort: Vec<String>,
        weight: Grams,
        receipt: bool,
    }

    #[test]
    fn a_form_is_described_by_the_type_that_reads_it() {
        let expected = [
            ("id", Kind::Text, false),
            ("day", Kind::Text, true),
            ("sort", Kind::Many, false),
            ("weight", Kind::Whole, false),
            ("receipt", Kind::YesNo, false),
        ];
        assert_eq!(
            fields::<WeighIn>(),
            expected.map(|(name, kind, optional)| Field { name, kind, optional })
        );
        assert!(fields::<Vec<String>>().is_empty());
    }
}
