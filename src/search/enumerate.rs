//! The programs of a window: every form over every choice of operands whose kinds and dimensions give the target's.
//!
//! Each program stands once: where operands can change places they are taken in the order of the text. The work is counted, and
//! stops at the same place everywhere.

use super::beyond::Known;
use super::enclosure::Enclosure;
use super::form::{Form, Program};
use super::values::ValueKind;
use super::window::{Source, Window};

/// How much work one window may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most programs.
    pub programs: usize,
    /// The most operands of a program.
    pub operands: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { programs: 4000, operands: 3 }
    }
}

/// The programs of a window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Enumeration {
    /// The programs, by form and then by their operands.
    pub programs: Vec<Program>,
    /// Whether the limit cut them off: then nothing may be said of the window.
    pub cut: bool,
}

/// Enumerates the programs of a window.
pub fn programs(window: &Window, limits: &Limits) -> Enumeration {
    let mut found = Enumeration::default();
    let may = |form: &Form| form.arity() <= limits.operands && can_give(*form, window.target.kind);
    for form in Form::ALL.into_iter().filter(may) {
        extend(window, limits, form, &mut Vec::with_capacity(3), &mut found);
        if found.cut {
            break;
        }
    }
    found
}

/// Adds all programs of a form whose first operands are given.
fn extend(window: &Window, limits: &Limits, form: Form, chosen: &mut Vec<usize>, found: &mut Enumeration) {
    if chosen.len() == form.arity() {
        let kinds = [0, 1, 2].map(|at| chosen.get(at).map(|at| window.operands[*at].value.kind));
        if gives(form, kinds, window.target.kind) && tells(form, window, chosen) {
            found.cut |= found.programs.len() >= limits.programs;
            if !found.cut {
                found.programs.push(Program { form, operands: chosen.clone() });
            }
        }
        return;
    }
    let (from, to) = form.alike();
    let place = chosen.len();
    let ordered = place > from && place < to;
    let first = if ordered { chosen[place - 1] + 1 } else { 0 };
    for at in first..window.operands.len() {
        if found.cut {
            return;
        }
        let operand = &window.operands[at];
        let may = may_take(form, operand.value.kind, window.target.kind) && may_take_from(form, place, operand.source);
        let before = (place == 1).then(|| window.operands[chosen[0]].value.kind);
        let goes_on = before.is_none_or(|before| may_follow(form, before, operand.value.kind));
        if may && goes_on && !chosen.contains(&at) {
            chosen.push(at);
            extend(window, limits, form, chosen, found);
            chosen.pop();
        }
    }
}

/// Whether a form can take a value of a kind at all: sums are of like values.
fn may_take(form: Form, kind: ValueKind, target: ValueKind) -> bool {
    match form {
        Form::Sum | Form::Difference | Form::SumOfThree | Form::Rest => kind == target,
        Form::Complement => kind == ValueKind::Percentage,
        Form::Product | Form::ProductOfThree | Form::ProductOver => kind != ValueKind::Percentage,
        _ => true,
    }
}

/// Whether a form can give a value of a kind at all. Only spares the choice of operands that [`gives`] would refuse.
fn can_give(form: Form, target: ValueKind) -> bool {
    let measured = matches!(target, ValueKind::Measured(_));
    let percentage = target == ValueKind::Percentage;
    match form {
        Form::Complement | Form::Share | Form::Change => percentage,
        Form::PartOf => !percentage,
        Form::ProductOfThree => measured,
        Form::ProductOver => measured || target == ValueKind::Count,
        Form::SumOver | Form::DifferenceOver => measured || percentage,
        Form::OverSum => percentage || target == ValueKind::Number,
        _ => true,
    }
}

/// Whether a form can take a second value of a kind behind a first one, to the same end.
fn may_follow(form: Form, first: ValueKind, second: ValueKind) -> bool {
    match form {
        Form::SumOver | Form::DifferenceOver | Form::OverSum => first == second && first != ValueKind::Percentage,
        _ => true,
    }
}

/// Whether a form can take a value from there: what is known is multiplied or divided by, and a period of time divides nothing.
fn may_take_from(form: Form, place: usize, source: Source) -> bool {
    let Source::Known(known) = source else { return true };
    match form {
        Form::Product | Form::ProductOfThree | Form::ProductOver => true,
        Form::Quotient => place == 1 || !matches!(known, Known::Period(_)),
        _ => false,
    }
}

