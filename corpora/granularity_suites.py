#!/usr/bin/env python3
"""Put what the test suites of scrutiny and rsprite2 ask of GRIM, GRIMMER, DEBIT and SD bounds to `rederive stat`, and compare.

    git clone https://github.com/lhdjung/scrutiny SCRUTINY              # anywhere outside this repository
    git clone https://github.com/LukasWallrich/rsprite2 RSPRITE2
    python3 corpora/granularity_suites.py --scrutiny SCRUTINY --rsprite2 RSPRITE2 [--rederive PROGRAM] [--list]

`granularity_suites.R` beside this script runs the suites of the checkouts and notes every question that they put to the functions
of the packages, with the answer. Nothing of the suites stands here.

Where the two answers differ, the question is decided a third time here, with whole numbers only: GRIM by looking at every sum
that rounds to the mean, DEBIT by every count of ones, GRIMMER by every sum and sum of squares that round to mean and SD, with the
parity, the least sum of squares, and a sample that has both, written down. `KNOWN` says where the packages are not exact, which
is what the third decision has to show for a difference to be known. What is not known counts as unexplained, and the script
then leaves with 1. Needs R with testthat and what the packages import, and the standard library; the suite of scrutiny takes
some minutes.
"""

import argparse
import csv
import io
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from fractions import Fraction
from math import ceil, floor, isqrt
from pathlib import Path

RECIPE = Path(__file__).resolve().with_suffix(".R")
# How the rounding of scrutiny is called here. The others ("up_from" with a threshold, "ceiling_or_floor") have no counterpart.
ROUNDING = {"": "any", "up_or_down": "any", "up": "half-up", "down": "half-down", "even": "half-even", "ceiling": "up",
            "floor": "down", "trunc": "down", "anti_trunc": "up"}
CALCULATOR = {"grim_scalar": "grim", "GRIM_test": "grim", "grimmer_scalar": "grimmer", "GRIMMER_test": "grimmer",
              "debit_scalar": "debit", "boundary_test": "sd-range", ".sd_limits": "sd-range"}
KNOWN = {
    "one sum": "the package tries the one sum nearest to mean × n; another sum that rounds to the mean has such an SD",
    "neighbours": "the package shifts every value by 1e-12, so that rounding up or down also accepts the neighbour of an exact mean",
    "even": "the package rounds an exact half to even in floating point, where it may lie a little above or below the half",
    "domain": "the package does not ask whether the sum of squares is below the least that the sum allows: no sample exists",
    "peak": "the package maps the ends of the interval of the mean to SDs and misses the peak at a mean of .5",
    "width": "the package takes the SDs of the whole interval of the mean, and no count of ones lies there with such an SD",
}


