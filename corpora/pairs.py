#!/usr/bin/env python3
"""Compare what `check` says of the XML of a paper with what it says of the PDF, or of the plain text.

    python3 corpora/pairs.py --corpus DIR [DIR ...] [--rederive PROGRAM] [--list] [--sample N]

Each `DIR` has `manifest.csv` (id, file), the PDF files, and `pairs/ID.jats.xml`, as for `order.py`; or `xml/ID.xml` and
`text/ID.txt`. Both files of a paper are checked with `--all`. Two claims are the same where the rule is, and where their printed values are the same numbers
after widths, spaces, marks of thousands and kinds of minus signs and decimal points are made alike. Equal claims are
matched one to one, first those with the same outcome.

A claim that one file alone has, has the first reason of these that fits:

* values not in the other text: a number of it stands nowhere there, since a table is a picture, a part is left out or
  characters are lost;
* other rule: the other file has the same values in a claim of another rule;
* other operands: the other file has a claim of the rule with the same stated value and others beside it;
* no cell there: the values stand in cells of a table here, and the stated value is in no cell there;
* other table there: the values stand in cells on both sides, and rows, columns or heads differ;
* prose: all of the values stand in running text on both sides.

Papers whose XML has no body, and files that are not read, are listed and left out.
"""

import argparse
import csv
import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

import readers

#: A body shorter than this holds an abstract alone.
BODY = 5_000


class Pair(NamedTuple):
    """The two files of a paper."""

    name: str
    xml: Path
    other: Path


class Claim(NamedTuple):
    """What is compared of a claim."""

    code: str
    outcome: str
    level: str
    values: tuple
    stated: str
    starts: tuple
    quote: str
    reason: str
    relation: str


def pairs(folder):
    """The pairs of a folder, by their ids."""
    if not (folder / "manifest.csv").is_file():
        for xml in sorted(folder.glob("xml/*.xml")):
            text = folder / "text" / f"{xml.stem}.txt"
            if text.is_file():
                yield Pair(xml.stem, xml, text)
        return
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            xml, pdf = folder / "pairs" / f"{row['id']}.jats.xml", folder / row["file"]
            if xml.is_file() and pdf.is_file():
                yield Pair(row["id"], xml, pdf)


def number(text):
    """A printed value with one kind of digits, signs and points, and without spaces and units."""
    text = unicodedata.normalize("NFKC", text).replace("\u2044", "/")
    text = re.sub(r"[\u2010-\u2015\u2212\ufe63\uff0d]", "-", text).replace("\u00b7", ".").replace("\u22c5", ".")
    text = re.sub(r"(?<=\d)[,\s](?=\d{3}(?!\d))", "", text)
    return re.sub(r"[^0-9.%<>=/-]", "", text).strip(".-/=")


def claims(row):
    """The claims of a paper's row."""
    for finding in row["findings"]:
        operands = finding["operands"]
        values = tuple(sorted({number(operand["span"]["quote"]) for operand in operands}))
        starts = tuple(operand["span"]["range"]["start"] for operand in operands)
        stated = number(operands[-1]["span"]["quote"]) if operands else ""
        yield Claim(
            finding["code"],
            finding["outcome"],
            finding["level"] or "",
            values,
            stated,
            starts,
            " ".join(finding["quote"].split())[:160],
            finding["reason"] or "",
            finding["relation"],
        )


