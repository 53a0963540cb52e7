#!/usr/bin/env python3
"""Run the R package statcheck and `rederive check` over the same papers, and compare what each recognises and flags.

    git clone https://github.com/MicheleNuijten/statcheck CHECKOUT      # anywhere outside this repository
    python3 corpora/statcheck.py --checkout CHECKOUT --papers DIR [--rederive PROGRAM] [--list] [--rounds N]

statcheck's source (GPL-3) is fetched by whoever runs this and never stands here: `statcheck.R` beside this script calls the
functions of the checkout, over PDF files in its own way (poppler's text with the layout kept, then its repairs of characters
and columns, then `statcheck()` with its default options). A TEI or JATS file, which statcheck cannot open, is given to it as
text, a block a paragraph and a table row a line (`flat_text` of `labels/tests.py`); `rederive` reads the file itself.

Printed are the seconds and papers a second of both; the results that each recognises and flags; how many of these are the same
statistic in the same paper (kind, degrees of freedom, size of the statistic, relation sign and value of p; a sign of the statistic
that only one of the two reads is counted apart); and every difference by class, with `--list` one by one:

- *statcheck only*: whether the characters stand in rederive's text at all, and if so whether rederive reads a test there that it
  does not judge, or none;
- *rederive only*: whether the characters stand in statcheck's text, and if so what in their layout statcheck's pattern has no
  place for;
- *judged differently*: both verdicts, with rederive's reason.

A class is a guess from characters, to say where to look: who is right has to be read in the paper. Times are those of the whole
process, of R with its start; "CPU" is user and system time of all processes of a side. Needs R with plyr, stringr, stringi and
rlang, pdftotext (poppler), and the standard library.
"""

import argparse
import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE / "labels")]
from speed import ended  # noqa: E402
from tests import flat_text  # noqa: E402

# statcheck tells three kinds of Q apart, rederive one.
KINDS = {"Qw": "Q", "Qb": "Q"}
# What statcheck's pattern has no place for, in the order in which it is asked; each row is a name and a pattern over the
# characters that rederive took as the result.
LAYOUTS = [
    ("a capital or other sign for p", r"(?i:\bp)[\s-]*(values?|s\b)|\bP\s?[<>=≤≥]"),
    ("a sign that is at least or at most", r"[≤≥⩽⩾]|[<>]\s?="),
    ("degrees of freedom without round brackets", r"^[^(]*$|^[^(]*[\[{₀-₉]|\bdf\b"),
    ("p in powers of ten or without a point", r"[×·x]\s?10|\bp\s?[<>=]\s?\d?,\d|\bp\s?[<>=]\s?\d(?![.\d])"),
    ("p stands apart, or several results share it", r"(?s)\)\s?[<>=][^,;]*[,;](?!\s*(p|n\.?s)).*"),
    ("a semicolon or words before p", r"(?s)\d\s*(;|and|with|\(|\[|:)\s*\(?\[?\s*p"),
    ("another letter for the statistic", r"^(?![tFrzZQ])"),
]


class Result:
    """A test result as either side gives it: what identifies it, its verdict, and the characters it was read from."""

    def __init__(self, row):
        self.paper = Path(row["source"]).name
        self.kind = KINDS.get(row["test_type"], row["test_type"])
        self.degrees = tuple(exact(row[name]) for name in ("df1", "df2") if row[name] not in ("NA", ""))
        self.value = exact(row["test_value"])
        self.p = (row["p_comp"], exact(row["reported_p"]) if row["reported_p"] not in ("NA", "") else None)
        self.raw = " ".join(row["raw"].split())
        self.error, self.decision = row["error"], row["decision_error"]
        self.reason = ""

    def key(self, signed=True):
        """What two readings of one result have in common."""
        return self.paper, self.kind, self.degrees, self.value if signed else abs(self.value), self.p

    def verdict(self):
        """The verdict in a word."""
        if self.error != "TRUE":
            return "undecided" if self.error == "NA" else "consistent"
        return "decision error" if self.decision == "TRUE" else "error"

    def place(self):
        """Where it stands and what was read, on a line."""
        return f"{self.paper}: {self.raw}"


