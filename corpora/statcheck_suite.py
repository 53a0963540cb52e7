#!/usr/bin/env python3
"""Give `rederive` the texts of statcheck's own test suite, and compare its verdicts with what the suite asserts.

    git clone https://github.com/MicheleNuijten/statcheck CHECKOUT      # anywhere outside this repository
    python3 corpora/statcheck_suite.py --checkout CHECKOUT [--rederive PROGRAM] [--list]

`statcheck_suite.R` beside this script runs the suite of the checkout and notes what it asserts of which text: an error or none,
a decision error or none, the number of results, and what a column of a result holds. Nothing of the suite stands here.

Each text is a paper of its own. Options are said in words where there are words for them: another alpha as "Alpha was set at
.10.", every test one-tailed as "All tests were one-tailed."; `OneTailedTxt` is always on here. An assertion *agrees* where an
error is flagged and no error is not; it is *undecided* where the suite asserts an error and another reading is still open; else
it *differs*. What does not agree is told by class, each with the reason that makes it right here: `REASONS` and `READ` name what
is on purpose or where the suite is not exact. What none of them explains counts as unexplained, and the script then leaves with 1.
Needs R with plyr, stringr, stringi and rlang, and the standard library.
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
# How an option of statcheck() is said in a paper.
SAID = {"OneTailedTests=TRUE": "All tests were one-tailed.", "OneTailedTxt=TRUE": "", "pZeroError=FALSE": "", "alpha=0.05": ""}
# Why a verdict is left undecided, by the start of the reason that the program gives.
UNDECIDED = {
    "another reading: a one-tailed test": "the halved p fits, and the text does not say that the test is two-tailed",
    "another reading: a two-tailed test": "the text says one-tailed, but the two-tailed p fits",
    "another reading: n printed in the place": "r(n) is printed for r(n − 2) by many, and p fits then",
    "another reading: “ns” at the level": "the level that “ns” speaks of is not printed, and p fits a stricter one",
    "the test statistic is printed as a bound": "of a test statistic that is a bound, only a bound of p follows: left open here",
    "“p < 0” stands for": "“p < .000” is printed for a p-value below the smallest that has these decimals",
}
# What rederive reads and statcheck does not, by the text; and the other way round.
READ = [
    (r"\w\[\d+\]\s*=", "square brackets around the degrees of freedom are read"),
    (r"\)\s*=\s*[-\d.]+;", "a semicolon before p is read"),
    (r"^T\(", "a capital T with degrees of freedom and p is read as t"),
    (r"[<>]=", "“>=” is read as a relation sign"),
    (r"=\s*−\s+\d", "a minus with a blank behind it is read, with its sign"),
    (r"^\s*[zZ]\(\d+\)", "the bracket behind z is read as the number of cases, which z does not need"),
    (r"^Q\w*\(\d+, N", "the number of cases beside the degrees of freedom of Q is read"),
]
UNREAD = [(r"=\s*[^\w\s.,−–-]{2,}", "odd characters before a value are not taken for a minus: the sign would be a guess")]


def assertions(checkout):
    """The rows that the recipe notes of the suite."""
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "assertions.csv"
        done = subprocess.run(["Rscript", "--vanilla", str(RECIPE), str(checkout), str(out)], capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"the suite did not run:\n{done.stderr}")
        with open(out, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def spoken(row):
    """The words that say the options of an assertion, and the options that have none."""
    words, left = [], []
    for option in row["options"].split():
        name, _, value = option.partition("=")
        if name == "pEqualAlphaSig":
            # It says nothing where no printed p is the level itself.
            level = float(dict(part.split("=") for part in row["options"].split()).get("alpha", "0.05"))
            if any(float(p) == level for p in re.findall(r"p\s*[<>=]\s*(\d*\.\d+)", row["texts"])):
                left.append("pEqualAlphaSig=FALSE where p is printed as the level itself")
        elif option in SAID:
            words.append(SAID[option])
        elif name == "alpha":
            words.append(f"Alpha was set at {value}.")
        else:
            left.append(option)
    return " ".join(word for word in words if word), left


def incomparable(row):
    """Why an assertion says nothing that could hold for rederive too, or nothing where it does."""
    left = spoken(row)[1]
    if left:
        return f"option without a counterpart: {' '.join(left)}"
    if row["column"] in ("error", "decision_error") and len(row["expected"].split("|")) != sum(map(int, row["each"].split("|"))):
        return "several texts with one assertion"
    if row["column"] == "decision_error" and re.search(r"[)z]\s*[<>]", row["texts"]):
        return "decision of a bound: decided by the point there, open here"
    return None


def answered(program, texts):
    """For each text what the program writes: rows in statcheck's columns, and the reasons of its outcomes."""
    with tempfile.TemporaryDirectory() as name:
        for at, (words, text) in enumerate(texts):
            (Path(name) / f"{at:05}.txt").write_text((f"{words}\n\n" if words else "") + text + "\n", encoding="utf-8")
        command = [program, "check", name, "--progress", "none", "--exit-zero", "--format"]
        rows = subprocess.run([*command, "statcheck-csv"], capture_output=True, text=True, check=True).stdout
        whole = subprocess.run([*command, "json", "--all", "--select", "ST101"], capture_output=True, text=True, check=True).stdout
    found = [[] for _ in texts]
    for row in csv.DictReader(rows.splitlines()):
        found[int(Path(row["source"]).stem)].append(row)
    reasons = {}
    for paper in json.loads(whole)["papers"]:
        reasons[int(Path(paper["source"]).stem)] = [finding["reason"] for finding in paper["findings"] if finding["reason"]]
    return found, reasons


