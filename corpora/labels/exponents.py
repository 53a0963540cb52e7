#!/usr/bin/env python3
"""Compare the labels of exponents.csv with what `rederive read` makes of the same places.

A label is right in the text when the characters that the page prints at its place stand in the reader's line there,
the raised ones raised and no other. Its place is found by the characters alone, raised or not, so that a digit that
lost its height counts as wrong and not as missing; among several the one nearest to the label's place is taken.
A power of ten is right in its value when a quantity that covers the place has the printed value, a unit when the
quantity before it has the raised characters in its unit, a mark when no quantity takes it in without a reading in which
it is a mark.

    python3 corpora/labels/exponents.py --corpus DIR [--rederive PROGRAM] [--list]

DIR holds the papers, in any depth; they are found by their sha256. Nothing but the standard library is needed.
"""

import argparse
import csv
import hashlib
import json
import re
import subprocess
import sys
from collections import defaultdict
from fractions import Fraction
from math import sqrt
from pathlib import Path

KINDS = ("power", "bare", "unit", "mark", "symbol", "plain")
EXPONENTS = ("power", "bare", "unit")
RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-"))
FOLD = {**dict.fromkeys("−–‐\u00ad\u2011", "-"), **dict.fromkeys("xX·⋅∙•*\uf0b4", "×"), "μ": "µ", "\u2126": "Ω"}
# How far a line's box may be off the label's place, in points.
SLACK = 3.0


def folded(text):
    """The characters of a text without spaces, as (plain form, whether raised, offset)."""
    out = []
    for offset, character in enumerate(text):
        if character.isspace():
            continue
        if character in RAISED:
            out.append((RAISED[character], True, offset))
        else:
            out.append((FOLD.get(character, character), False, offset))
    return out


def wanted(label):
    """The characters of a label in the form of `folded`; what is raised stands in a column of its own."""
    before = [(plain, raised) for plain, raised, _ in folded(label["before"])]
    return before + [(FOLD.get(character, character), True) for character in label["raised"]]


def show(program, path, what):
    """What `rederive read` shows of a paper, as JSON lines."""
    command = [program, "read", str(path), "--show", what, "--format", "jsonl"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.strip()}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def boxes(places):
    """The boxes of places as (page, left, top, right, bottom)."""
    for place in places:
        box = place.get("box")
        if box:
            xs, ys = [point["x"] for point in box["quad"]], [point["y"] for point in box["quad"]]
            yield box["page"], min(xs), min(ys), max(xs), max(ys)


def find(label, lines):
    """The nearest place of a label's characters as (distance, exact, text, first offset, raised offset, end)."""
    target = wanted(label)
    x, y, page = float(label["x"]), float(label["y"]), int(label["page"])
    best = None
    for line in lines:
        for at, left, top, right, bottom in boxes([line["place"]]):
            if at != page or not (top - SLACK <= y <= bottom + SLACK and left - SLACK <= x <= right + SLACK):
                continue
            own = folded(line["text"])
            plain = [character for character, _, _ in own]
            for start in range(len(own) - len(target) + 1):
                stop = start + len(target)
                if plain[start:stop] != [character for character, _ in target]:
                    continue
                exact = [raised for _, raised, _ in own[start:stop]] == [raised for _, raised in target]
                # One more raised digit would be another exponent; marks go on in lists.
                if label["kind"] in EXPONENTS and stop < len(own) and own[stop][1] and own[stop][0].isdigit():
                    exact = False
                place = left + (right - left) * own[stop - 1][2] / max(1, len(line["text"]))
                first, end = own[start][2], own[stop - 1][2] + 1
                raised = own[stop - len(label["raised"])][2] if label["raised"] else end
                found = (abs(place - x) + abs((top + bottom) / 2 - y), exact, line["text"][first:end])
                found += tuple(line["start"] + offset for offset in (first, raised, end))
                best = found if best is None or found[0] < best[0] else best
    return best


def printed_value(label):
    """The value that a power of ten prints, where its factor stands before it."""
    match = re.search(r"([-−]?\d+(?:\.\d+)?)(?: ?\(± ?[\d.]+\))? ?[×x·] ?10$", label["before"])
    if label["kind"] == "power" and match is None:
        match = re.search(r"\((\d+\.\d+) ± \d+\.\d+\) × 10$", label["before"])
    if match is None:
        return None
    return Fraction(match[1].replace("−", "-")) * Fraction(10) ** int(label["raised"])


