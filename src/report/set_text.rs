use super::finding::SetText;
use crate::arithmetic::{End, Interval, RealSet, rational};
pub fn set_text(set: &RealSet) -> SetText {
    let one = |i: &Interval| {
        let e = |e: &End| e.value().map(rational::to_text).unwrap_or("inf".into());
        format!("[{}, {}]", e(i.lo()), e(i.hi()))
    };
    let t = set.parts().iter().map(one).collect::<Vec<_>>().join(" ∪ ");
    SetText { exact: t.clone(), short: t }
}
