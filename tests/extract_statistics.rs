//! Test results in the styles that papers print, and in the forms that damaged text gives them.

#[path = "support/plain.rs"]
mod plain;

use rederive::arithmetic::rational;
use rederive::document::{TextIndex, TextRange, VariationCause};
use rederive::extract::{Comparator, ConditionKind, EffectKind, Mentions, Reported, TestKind, TestStatistic, extract};

use plain::document;

fn mentions(text: &str) -> Mentions {
    extract(&document(text))
}

fn number(reported: &Reported) -> String {
    let sign = match reported.comparator {
        Comparator::Equal => "=",
        Comparator::Less => "<",
        Comparator::Greater => ">",
        Comparator::AtMost => "≤",
        Comparator::AtLeast => "≥",
    };
    format!("{sign}{}", rational::to_text(&reported.readings[0].2.point()))
}

fn show(test: &TestStatistic) -> String {
    let kind = match test.kind {
        TestKind::T => "t",
        TestKind::F => "F",
        TestKind::ChiSquared => "chi2",
        TestKind::R => "r",
        TestKind::Z => "z",
        TestKind::Q => "Q",
        TestKind::Rho => "rho",
        TestKind::Tau => "tau",
        TestKind::U => "U",
        TestKind::W => "W",
        _ => "?",
    };
    let degrees: Vec<String> = test.degrees.iter().map(|df| number(df)[1..].to_owned()).collect();
    let p = match &test.p {
        Some(p) => format!(" p{}", number(p)),
        None if test.not_significant => " ns".to_owned(),
        None => String::new(),
    };
    format!("{kind}({}){}{p}", degrees.join(","), number(&test.value))
}

fn found(text: &str) -> Vec<String> {
    mentions(text).statistics.iter().map(show).collect()
}

#[test]
fn the_style_of_the_apa() {
    for (text, expected) in [
        ("It grew, t(28) = 2.20, p = .036.", "t(28)=2.2 p=0.036"),
        ("It grew (t(28) = −2.20; p < .05).", "t(28)=-2.2 p<0.05"),
        ("It grew, F(2, 28) = 4.50, p = 0.020.", "F(2,28)=4.5 p=0.02"),
        ("It grew, F(2,28)=4.50, P=0.020.", "F(2,28)=4.5 p=0.02"),
        ("It grew, F[2, 28] = 4.50, p = 0.020.", "F(2,28)=4.5 p=0.02"),
        ("It grew, F(1.87, 52.3) = 4.50, p ≤ 0.020.", "F(1.87,52.3)=4.5 p≤0.02"),
        ("It grew, F(2, 1,234) = 4.50, p = .01.", "F(2,1234)=4.5 p=0.01"),
        ("It grew, F(1, 20) < 1, ns.", "F(1,20)<1 ns"),
        ("It grew, χ²(1, N = 20) = 5.30, p = .02.", "chi2(1)=5.3 p=0.02"),
        ("It grew, χ2(1, N = 1,234) = 5.30, p = .02.", "chi2(1)=5.3 p=0.02"),
        ("It grew, χ 2 (1) = 5.30, p = .02.", "chi2(1)=5.3 p=0.02"),
        ("It grew, X2(1) = 5.30, p = .02.", "chi2(1)=5.3 p=0.02"),
        ("It grew, X²(1) = 5.30, p = .02.", "chi2(1)=5.3 p=0.02"),
        ("It grew, chi-square(1) = 5.30, p = .02.", "chi2(1)=5.3 p=0.02"),
        ("It grew, chi-squared (1) = 5.30, p = .02.", "chi2(1)=5.3 p=0.02"),
        ("It grew, r(28) = .45, p = .012.", "r(28)=0.45 p=0.012"),
        ("It grew, z = 2.10, p = .036.", "z()=2.1 p=0.036"),
        ("It grew, Z = -2.10, p = .036.", "z()=-2.1 p=0.036"),
        ("It grew, Q(12) = 21.0, p = .05.", "Q(12)=21 p=0.05"),
        ("It grew, Qb(1) = 5.0, p = .03.", "Q(1)=5 p=0.03"),
        ("It grew, Q-within(1) = 5.0, p = .03.", "Q(1)=5 p=0.03"),
        ("It grew, t(28) = 12.20, p = 5.8 × 10⁻⁴.", "t(28)=12.2 p=0.00058"),
        ("It grew, t(28) = 12.20, p < 10−5.", "t(28)=12.2 p<0.00001"),
        ("It grew, t(28) = 2.20, p = .000.", "t(28)=2.2 p=0"),
        ("It grew, t(28) = 2.20, n.s.", "t(28)=2.2 ns"),
        ("It grew, t(28) = 2.20, p = n.s.", "t(28)=2.2 ns"),
        ("It grew, t(1,234) = 2.20, p = .03.", "t(1234)=2.2 p=0.03"),
        ("It grew, t(df = 28) = 2.20, p-value = .03.", "t(28)=2.2 p=0.03"),
        ("It grew, t28 = 2.20, p = .03.", "t(28)=2.2 p=0.03"),
        ("It grew, t₂₈ = 2.20, p = .03.", "t(28)=2.2 p=0.03"),
        ("It grew, F2,28 = 4.50, p = .03.", "F(2,28)=4.5 p=0.03"),
        ("It grew, F₂,₂₈ = 4.50, p = .03.", "F(2,28)=4.5 p=0.03"),
        ("It grew, F1(1, 20) = 4.50, p = .03.", "F(1,20)=4.5 p=0.03"),
        ("It grew, t = 2.20, df = 28, p = .03.", "t(28)=2.2 p=0.03"),
        ("It grew, F = 4.50, df = 2, 28, p = .03.", "F(2,28)=4.5 p=0.03"),
        ("It grew, t = 2.20, p = .03.", "t()=2.2 p=0.03"),
        ("It grew, Δχ 2 (3) = 8.60, p = .035.", "chi2(3)=8.6 p=0.035"),
        ("aChi Square=20.1, p=.01", "chi2()=20.1 p=0.01"),
        ("at=20.1; df=46; p<.01", "t(46)=20.1 p<0.01"),
        ("Es wuchs, t(28) = 2,20; p = 0,036.", "t(28)=2.2 p=0.036"),
    ] {
        assert_eq!(found(text), [expected], "{text}");
    }
}

