//! Slips in the numbers of random papers.

/// A number with two neighbouring digits the other way round; `None` where it has not so many.
pub fn swapped(number: &str, at: usize) -> Option<String> {
    let mut characters: Vec<char> = number.chars().collect();
    let digits: Vec<usize> = (0..characters.len()).filter(|place| characters[*place].is_ascii_digit()).collect();
    characters.swap(*digits.get(at)?, *digits.get(at + 1)?);
    Some(characters.into_iter().collect())
}
