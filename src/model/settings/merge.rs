//! Declares settings that a file can change: what the file may hold, and what is in force.

use chrono::NaiveDate;

use super::values::{Deadline, Holidays, MonthlyDay, Percent, WeekDay, ZoneName};
use crate::model::{Close, Day, Text, TimeOfDay};

/// A setting as the file writes it.
pub trait Setting: Sized {
    /// What is in force.
    type Value;

    /// Changes what is in force.
    fn apply(self, old: &mut Self::Value);

    /// What is in force by a file, or by default.
    fn or(file: Option<Self>, mut default: Self::Value) -> Self::Value {
        file.into_iter().for_each(|new| new.apply(&mut default));
        default
    }
}

/// Declares settings once: the record of the file, in which each is optional, and those in force with their defaults.
///
/// A field after `..` exists only in the settings in force. `impl` declares the record for a type that exists already.
macro_rules! settings {
    (
        $(#[doc = $doc:literal])*
        pub struct $name:ident of struct $patch:ident: $what:literal {
            $($(#[doc = $field_doc:literal])* pub $field:ident: $type:ty = $default:expr,)*
            $(.. $(#[doc = $own_doc:literal])* pub $own:ident: $own_type:ty,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone)]
        pub struct $name {
            $($(#[doc = $field_doc])* pub $field: <$type as $crate::model::settings::merge::Setting>::Value,)*
            $($(#[doc = $own_doc])* pub $own: $own_type,)?
        }

        $crate::model::settings::merge::settings! {
            $(#[doc = $doc])*
            impl $name of struct $patch: $what {
                $($(#[doc = $field_doc])* pub $field: $type = $default,)*
                $(.. $own)?
            }
        }
    };
    (
        $(#[doc = $doc:literal])*
        impl $name:ident of struct $patch:ident: $what:literal {
            $($(#[doc = $field_doc:literal])* pub $field:ident: $type:ty = $default:expr,)*
            $(.. $own:ident)?
        }
    ) => {
        $crate::record! {
            $(#[doc = $doc])*
            pub struct $patch: $what {
                $($(#[doc = $field_doc])* pub $field: Option<$type>,)*
            }
        }

        impl Default for $name {
            fn default() -> $name {
                $name { $($field: $default,)* $($own: Default::default(),)? }
            }
        }

        impl $crate::model::settings::merge::Setting for $patch {
            type Value = $name;

            fn apply(self, old: &mut $name) {
                use $crate::model::settings::merge::Setting;
                $(self.$field.into_iter().for_each(|new| Setting::apply(new, &mut old.$field));)*
            }
        }
    };
}

pub(super) use settings;

/// Settings that replace the one in force, as they are or by a part: `replaced!(Text.0: String)`.
macro_rules! replaced {
    ($($name:ident $(.$part:tt)?: $value:ty,)+) => {
        $(impl $crate::model::settings::merge::Setting for $name {
            type Value = $value;

            fn apply(self, old: &mut $value) {
                *old = self $(.$part)?.into();
            }
        })+
    };
}

pub(super) use replaced;

replaced! {
    Text.0: String,
    ZoneName.0: chrono_tz::Tz,
    Day.0: Option<NaiveDate>,
    TimeOfDay: TimeOfDay,
    Close: Close,
    WeekDay: WeekDay,
    MonthlyDay: MonthlyDay,
    Deadline: Deadline,
    Holidays: Holidays,
    Percent.0: usize,
}