def same(column, own, wanted):
    """Whether a value of a column is what the suite asserts."""
    if column == "test_type" and wanted in ("Qw", "Qb"):
        return own == "Q"
    if column == "raw":
        return wanted.strip() in own or own in wanted
    try:
        return abs(float(own) - float(wanted)) <= 1e-5 * abs(float(wanted))
    except ValueError:
        return own == wanted


def counted(row, found):
    """How a number of results fares, text by text."""
    whys = []
    for text, own, theirs in zip(row["texts"].split(BETWEEN), found, map(int, row["each"].split("|"))):
        if len(own) == theirs:
            continue
        known = READ if len(own) > theirs else UNREAD
        why = next((why for pattern, why in known if re.search(pattern, text)), None)
        whys.append(why or f"unexplained: {len(own)} results of {text!r}, the suite has {theirs}")
    return ("differs", "; ".join(sorted(set(whys)))) if whys else ("agrees", "")


def compared(row, found, reasons):
    """How an assertion fares: agrees, undecided or differs, and why."""
    column = row["column"]
    if not column:
        return counted(row, found)
    rows = [own for rows in found for own in rows]
    wanted = row["expected"].split("|")
    if column == "source":
        said = [str(at + 1) for at, rows in enumerate(found) for _ in rows]
    elif column.endswith("?"):
        said = [str(own[column[:-1]] == "NA").upper() for own in rows]
    else:
        said = [own[column] for own in rows]
    if len(said) == len(wanted) and all(same(column, own, other) for own, other in zip(said, wanted)):
        return "agrees", ""
    told = f"{'|'.join(said)} where the suite has {row['expected']}"
    if column in ("error", "decision_error") and all(own in (other, "NA") for own, other in zip(said, wanted)):
        whys = {why for reason in reasons for start, why in UNDECIDED.items() if reason.startswith(start)}
        return "undecided", "; ".join(sorted(whys)) or f"unexplained: {told} ({'; '.join(reasons)})"
    return "differs", known(row, rows) or f"unexplained: {told} in {row['texts']!r}"


def known(row, rows):
    """Why a verdict that is not the suite's is right all the same; nothing where that is not known."""
    if row["column"] == "decision_error" and all(float(own["reported_p"]) == 0.05 for own in rows):
        return "p = .05 is printed for values on both sides of the level, so that no decision is known to change"
    if row["column"] == "error" and any(
        own["p_comp"] in "<>" and any(same("", own["reported_p"], own[end]) for end in ("computed_p_lower", "computed_p_upper"))
        for own in rows
    ):
        return "not exact: the bound is the end of the recomputed interval to all its digits, closer than any p is known"
    one_tailed = [own["one_tailed_in_txt"] for own in rows]
    if row["column"] == "error" and "TRUE" in one_tailed and "OneTailed" not in row["options"]:
        return "words of one-tailed tests always count in their reach here, as with OneTailedTxt = TRUE"
    if row["column"] == "computed_p" and "FALSE" in one_tailed and "directional" in row["texts"]:
        return "“directional” alone says nothing of tails here; a directional test, hypothesis or prediction does"
    if row["column"] == "error" and any(re.fullmatch(r"0?\.0+", own["reported_p"]) for own in rows):
        return "p = .000 is a rounded number here, as with pZeroError = FALSE"
    return None


def main():
    """Runs the suite, asks the program, prints what agrees and what does not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checkout", required=True, type=Path, help="folder with statcheck's source")
    parser.add_argument("--rederive", default="target/release/rederive", help="the program")
    parser.add_argument("--list", action="store_true", help="print each assertion that does not agree")
    options = parser.parse_args()
    needed(options.checkout)
    rows = assertions(options.checkout.resolve())

    keys = [[(spoken(row)[0], text) for text in row["texts"].split(BETWEEN)] for row in rows]
    texts = sorted({key for own in keys for key in own})
    place = {key: at for at, key in enumerate(texts)}
    found, reasons = answered(options.rederive, texts)
    counts, classes, listed = Counter(), Counter(), []
    for row, own in zip(rows, keys):
        subject = row["subject"] if row["subject"] != "other" else "column"
        why = incomparable(row)
        places = [place[key] for key in own]
        outcome, why = ("not comparable", why) if why else compared(
            row, [found[at] for at in places], [reason for at in places for reason in reasons.get(at, [])])
        counts[subject, outcome] += 1
        if outcome != "agrees":
            classes[outcome, subject, why] += 1
            listed.append(f"{outcome} ({subject}, {why}): {row['file']}, {row['test']}: {row['texts']}")
    unmet = sum(row["met"] != "TRUE" for row in rows)
    print(f"{len(rows)} assertions, {unmet} of them not met by statcheck itself here")
    for (subject, outcome), count in sorted(counts.items()):
        print(f"  {subject:<10}{outcome:<16}{count:>5}")
    print("what does not agree, and why")
    for (outcome, subject, why), count in sorted(classes.items()):
        print(f"  {count:>5}  {outcome}, {subject}: {why}")
    if options.list:
        print(*[line for line in listed if not line.startswith("not comparable")], sep="\n")
    unexplained = sum(count for (_, _, why), count in classes.items() if "unexplained" in why)
    print(f"{unexplained} unexplained")
    sys.exit(1 if unexplained else 0)


if __name__ == "__main__":
    main()
