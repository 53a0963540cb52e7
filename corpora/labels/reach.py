#!/usr/bin/env python3
"""Compare the labels of reach.csv with what `rederive check --all` says about the same papers.

A label is reached when a finding on its page, of whatever rule, has among its operands at least two of the label's
numbers, the stated value being one of them. Each finding serves one label. The verdicts are `consistent` and
`inconsistent`; `undecided` and `not-checked` are outcomes with a reason, counted apart. A label without a finding is
put down to the first stage that lacks it: the reader's text, the extracted quantities, or the proposals of the rules.

    python3 corpora/labels/reach.py --corpus DIR [--rederive PROGRAM] [--report FILE.json] [--list]

DIR holds the papers, in any depth; they are found by their sha256. Nothing but the standard library is needed.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path

from papers import labels_and_files, report_on, run

COUNTED = ("calc", "conversion", "percent", "test")
VERDICTS = ("consistent", "inconsistent")
WORDS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
}
NUMBER = re.compile(
    r"\d{1,3}(?:,\s?\d{3}|[\u00a0\u2009\u202f]\d{3})+(?!\d)(?:\.\d+)?|\d+[.,·]\d+|(?<![\w.])[.,]\d+|[0-9]+"
    r"|[⁰¹²³⁴-⁹]+|[₀-₉]+|[A-Za-z]+"
)
# Degrees of freedom that hang on the F.
DEGREES = re.compile(r"\bF(\d+),(\d+)")
# Raised and lowered digits as plain ones, one character for one.
PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")
# Characters of a text in which numbers that belong together may stand apart, beyond the length of the quote.
SLACK = {"text": 60, "note": 60, "caption": 60, "table": 900}


def numbers(text):
    """The numbers of a text as (value, start): grouping undone, a comma before one, two or four digits read as a mark.

    A comma or point before three digits can be either, so such a token gives both values."""
    found = []
    for match in NUMBER.finditer(text):
        token = match.group().translate(PLAIN)
        if token[0].isalpha():
            if token.lower() in WORDS:
                found.append(({Fraction(WORDS[token.lower()])}, match.start()))
            continue
        compact = re.sub(r"\s", "", token).replace("·", ".")
        values = set()
        if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", compact):
            values.add(Fraction(compact.replace(",", "")))
        if re.fullmatch(r"\d*[.,]\d+|\d+", compact):
            values.add(Fraction("0" + compact.replace(",", ".") if compact[0] in ".," else compact.replace(",", ".")))
        if not values and compact.isdigit():
            values.add(Fraction(compact))
        if values:
            found.append((values, match.start()))
    return found


def label_numbers(label):
    """The numbers of a label's quote."""
    return [values for values, _ in numbers(DEGREES.sub(r"F\1; \2", label["quote"]))]


def shared(label, other):
    """How many numbers of a label stand in another list of numbers, each number of that list used once."""
    left = list(other)
    count = 0
    for values in label:
        for index, candidate in enumerate(left):
            if values & candidate:
                del left[index]
                count += 1
                break
    return count


def pages(finding):
    """The pages that a finding's places name."""
    places = list(finding["places"])
    for operand in finding["operands"]:
        places += operand["span"]["places"]
    return {int(value) for value in re.findall(r'"page": (\d+)', json.dumps(places))}


def operand_numbers(finding):
    """The numbers of each operand; the stated value comes last."""
    return [[values for values, _ in numbers(operand["span"]["quote"])] for operand in finding["operands"]]


def match(labels, findings):
    """Label index to finding, best overlap first, each finding once."""
    pairs = []
    for i, label in enumerate(labels):
        wanted = label_numbers(label)
        for j, finding in enumerate(findings):
            if int(label["page"]) not in pages(finding):
                continue
            operands = operand_numbers(finding)
            if not operands or not shared(operands[-1], wanted):
                continue
            overlap = shared(wanted, [value for operand in operands for value in operand])
            if overlap < min(2, len(wanted)):
                continue
            surplus = sum(len(operand) for operand in operands) - overlap
            pairs.append((-overlap, surplus, finding["range"]["start"], i, j))
    taken_labels, taken_findings, result = set(), set(), {}
    for _, _, _, i, j in sorted(pairs):
        if i not in taken_labels and j not in taken_findings:
            taken_labels.add(i)
            taken_findings.add(j)
            result[i] = findings[j]
    return result


def near(label, found):
    """The places of a list of (values, start) at which all numbers of a label stand together, or an empty list."""
    wanted = label_numbers(label)
    width = len(label["quote"]) * 2 + SLACK[label["where"]] * (4 if "[...]" in label["quote"] else 1)
    best = []
    for first, (values, start) in enumerate(found):
        if not wanted or not values & wanted[0]:
            continue
        window = [entry for entry in found[first : first + 200] if entry[1] <= start + width]
        if shared(wanted, [entry[0] for entry in window]) == len(wanted):
            best.append((start, start + width))
    return best