def questions(package, checkout):
    """The rows that the recipe notes of a suite."""
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "asked.csv"
        done = subprocess.run(["Rscript", "--vanilla", str(RECIPE), str(checkout), str(out)], capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"the suite of {package} did not run:\n{done.stderr[-2000:]}")
        print(f"{package}: {done.stderr.strip().splitlines()[-1]}")
        with open(out, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


class Question:
    """A question of a suite in our terms: the calculator, the row of its table, the habit of rounding."""

    def __init__(self, row):
        self.row, self.calculator = row, CALCULATOR[row["fn"]]
        self.mean = printed(row["x"] or row["mean"], row["m_prec"])
        self.sd = printed(row["sd"], row["sd_prec"])
        self.n, self.items = row["n"] or row["n_obs"], row["items"] or row["n_items"] or "1"
        self.percent = row["percent"] == "TRUE"
        self.rounding = ROUNDING.get(row["rounding"])
        self.low, self.high = row["min_val"], row["max_val"]
        self.answer = row["answer"]
        self.found = None

    def skipped(self):
        """Why it says nothing of printed numbers, or nothing where it does."""
        whole = [self.n, self.items, *(end for end in (self.low, self.high) if end)]
        if self.rounding is None or self.row["threshold"] not in ("", "5") or self.row["symmetric"] == "TRUE":
            return f"rounding without a counterpart: {self.row['rounding']} {self.row['threshold']}".rstrip()
        if not all(part.isdigit() for part in whole) or int(self.n) == 0:
            return "a sample size or number of items that is no positive whole number"
        if self.n == "1" and self.calculator != "grim":
            return "an SD of one value"
        if "NA" in self.answer or (self.row["fn"] == ".sd_limits" and "|" not in self.answer):
            return "no answer"
        if self.percent and float(self.mean) > 100:
            return "a percentage above 100, which is no share of people"
        if float(self.mean) < 0 or (self.percent and self.calculator != "grim"):
            return "a mean below zero under a habit of rounding that is mirrored here" if self.rounding in ("up", "down") else None
        return None

    def line(self):
        """Its row in the table of the calculator."""
        values = {"mean": "" if self.percent else self.mean, "percent": self.mean if self.percent else "", "sd": self.sd,
                  "n": self.n, "items": self.items, "scale_low": self.low, "scale_high": self.high}
        columns = {"grim": ["mean", "percent", "n", "items"], "grimmer": ["mean", "sd", "n", "items", "scale_low", "scale_high"],
                   "debit": ["mean", "sd", "n"], "sd-range": ["mean", "n", "sd", "scale_low", "scale_high", "items"]}
        return {column: values[column] for column in columns[self.calculator]}

    def said(self):
        """What rederive says, in the words of the suite."""
        if self.row["fn"] == ".sd_limits":
            # The package rounds its bounds to the decimals of the SD, by default those of the mean.
            unit = Fraction(1, 10 ** (int(self.row["sd_prec"] or decimals(self.row["mean"]))))
            bounds = [Fraction(self.found[end] or 0) for end in ("lower_bound", "upper_bound")]
            return "|".join(f"{float(floor(bound / unit + Fraction(1, 2)) * unit):g}" for bound in bounds)
        return {"consistent": "TRUE", "inconsistent": "FALSE"}.get(self.found["verdict"], self.found["verdict"])

    def __str__(self):
        return f"{self.row['fn']} {' '.join(f'{name}={value}' for name, value in self.line().items() if value)} {self.row['rounding']}".rstrip()


def printed(value, places):
    """A number of a suite as printed: with the decimals that it is said to have."""
    return f"{float(value):.{int(places)}f}" if value and places else value


def decimals(text):
    """The decimals of a printed number."""
    return len(text.partition(".")[2])


def answered(program, asked):
    """Lets rederive answer the questions, a table for each calculator and habit of rounding."""
    tables = defaultdict(list)
    for question in asked:
        tables[question.calculator, question.rounding].append(question)
    for (calculator, rounding), own in sorted(tables.items()):
        table = io.StringIO()
        writer = csv.DictWriter(table, own[0].line().keys())
        writer.writeheader()
        writer.writerows(question.line() for question in own)
        command = [program, "stat", calculator, "--rounding", rounding]
        command += ["--sd", "sample"] if calculator != "grim" else []
        done = subprocess.run(command, input=table.getvalue(), capture_output=True, text=True, check=False)
        rows = list(csv.DictReader(done.stdout.splitlines()))
        if len(rows) != len(own):
            sys.exit(f"{calculator}: {done.stderr}")
        for question, row in zip(own, rows):
            question.found = row


def interval(text, rounding, scale=1):
    """What a printed number stands for: its ends, and whether each belongs to it."""
    value, unit = Fraction(text), Fraction(1, 10 ** decimals(text))
    ends = {"any": (-unit / 2, True, unit / 2, True), "half-up": (-unit / 2, True, unit / 2, False),
            "half-down": (-unit / 2, False, unit / 2, True), "up": (-unit, False, Fraction(0), True), "down": (Fraction(0), True, unit, False)}
    if rounding == "half-even":
        even = int(value / unit) % 2 == 0
        ends["half-even"] = (-unit / 2, even, unit / 2, even)
    low, with_low, high, with_high = ends[rounding]
    if value == 0 and rounding in ("up", "down"):
        low, with_low, high, with_high = (-unit, False, unit, False) if rounding == "down" else (Fraction(0), True, Fraction(0), True)
    return (value + low) * scale, with_low, (value + high) * scale, with_high


def wholes(low, with_low, high, with_high):
    """The whole numbers in an interval."""
    first = ceil(low) if with_low or ceil(low) != low else ceil(low) + 1
    last = floor(high) if with_high or floor(high) != high else floor(high) - 1
    return range(first, last + 1)


def sums(question):
    """The sums of all answers that round to the mean."""
    total = int(question.n) * int(question.items)
    return wholes(*interval(question.mean, question.rounding, Fraction(total, 100 if question.percent else 1)))


def squares(question, total):
    """The sums of squares of the people's sums that round to the SD, for a sum of all answers."""
    n, items = int(question.n), int(question.items)
    low, with_low, high, with_high = interval(question.sd, question.rounding)
    low, with_low = (Fraction(0), True) if low < 0 else (low, with_low)
    base, factor = Fraction(total * total, n), (n - 1) * items * items
    return wholes(factor * low * low + base, with_low, factor * high * high + base, with_high)


def sample(n, total, square):
    """Whole numbers with this count, sum and sum of squares, or nothing where none is found: least spread first, then pairs
    are moved apart by the largest step that fits."""
    values = [total // n + (1 if at < total % n else 0) for at in range(n)]
    values.sort()
    missing = square - sum(value * value for value in values)
    low, high = 0, n - 1
    while missing > 0 and low < high:
        gap = values[high] - values[low]
        # Moving both by s adds 2s(gap + s).
        step = (isqrt(gap * gap + 2 * missing) - gap) // 2
        if step > 0:
            values[low] -= step
            values[high] += step
            missing -= 2 * step * (gap + step)
        low, high = low + 1, high - 1
    return values if missing == 0 else None


def exists(question):
    """Whether a sample exists, decided with whole numbers: yes with its sum, or no; nothing where it is not decided."""
    n = int(question.n)
    open_ones = False
    for total in sums(question):
        for square in squares(question, total):
            least = (total // n) ** 2 * (n - total % n) + (total // n + 1) ** 2 * (total % n)
            if (square - total) % 2 or square < least:
                continue
            for start in range(min(n, 40)):
                found = sample(n, total, square) if start == 0 else shuffled(n, total, square, start)
                if found:
                    assert (len(found), sum(found), sum(value * value for value in found)) == (n, total, square)
                    return total
            open_ones = True
    return None if open_ones else False


def shuffled(n, total, square, start):
    """A sample whose first `start` values lie further apart than the rest."""
    root = isqrt(max(0, square - total * total // n))
    first = total // n + max(0, root - start)
    rest = sample(n - 1, total - first, square - first * first) if n > 2 else None
    return sorted([first, *rest]) if rest else None


def decided(question):
    """What whole numbers say, and why the package may say otherwise."""
    if question.calculator == "grim":
        return ("TRUE" if sums(question) else "FALSE"), "neighbours" if question.rounding in ("up", "down") else "even"
    if question.calculator == "debit":
        low, with_low, high, with_high = interval(question.sd, question.rounding)
        n = int(question.n)
        variances = [Fraction(ones * (n - ones), n * (n - 1)) for ones in sums(question) if 0 <= ones <= n]
        fits = [v for v in variances if (v > low * low or (with_low and v == low * low)) and (v < high * high or (with_high and v == high * high))]
        return ("TRUE" if fits else "FALSE"), "peak" if fits else "width"
    total = exists(question)
    if total is None:
        return None, ""
    if total is False:
        return "FALSE", "domain" if sums(question) else "neighbours"
    nearest = round(Fraction(question.mean) * int(question.n) * int(question.items))
    return "TRUE", "one sum" if total != nearest else "neighbours"


def compared(question):
    """How a question fares, and why it differs."""
    said = question.said()
    if said == question.answer or (question.row["fn"] == ".sd_limits" and near(said, question.answer)):
        return "agrees", ""
    if question.calculator == "sd-range":
        return "differs", f"unexplained: {said} where the suite has {question.answer} for {question}"
    truth, why = decided(question)
    if truth == said and why:
        return "differs", KNOWN[why]
    return "differs", f"unexplained: {said} where the suite has {question.answer} and whole numbers say {truth} for {question}"


def near(own, theirs):
    """Whether two pairs of bounds are the same."""
    return all(abs(float(a) - float(b)) < 1e-9 for a, b in zip(own.split("|"), theirs.split("|")))


def main():
    """Runs the suites, asks the program, prints what agrees and what does not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for package in ("scrutiny", "rsprite2"):
        parser.add_argument(f"--{package}", required=True, type=Path, help=f"folder with the source of {package}")
    parser.add_argument("--rederive", default="target/release/rederive", help="the program")
    parser.add_argument("--list", action="store_true", help="print each question that differs")
    options = parser.parse_args()
    unexplained = 0
    for package in ("scrutiny", "rsprite2"):
        asked = [Question(row) for row in questions(package, getattr(options, package).resolve())]
        skipped = Counter((question.row["fn"], question.skipped()) for question in asked if question.skipped())
        asked = [question for question in asked if not question.skipped()]
        answered(options.rederive, asked)
        counts, classes = Counter(), Counter()
        for question in asked:
            outcome, why = compared(question)
            counts[question.row["fn"], outcome] += 1
            if outcome != "agrees":
                classes[question.row["fn"], why] += 1
                unexplained += why.startswith("unexplained")
                if options.list:
                    print(f"    {question}: {question.said()}, the suite {question.answer}; {why}")
        for (function, outcome), count in sorted(counts.items()):
            print(f"  {function:<16}{outcome:<10}{count:>6}")
        for (function, why), count in sorted(classes.items()):
            print(f"  {count:>6}  {function} differs: {why}")
        for (function, why), count in sorted(skipped.items()):
            print(f"  {count:>6}  {function} not compared: {why}")
    print(f"{unexplained} unexplained")
    sys.exit(1 if unexplained else 0)


if __name__ == "__main__":
    main()
