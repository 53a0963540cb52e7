#!/usr/bin/env python3
"""Compare the labels of relations.csv with what `rederive check --all` says about the same papers.

A label is `bound` where a finding with a verdict has its operands: the stated value where the label has it, and besides
it only values that the label names, two of the partners or all that there are; of partners that the label only counts
("21 values") as many of the table. A repeated value is bound where both
places are places of the label, or of labels that are linked to it by a place that they share; of several values that
are stated together at least half have to be. A label is `wrong` where no finding is right and one with a verdict, of a
rule that takes relations of its kind, states the value at its place with operands that fit no label of the paper; else
it is `unbound`, with the reason of an undecided finding or the first thing that is missing. The shares have Wilson's
95 % intervals; that of wrong bindings is of all that are bound, rightly or not.

Findings of rules for sums, formulas and repeats that fit no label are listed too with `--surplus`: the list of labels is
not complete, so each has to be read before it is called right or wrong.

    python3 corpora/labels/relations.py --corpus DIR [--rederive PROGRAM] [--report FILE.json] [--list] [--surplus]

DIR holds the papers, in any depth; they are found by their sha256. Nothing but the standard library is needed.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path

from papers import labels_and_files, report_on, run, wilson

VERDICTS = ("consistent", "inconsistent")
# The rules whose verdict on the stated value of a relation is a verdict on that relation, by the start of their codes.
TAKERS = {
    "repeat": ("XC101", "XC102", "XC103"),
    "total": ("SU120", "SU130", "EQ101"),
    "percent": ("SU101", "SU121", "SU122", "SU123"),
    "derived": ("SU123", "EQ101", "CN101"),
    "average": ("SU124", "SU125"),
    "flow": ("SU130", "SU120", "EQ101"),
    "order": ("XC110",),
    "formula": ("EQ110",),
    "stat": ("ST",),
}
FAMILIES = ("XC", "SU", "EQ", "CN")
# The same numbers, whichever of them is called the stated one.
SYMMETRIC = ("repeat", "stat", "order", "flow")
ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
WORDS = {word: value for value, word in enumerate((ONES + " eighteen nineteen").split())}
WORDS.update({word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)})
WORDS.update({"once": 1, "twice": 2, "double": 2, "half": Fraction(1, 2), "single": 1})
# Raised and lowered digits as plain ones.
PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉·", "01234567890123456789.")
NUMBER = re.compile(r"\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+(?![\d])(?:\.\d+)?|\d+\.\d+|(?<![\w.])\.\d+|\d+|[A-Za-z]+")
# How far around a number the words of a quote may stand.
AROUND = 220
# Words that tell nothing, and those by which the labels spell signs: χ² is "chi-square".
SMALL = set("the and for with from were was are had has that this which all both each not per out table row".split())
SMALL |= set("chi square squared eta partial delta".split())


def numbers(text):
    """The sizes of the numbers of a text, in order; signs are left aside, as a minus may be a dash."""
    found = []
    for match in NUMBER.finditer(text.translate(PLAIN)):
        token = match.group()
        if token[0].isalpha():
            if token.lower() in WORDS:
                found.append(Fraction(WORDS[token.lower()]))
        else:
            compact = re.sub(r"[,\s]", "", token)
            found.append(Fraction("0" + compact if compact[0] == "." else compact))
    return found


# A molecular formula, which stands in a relation with what it weighs.
FORMULA = re.compile(r"[A-Za-z][\d₀-₉]")


def values(quote):
    """The sizes of the numbers of an operand: of a molecular formula all, else the first two."""
    return numbers(quote) if FORMULA.search(quote) else numbers(quote)[:2]


def words(text):
    """The words of a text that tell something, in small letters."""
    runs = re.findall(r"[^\W\d_]{3,}|[^\W_]*\d[^\W_]*[^\W\d_]+\w*|[^\W\d_]+\d\w*", text.translate(PLAIN))
    return {run.lower() for run in runs} - SMALL - set(WORDS)


class Place:
    """A place of a label: where it is, and words and numbers of its quote."""

    def __init__(self, where, quote, values):
        self.where = where
        self.quote = quote
        self.words = words(re.sub(r"^Table \w+", "", quote))
        self.values = set(numbers(values)) or set(numbers(re.sub(r"^Table \w+", "", quote)))
        self.pages = {int(page) for page in re.findall(r"\d+", where)} if where.startswith("p. ") else set()
        table = re.fullmatch(r"(?i)table (\w+)(?:, .*)?", where)
        self.table = table.group(1) if table else None

    def holds(self, operand):
        """Whether an operand stands here: its page or table, and half of the words of the quote around it."""
        if self.pages and not operand["pages"] & self.pages:
            return False
        if self.table and operand["table"] not in (self.table, None):
            return False
        if not self.table and not self.pages and operand["table"] is not None:
            return False
        return not self.words or 2 * len(self.words & operand["words"]) >= len(self.words)

    def is_near(self, other):
        """Whether two places are one."""
        if self.where != other.where or not self.values & other.values:
            return False
        return self.quote == other.quote or 2 * len(self.words & other.words) > len(self.words | other.words)


class Paper:
    """The text of a paper with its tables, as the program reads it."""

    def __init__(self, document):
        self.text = document["text"]
        self.sections = list(self.titled(document["blocks"]))
        self.tables = []
        for table in document["tables"]:
            caption = table.get("caption")
            caption = self.text[caption["start"] : caption["end"]] if caption else ""
            number = re.search(r"(?i)\btab(?:le|\.)\s*(\w+)", caption)
            self.tables.append((table, caption, number.group(1) if number else "?"))

    def titled(self, blocks):
        """The ranges of the sections with their headings, in any depth: a label may name a place by its section."""
        for block in blocks:
            children = block.get("children", [])
            if block["kind"] == "section" and children and children[0]["kind"] == "heading":
                heading = children[0]["range"]
                yield block["range"]["start"], block["range"]["end"], self.text[heading["start"] : heading["end"]]
            yield from self.titled(children)

    def operand(self, entry):
        """An operand of a finding: its number, the pages, the table and the words around it."""
        span = entry["span"]
        start, end = span["range"]["start"], span["range"]["end"]
        pages = {int(page) for page in re.findall(r'"page": (\d+)', json.dumps(span["places"]))}
        for table, caption, number in self.tables:
            if table["range"]["start"] <= start < table["range"]["end"]:
                # A label may name a column by what a note says of it.
                notes = " ".join(self.text[note["start"] : note["end"]] for note in table.get("notes", []))
                return {
                    "values": values(span["quote"]), "pages": pages, "start": start, "table": number,
                    "words": words(" ".join((caption, notes, self.labels(table, start)))), "quote": span["quote"],
                }
        headings = [heading for first, last, heading in self.sections if first <= start < last]
        around = " ".join([self.text[max(0, start - AROUND) : end + AROUND], *headings])
        return {
            "values": values(span["quote"]), "pages": pages, "start": start, "table": None,
            "words": words(around), "quote": span["quote"],
        }

    def labels(self, table, start):
        """The words at the row and column of a place in a table."""
        slices = [(cell, self.text[cell["range"]["start"] : cell["range"]["end"]]) for cell in table["cells"]]
        own = [c for c in table["cells"] if c["range"]["start"] <= start < c["range"]["end"]]
        if not own:
            return " ".join(text for _, text in slices[:40])
        row, column = own[0]["row"], own[0]["column"]
        heads = [(cell["row"], text) for cell, text in slices if cell["column"] == 0 and cell["row"] < row][-1:]
        kept = [text for _, text in heads]
        for cell, text in slices:
            spans = cell["column"] <= column < cell["column"] + cell.get("column_span", 1)
            over = cell["row"] < max(1, table["header_rows"]) and (spans or cell["column"] == 0)
            group = cell["row"] < row and cell["column"] == 0 and not re.search(r"\d", text)
            if cell["row"] == row or over or group:
                kept.append(text)
        return " ".join(kept)


def linked(labels):
    """For each label of a repeat the places of all labels that are linked to it by a place."""
    own = [label for label in labels if label["kind"] == "repeat"]
    group = list(range(len(own)))
    for at, label in enumerate(own):
        for before in range(at):
            if any(a.is_near(b) for a in label["places"] for b in own[before]["places"]):
                old, new = group[at], group[before]
                group = [new if one == old else one for one in group]
    for at, label in enumerate(own):
        others = [one for other, one in enumerate(own) if group[other] == group[at]]
        label["linked"] = [place for one in others for place in one["places"]]


def used(finding, operands):
    """The operands that stand in the formula of the outcome; the others are other readings of one of them."""
    in_formula = set(numbers(finding["relation"]))
    kept = [
        one for one in operands[:-1]
        if not in_formula or set(one["values"]) & in_formula or FORMULA.search(one["quote"])
    ]
    return kept + operands[-1:]


def is_right_repeat(label, finding):
    """The stated values that a finding binds to another place of the label."""
    if len(finding["read"]) < 2:
        return set()
    other, stated = finding["read"][-2:]
    first, second = (place.values for place in label["places"])
    for a, b in ((stated, other), (other, stated)):
        wanted = set(a["values"]) & first
        fits = set(b["values"]) & (second or first)
        if wanted and fits and any(place.holds(a) for place in label["places"]):
            if any(place.holds(b) for place in label["linked"]):
                return wanted
    return set()


def is_right(label, finding):
    """Whether a finding has the operands of a label."""
    stated_place, partner_place = label["places"]
    stated, partners = stated_place.values, label["partners"]
    if label["kind"] == "order":
        # Claims of order name the stated number among those that it is compared with.
        partners = partners - stated or partners
    read = finding["read"]
    for at, own in enumerate(read):
        if at < len(read) - 1 and label["kind"] not in SYMMETRIC:
            continue
        if not set(own["values"]) & stated or not stated_place.holds(own):
            continue
        others = [one for place, one in enumerate(read) if place != at]
        if label["count"]:
            if len(others) == label["count"] and all(one["table"] == partner_place.table for one in others):
                return True
            continue
        named = stated | partners | label["constants"]
        if not all(set(one["values"]) & named for one in others):
            continue
        met = {value for one in others for value in one["values"]} & partners
        if len(met) >= min(2, len(partners)) and met:
            return True
    return False


def judge(labels, findings):
    """Adds to every label of a paper its outcome; gives back the findings that fit no label."""
    linked(labels)
    fits = set()
    for label in labels:
        got, open_ones = set(), []
        for at, finding in enumerate(findings):
            if label["kind"] == "repeat":
                if not finding["code"].startswith("XC10"):
                    continue
                found = is_right_repeat(label, finding)
            else:
                found = {True} if is_right(label, finding) else set()
            if found:
                fits.add(at)
                if finding["outcome"] in VERDICTS:
                    got |= found
                    label.setdefault("finding", finding)
                else:
                    open_ones.append(finding)
        needed = len(label["places"][0].values) if label["kind"] == "repeat" else 1
        if got and 2 * len(got) >= needed:
            label["outcome"] = "bound"
        elif open_ones:
            label.update(outcome="unbound", why=f"{open_ones[0]['outcome']}: {open_ones[0]['reason']}")
        else:
            label.update(outcome="unbound", why="")
    for label in labels:
        if label["outcome"] == "bound":
            continue
        for at, finding in enumerate(findings):
            taken = finding["outcome"] in VERDICTS and finding["code"].startswith(TAKERS[label["kind"]])
            if at in fits or not taken or not finding["read"]:
                continue
            if is_wrong(label, finding["read"]):
                relation = f"{finding['code']}: {finding['message']}"
                label.update(outcome="wrong", why=relation)
                break
    return [finding for at, finding in enumerate(findings) if at not in fits]


def is_wrong(label, read):
    """Whether a finding that fits no label states the value of this one. Tests beside their estimates have many relations
    with each other: there an operand has to stand where the label has none."""
    own, places = read[-1], label["places"]
    if not set(own["values"]) & places[0].values or not places[0].holds(own):
        return False
    return label["kind"] != "stat" or not all(any(place.holds(one) for place in places) for one in read)


def missing_in(label, paper):
    """The first thing that an unbound label lacks."""
    text = numbers(paper.text)
    if not label["places"][0].values <= set(text):
        return "the text as read does not have the value"
    if not label["partners"] <= set(text):
        return "the text as read does not have the partners"
    if label["places"][0].table and label["places"][0].table not in {number for *_, number in paper.tables}:
        return "no table of that number is read"
    return "no rule proposes it"


def table(labels, field, title):
    """Outcomes by the values of a field."""
    groups = defaultdict(list)
    for label in labels:
        groups[label[field] if field else "all"].append(label)
    print(f"\n{title:<44}{'listed':>7}{'bound':>7}{'wrong':>7}{'unbound':>9}  {'share bound':<24}{'wrong of bound'}")
    for name, own in groups.items():
        count = Counter(label["outcome"] for label in own)
        bound, wrong = count["bound"], count["wrong"]
        cells = f"{len(own):>7}{bound:>7}{wrong:>7}{count['unbound']:>9}"
        print(f"{name[:42]:<44}{cells}  {wilson(bound, len(own)):<24}{wilson(wrong, bound + wrong)}")


def prepare(label):
    """Adds the places, partners and constants of a label."""
    label["places"] = [
        Place(label[f"{side}_where"], label[f"{side}_quote"], label[values])
        for side, values in (("stated", "stated_value"), ("partner", "partner_values"))
    ]
    label["partners"] = set(numbers(label["partner_values"])) or set(numbers(label["partner_quote"]))
    # "21 values" are so many of the row or column that the quote names, without being listed one by one.
    several = re.fullmatch(r"(\d+) values", label["partner_values"].strip())
    label["count"] = int(several.group(1)) if several else 0
    label["constants"] = set(numbers(label["relation"])) | set(numbers(label["partner_quote"]))


def main():
    """Reads the labels, runs the check, prints the tables and the labels that are not bound."""
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", required=True, help="folder with the papers")
    parser.add_argument("--rederive", default="target/debug/rederive", help="the program")
    parser.add_argument("--report", help="a JSON report made before, instead of a run")
    parser.add_argument("--labels", default=here / "relations.csv")
    parser.add_argument("--list", action="store_true", help="list every label that is not bound, not three of a kind")
    parser.add_argument("--surplus", action="store_true", help="list findings that fit no label")
    options = parser.parse_args()
    labels, files = labels_and_files(options.labels, options.corpus)
    report = report_on(options.rederive, files, options.report)
    checked = {paper["key"]: paper for paper in report["papers"]}
    surplus = []
    for digest, path in files.items():
        own = [label for label in labels if label["paper_sha256"] == digest]
        paper = Paper(json.loads(run([options.rederive, "read", str(path), "--show", "document", "--format", "json"])))
        for label in own:
            prepare(label)
        findings = checked[digest]["findings"]
        for finding in findings:
            finding["read"] = used(finding, [paper.operand(operand) for operand in finding["operands"]])
        left = judge(own, findings)
        surplus += [(own[0]["paper_id"], one) for one in left if one["code"].startswith(FAMILIES)]
        for label in own:
            if label["outcome"] == "unbound" and not label["why"]:
                label["why"] = missing_in(label, paper)
    table(labels, None, "relations")
    table(labels, "kind", "by kind")
    table(labels, "paper_id", "by paper")
    print("\nNot bound, by reason:")
    groups = defaultdict(list)
    for label in labels:
        if label["outcome"] != "bound":
            why = "wrong" if label["outcome"] == "wrong" else label["why"]
            groups[(label["kind"], why)].append(label)
    for (kind, why), own in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        print(f"{len(own):>4}  {kind}: {why}")
        for label in own if options.list else own[:3]:
            stated = f"{label['stated_where']}: {label['stated_quote']} [{label['stated_value']}]"
            partner = f"{label['partner_where']}: {label['partner_quote']} [{label['partner_values']}]"
            binding = f" << {label['why']}" if why == "wrong" else ""
            print(f"        {label['paper_id'][:24]} {stated} | {partner} {label['relation']}{binding}")
    verdicts = sum(finding["outcome"] in VERDICTS for _, finding in surplus)
    print(f"\nfindings of rules for repeats, sums and formulas that fit no label: {len(surplus)}, {verdicts} with a verdict")
    for paper, finding in surplus if options.surplus else []:
        print(f"  {paper[:24]} {finding['code']} {finding['outcome']}: {finding['message']}")
        for operand in finding["operands"]:
            around = operand.get("around", {})
            before, after = around.get("before", "")[-60:], around.get("after", "")[:40]
            print(f"      {operand['role']}: {before!r} [{operand['span']['quote']}] {after!r}")
    print("\nVerdict against the label:")
    expected = {"yes": "consistent", "no": "inconsistent"}
    for label in labels:
        finding = label.get("finding")
        wanted = expected.get(label["holds"])
        if finding and wanted and finding["outcome"] != wanted:
            print(f"  {label['paper_id'][:24]} {label['stated_quote']}: label {label['holds']}, {finding['code']} {finding['outcome']}: {finding['message']}")


if __name__ == "__main__":
    main()