def lost_at(label, text_numbers, quantity_numbers):
    """The first stage that lacks an unreached label."""
    windows = near(label, text_numbers)
    if not windows:
        return "the reader's text does not have its numbers together"
    wanted = label_numbers(label)
    for low, high in windows:
        inside = [values for values, start in quantity_numbers if low - 5 <= start <= high + 5]
        if shared(wanted, inside) >= min(2, len(wanted)):
            return "no rule proposes it"
    return "its numbers are not extracted"


def quantities(program, path):
    """The quantities that the reader shows, as (values, start)."""
    found = []
    for line in run([program, "read", str(path), "--show", "quantities", "--format", "jsonl"]).splitlines():
        entry = json.loads(line)
        found += [(values, entry["start"] + offset) for values, offset in numbers(entry["text"])]
    return found


def judge(program, report, files, labels):
    """Adds to every label its outcome and, where there is no verdict, why."""
    by_key = {paper["key"]: paper for paper in report["papers"]}
    by_paper = defaultdict(list)
    for label in labels:
        by_paper[label["paper_sha256"]].append(label)
    for key, own in by_paper.items():
        paper = by_key.get(key)
        if paper is None or paper["status"] != "checked":
            for label in own:
                label.update(outcome="none", why=f"the paper was not checked: {paper and paper['reason']}", finding=None)
            continue
        reached = match(own, paper["findings"])
        text = quantity_numbers = None
        for index, label in enumerate(own):
            finding = reached.get(index)
            label["finding"] = finding
            if finding is not None:
                label.update(outcome=finding["outcome"], why=finding["reason"] or "")
                continue
            if text is None:
                text = numbers(run([program, "read", str(files[key]), "--show", "text"]))
                quantity_numbers = quantities(program, files[key])
            label.update(outcome="none", why=lost_at(label, text, quantity_numbers))


def share(labels):
    """`verdicts/labels (percent)`."""
    verdicts = sum(label["outcome"] in VERDICTS for label in labels)
    return f"{verdicts}/{len(labels)} ({100 * verdicts / len(labels):.1f} %)" if labels else "0/0"


def table(labels, field, title):
    """A table of outcomes by the values of a field."""
    groups = defaultdict(list)
    for label in labels:
        groups[field(label)].append(label)
    print(f"\n{title:<34}{'to a verdict':>18}{'consistent':>12}{'inconsistent':>14}{'undecided':>11}{'not checked':>13}{'none':>6}")
    for name in sorted(groups):
        own = groups[name]
        count = Counter(label["outcome"] for label in own)
        cells = [count[name] for name in ("consistent", "inconsistent", "undecided", "not-checked", "none")]
        print(f"{name:<34}{share(own):>18}{cells[0]:>12}{cells[1]:>14}{cells[2]:>11}{cells[3]:>13}{cells[4]:>6}")


def place(label):
    """Table or text: notes and captions are running text."""
    return "table" if label["where"] == "table" else "text"


def main():
    """Reads the labels, runs the check, prints the tables and the labels without a verdict."""
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", required=True, help="folder with the papers")
    parser.add_argument("--rederive", default="target/debug/rederive", help="the program")
    parser.add_argument("--report", help="a JSON report made before, instead of a run")
    parser.add_argument("--labels", default=here / "reach.csv")
    parser.add_argument("--list", action="store_true", help="list every label without a verdict, not three of a kind")
    options = parser.parse_args()

    labels, files = labels_and_files(options.labels, options.corpus)
    report = report_on(options.rederive, files, options.report)
    judge(options.rederive, report, files, labels)

    counted = [label for label in labels if label["kind"] in COUNTED]
    print(f"{len(counted)} labels counted of {len(labels)}: {share(counted)} to a verdict")
    named = [label for label in counted if label["code"]]
    print(f"of those that one of the five rules should take: {share(named)}")
    table(counted, lambda label: f"{label['kind']}, {place(label)}", "kind, where")
    table(counted, lambda label: label["kind"], "kind")
    table(counted, place, "where")
    table(counted, lambda label: label["code"] or "(none of the five)", "rule that should take it")
    table(counted, lambda label: label["paper_id"], "paper")

    print("\nWithout a verdict, by reason:")
    groups = defaultdict(list)
    for label in counted:
        if label["outcome"] not in VERDICTS:
            outcome = "no finding" if label["outcome"] == "none" else label["outcome"]
            groups[(outcome, label["why"], label["kind"], place(label))].append(label)
    for key, own in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        print(f"{len(own):>4}  {key[0]}: {key[1]} [{key[2]}, {key[3]}]")
        for label in own if options.list else own[:3]:
            print(f"        {label['paper_id']} p. {label['page']}: {label['quote']}")

    print("\nVerdict against the label:")
    expected = {"yes": "consistent", "no": "inconsistent"}
    for label in counted:
        wanted = expected.get(label["holds"])
        if wanted and label["outcome"] in VERDICTS and label["outcome"] != wanted:
            finding = label["finding"]
            print(
                f"  {label['paper_id']} p. {label['page']}: {label['quote']}: label says {label['holds']}, "
                f"{finding['code']} says {finding['outcome']} at level {finding['level']}: {finding['relation']}"
            )


if __name__ == "__main__":
    main()