def check(program, files):
    """The row of each file, by its name."""
    command = [program, "check", "--all", "--exit-zero", "--format", "json", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.stdout:
        sys.exit(done.stderr)
    rows = json.loads(done.stdout)["papers"]
    # The rows come in the order of the inputs.
    return dict(zip(files, rows, strict=True))


class Text:
    """What a file reads as: its numbers, and where its tables are."""

    def __init__(self, program, path):
        document = readers.document(program, path) or {"text": "", "tables": []}
        self.text = document["text"]
        self.tables = [
            (table["range"]["start"], table["range"]["end"]) for table in document.get("tables", []) if table["cells"]
        ]
        self.cells = [
            (cell["range"]["start"], cell["range"]["end"])
            for table in document.get("tables", [])
            for cell in table["cells"]
        ]
        self.numbers = Counter()
        self.in_cells = Counter()
        plain = self.text.replace("\n", " ")
        for found in re.finditer(r"[-\u2212\u2013]?[\d\u2080-\u2089][\d.,\u00b7\u2080-\u2089]*", plain):
            self.numbers[self.digits(found[0])] += 1
        for start, end in self.cells:
            for found in re.finditer(r"\d[\d.,\u00b7]*", plain[start:end]):
                self.in_cells[self.digits(found[0])] += 1

    @staticmethod
    def digits(text):
        """The digits of a number with its point, which a sign or a unit does not change."""
        return re.sub(r"[^0-9.]", "", number(text)).strip(".")

    def has(self, value, counts=None):
        """Whether all numbers of a printed value stand somewhere."""
        counts = self.numbers if counts is None else counts
        parts = re.findall(r"\d[\d.]*", value)
        return all(counts[part.strip(".")] for part in parts)

    def is_cell(self, start):
        """Whether a place is in a cell."""
        return any(low <= start < high for low, high in self.cells)


def matched(left, right):
    """The same claims of both sides, one to one, and what is left of each side."""
    same, rest, others = [], [], list(right)
    for by in (lambda claim: (claim.code, claim.values, claim.outcome), lambda claim: (claim.code, claim.values)):
        known = defaultdict(list)
        for claim in others:
            known[by(claim)].append(claim)
        rest = []
        for claim in left:
            own = known[by(claim)]
            if own:
                same.append((claim, own.pop(0)))
            else:
                rest.append(claim)
        left, others = rest, [claim for own in known.values() for claim in own]
    return same, left, others


def reason(claim, own, there, others):
    """Why the other file has no such claim."""
    if not all(there.has(value) for value in claim.values):
        return "values not in the other text"
    if any(other.values == claim.values for other in others):
        return "other rule"
    if any(other.code == claim.code and other.stated == claim.stated for other in others):
        return "other operands"
    if all(own.is_cell(start) for start in claim.starts):
        return "other table there" if there.has(claim.stated, there.in_cells) else "no cell there"
    return "prose" if not any(own.is_cell(start) for start in claim.starts) else "prose and table"


def compare(program, found, arguments):
    """Compares all pairs and prints what was found."""
    rows = check(program, [path for pair in found for path in (pair.xml, pair.other)])
    second = "/".join(sorted({pair.other.suffix[1:] for pair in found})).upper()
    outcomes, alone, findings = Counter(), {"XML": Counter(), second: Counter()}, []
    codes, samples, papers = Counter(), [], 0
    for pair in found:
        texts = {"XML": Text(program, pair.xml), second: Text(program, pair.other)}
        if len(texts["XML"].text) < BODY or not texts[second].text:
            print(f"left out: {pair.name}, {len(texts['XML'].text)} and {len(texts[second].text)} characters")
            continue
        papers += 1
        sides = {"XML": list(claims(rows[pair.xml])), second: list(claims(rows[pair.other]))}
        same, *rest = matched(sides["XML"], sides[second])
        for xml, own in same:
            outcomes[xml.outcome, own.outcome] += 1
            codes[xml.code, "both"] += 1
            verdicts = f"XML {xml.level or xml.outcome}, {second} {own.level or own.outcome}"
            if xml.level or own.level:
                findings.append((pair.name, "both", xml, verdicts))
            elif xml.outcome != own.outcome:
                samples.append((pair.name, verdicts, xml, xml.reason or own.reason))
        for side, other, left in (("XML", second, rest[0]), (second, "XML", rest[1])):
            for claim in left:
                why = reason(claim, texts[side], texts[other], sides[other])
                alone[side][claim.outcome, why] += 1
                codes[claim.code, side] += 1
                row = (pair.name, f"{side} alone", claim, why)
                (findings if claim.level else samples).append(row)
    report(papers, outcomes, alone, codes, second)
    print("\nfindings:")
    for row in findings:
        show(*row)
    if arguments.list:
        print("\nclaims that are no findings:")
        kept = samples if arguments.sample is None else samples[:: max(1, len(samples) // arguments.sample)]
        for row in kept:
            show(*row)


def show(name, where, claim, why):
    """Prints a row of a list."""
    print(f"  {name}  {claim.code}  {where}: {why}\n      {claim.relation[:120]}\n      {claim.quote}")


def report(papers, outcomes, alone, codes, second):
    """Prints the counts."""
    both = sum(outcomes.values())
    agreed = sum(count for (xml, own), count in outcomes.items() if xml == own)
    print(f"{papers} papers: {both} claims in both, {agreed} with the same outcome")
    for (xml, own), count in sorted(outcomes.items(), key=lambda item: -item[1]):
        print(f"  {count:5} {xml} in XML, {own} in {second}")
    for side, counts in alone.items():
        print(f"in {side} alone: {sum(counts.values())}")
        for (outcome, why), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            print(f"  {count:5} {outcome}: {why}")
    print(f"by rule, in both / XML alone / {second} alone:")
    for code in sorted({code for code, _ in codes}):
        print(f"  {code} {codes[code, 'both']:5} {codes[code, 'XML']:5} {codes[code, second]:5}")


def main():
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, nargs="+", required=True, help="folders with manifest.csv and pairs/")
    parser.add_argument("--rederive", default="target/debug/rederive", help="the program")
    parser.add_argument("--list", action="store_true", help="list the claims that differ and are no findings")
    parser.add_argument("--sample", type=int, help="list about so many of them")
    arguments = parser.parse_args()
    found = [pair for folder in arguments.corpus for pair in pairs(folder)]
    if not found:
        sys.exit("no pair of files is there")
    compare(arguments.rederive, found, arguments)


if __name__ == "__main__":
    main()
