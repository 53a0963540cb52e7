//! `rederive stat` as a user sees it: verdicts against samples enumerated here, against published cases, and the examples
//! of `docs/stat.md`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What `rederive stat` writes for a table, and its exit code.
fn stat(arguments: &[&str], table: &str) -> (String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
    command.arg("stat").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut program = command.spawn().expect("the program starts");
    let mut input = program.stdin.take().expect("standard input");
    let table = table.to_owned();
    let writer = std::thread::spawn(move || input.write_all(table.as_bytes()));
    let output = program.wait_with_output().expect("it ends");
    // A table that is refused is not read to its end.
    let _ = writer.join().expect("no panic");
    (String::from_utf8(output.stdout).expect("UTF-8"), output.status.code())
}

/// The verdict of each row.
fn verdicts(arguments: &[&str], table: &str) -> Vec<String> {
    let (out, code) = stat(arguments, table);
    assert!(matches!(code, Some(0 | 1)), "{arguments:?}: {code:?}");
    let mut reader = csv::Reader::from_reader(out.as_bytes());
    let at = reader.headers().expect("a header").iter().position(|name| name == "verdict").expect("a verdict");
    reader.records().map(|record| record.expect("a row")[at].to_owned()).collect()
}

/// Every total and sum of squares of n whole numbers on a scale.
fn all(n: usize, low: i64, high: i64) -> BTreeSet<(i64, i64)> {
    (0..n).fold(BTreeSet::from([(0, 0)]), |reached, _| {
        let next = |&(total, squares): &(i64, i64)| (low..=high).map(move |x| (total + x, squares + x * x));
        reached.iter().flat_map(next).collect()
    })
}

/// A number that is not below zero, in hundredths.
fn hundredths(value: i64) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}

/// total / n in hundredths, a tie up.
fn mean(total: i64, n: i64) -> i64 {
    (200 * total + n).div_euclid(2 * n)
}

/// The SD in hundredths, a tie up, by whole numbers alone: the k with (2k − 1)² ≤ 4 · 10⁴ · variance < (2k + 1)².
fn sd(total: i64, squares: i64, n: i64, divisor: i64) -> i64 {
    let (spread, under) = (40_000 * (n * squares - total * total), n * divisor);
    let is_at_least = |k: i64| (2 * k - 1) * (2 * k - 1) * under <= spread;
    (1..1_000_000).take_while(|k| is_at_least(*k)).last().unwrap_or(0)
}

#[test]
fn grimmer_and_debit_agree_with_every_sample() {
    for (domain, n, low, high) in
        [("1:5", 3, 1, 5), ("1:5", 6, 1, 5), ("1:7", 4, 1, 7), ("0:10", 4, 0, 10), ("0:1", 9, 0, 1), ("0:1", 40, 0, 1)]
    {
        let count = i64::try_from(n).expect("few");
        let reached = all(n, low, high);
        for (kind, divisor) in [("sample", count - 1), ("population", count)] {
            let printed: BTreeSet<(i64, i64)> =
                reached.iter().map(|&(t, q)| (mean(t, count), sd(t, q, count, divisor))).collect();
            let means: BTreeSet<i64> = printed.iter().map(|pair| pair.0).collect();
            let most = printed.iter().map(|pair| pair.1).max().expect("an SD") + 3;
            let mut pairs: Vec<(i64, i64)> =
                means.iter().flat_map(|mean| (0..=most).step_by(7).map(move |sd| (*mean, sd))).collect();
            pairs.extend(printed.iter().copied().step_by(1 + printed.len() / 150));
            let mut table = "mean,sd,n\n".to_owned();
            for (mean, sd) in &pairs {
                let _ = writeln!(table, "{},{},{n}", hundredths(*mean), hundredths(*sd));
            }
            let domain = format!("--domain={domain}");
            let sd_kind = format!("--sd={kind}");
            let mut runs = vec![vec!["grimmer", "--rounding=half-up", &domain, &sd_kind]];
            if high == 1 {
                runs.push(vec!["debit", "--rounding=half-up", &sd_kind]);
            }
            for run in runs {
                let found = verdicts(&run, &table);
                assert_eq!(found.len(), pairs.len());
                for (pair, verdict) in pairs.iter().zip(&found) {
                    let expected = if printed.contains(pair) { "consistent" } else { "inconsistent" };
                    assert_eq!(verdict, expected, "{run:?} n {n}, mean and SD {pair:?}");
                }
            }
        }
    }
}

