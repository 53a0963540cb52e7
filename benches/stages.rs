//! Timings of the parts and of a whole run: `cargo bench`. A figure counts only beside one of the same machine.

use std::hint::black_box;
use std::path::Path;
use std::process::Command;

use divan::Bencher;
use divan::counter::ItemsCount;
use rederive::arithmetic::units;
use rederive::derive;
use rederive::extract;
use rederive::read::{ReadLimits, read};

fn main() {
    divan::main();
}

/// A paper of the demonstration corpus.
fn paper() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/demo/utensils.pdf");
    std::fs::read(path).expect("a demo paper")
}

#[divan::bench(args = ["mg", "ng/kg bw/day", "kg·m²·s⁻²", "mL·min⁻¹·1.73 m⁻²"])]
fn unit(bencher: Bencher<'_, '_>, text: &str) {
    bencher.bench(|| units::parse(black_box(text)));
}

#[divan::bench]
fn read_pdf(bencher: Bencher<'_, '_>) {
    let bytes = paper();
    let pages = read(&bytes, &ReadLimits::default()).expect("a paper").pages.len();
    bencher.counter(ItemsCount::new(pages)).bench(|| read(black_box(&bytes), &ReadLimits::default()));
}

#[divan::bench]
fn find_numbers(bencher: Bencher<'_, '_>) {
    let document = read(&paper(), &ReadLimits::default()).expect("a paper");
    let count = extract::extract(&document).quantities.len();
    bencher.counter(ItemsCount::new(count)).bench(|| extract::extract(black_box(&document)));
}

#[divan::bench(args = ["60 kg * 7000 ng/kg/day = 42000 ng/day", "p_t(2.20, exact(28)) = .036"])]
fn evaluate(bencher: Bencher<'_, '_>, text: &str) {
    bencher.bench(|| derive::replay(black_box(text), true));
}

/// The main job on the demonstration corpus, workers included.
#[divan::bench(sample_count = 10)]
fn whole_run(bencher: Bencher<'_, '_>) {
    let check = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rederive"));
        command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["check", "corpora/demo", "--format", "json"]);
        command.args(["--progress", "none"]).output().expect("the program starts").stdout
    };
    let report: rederive::report::Report = serde_json::from_slice(&check()).expect("a report");
    let pages: usize = report.papers.iter().map(|paper| paper.coverage.pages).sum();
    bencher.counter(ItemsCount::new(pages)).bench(check);
}