/// Whether a form over these operands says more than one of them alone, takes none from another of the same list, and no
/// more than one that is known.
fn tells(form: Form, window: &Window, chosen: &[usize]) -> bool {
    let scales = matches!(
        form,
        Form::Product | Form::Quotient | Form::Share | Form::ProductOfThree | Form::ProductOver | Form::PartOf
    );
    let one = |at: &usize| window.operands[*at].value.enclosure == Enclosure::point(1.0);
    let subtracts = matches!(form, Form::Difference | Form::Rest | Form::DifferenceOver | Form::Change);
    let list = |at: usize| window.operands[at].list;
    let known = chosen.iter().filter(|at| matches!(window.operands[**at].source, Source::Known(_))).count();
    let beside_another = |(place, at): (usize, &usize)| {
        list(*at).is_some() && chosen[..place].iter().any(|other| list(*other) == list(*at))
    };
    let in_one_list = || chosen.iter().enumerate().any(beside_another);
    !(scales && chosen.iter().any(one) || subtracts && in_one_list() || known > 1)
}

/// Whether a form over values of these kinds gives one of the target's kind.
fn gives(form: Form, [a, b, c]: [Option<ValueKind>; 3], target: ValueKind) -> bool {
    use ValueKind::{Count, Number, Percentage};
    let (Some(a), b, c) = (a, b.unwrap_or(Number), c.unwrap_or(Number)) else { return false };
    let measured = matches!(target, ValueKind::Measured(_));
    match form {
        Form::Sum | Form::Difference | Form::SumOfThree | Form::Rest => true,
        Form::Complement => target == Percentage,
        Form::Product => {
            let fits = a.dimension().times(b.dimension()) == target.dimension();
            let counted = target == Count && (a, b) == (Count, Count);
            let number = target == Number && a.is_plain() && b.is_plain() && (a, b) != (Count, Count);
            (measured && fits) || counted || number
        }
        Form::Quotient => {
            let fits = a.dimension().over(b.dimension()) == target.dimension();
            let counted = target == Count && (a, b) == (Count, Count);
            let ratio = target == Number && a == b && a != Percentage;
            (measured && fits && a != Percentage && b != Percentage) || counted || ratio
        }
        Form::Share => target == Percentage && a == b && a != Percentage,
        Form::Change => target == Percentage && a == b,
        Form::PartOf => a == Percentage && b == target && target != Percentage,
        Form::ProductOfThree => {
            let fits = a.dimension().times(b.dimension()).times(c.dimension()) == target.dimension();
            measured && fits
        }
        Form::ProductOver => {
            let fits = a.dimension().times(b.dimension()).over(c.dimension()) == target.dimension();
            let counted = target == Count && (a, b, c) == (Count, Count, Count);
            // A value times the ratio of two like it is no calculation that anybody writes of.
            let levels = a == b && b == c;
            (measured && fits && c != Percentage && !levels) || counted
        }
        Form::SumOver | Form::DifferenceOver => {
            let alike = a == b && a != Percentage && c != Percentage;
            let share = target == Percentage && a == c;
            let mean = measured && a.dimension().over(c.dimension()) == target.dimension();
            alike && (share || mean)
        }
        Form::OverSum => {
            let alike = a == b && b == c && a != Percentage;
            alike && (target == Percentage || target == Number)
        }
    }
}

impl Enumeration {
    /// The programs with what each gives over the values of its window, in coherent SI. One that divides by what may be zero is left
    /// out, and so is one whose result cannot be told from one of its own operands: it says nothing that is not printed already.
    pub fn derived(&self, window: &Window) -> Vec<(&Program, Enclosure)> {
        let value = |program: &Program| {
            let mut values = [Enclosure::point(0.0); 3];
            for (value, at) in values.iter_mut().zip(&program.operands) {
                *value = window.operands.get(*at)?.value.enclosure;
            }
            let values = &values[..program.form.arity()];
            let derived = program.form.of(values)?;
            let mut kinds = program.operands.iter().map(|at| window.operands[*at].value.kind).zip(values);
            let own = kinds.any(|(kind, value)| kind == window.target.kind && value.meets(derived));
            (!own || program.form == Form::Complement).then_some(derived)
        };
        self.programs.iter().filter_map(|program| Some((program, value(program)?))).collect()
    }
}