#[test]
fn grim_agrees_with_every_mean() {
    for n in [2, 7, 28, 60, 99, 101] {
        let reached: BTreeSet<i64> = (0..=6 * n).map(|total| mean(total, n)).collect();
        let table = (0..=500).map(|mean| format!("{},{n}\n", hundredths(mean))).collect::<Vec<_>>().concat();
        let found = verdicts(&["grim", "--rounding=half-up"], &format!("mean,n\n{table}"));
        for (mean, verdict) in (0..=500).zip(&found) {
            assert_eq!(verdict == "consistent", reached.contains(&mean), "n {n}, mean {mean}");
        }
    }
}

#[test]
fn the_suites_of_other_programs_agree_where_they_are_exact() {
    // scrutiny 0.6 (tests/testthat/test-grim.R, data "pigs1" and "pigs3"), facts only.
    let of = |first: i64, n: i64, expected: &str| -> (String, Vec<bool>) {
        let rows = (first..).zip(expected.chars()).map(|(mean, _)| format!("{},{n}\n", hundredths(mean)));
        (
            format!("mean,n\n{}", rows.collect::<Vec<_>>().concat()),
            expected.chars().map(|letter| letter == 't').collect(),
        )
    };
    let holds = |arguments: &[&str], (table, expected): (String, Vec<bool>)| {
        let found: Vec<bool> = verdicts(arguments, &table).iter().map(|verdict| verdict == "consistent").collect();
        assert_eq!(found, expected, "{arguments:?}\n{table}");
    };
    holds(&["grim"], of(519, 28, "fftffftffftf"));
    holds(&["grim", "--items=2"], of(80, 28, "tftftftttt"));
    let thousandths = (150..160).map(|mean| format!("0.{mean},120\n")).collect::<Vec<_>>().concat();
    holds(&["grim", "--items=3"], (format!("mean,n\n{thousandths}"), "tfftfftftf".chars().map(|l| l == 't').collect()));
    let percents = (6..=16).map(|percent| format!("{percent},50\n")).collect::<Vec<_>>().concat();
    holds(&["grim"], (format!("percent,n\n{percents}"), "tftftftftft".chars().map(|l| l == 't').collect()));
    let rows = "mean,n\n7.22,32\n4.74,25\n5.23,29\n2.57,24\n6.77,27\n2.68,28\n7.01,29\n7.38,26\n3.14,27\n6.89,31\n5.00,25\n0.24,28\n";
    holds(&["grim"], (rows.to_owned(), "tfffftftfftf".chars().map(|letter| letter == 't').collect()));
    let pairs = ["0.53,0.50", "0.44,0.50", "0.77,0.42", "0.19,0.35", "0.34,0.47", "0.93,0.25", "0.12,0.33"];
    let rows = pairs.iter().map(|pair| format!("{pair},1683\n")).collect::<Vec<_>>().concat();
    holds(
        &["debit", "--sd=sample"],
        (format!("mean,sd,n\n{rows}"), "tttfttt".chars().map(|letter| letter == 't').collect()),
    );
    // rsprite2 (tests/testthat/test-core-and-plot-functions.R), facts only.
    let rows = "mean,sd,n\n5.21,1.6,28\n3.44,2.47,18\n5.19,1.5,28\n3.33,1.234,250\n".to_owned();
    holds(&["grimmer", "--sd=sample"], (rows, vec![true, false, false, true]));
    // Its limits of 4.2 (n = 5 on 1:7) are 0.45 and 3.03.
    let rows =
        "mean,sd,n\n4.2,0.45,5\n4.2,3.03,5\n4.2,0.44,5\n4.2,3.04,5\n1.00,0.00,100\n4.00,5,20\n8,1.5,20\n5.19,1.5,28\n";
    let expected = vec![true, true, false, false, true, false, false, false];
    holds(&["sd-range", "--domain=1:7", "--sd=sample"], (rows.to_owned(), expected));
}