def exact(text):
    """The value of a number of either CSV file."""
    return Decimal(re.sub(r"[≈~\s]", "", text))


def squeezed(text):
    """Characters without blanks, and with one form of signs that either side folds."""
    text = re.sub(r"[−–‐⫺—]", "-", text).replace("⫽", "=").replace("¼", "=")
    return re.sub(r"[\s ]+", "", text)


def timed(command, **streams):
    """Runs a command and gives its wall seconds and those of the processors; leaves where it fails."""
    start = time.monotonic()
    process = subprocess.Popen(command, **streams)
    cpu = sum(ended(process))
    if process.returncode:
        sys.exit(f"{Path(command[0]).name} left with {process.returncode}; its messages stand above")
    return time.monotonic() - start, cpu


def rows_of(path):
    """The rows of a CSV file as results; none where there is no such file, as nothing was found."""
    if not path.exists():
        return []
    with open(path, encoding="utf-8", newline="") as file:
        return [Result(row) for row in csv.DictReader(file)]


def by_statcheck(checkout, papers, folder):
    """statcheck's results, its texts by paper and its seconds, all steps and each."""
    inputs = []
    for path in papers:
        if path.suffix.lower() == ".xml":
            text = folder / path.name
            text.write_text(flat_text(path.read_bytes()), encoding="utf-8")
            path = text
        inputs.append(str(path.resolve()))
    (folder / "list").write_text("\n".join(inputs) + "\n", encoding="utf-8")
    command = ["Rscript", "--vanilla", str(HERE / "statcheck.R"), str(checkout), str(folder / "list"), str(folder)]
    # R warns of each "p = ." that it cannot turn into a number; these lines say nothing of the papers.
    with open(folder / "messages", "w+", encoding="utf-8") as messages:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=messages)
        seconds = sum(ended(process))
        seconds = time.monotonic() - start, seconds
        if process.returncode:
            messages.seek(0)
            sys.exit(f"statcheck did not run:\n{messages.read()}")
    texts = {path.name.removesuffix(".txt"): squeezed(path.read_text("utf-8", "replace")) for path in (folder / "texts").iterdir()}
    with open(folder / "times.csv", encoding="utf-8", newline="") as file:
        steps = {row["step"]: float(row["cpu"]) for row in csv.DictReader(file)}
    for line in (folder / "given_up").read_text(encoding="utf-8").splitlines():
        print(f"statcheck ends in an error on {line}")
    return rows_of(folder / "results.csv"), texts, seconds, steps


def check(program, papers, jobs, *options):
    """The command that checks a list of papers."""
    return [program, "check", f"@{papers}", "--jobs", str(jobs), "--progress", "none", "--exit-zero", *options]


def by_rederive(program, folder, rounds):
    """rederive's results with their reasons, and its seconds with one and with two jobs, the least of the rounds."""
    seconds = {}
    for jobs in (1, 2):
        runs = []
        for _ in range(rounds):
            with open(folder / "rederive.csv", "w", encoding="utf-8") as out:
                command = check(program, folder / "papers", jobs, "--format", "statcheck-csv")
                runs.append(timed(command, stdout=out, stderr=subprocess.DEVNULL))
        seconds[jobs] = tuple(map(min, zip(*runs)))
    command = check(program, folder / "papers", 2, "--format", "json", "--all", "--select", "ST101")
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    reasons = {}
    for paper in json.loads(done.stdout)["papers"]:
        for finding in paper["findings"]:
            key = Path(paper["source"]).name, " ".join(finding["quote"].split())
            reasons[key] = finding["reason"] or (f"level {finding['level']}" if finding["level"] else "")
    results = rows_of(folder / "rederive.csv")
    for result in results:
        result.reason = reasons.get((result.paper, result.raw), "")
    return results, seconds


