//! What a number is of: the statistic that it belongs to with the numbers beside it, where it stands, the words around
//! it, and the table that its sentence points to.
//!
//! A paper says the same thing in several places: in the abstract, in the text, in a table. Subjects make these places
//! comparable. They are compared by what is printed (the partners of a number, the words, the pointer) and never guessed
//! equal; whether two numbers that are of one thing agree is not asked here.

mod abbreviations;
mod contrasts;
mod doubles;
mod members;
mod pointers;
mod shares;
mod slip;
mod standing;
mod subject;
mod words;

pub use contrasts::Contrasts;
pub use members::{Likeness, Member, MemberValue, Role};
pub use slip::Slip;
pub use standing::Standing;
pub use subject::{Passage, Statistic, Subject, Subjects, TableWords};
pub use words::{Word, shared};

pub(super) use subject::find;
