//! Pages that readers get wrong without a word: fonts that lie, pages that are cut and turned, tables set sideways, and a
//! second reader that reads another number. All of them are made here.

mod fonts;
mod sheet;
mod turned;
mod witness;
