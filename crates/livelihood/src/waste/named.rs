//! Enums of a few words that are stored, and that key their words, by their names.

/// Gives each a name, and lets it stand in a `TEXT` column under it.
macro_rules! named {
    ($($kind:ident $wanted:literal { $($variant:ident $name:literal),+ $(,)? })+) => {$(
        impl $kind {
            /// As stored, and as its word is keyed.
            pub const fn name(self) -> &'static str {
                match self { $($kind::$variant => $name),+ }
            }
        }
        impl ::std::fmt::Display for $kind {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.name())
            }
        }
        impl ::std::str::FromStr for $kind {
            type Err = ();
            fn from_str(text: &str) -> Result<$kind, ()> {
                match text { $($name => Ok($kind::$variant),)+ _ => Err(()) }
            }
        }
        kernel::text_column!($kind: $wanted);
    )+};
}
pub(super) use named;
