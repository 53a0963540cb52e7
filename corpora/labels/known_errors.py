#!/usr/bin/env python3
"""Look up documented errors of public papers, one by one, in what `rederive check --all` says of these papers.

    python3 corpora/labels/known_errors.py --corpus DIR [--table FILE] [--under FOLDER] [--rederive PROGRAM] [--report FILE.json]

The table is `corpora/public_errors.csv` or one with its columns; `file` is a path below DIR. Rows without a file, or with a
folder for one, are counted and passed over, and with `--under` those whose file stands elsewhere. An error is *found* where an
inconsistent finding has the stated value among its operands, and at least half of the inputs in its words where the table
has numbers for them; several stated values ("p = .81 and p = .604") are looked up singly. Else it is said what stands
there: a verdict that is another, an undecided claim with its reason, or none. Numbers are compared by value, without signs.
Nothing but the standard library is needed.
"""

import argparse
import csv
import json
import re
from collections import Counter
from fractions import Fraction
from pathlib import Path

from papers import run

NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.\d+|\d+")
# From the answer that counts most to the one that counts least.
ANSWERS = ("error", "warning", "note", "consistent", "undecided")


def numbers(text):
    """The sizes of the numbers of a text, in order."""
    return [Fraction(token.replace(",", "")) for token in NUMBER.findall(text)]


def stated(row):
    """The values that a row names as wrong, each with its name: the last number of each part of the column."""
    parts = re.split(r"\s+and\s+|,\s+", row["stated_value"])
    return [(part, numbers(re.sub(r"^\s*[A-Za-z_]+\w*\s*[=<>]", "", part))[-1]) for part in parts if numbers(part)]


def inputs(row):
    """The numbers that the stated value is said to follow from; one that every formula may hold is no mark of a place."""
    return {value for value in numbers(row["quoted_inputs"]) if value > 1 or value.denominator > 10}


def answer(finding):
    """What a finding says: its level where it is inconsistent, else its outcome."""
    return finding.get("level") or finding["outcome"]


def lookup(findings, value, partners):
    """The strongest finding that has the value among its operands and at least half of the partners in its words."""
    best = None
    for finding in findings:
        operands = {number for operand in finding["operands"] for number in numbers(operand["span"]["quote"])}
        words = (operands | set(numbers(finding["quote"]))) - {value}
        if value not in operands or 2 * len(partners & words) < len(partners):
            continue
        if best is None or ANSWERS.index(answer(finding)) < ANSWERS.index(answer(best)):
            best = finding
    return best


def wanted(table, under):
    """The rows of the table that name a file, and how many do not."""
    with open(table, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    kept = [row for row in rows if row["file"] and not row["file"].endswith("/") and row["file"].startswith(under)]
    return kept, len(rows) - len(kept)


def findings_by_file(options, corpus, rows):
    """The findings of each file of the table."""
    if options.report:
        report = json.loads(Path(options.report).read_text(encoding="utf-8"))
    else:
        files = sorted({str(corpus / row["file"]) for row in rows})
        report = json.loads(run([options.rederive, "check", "--all", "--format", "json", "--progress", "none", *files]))
    return {Path(paper["source"]).name: paper["findings"] for paper in report["papers"]}


def main():
    """Prints a line for each stated value, and the sums."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--table", type=Path, default=Path(__file__).resolve().parent.parent / "public_errors.csv")
    parser.add_argument("--under", default="")
    parser.add_argument("--rederive", default="target/release/rederive")
    parser.add_argument("--report")
    options = parser.parse_args()
    rows, passed = wanted(options.table, options.under)
    found = findings_by_file(options, options.corpus, rows)
    sums = Counter()
    for row in rows:
        values = stated(row)
        if not values:
            sums["without a number"] += 1
            print(f"{row['id']}  {row['stated_value']}: the table gives no number to look up")
        for part, value in values:
            finding = lookup(found.get(Path(row["file"]).name, []), value, inputs(row))
            said = answer(finding) if finding else "not bound"
            sums["found" if said in ANSWERS[:3] else said] += 1
            code = f" {finding['code']}" if finding else ""
            reason = f" ({finding['reason']})" if finding and said == "undecided" and finding.get("reason") else ""
            print(f"{row['id']}  {row['quoted_inputs'][:50]} | {part}, right {row['correct_value'][:40]}: {said}{code}{reason}")
    print(f"{passed} rows without a file here; " + ", ".join(f"{count} {name}" for name, count in sorted(sums.items())))


if __name__ == "__main__":
    main()
