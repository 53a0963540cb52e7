#!/usr/bin/env python3
"""Give `rederive` the texts of statcheck's own test suite, and compare its verdicts with what the suite asserts.

    git clone https://github.com/MicheleNuijten/statcheck CHECKOUT      # anywhere outside this repository
    python3 corpora/statcheck_suite.py --checkout CHECKOUT [--rederive PROGRAM] [--list]

`statcheck_suite.R` beside this script runs the suite of the checkout and notes what it asserts of which text: an error or none,
a decision error or none, the number of results. Nothing of the suite stands here. Not every assertion is about what is true of
the printed numbers, and those that are not cannot be compared:

- options that have no counterpart (another alpha, p = alpha taken as not significant, every test one-tailed, `pZeroError`);
- decision errors of a result with a bound as its statistic, which the suite decides by the point and which are open here.

Each text that can be compared is a paper of its own. A verdict *agrees* where an error is flagged and no error is not; it is
*undecided* where the suite asserts an error and another reading is still open, each with its reason; else it *differs*. The
suite's decision errors are compared with the column `decision_error` of `--format statcheck-csv`. Needs R with plyr, stringr,
stringi and rlang, and the standard library.
"""

import argparse
import csv
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from statcheck import needed

RECIPE = Path(__file__).resolve().with_suffix(".R")
BETWEEN = "\u241e"


def assertions(checkout):
    """The rows that the recipe notes of the suite."""
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "assertions.csv"
        done = subprocess.run(["Rscript", "--vanilla", str(RECIPE), str(checkout), str(out)], capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"the suite did not run:\n{done.stderr}")
        with open(out, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def incomparable(row):
    """Why an assertion says nothing that could hold for rederive too, or nothing where it does."""
    if row["subject"] == "other":
        return "asserts a field, a recomputed p or a name, not a verdict"
    options = row["options"].replace("alpha=0.05", "").strip()
    if options and row["subject"] != "results":
        return f"option without a counterpart: {options}"
    if "AllPValues" in options:
        return "asks for p-values without a test"
    if row["subject"] != "results" and len(row["expected"].split("|")) != len(row["texts"].split(BETWEEN)):
        return "several texts with one assertion"
    if row["subject"] == "decision" and re.search(r"[)z]\s*[<>]", row["texts"]):
        return "decision of a bound"
    return None


def answered(program, texts):
    """For each text what the program writes: rows in statcheck's columns, and the reasons of its outcomes."""
    with tempfile.TemporaryDirectory() as name:
        for at, text in enumerate(texts):
            (Path(name) / f"{at:05}.txt").write_text(text + "\n", encoding="utf-8")
        command = [program, "check", name, "--progress", "none", "--exit-zero", "--format"]
        rows = subprocess.run([*command, "statcheck-csv"], capture_output=True, text=True, check=True).stdout
        whole = subprocess.run([*command, "json", "--all", "--select", "ST101"], capture_output=True, text=True, check=True).stdout
    found = [[] for _ in texts]
    for row in csv.DictReader(rows.splitlines()):
        found[int(Path(row["source"]).stem)].append(row)
    reasons = {}
    for paper in json.loads(whole)["papers"]:
        reasons[int(Path(paper["source"]).stem)] = [
            finding["reason"] or f"level {finding['level']}" for finding in paper["findings"] if finding["outcome"] != "consistent"
        ]
    return found, reasons


def compared(row, found, reasons):
    """How an assertion fares: agrees, undecided or differs, and why."""
    column = {"error": "error", "decision": "decision_error"}.get(row["subject"])
    if column is None:
        count = sum(map(len, found))
        return ("agrees", "") if count == int(row["expected"]) else ("differs", f"{count} results, the suite has {row['expected']}")
    said = [rows[0][column] if len(rows) == 1 else f"{len(rows)} results" for rows in found]
    wanted = row["expected"].split("|")
    if said == wanted:
        return "agrees", ""
    why = "; ".join(reason for one in reasons for reason in one) or "no reason given"
    if all(own in (other, "NA") for own, other in zip(said, wanted)):
        return "undecided", why
    return "differs", f"{'|'.join(said)} where the suite has {row['expected']} ({why})"


def main():
    """Runs the suite, asks the program, prints what agrees and what does not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checkout", required=True, type=Path, help="folder with statcheck's source")
    parser.add_argument("--rederive", default="target/release/rederive", help="the program")
    parser.add_argument("--list", action="store_true", help="print each assertion that does not agree")
    options = parser.parse_args()
    needed(options.checkout)
    rows = assertions(options.checkout.resolve())

    texts = sorted({text for row in rows for text in row["texts"].split(BETWEEN)})
    place = {text: at for at, text in enumerate(texts)}
    found, reasons = answered(options.rederive, texts)
    counts, classes, listed = Counter(), Counter(), []
    for row in rows:
        own = [place[text] for text in row["texts"].split(BETWEEN)]
        why = incomparable(row)
        outcome, why = ("not comparable", why) if why else compared(row, [found[at] for at in own], [reasons.get(at, []) for at in own])
        counts[row["subject"], outcome] += 1
        if outcome != "agrees":
            classes[outcome, row["subject"], why] += 1
            listed.append(f"{outcome} ({row['subject']}, {why}): {row['file']}, {row['test']}: {row['texts']}")
    unmet = sum(row["met"] != "TRUE" for row in rows)
    print(f"{len(rows)} assertions, {unmet} of them not met by statcheck itself here")
    for (subject, outcome), count in sorted(counts.items()):
        print(f"  {subject:<10}{outcome:<16}{count:>5}")
    print("what does not agree")
    for (outcome, subject, why), count in sorted(classes.items()):
        print(f"  {count:>5}  {outcome}, {subject}: {why}")
    if options.list:
        print(*[line for line in listed if not line.startswith("not comparable")], sep="\n")


if __name__ == "__main__":
    main()