#[test]
fn effect_sizes_and_intervals_may_stand_between() {
    for (text, expected) in [
        ("It grew, F(1, 20) = 5.3, ηp² = .2, p = .03.", "F(1,20)=5.3 p=0.03"),
        ("It grew, F(1, 20) = 5.3, MSE = 0.31, p = .03, partial η² = .2.", "F(1,20)=5.3 p=0.03"),
        ("It grew, t(28) = 2.2, Cohen’s d = 0.5, 95% CI [0.1, 0.9], p = .03.", "t(28)=2.2 p=0.03"),
        ("It grew, t(28) = 2.2, two-tailed p = .03.", "t(28)=2.2 p=0.03"),
        ("It grew, F(1, 20) = 5.3, r = .3, p = .03.", "F(1,20)=5.3 p=0.03"),
        ("It grew, t(28) = 2.2, with p = .03.", "t(28)=2.2 p=0.03"),
        ("It grew, χ²(1) = 5.3, N = 20, p = .02.", "chi2(1)=5.3 p=0.02"),
        ("It grew, t(28) = 2.2 (p = .03).", "t(28)=2.2 p=0.03"),
    ] {
        assert_eq!(found(text), [expected], "{text}");
    }
}

#[test]
fn a_p_value_stays_unbound_when_in_doubt() {
    for (text, expected) in [
        ("It was t(28) = 2.2 and 3.1, p < .05.", vec!["t(28)=2.2"]),
        ("It was t(28) = 2.2, and all other Fs < 1, ps > .2.", vec!["t(28)=2.2", "F()<1 p>0.2"]),
        ("It was t(28) = 2.2 and t(30) = 3.1, ps = .03, .02 and .004.", vec!["t(28)=2.2", "t(30)=3.1"]),
        ("It was r(940) = .70 in the 20 mice, ps < .001.", vec!["r(940)=0.7"]),
        ("All ps > .2 and t(28) = 2.2.", vec!["t(28)=2.2"]),
        ("It was t(28) = 2.2, prep = .95.", vec!["t(28)=2.2"]),
        ("It was t(28) = 2.2. Later p = .03.", vec!["t(28)=2.2"]),
        ("It was t(28) = 2.2, F(1, 28) = 4.8, p = .04.", vec!["t(28)=2.2", "F(1,28)=4.8 p=0.04"]),
        ("It was t(28) = 2.2, p = .04, and t(28) = 1.1, p = .28.", vec!["t(28)=2.2 p=0.04", "t(28)=1.1 p=0.28"]),
        ("It was t(28) = 2.2, p = .03 and .04.", vec!["t(28)=2.2"]),
        ("It was t(28) = 2.2 in the 20 mice, which p = .03 shows.", vec!["t(28)=2.2"]),
        ("It was t(28) = 2.2, p = 3.", vec!["t(28)=2.2"]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn degrees_of_freedom_in_words_subscripts_and_behind_the_p_value() {
    for (text, expected) in [
        ("It grew, t = 2.20, p = .03, df = 28.", "t(28)=2.2 p=0.03"),
        ("It grew, t = 2.20 (28 df), p = .03.", "t(28)=2.2 p=0.03"),
        ("It grew, t = 2.20 with 28 degrees of freedom, p = .03.", "t(28)=2.2 p=0.03"),
        ("It grew, F = 4.50, df1 = 2, df2 = 28, p = .03.", "F(2,28)=4.5 p=0.03"),
        ("It grew, F(df1 = 2, df2 = 28) = 4.50, p = .03.", "F(2,28)=4.5 p=0.03"),
        ("It grew, F = 4.50 on 2 and 28 degrees of freedom, p = .03.", "F(2,28)=4.5 p=0.03"),
        ("It grew, F 2,28 = 4.50, p = .03.", "F(2,28)=4.5 p=0.03"),
        ("It grew, t 28 = 2.50, p = .03.", "t(28)=2.5 p=0.03"),
        ("It grew, χ²₁ = 5.3, p = .02.", "chi2(1)=5.3 p=0.02"),
        ("It grew, χ2 (df = 2, n = 90) = 5.3, p = .07.", "chi2(2)=5.3 p=0.07"),
        ("It grew, t(1, 67) = 0.87, p = .38.", "t(1,67)=0.87 p=0.38"),
        ("It grew, F(2, N = 28) = 4.50, p = .03.", "F(2)=4.5 p=0.03"),
    ] {
        assert_eq!(found(text), [expected], "{text}");
    }
}

#[test]
fn what_stands_before_the_letter_in_the_same_list_belongs_to_it() {
    for (text, expected) in [
        ("It grew (b = −0.58, p = .037, 95% CI = [−1.12, −0.04], t(107) = −2.11).", "t(107)=-2.11 p=0.037"),
        ("It grew (p = .036, t(28) = 2.20).", "t(28)=2.2 p=0.036"),
        ("It grew, β = 0.72, SE = 0.07, df = 265, t = 10.26, p < .0001.", "t(265)=10.26 p<0.0001"),
        ("It grew (df = 2, 28, F = 4.50, p = .020).", "F(2,28)=4.5 p=0.02"),
        // The p-value behind the letter is its own, and one before it that of something else.
        ("It grew (b = 0.58, p = .041, t(28) = 2.20, p = .036).", "t(28)=2.2 p=0.036"),
        ("It grew (Fisher’s exact test, p = .041; t(28) = 2.20).", "t(28)=2.2"),
        ("By ranks it grew, V = 31, p = .041, t(28) = 2.20.", "t(28)=2.2"),
        // The degrees of freedom of two numbers are not those of a t.
        ("It grew (df = 2, 28, t = 2.20, p = .036).", "t()=2.2 p=0.036"),
    ] {
        assert_eq!(found(text), [expected], "{text}");
    }
    let text = "It grew, t(28) = 2.20, p = .036, t(27) = 2.10.";
    assert_eq!(found(text), ["t(28)=2.2 p=0.036", "t(27)=2.1"], "a p-value belongs to one test");
}

#[test]
fn p_values_in_every_printed_form() {
    for (text, expected) in [
        ("It grew, t(28) = 12.20, p = 5.8 × 10 −4.", "t(28)=12.2 p=0.00058"),
        ("It grew, t(28) = 12.20, p=<0.0001.", "t(28)=12.2 p≤0.0001"),
        ("It grew, t(28) = 12.20, p = < .001.", "t(28)=12.2 p<0.001"),
        ("It grew, t(28) = 2.20, p-value of .03.", "t(28)=2.2 p=0.03"),
        ("It grew, t(28) = 2.20, P value = 0.03.", "t(28)=2.2 p=0.03"),
        ("It grew, t(28) = 2.20, p-value: 0.03.", "t(28)=2.2 p=0.03"),
        ("It grew, t(28) = 2.20, p = 0,945.", "t(28)=2.2 p=0.945"),
        ("It grew, t(28) = 2.20, preregistered one-tailed p = .03.", "t(28)=2.2 p=0.03"),
        ("It grew, t(28) = 2.20, false discovery rate (FDR)-corrected p = .03.", "t(28)=2.2 p=0.03"),
        ("It grew, z = -3.66, p < .001, OR = 0.53, 95% CI = [0.38, 0.75].", "z()=-3.66 p<0.001"),
        ("It grew, r(940) = .70 for positive emotions, p < .001.", "r(940)=0.7 p<0.001"),
    ] {
        assert_eq!(found(text), [expected], "{text}");
    }
}

#[test]
fn other_statistics_and_letters_in_the_other_case() {
    for (text, expected) in [
        ("It was T(28) = 2.2, p < .05.", vec!["t(28)=2.2 p<0.05"]),
        ("It was f(1, 54) = 4.1, p < .05.", vec!["F(1,54)=4.1 p<0.05"]),
        ("It was U = 123.5, p = .03.", vec!["U()=123.5 p=0.03"]),
        ("It was U = 100, z = 2.1, p = .04.", vec!["z()=2.1 p=0.04"]),
        ("It was H(2) = 5.3, p = .07 and W = 234, p = .03.", vec!["chi2(2)=5.3 p=0.07", "W()=234 p=0.03"]),
        ("By Kruskal–Wallis H = 7.1, p = .21.", vec!["chi2()=7.1 p=0.21"]),
        ("It was Wald = 5.3, df = 1, p = .02.", vec!["chi2(1)=5.3 p=0.02"]),
        ("It was Wald χ²(1) = 5.3, p = .02.", vec!["chi2(1)=5.3 p=0.02"]),
        ("It was LR(2) = 6.0, p = .05.", vec!["chi2(2)=6 p=0.05"]),
        ("It was rs(28) = .45, p = .01; ρ = .3, p = .04.", vec!["rho(28)=0.45 p=0.01", "rho()=0.3 p=0.04"]),
        ("It was τ = .3, p = .04.", vec!["tau()=0.3 p=0.04"]),
        ("We set T(2) = 3, f(1, 2) = 4, U = 5, W = 6 and H(2) = 7.", vec![]),
        ("The slope fell, z ratio = −2.20, p = .028.", vec!["z()=-2.2 p=0.028"]),
        ("The term helped (likelihood-ratio test = 27.18, df = 1, p < .001).", vec!["chi2(1)=27.18 p<0.001"]),
        ("Shares differed, χ(2, N = 524) = 5.84, p = .054.", vec!["chi2(2)=5.84 p=0.054"]),
        ("The length χ(2) = 5.84 was read off.", vec![]),
        ("A t value of 2.20 (df = 28, p = .036) was found.", vec!["t(28)=2.2 p=0.036"]),
        ("It was z-score: 2.20, p = .028.", vec!["z()=2.2 p=0.028"]),
        ("It was t-test (28) = 2.20, p = .036.", vec!["t(28)=2.2 p=0.036"]),
        (
            "It was F₍₂,₆₃₎ = 0.88, p = .42 and χ² ₍₂₎ = 8.24, p = .02.",
            vec!["F(2,63)=0.88 p=0.42", "chi2(2)=8.24 p=0.02"],
        ),
        (
            "It was c 2 (2) = 11.97, p = .003, and (U = 2, n1 = n2 = 5: P≤0.05).",
            vec!["chi2(2)=11.97 p=0.003", "U()=2 p≤0.05"],
        ),
        ("It was F-value(2, 57) = 6.4; p = .003.", vec!["F(2,57)=6.4 p=0.003"]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn p_values_for_several_tests() {
    for (text, expected) in [
        ("It was Fs(1, 54) > 4.1, ps < .05.", vec!["F(1,54)>4.1 p<0.05"]),
        ("They were not alike, t(1934)s ≥ 2.50, ps < .01.", vec!["t(1934)≥2.5 p<0.01"]),
        ("It was t(28) = 2.2, t(30) = 3.1, ps < .05.", vec!["t(28)=2.2 p<0.05", "t(30)=3.1 p<0.05"]),
        ("It was t(28) = 2.2 and t(30) = 3.1 (both p’s < .05).", vec!["t(28)=2.2 p<0.05", "t(30)=3.1 p<0.05"]),
        (
            "It was r(943) = .78 for gains and r(940) = .70 for losses, both ps < .001.",
            vec!["r(943)=0.78 p<0.001", "r(940)=0.7 p<0.001"],
        ),
        ("It was t(28) = 2.2 and 3.1, ps < .05.", vec!["t(28)=2.2 p<0.05", "t(28)=3.1 p<0.05"]),
        (
            "It was t(28) = 2.2 and t(30) = 3.1, p = .03 and .004, respectively.",
            vec!["t(28)=2.2 p=0.03", "t(30)=3.1 p=0.004"],
        ),
        (
            "It was t(28) = 2.2 and t(30) = 3.1, p = .03 and p = .004, respectively.",
            vec!["t(28)=2.2 p=0.03", "t(30)=3.1 p=0.004"],
        ),
        ("It was F(1, 54) = 4.10 and 5.20, ps = .048 and .027.", vec!["F(1,54)=4.1 p=0.048", "F(1,54)=5.2 p=0.027"]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn effect_sizes_and_n_belong_to_the_test_of_their_clause() {
    let held = |text: &str| {
        let mentions = mentions(text);
        let test = &mentions.statistics[0];
        let effects: Vec<(EffectKind, String)> = test.effects.iter().map(|e| (e.kind, number(&e.value))).collect();
        (effects, test.n.as_ref().map(number))
    };
    let eta = || (EffectKind::PartialEtaSquared, "=0.21".to_owned());
    assert_eq!(held("It grew, F(1, 20) = 5.3, p = .03, ηp² = .21.").0, [eta()]);
    assert_eq!(held("It grew, F(1, 20) = 5.3, η p 2 = .21, p = .03.").0, [eta()]);
    assert_eq!(held("It grew (F(1, 20) = 5.3, p = .03), η² = .21.").0, []);
    assert_eq!(held("It grew, F(1, 20) = 5.3 (p = .03, ηp² = .21), and more.").0, [eta()]);
    let (effects, n) = held("It grew, t(28) = 2.2, p = .03, Cohen’s d = 0.5, 95% CI [0.1, 0.9], N = 30.");
    assert_eq!((effects, n), (vec![(EffectKind::D, "=0.5".to_owned())], Some("=30".to_owned())));
    let (effects, n) = held("It grew, χ²(1, N = 1,234) = 5.30, p = .02, φ = .07.");
    assert_eq!((effects, n), (vec![(EffectKind::Phi, "=0.07".to_owned())], Some("=1234".to_owned())));
    assert_eq!(held("It grew, t(28) = 2.2, p = .03, r = .45, p = .01.").0, []);
}

#[test]
fn letters_that_are_no_test() {
    for text in [
        "At t = 5 h the flow was F = 4 N and r = 3 cm.",
        "We set f(2) = 3 and the model R2 = .5, p = .01.",
        "A cat(28) = 2 and post-t(28) = 2.",
        "See x2 = 3.5 and F(x) = 2.",
        "r = 45, p = .01",
        "Group c 2 (20) = 40 and c 2 (12) = 30 were kept.",
        "Children with a z score of 2.2 or an F ratio = 3.1 were kept.",
        "We ran a t test of 2 means, p < .05, and a z-scored value = 2.0, p = .04.",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn damaged_signs_are_read_as_repaired_glyphs() {
    for (text, expected) in [
        ("It grew, t(28) ¼ 2.20, p ¼ .036.", "t(28)=2.2 p=0.036"),
        ("It grew, t(28) = 2.20, p b .05.", "t(28)=2.2 p<0.05"),
        ("It grew, t(28) = 1.20, p N .05.", "t(28)=1.2 p>0.05"),
        ("It grew, F(1, 20) 5 4.50, p 5 .047.", "F(1,20)=4.5 p=0.047"),
        ("It grew, F(l, 20) = 4.50, p = .047.", "F(1,20)=4.5 p=0.047"),
        ("It grew, c2(1, N = 20) = 5.30, p = .02.", "chi2(1)=5.3 p=0.02"),
        ("It grew, 2(1, N = 20) = 5.30, p = .02.", "chi2(1)=5.3 p=0.02"),
    ] {
        let mentions = mentions(text);
        let tests: Vec<String> = mentions.statistics.iter().map(show).collect();
        assert_eq!(tests, [expected], "{text}");
        let test = &mentions.statistics[0];
        let parts = test.degrees.iter().chain([&test.value]).chain(&test.p);
        let repaired = parts
            .flat_map(|part| &part.readings)
            .any(|(choices, cause, _)| *cause == Some(VariationCause::RepairedGlyph) && !choices.is_empty());
        assert!(repaired, "{text}");
    }
}

#[test]
fn the_range_runs_from_the_letter_to_the_p_value() {
    let text = "It grew, F(2, 28) = 4.50, ηp² = .2, p = 0.020, and more.";
    let result = &mentions(text).statistics[0];
    assert_eq!(TextIndex::new(text).slice(text, result.range), "F(2, 28) = 4.50, ηp² = .2, p = 0.020");
    assert!(result.degrees.iter().all(|df| df.readings[0].2.exact));
}

#[test]
fn conditions_reach_their_paragraph_or_the_paper() {
    let text = "We used one-tailed tests.\n\nIt grew, t(28) = 2.2, p = .03 (Bonferroni corrected).\n\nIt fell.";
    let found = mentions(text);
    let kinds: Vec<ConditionKind> = found.conditions.iter().map(|condition| condition.kind).collect();
    assert_eq!(kinds, [ConditionKind::OneTailed, ConditionKind::CorrectedP]);
    assert_eq!(found.conditions[0].reach, TextRange::new(0, text.chars().count()));
    assert!(found.conditions[1].reach.contains(found.statistics[0].range));
    assert!(found.conditions[1].reach.len() < text.chars().count() / 2 + 10);
    let reach = |text: &str| mentions(text).conditions[0].reach.end;
    assert_eq!(reach("A bootstrap was used here.\n\nIt fell."), 26);
    assert_eq!(reach("All p values came from a bootstrap.\n\nIt fell."), 45);
    assert_eq!(reach("The one-tailed view is old.\n\nIt fell."), 27);
    let open = mentions("It was 0.5, F(1, 20) = 2,354, p = .12.");
    let said: Vec<String> =
        open.statistics[0].value.readings.iter().map(|reading| rational::to_text(&reading.2.point())).collect();
    assert_eq!(said, ["2354", "2.354"]);
    for (text, kind) in [
        ("Values were Greenhouse–Geisser corrected.", ConditionKind::CorrectedDegrees),
        ("We used Welch tests.", ConditionKind::CorrectedDegrees),
        ("A permutation test was run.", ConditionKind::OtherDistribution),
        ("We used two-sided tests.", ConditionKind::TwoTailed),
        ("The FDR was held.", ConditionKind::CorrectedP),
        ("A directional hypothesis was set.", ConditionKind::OneTailed),
    ] {
        assert_eq!(mentions(text).conditions.iter().map(|c| c.kind).collect::<Vec<_>>(), [kind], "{text}");
    }
}