def value_right(label, found, quantities):
    """Whether the quantity at the place says what is printed; None where there is nothing to say."""
    if found is None:
        return None
    _, _, _, start, raised, end = found
    own = [quantity for quantity in quantities if quantity["start"] < end and quantity["end"] > start]
    taking = [quantity for quantity in own if quantity["start"] < raised and quantity["end"] > raised]
    if label["kind"] == "mark":
        causes = [[reading["cause"] for reading in quantity["readings"]] for quantity in taking]
        return all("citation-mark" in own for own in causes)
    if label["kind"] == "power":
        value = printed_value(label)
        if value is None:
            return None
        values = [Fraction(reading["value"]["value"]) for quantity in own for reading in quantity["readings"][:1]]
        return value in values
    if label["kind"] == "unit" and re.match(r"\d", label["before"]):
        return any(label["raised"] in "".join(c for c, _, _ in folded(quantity["text"])) for quantity in taking)
    return None


def interval(right, total):
    """The interval of Wilson for a share, 95 %."""
    z = 1.959964
    if not total:
        return 0.0, 1.0
    share, square = right / total, z * z
    middle = (share + square / (2 * total)) / (1 + square / total)
    half = z / (1 + square / total) * sqrt(share * (1 - share) / total + square / (4 * total * total))
    return middle - half, middle + half


def line(name, answers):
    """One row of the table of shares."""
    right, total = sum(answers), len(answers)
    low, high = interval(right, total)
    share = f"{100 * right / total:.1f} %" if total else "–"
    return f"{name:<28}{right:>5} of {total:<5}{share:>9}   [{100 * low:.1f}, {100 * high:.1f}]"


def main():
    """Reads the labels and the papers, and prints shares and misses."""
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", required=True, help="folder with the papers")
    parser.add_argument("--rederive", default="target/debug/rederive", help="the program")
    parser.add_argument("--labels", default=here / "exponents.csv")
    parser.add_argument("--list", action="store_true", help="list the misses of value too")
    options = parser.parse_args()

    with open(options.labels, newline="", encoding="utf-8") as file:
        labels = list(csv.DictReader(file))
    hashes = {label["paper_sha256"] for label in labels}
    files = {}
    for path in sorted(Path(options.corpus).rglob("*.pdf")):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest in hashes:
            files.setdefault(digest, path)
    if hashes - set(files):
        sys.exit(f"{len(hashes - set(files))} papers are not in the corpus")
    papers = defaultdict(list)
    for label in labels:
        papers[label["paper_sha256"]].append(label)
    for digest, own in papers.items():
        lines = show(options.rederive, files[digest], "lines")
        quantities = show(options.rederive, files[digest], "quantities")
        for label in own:
            found = find(label, lines)
            label["found"] = found and found[2]
            label["right"] = bool(found and found[1])
            label["value"] = value_right(label, found, quantities)

    print(f"{'in the text':<28}{'right':>5}    {'of':<5}{'share':>9}   95 %")
    for kind in KINDS:
        print(line(kind, [label["right"] for label in labels if label["kind"] == kind]))
    print(line("powers (power, bare)", [one["right"] for one in labels if one["kind"] in EXPONENTS[:2]]))
    print(line("exponents (with unit)", [one["right"] for one in labels if one["kind"] in EXPONENTS]))
    print("\nin the quantities")
    for kind in ("power", "unit", "mark"):
        print(line(kind, [label["value"] for label in labels if label["kind"] == kind and label["value"] is not None]))
    print("\nmisses")
    for label in labels:
        text_miss, value_miss = not label["right"], label["value"] is False
        if text_miss or (options.list and value_miss):
            what = "text" if text_miss else "value"
            print(
                f"  {label['paper_id']} p. {label['page']} ({label['x']}, {label['y']}) {label['kind']}, {what}: "
                f"{label['before']}^{label['raised']} read as {label['found'] or 'nothing there'}"
            )


if __name__ == "__main__":
    main()
