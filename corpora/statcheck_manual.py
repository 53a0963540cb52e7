#!/usr/bin/env python3
"""Compare what `rederive` recognises and how it judges with test results that people extracted and checked by hand.

    python3 corpora/statcheck_manual.py FILE [--rederive PROGRAM] [--list]

FILE is one of two tables of statcheck's authors, neither of which stands here:

- the checks of flagged results (`manual_checks_errors.csv`): each result as printed, statcheck's verdict, and for some of the
  flagged ones the reason that a person found in the paper. A reason is *innocent* where the printed values can be right (a
  correction, a one-tailed test, rounding, a misreading of statcheck's), *real* where they cannot (a typing error, a copied
  value, "=" for "<"), else it is open;
- the manually extracted results (`inst/test_materials/manually_extracted_stats.csv` of a checkout of statcheck), with the
  fields that a person read.

Each result is a text of its own, of its printed characters alone: what surrounds it in the paper (the correction, the words
"one-tailed") is not at hand. So recognition can be compared, and verdicts as far as characters go; that an innocent result is
flagged here does not say that it would be in the paper. Fields compared: kind, degrees of freedom, size of the statistic, relation
sign and value of p. Needs the standard library only.
"""

import argparse
import csv
import re
import subprocess
import sys
import tempfile
from collections import Counter
from decimal import Decimal, InvalidOperation
from pathlib import Path

INNOCENT = {"correction", "rounding error", "error statcheck", "unidentified one-tailed test"}
REAL = {"typo", "copy-paste error", "mix-up < and = sign"}
# The names of a kind in either table and in the output, where they are not equal but for capitals.
KINDS = {"x2": "chi2", "chi": "chi2", "χ2": "chi2", "chisq": "chi2", "qw": "q", "qb": "q", "qbetween": "q", "qwithin": "q", "qt": "q",
         "qe": "q", "qm": "q", "cor": "r"}


def number(text):
    """The value of a number of a table, without its sign, or None."""
    try:
        return abs(Decimal(re.sub(r"[^\d.,eE-]", "", text).replace(",", ".")))
    except InvalidOperation:
        return None


def kind(text):
    """One name for a kind of test."""
    name = re.sub(r"[\s_-]", "", text.lower())
    return KINDS.get(name, name)


class Row:
    """A result of a table: its characters, the fields that a person or statcheck read, the verdict and its reason."""

    def __init__(self, row):
        self.raw = " ".join((row.get("raw") or row.get("raw_result") or "").replace("\ufffd", " ").split())
        self.kind = kind(row["test_type"])
        sign = (row.get("p_comp") or row.get("p_comparison") or "").strip('"')
        p = row.get("reported_p") or row.get("p") or ""
        self.degrees = [number(row[name]) for name in ("df1", "df2") if number(row[name]) is not None]
        self.value = number(row["test_value"])
        self.p = (sign, number(p) if sign != "ns" else None)
        # The extracted table leaves "error" empty where nobody asked; the other has it for each row.
        error = (row.get("error") or "").upper()
        self.error = {"TRUE": True, "1": True, "FALSE": False, "0": False}.get(error)
        self.reason = row.get("reason") or "NA"

    def fields(self):
        """What is compared; a second number in the brackets of a χ² is the sample, which the output leaves out."""
        degrees = self.degrees[:1] if self.kind in ("chi2", "q") else self.degrees
        return self.kind, degrees, self.value, self.p

    def weight(self):
        """The class of the reason."""
        return "innocent" if self.reason in INNOCENT else "real" if self.reason in REAL else "open"


def table(path):
    """The rows of the table; its encoding lost some blanks, which stand as replacement characters."""
    with open(path, encoding="utf-8", errors="replace", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    if not rows or not {"test_type", "test_value"} <= set(rows[0]):
        sys.exit(f"{path} is neither of the two tables; the documentation of this script names them")
    return [Row(row) for row in rows]


def answers(program, rows):
    """The results that the program finds in each text, by the number of the text."""
    with tempfile.TemporaryDirectory() as name:
        for at, row in enumerate(rows):
            (Path(name) / f"{at:05}.txt").write_text(f"The result was as follows, {row.raw}.\n", encoding="utf-8")
        command = [program, "check", name, "--format", "statcheck-csv", "--progress", "none", "--exit-zero"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{program} left with {done.returncode}: {done.stderr}")
    found = {}
    for answer in csv.DictReader(done.stdout.splitlines()):
        found.setdefault(int(Path(answer["source"]).stem), []).append((Row(answer), answer))
    return found


def share(part, whole):
    """A part of a whole, for people."""
    return f"{part} of {whole}" + (f" ({100 * part / whole:.1f} %)" if whole else "")


def verdict(answer):
    """The program's verdict in a word."""
    return {"TRUE": "flagged", "FALSE": "consistent"}.get(answer["error"], "undecided")


def main():
    """Reads the table, asks the program, prints recognition and verdicts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, help="one of the two tables")
    parser.add_argument("--rederive", default="target/release/rederive", help="the program")
    parser.add_argument("--list", action="store_true", help="print each result that is not read so or judged otherwise")
    options = parser.parse_args()
    rows = [row for row in table(options.file) if row.raw]
    found = answers(options.rederive, rows)

    read, verdicts, reasons, notes = Counter(), Counter(), Counter(), []
    for at, row in enumerate(rows):
        same = [answer for own, answer in found.get(at, []) if own.fields() == row.fields()]
        outcome = "all fields agree" if same else "read otherwise" if at in found else "no test"
        read[outcome] += 1
        if not same:
            others = "; ".join(answer["raw"] for _, answer in found.get(at, []))
            notes.append(f"{outcome}: {row.raw}" + (f" -> {others}" if others else ""))
            continue
        said = verdict(same[0])
        if row.error is not None:
            verdicts["flagged" if row.error else "consistent", said] += 1
            if row.error != (said == "flagged"):
                notes.append(f"table {'flagged' if row.error else 'consistent'}, rederive {said}: {row.raw} [{row.reason}]")
        if row.error and row.reason != "NA":
            reasons[row.weight(), row.reason, said] += 1

    print(f"{len(rows)} results")
    for outcome, count in read.most_common():
        print(f"  {outcome:<18} {share(count, len(rows))}")
    if verdicts:
        print("verdict of the table, of rederive, results")
    for (theirs, own), count in sorted(verdicts.items()):
        print(f"  {theirs:<12} {own:<12} {count}")
    if reasons:
        print("flagged in the table with a reason found by hand, and rederive's verdict on the characters alone")
    for (weight, reason, own), count in sorted(reasons.items()):
        print(f"  {weight:<10} {reason:<30} {own:<12} {count}")
    if options.list:
        print(*sorted(notes), sep="\n")


if __name__ == "__main__":
    main()
