//! `rule!`: one declaration that makes a rule's type, its metadata and its page.
//!
//! The page is the doc comment of the type, so that `explain` and the reference of the library show the same words.

/// Declares a rule's unit struct with its page (the doc comment) and `METADATA`.
macro_rules! rule {
    (
        $(#[doc = $page:literal])*
        pub struct $rule:ident {
            code: $code:literal,
            name: $name:literal,
            summary: $summary:literal,
            family: $family:ident,
            since: $since:literal,
            status: $status:ident,
            grounds: $grounds:ident $(($least:literal))?,
            needs: $needs:ident,
            references: [$($reference:literal),* $(,)?],
        }
    ) => {
        $(#[doc = $page])*
        #[derive(Clone, Copy, Debug, Default)]
        pub struct $rule;

        impl $rule {
            /// The facts about the rule.
            pub const METADATA: $crate::rules::RuleMetadata = $crate::rules::RuleMetadata {
                code: $code,
                name: $name,
                summary: $summary,
                family: $crate::rules::Family::$family,
                since: $since,
                status: $crate::rules::Status::$status,
                grounds: $crate::derive::Grounds::$grounds $(($least))?,
                needs: $crate::rules::Needs::$needs,
                references: &[$($reference),*],
            };

            /// The page that `explain` prints.
            pub const PAGE: $crate::rules::Page = $crate::rules::Page(concat!($($page, "\n"),*));
        }
    };
}

pub(crate) use rule;