def paired(left, right, key):
    """Pairs results of two lists that have the same key, in their order, and gives back what is left of either."""
    waiting = defaultdict(list)
    for result in right:
        waiting[key(result)].append(result)
    pairs, alone = [], []
    for result in left:
        same = waiting[key(result)]
        if same:
            pairs.append((result, same.pop(0)))
        else:
            alone.append(result)
    taken = {id(other) for _, other in pairs}
    return pairs, alone, [result for result in right if id(result) not in taken]


class Reader:
    """What rederive read of a paper, asked for when a result of statcheck's has no partner: its text and its statistics."""

    def __init__(self, program, papers):
        self.program, self.papers, self.known = program, {path.name: path for path in papers}, {}

    def ask(self, name, *options):
        """The output of `rederive read`."""
        command = [self.program, "read", str(self.papers[name]), *options]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    def of(self, name):
        """The squeezed text of a paper and the squeezed characters of its statistics."""
        if name not in self.known:
            lines = self.ask(name, "--show", "statistics", "--format", "jsonl").splitlines()
            text = json.loads(self.ask(name, "--show", "document"))["text"]
            self.known[name] = squeezed(text), [json.loads(line) for line in lines]
        return self.known[name]

    def why_missed(self, result, matched):
        """Why a result of statcheck's is none of rederive's, as far as characters tell."""
        text, statistics = self.of(result.paper)
        wanted = squeezed(result.raw)
        # statcheck takes a character before z and χ² along, and repairs signs in its own text.
        core = re.sub(r"^[^A-Za-zχΧ²2]+", "", wanted)
        if core not in text:
            return "its characters do not stand so in rederive's text"
        for entry in statistics:
            own = squeezed(entry["text"])
            if core in own or own in wanted:
                if (result.paper, own) in matched:
                    return "stands once in rederive's text, or overlaps a result that both have"
                return "read by rederive, not judged" + ("" if entry["degrees"] else ": no degrees of freedom")
        return "no test for rederive"


def why_not_statcheck(result, texts):
    """Why statcheck has no such result, as far as characters tell."""
    raw = result.raw
    for name, pattern in LAYOUTS:
        if re.search(pattern, raw):
            return f"layout: {name}"
    if squeezed(raw) not in texts.get(result.paper, ""):
        return "its characters do not stand so in statcheck's text"
    return "layout: no reason seen"


def judged(pairs):
    """The pairs whose verdicts differ, and how."""
    classes = defaultdict(list)
    for ours, theirs in pairs:
        own, other = ours.verdict(), theirs.verdict()
        if own != other:
            reason = f" ({ours.reason})" if ours.reason else ""
            classes[f"statcheck {other}, rederive {own}{reason}"].append(ours)
    return classes


def show(title, classes, listed):
    """Prints how many results each class has, and the results where asked to."""
    print(f"\n{title}: {sum(map(len, classes.values()))}")
    for name, results in sorted(classes.items(), key=lambda item: (-len(item[1]), item[0])):
        print(f"  {len(results):>5}  {name}")
        if listed:
            for result in results:
                print(f"           {result.place()} [{result.verdict()}]")


def show_speed(count, statcheck, steps, rederive):
    """Prints the seconds of both sides."""
    print(f"{count} papers\n\n{'':<26}{'wall s':>9}{'CPU s':>9}{'papers/s':>10}")
    sides = [("statcheck, R started", statcheck)] + [(f"rederive, --jobs {jobs}", rederive[jobs]) for jobs in rederive]
    for name, (wall, cpu) in sides:
        print(f"{name:<26}{wall:>9.2f}{cpu:>9.2f}{count / wall:>10.1f}")
    print(f"statcheck's CPU: {steps['reading']:.2f} s reading, {steps['matching']:.2f} s finding and judging; "
          f"rederive's is that of all its rules")