#[test]
fn a_coarser_number_is_never_less_possible() {
    // Each row is followed by the same with a digit less of its mean, its SD and both.
    let mut table = "mean,sd,n\n".to_owned();
    for n in [5, 9, 14, 23] {
        for mean in (200..400).step_by(13) {
            for sd in (50..170).step_by(17) {
                let coarse = |value: i64| format!("{}.{}", (value + 5) / 100, (value + 5) / 10 % 10);
                let (mean, sd) = ((hundredths(mean), coarse(mean)), (hundredths(sd), coarse(sd)));
                for (mean, sd) in [(&mean.0, &sd.0), (&mean.1, &sd.0), (&mean.0, &sd.1), (&mean.1, &sd.1)] {
                    let _ = writeln!(table, "{mean},{sd},{n}");
                }
            }
        }
    }
    // A digit less is a wider set only where it holds the other: with any, half a tenth around the rounded number does.
    let found = verdicts(&["grimmer", "--domain=1:5"], &table);
    let holds = |fine: &str, coarse: &str| {
        let value = |text: &str| text.replace('.', "").parse::<i64>().expect("digits");
        (value(fine) - 10 * value(coarse)).abs() <= 4
    };
    let rows: Vec<Vec<&str>> = table.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let mut compared = 0;
    for (rows, verdicts) in rows.chunks(4).zip(found.chunks(4)) {
        for at in 1..4 {
            let wider = (0..2).all(|cell| rows[0][cell] == rows[at][cell] || holds(rows[0][cell], rows[at][cell]));
            if wider && verdicts[0] == "consistent" {
                assert_eq!(verdicts[at], "consistent", "{:?} {:?}", rows[0], rows[at]);
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

/// The folder of the tables of a public comparison, where it lies beside the checkout.
fn buffet() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/groundtruth/pizzapizza");
    beside.is_dir().then_some(beside)
}

/// A table of the comparison: its file, the heading of its part in the output, the sizes of the groups, the statistic.
const TABLES: [(&str, &str, &[&str], &str); 5] = [
    ("Python_paper1_table1.txt", "Table 1", &["62", "60"], "F"),
    ("Python_paper1_table2.txt", "Table 2", &[], "F"),
    ("Python_paper3_table1_male.txt", "Males", &["40", "20"], "t"),
    ("Python_paper3_table1_female.txt", "Females", &["35", "10"], "t"),
    ("Python_paper3_table3.txt", "Table 3", &["20", "21", "19"], "F"),
];

#[test]
fn impossible_tests_of_the_buffet_papers_are_found_and_possible_ones_pass() {
    let Some(folder) = buffet() else {
        let message = b"skipped: ../shared/corpus/groundtruth/pizzapizza is not beside the checkout\n";
        std::io::stderr().write_all(message).expect("standard error is open");
        return;
    };
    let output = fs::read_to_string(folder.join("Python_output.txt")).expect("the output of the comparison");
    let (mut impossible, mut possible) = (0, 0);
    let mut rest = output.as_str();
    for (file, heading, sizes, statistic) in TABLES {
        rest = rest.split_once(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("{heading}")).1;
        let ranges: Vec<&str> =
            rest.lines().skip_while(|line| line.is_empty()).take_while(|line| line.contains("Reported:")).collect();
        let table = fs::read_to_string(folder.join(file)).expect(file);
        let lines: Vec<&str> = table.lines().filter(|line| !line.trim().is_empty()).collect();
        assert_eq!(lines.len(), ranges.len(), "{file}");
        let mut csv = format!("m1,sd1,n1,m2,sd2,n2,m3,sd3,n3,{statistic},test\n");
        for (line, range) in lines.iter().zip(&ranges) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let own: Vec<&str> = match range.split_once('[').and_then(|(_, rest)| rest.split_once(']')) {
                Some((sizes, _)) => sizes.split(", ").collect(),
                None => sizes.to_vec(),
            };
            let mut cells: Vec<String> = Vec::new();
            for (at, n) in own.iter().enumerate() {
                // The comparison takes the two whole means, 44 and 43, as of two decimals.
                let mean = words[2 * at];
                cells.push(if mean.contains('.') { mean.to_owned() } else { format!("{mean}.00") });
                cells.extend([words[2 * at + 1].to_owned(), (*n).to_owned()]);
            }
            cells.resize(9, String::new());
            cells.push(words[2 * own.len()].to_owned());
            cells.push(if statistic == "t" { "pooled" } else { "oneway" }.to_owned());
            let _ = writeln!(csv, "{}", cells.join(","));
        }
        let found = verdicts(&["anova", "--sd=sample"], &csv);
        for ((line, range), verdict) in lines.iter().zip(&ranges).zip(&found) {
            let number = |text: &str| text.trim().parse::<f64>().expect("a number");
            let reported = range.split("Reported:").nth(1).and_then(|rest| rest.split_whitespace().next());
            let reported = number(reported.expect("a statistic"));
            let bounds =
                range.split("Possible:").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("bounds");
            let (low, high) = bounds.split_once('-').expect("two bounds");
            // The bounds are printed to two decimals as the statistic is; between the two nothing is said here.
            if reported < number(low) - 0.011 || reported > number(high) + 0.011 {
                assert_eq!(verdict, "inconsistent", "{file}: {line} {range}");
                impossible += 1;
            } else if reported >= number(low) && reported <= number(high) {
                assert_eq!(verdict, "consistent", "{file}: {line} {range}");
                possible += 1;
            }
        }
    }
    assert!(impossible >= 10 && possible >= 8, "{impossible} impossible, {possible} possible");
}

#[test]
fn the_page_shows_what_the_program_writes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/stat.md");
    let page = fs::read_to_string(&path).expect("docs/stat.md");
    let mut fresh = String::new();
    let mut parts = page.split("```csv\n");
    fresh.push_str(parts.next().unwrap_or_default());
    let mut examples = 0;
    for part in parts {
        let (table, rest) = part.split_once("```\n").expect("the table ends");
        let (between, rest) = rest.split_once("```console\n$ rederive stat ").expect("a command follows its table");
        let (command, rest) = rest.split_once('\n').expect("a command");
        let (_, after) = rest.split_once("```\n").expect("the output ends");
        let arguments: Vec<&str> = command.split_whitespace().filter(|word| !word.contains(".csv")).collect();
        let (out, _) = stat(&arguments, table);
        let _ = write!(fresh, "```csv\n{table}```\n{between}```console\n$ rederive stat {command}\n{out}```\n{after}");
        examples += 1;
    }
    assert_eq!(examples, 9);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &fresh).expect("the page can be written");
    }
    assert!(
        page == fresh || std::env::var_os("UPDATE").is_some(),
        "docs/stat.md is stale: UPDATE=1 cargo test --test stat"
    );
}

#[test]
fn tables_that_cannot_be_judged_say_why() {
    assert_eq!(stat(&["grim"], "mean,size\n1.0,3\n").1, Some(2));
    assert_eq!(stat(&["grim"], "").1, Some(4));
    assert_eq!(stat(&["grim", "no-such-file.csv"], "").1, Some(4));
    assert_eq!(stat(&["grimmer", "--domain=7:1"], "mean,sd,n\n").1, Some(2));
    let (out, code) = stat(&["anova"], "m1,sd1,n1,m2,sd2,n2,F\n1,1,1,1,1,1,1\n,,,,,,\n1e999,1,9,1,1,9,1\n");
    assert_eq!(code, Some(0));
    assert_eq!(out.matches("not checked").count(), 3, "{out}");
}
