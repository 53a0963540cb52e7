//! How numbers are brought to their decimals in random papers, written without any code of the program.

use proptest::prelude::*;

/// How a number is brought to its decimals.
#[derive(Clone, Copy, Debug)]
pub enum Habit {
    Nearest,
    HalfEven,
    Down,
    HalfDown,
}

/// Any of the habits.
pub fn habit() -> impl Strategy<Value = Habit> {
    prop_oneof![Just(Habit::Nearest), Just(Habit::HalfEven), Just(Habit::Down), Just(Habit::HalfDown)]
}

/// The number with so many decimals.
pub fn print(value: f64, decimals: usize, habit: Habit) -> String {
    let scale = 10_f64.powi(i32::try_from(decimals).expect("few"));
    let scaled = value * scale;
    // What is a whole number but for the last digits of a float stays one, by whatever habit.
    let near = scaled.round();
    let scaled = match habit {
        _ if (scaled - near).abs() < 1e-9 => near,
        Habit::Nearest => near,
        Habit::HalfEven => scaled.round_ties_even(),
        Habit::Down => scaled.trunc(),
        Habit::HalfDown => scaled.signum() * (scaled.abs() - 0.5).ceil(),
    };
    // No number is printed as a negative nought.
    format!("{:.decimals$}", scaled / scale + 0.0)
}