def show_counts(theirs, ours, pairs):
    """Prints what each side recognises and flags."""
    verdicts = ("consistent", "error", "decision error", "undecided")
    print(f"\n{'':<26}{'results':>9}" + "".join(f"{verdict:>16}" for verdict in verdicts))
    both = [left for left, _ in pairs]
    for name, results in (("statcheck", theirs), ("rederive", ours), ("both, as rederive judges", both)):
        count = Counter(result.verdict() for result in results)
        print(f"{name:<26}{len(results):>9}" + "".join(f"{count[verdict]:>16}" for verdict in verdicts))


def compare(program, papers, theirs, texts, ours, listed):
    """Prints the overlap and every difference."""
    pairs, ours_alone, theirs_alone = paired(ours, theirs, Result.key)
    show_counts(theirs, ours, pairs)
    unsigned, ours_alone, theirs_alone = paired(ours_alone, theirs_alone, lambda result: result.key(signed=False))
    near, ours_alone, theirs_alone = paired(ours_alone, theirs_alone, lambda result: (result.paper, result.kind, abs(result.value)))
    matched = {(result.paper, squeezed(result.raw)) for result, _ in pairs + unsigned + near}
    print(f"\nthe same result in both: {len(pairs)}; but for the sign of the statistic: {len(unsigned)}")
    show("read differently (degrees of freedom or p)", group(near, lambda pair: f"statcheck has {pair[1].raw!r}"), listed)
    reader = Reader(program, papers)
    show("statcheck only", group_one(theirs_alone, lambda result: reader.why_missed(result, matched)), listed)
    show("rederive only", group_one(ours_alone, lambda result: why_not_statcheck(result, texts)), listed)
    show("judged differently", judged(pairs + unsigned), listed)
    for name, alone in (("statcheck", theirs_alone), ("rederive", ours_alone)):
        flagged = [result for result in alone if result.error == "TRUE"]
        show(f"flagged by {name}, not recognised by the other", {"all": flagged} if flagged else {}, True)


def group(pairs, name):
    """Pairs by the name of their class; our side stands for each."""
    classes = defaultdict(list)
    for pair in pairs:
        classes[name(pair)].append(pair[0])
    return classes


def group_one(results, name):
    """Results by the name of their class."""
    classes = defaultdict(list)
    for result in results:
        classes[name(result)].append(result)
    return classes


def needed(checkout):
    """Leaves with a message where something is missing that this needs."""
    for program, what in (("Rscript", "R is needed"), ("pdftotext", "pdftotext of poppler is needed")):
        if not shutil.which(program):
            sys.exit(f"{what}: there is no {program} on the path")
    if not (checkout / "R" / "statcheck.R").exists():
        sys.exit(f"{checkout} holds no checkout of statcheck; the documentation of this script says how to fetch one")


def main():
    """Reads the options, runs both sides, prints the comparison."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checkout", required=True, type=Path, help="folder with statcheck's source")
    parser.add_argument("--papers", required=True, type=Path, help="folder with PDF, TEI or JATS files, in any depth")
    parser.add_argument("--rederive", default="target/release/rederive", help="the program")
    parser.add_argument("--rounds", type=int, default=3, help="how often rederive is timed")
    parser.add_argument("--list", action="store_true", help="print each difference")
    options = parser.parse_args()
    needed(options.checkout)
    papers = sorted(path for path in options.papers.rglob("*") if path.suffix.lower() in (".pdf", ".xml"))
    if len({path.name for path in papers}) != len(papers) or not papers:
        sys.exit(f"{options.papers} must hold PDF or XML files, each with a name of its own")

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "papers").write_text("".join(f"{path.resolve()}\n" for path in papers), encoding="utf-8")
        theirs, texts, seconds, steps = by_statcheck(options.checkout.resolve(), papers, folder)
        ours, own_seconds = by_rederive(options.rederive, folder, options.rounds)
        show_speed(len(papers), seconds, steps, own_seconds)
        compare(options.rederive, papers, theirs, texts, ours, options.list)


if __name__ == "__main__":
    main()
