//! The declarations: `record!` for a mapping with fields, `words!` for a field that takes one of some words.

/// Declares a record: the struct, its decoder and its JSON Schema.
///
/// A field is required unless its type stands for an absent one (`Option`) or it has a default (`= value`).
/// The field's documentation is the description in the schema.
///
/// `, compared` after the name for messages adds `values`, by which two versions of a record are compared.
#[macro_export]
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        $(#[derive($derive:ident)])?
        pub struct $name:ident: $what:literal, compared {
            $($(#[doc = $field_doc:literal])* pub $field:ident: $type:ty $(= $default:expr)?,)*
        }
    ) => {
        $crate::record! {
            $(#[doc = $doc])*
            $(#[derive($derive)])?
            pub struct $name: $what {
                $($(#[doc = $field_doc])* pub $field: $type $(= $default)?,)*
            }
        }

        impl $name {
            /// The fields and their texts, in the order of the declaration.
            pub fn values(&self) -> $crate::record::Values {
                vec![$((stringify!($field), $crate::record::Compared::texts(&self.$field))),*]
            }
        }

        impl $crate::record::Compared for $name {
            fn texts(&self) -> Option<Vec<String>> {
                Some(self.values().into_iter().filter_map(|(_, texts)| texts).flatten().collect())
            }
        }
    };
    (
        $(#[doc = $doc:literal])*
        $(#[derive($derive:ident)])?
        pub struct $name:ident: $what:literal {
            $($(#[doc = $field_doc:literal])* pub $field:ident: $type:ty $(= $default:expr)?,)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone $(, $derive)?)]
        pub struct $name {
            $($(#[doc = $field_doc])* pub $field: $type,)*
        }

        impl $name {
            /// The fields' names, in the order in which records write them.
            pub const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];

            /// Reads the fields of a mapping that was opened before.
            #[allow(unused_mut, unused_assignments)]
            pub fn decode_fields(
                mapping: &$crate::record::Mapping,
                faults: &mut $crate::record::Faults,
            ) -> Option<Self> {
                // All fields are read before one is missed, so that all faults are found.
                $(
                    let mut default: Option<$type> = None;
                    $(default = Some($default);)?
                    let $field = mapping.field::<$type>(stringify!($field), default, faults);
                )*
                Some($name { $($field: $field?,)* })
            }
        }

        impl $crate::record::Value for $name {
            fn decode(node: &$crate::record::Node, faults: &mut $crate::record::Faults) -> Option<Self> {
                let mapping = $crate::record::Mapping::new(node, $what, Self::FIELDS, faults)?;
                Self::decode_fields(&mapping, faults)
            }

            #[allow(unused_mut, unused_assignments)]
            fn schema() -> serde_json::Value {
                let mut required: Vec<&str> = Vec::new();
                let mut properties = serde_json::Map::new();
                $({
                    let mut has_default = <$type as $crate::record::Value>::absent().is_some();
                    $(let _: fn() -> $type = || $default; has_default = true;)?
                    if !has_default {
                        required.push(stringify!($field));
                    }
                    let schema = <$type as $crate::record::Value>::schema();
                    let schema = $crate::record::described(schema, concat!($($field_doc),*));
                    properties.insert(stringify!($field).to_owned(), schema);
                })*
                let schema = $crate::record::schema_of_fields(properties, &required);
                $crate::record::described(schema, concat!($($doc),*))
            }
        }
    };
}

/// Declares the words that a field takes: the enum, their spelling, decoder, schema and serialisation.
#[macro_export]
macro_rules! words {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident: $what:literal {
            $($(#[doc = $word_doc:literal])* $variant:ident = $word:literal,)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[doc = $word_doc])* $variant,)*
        }

        impl $name {
            /// Every one, in the order of the declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];
            /// Their spelling, in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// How records and JSON spell it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)*
                }
            }

            /// What it means, in a sentence.
            pub const fn about(self) -> &'static str {
                match self {
                    $($name::$variant => concat!($($word_doc),*).trim_ascii(),)*
                }
            }

            /// The one that is spelt so.
            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some($name::$variant),)*
                    _ => None,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::record::Word for $name {
            fn name(self) -> &'static str {
                self.as_str()
            }

            fn about(self) -> &'static str {
                $name::about(self)
            }
        }

        $crate::compared!($name);

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl $crate::record::Value for $name {
            fn decode(node: &$crate::record::Node, faults: &mut $crate::record::Faults) -> Option<Self> {
                let help = |text: &str| {
                    $crate::record::did_you_mean(text, Self::WORDS.iter().copied())
                        .unwrap_or_else(|| format!("write one of: {}", Self::WORDS.join(", ")))
                };
                $crate::record::read_text(node, &$crate::record::with_article($what), faults, $name::from_word, help)
            }

            fn schema() -> serde_json::Value {
                $crate::record::schema_of_words(Self::ALL.iter().map(|word| (word.as_str(), word.about())))
            }
        }
    };
}
