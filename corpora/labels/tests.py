#!/usr/bin/env python3
"""Compare the labels of tests.csv with the test results that `rederive` finds in the same papers.

A test is compared field by field: kind, degrees of freedom, statistic with its sign, relation sign of p, and p. It is
`right` where all five agree, `partly` where the size of the statistic and at least one of kind, degrees and p agree, or
kind, degrees and p without the statistic; else it is `missing`. Each result that is found serves one label; those left
over are `surplus`. Kinds that have no place in the tool (W, V) are counted like the others, in rows of their own. An
estimate with its confidence interval is right where one estimate that is read holds both limits and the value, partly right where
it holds both limits.

    python3 corpora/labels/tests.py --corpus DIR [--rederive PROGRAM] [--found DIR] [--flat] [--list] [--surplus]

DIR holds the papers, in any depth; they are found by their sha256. What was found comes from
`rederive read FILE --show statistics --format jsonl` and `--show estimates` where the program has these, else from the findings of
`rederive check --all --format json` that have a test statistic among their operands (a test that no rule proposes, such
as one without degrees of freedom, is then missing). An XML file that the program does not read is given to it as text,
one paragraph a block, raised and lowered characters as plain ones; `--flat` does so for every XML file. `--found DIR`
takes saved output of either command instead, a file SHA256.json or SHA256.jsonl for each paper. Nothing but the
standard library is needed.
"""

import argparse
import csv
import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

from papers import output_of, papers_by_hash

FIELDS = ("kind", "degrees", "statistic", "comparator", "p")
OUTCOMES = ("right", "partly", "missing")
# The names that one kind has in the labels and in the program's output.
KINDS = {
    "t": "t", "p_t": "t", "f": "F", "p_f": "F", "r": "r", "p_r": "r", "z": "z", "p_z": "z", "q": "Q",
    "u": "U", "w": "W", "rho": "r", "tau": "tau", "chi2": "chi2", "chi-squared": "chi2", "chisquared": "chi2", "p_chi2": "chi2",
}
SIGNS = {"equal": "=", "less": "<", "greater": ">", "at-most": "<", "at-least": ">", "≤": "<", "≥": ">", None: "="}
# Blocks of text in TEI and JATS; a table is one block for each of its rows.
BLOCKS = {"p", "head", "title", "figDesc", "note", "ab", "item", "formula", "disp-formula", "label", "row", "tr"}
ASIDE = {"teiHeader", "listBibl", "ref-list", "front"}
GROUPED = r"[1-9]\d{0,2}(?:,\d{3})+(?!\d)(?:\.\d+)?"
NUMBER = re.compile(
    r"[-−–‐]?\s?[$]?[-−–]?(?:" + GROUPED + r"|\d+[.,·]\d+|[.,·]\d+|\d+)(?:\s?[×x]\s?10(?:\s?[-−–])?\d+|[eE][-−–]\d+)?"
)


def number(text):
    """The value of a printed number, or None. A comma before three digits groups, any other is a decimal mark."""
    match = NUMBER.search(str(text))
    if not match:
        return None
    token = re.sub(r"[\s$]", "", match.group()).replace("·", ".")
    negative = token[0] in "-−–‐"
    token = token.lstrip("-−–‐")
    token, _, power = re.sub(r"[×x]10|e", "E", token).partition("E")
    if re.fullmatch(GROUPED, token):
        token = token.replace(",", "")
    value = Fraction("0" + token.replace(",", ".") if token[0] in ".," else token.replace(",", "."))
    if power:
        value *= Fraction(10) ** int(re.sub(r"[−–]", "-", power))
    return -value if negative else value


def limits(label):
    """The two ends of the interval that a label of an estimate names."""
    inside = re.search(r"\[(.*), (.*)\]", label["effect"])
    return [number(inside.group(1)), number(inside.group(2))]


def label_test(label):
    """A label as the fields that are compared. Where n is printed for a correlation, n − 2 is as good as no degrees."""
    degrees = [number(label[name]) for name in ("df1", "df2") if label[name]]
    allowed = [degrees]
    if label["kind"] == "r" and not degrees and label["n"]:
        allowed.append([number(label["n"]) - 2])
    sign = label["p_comparator"]
    return {
        "kind": label["kind"],
        "degrees": allowed,
        "statistic": number(label["statistic"]),
        "comparator": ">" if sign == "ns" else sign,
        "p": None if sign == "ns" else number(label["p"]),
        "ns": sign == "ns",
    }


def printed(value):
    """The characters of a number in the program's output: plain, or in one of its nested forms."""
    if isinstance(value, dict):
        for key in ("printed", "text", "quote", "literal"):
            if isinstance(value.get(key), str):
                return value[key]
        for key in ("value", "readings", "span"):
            if key in value:
                return printed(value[key])
        return None
    if isinstance(value, list):
        # The readings of a number: the first counts, and of it what stands last.
        first = value[0] if value and isinstance(value[0], list) else value
        return next((found for found in map(printed, reversed(first)) if found), None)
    return None if value is None or isinstance(value, bool) else str(value)


def sign_of(value):
    """The relation sign of a number in the program's output."""
    sign = value.get("comparator") if isinstance(value, dict) else None
    return SIGNS.get(sign, sign)


def exact(value):
    """The value of a number of the program's output: that of its first reading where it is given, else its characters."""
    if isinstance(value, dict) and isinstance(value.get("value"), str) and value["value"]:
        return Fraction(value["value"])
    return number(printed(value) or "")


def from_statistic(entry):
    """One test of `--show statistics`."""
    p = entry.get("p")
    ns = bool(entry.get("not_significant"))
    degrees = entry.get("degrees", entry.get("df")) or []
    value = entry.get("value", entry.get("statistic"))
    kind = str(entry["kind"])
    return {
        "kind": KINDS.get(kind.lower(), kind),
        "degrees": [exact(one) for one in degrees],
        "statistic": exact(value),
        "comparator": ">" if ns and p is None else sign_of(p),
        "p": exact(p) if p is not None else None,
        "quote": entry.get("text") or entry.get("quote") or "",
    }


def from_finding(finding):
    """One test of a finding of `check`, or None where it has no test statistic."""
    roles = defaultdict(list)
    for operand in finding["operands"]:
        roles[operand["role"]].append(operand)
    if "test statistic" not in roles:
        return None
    name = re.search(r"p_\w+", finding.get("relation") or "")
    kind = KINDS.get(name.group() if name else "", "?")
    if kind == "chi2" and re.match(r"Q\b", finding["quote"]):
        kind = "Q"
    stated = finding["operands"][-1]
    literal = stated.get("literal") or ""
    ns = stated["role"] != "stated p-value"
    return {
        "kind": kind,
        "degrees": [number(operand["span"]["quote"]) for operand in roles["degrees of freedom"]],
        "statistic": number(roles["test statistic"][0]["span"]["quote"]),
        "comparator": ">" if ns or literal.startswith("above") else "<" if literal.startswith("below") else "=",
        "p": None if ns else number(stated["span"]["quote"]),
        "quote": finding["quote"],
    }


def parse(output):
    """Tests and other findings of the output of either command, as JSON or as lines of JSON."""
    try:
        entries = [json.loads(output)]
    except ValueError:
        entries = [json.loads(line) for line in output.splitlines() if line.strip()]
    tests, others = [], []
    while entries:
        entry = entries.pop(0)
        if isinstance(entry, list):
            entries = entry + entries
        elif not isinstance(entry, dict):
            continue
        elif "operands" in entry:
            test = from_finding(entry)
            if test:
                tests.append(test)
            else:
                others.append(entry)
        elif "kind" in entry and ("degrees" in entry or "df" in entry):
            tests.append(from_statistic(entry))
        else:
            for key in ("papers", "findings", "statistics"):
                entries = list(entry.get(key) or []) + entries
    return tests, others


def agreement(label, found):
    """The fields of a test that agree."""
    agree = {name for name in ("kind", "statistic", "comparator", "p") if label[name] == found[name]}
    if label["ns"] and found["p"] is not None:
        agree.discard("p")
    if found["degrees"] in label["degrees"]:
        agree.add("degrees")
    return agree


def worth(label, found):
    """How good a pair is: None where the two have nothing to do with each other."""
    agree = agreement(label, found)
    if len(agree) == len(FIELDS):
        return len(agree)
    sizes = label["statistic"], found["statistic"]
    same_size = None not in sizes and abs(sizes[0]) == abs(sizes[1])
    by_statistic = same_size and len(agree - {"statistic", "comparator"}) >= 1
    by_the_rest = {"kind", "degrees", "p"} <= agree
    return len(agree) if by_statistic or by_the_rest else None


def pair(labels, found):
    """Label index to index of what was found: the best agreement first, then the nearest in the order of the paper."""
    pairs = []
    for i, label in enumerate(labels):
        for j, other in enumerate(found):
            value = worth(label, other)
            if value is not None:
                apart = abs(i / max(1, len(labels)) - j / max(1, len(found)))
                pairs.append((-value, apart, i, j))
    left, right, result = set(), set(), {}
    for _, _, i, j in sorted(pairs):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            result[i] = j
    return result


def values_of(entry):
    """The numbers of an estimate: of one of `--show estimates` its bounds and its value, of a finding all operands."""
    if "operands" in entry:
        return [number(operand["span"]["quote"]) for operand in entry["operands"]]
    bounds = entry.get("interval") or {}
    numbers = [entry.get("value"), bounds.get("low"), bounds.get("high")]
    return [exact(one) for one in numbers if one is not None]


def judge_estimates(labels, others):
    """The outcome of each estimate with an interval; each finding serves one label."""
    left = [values_of(entry) for entry in others]
    for label in labels:
        ends, estimate = limits(label), number(label["statistic"]) if label["statistic"] else None
        best, outcome = None, "missing"
        for index, values in enumerate(left):
            if all(end in values for end in ends):
                full = estimate is None or estimate in values
                if best is None or full and outcome != "right":
                    best, outcome = index, "right" if full else "partly"
        if best is not None:
            del left[best]
        label.update(outcome=outcome, why="")


def judge(labels, tests, others):
    """Adds to each label of a paper its outcome and what is wrong; gives back what no label took."""
    own = [label for label in labels if label["kind"] != "ci-estimate"]
    wanted = [label_test(label) for label in own]
    taken = pair(wanted, tests)
    for index, label in enumerate(own):
        if index not in taken:
            label.update(outcome="missing", why="")
            continue
        found = tests[taken[index]]
        wrong = [name for name in FIELDS if name not in agreement(wanted[index], found)]
        why = f"{', '.join(wrong)}: {found['quote']}" if wrong else ""
        label.update(outcome="partly" if wrong else "right", why=why)
    judge_estimates([label for label in labels if label["kind"] == "ci-estimate"], others)
    used = set(taken.values())
    return [test for index, test in enumerate(tests) if index not in used]


def local(element):
    """The name of an element without its namespace; nothing for a comment."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def flat_text(data):
    """The text of a TEI or JATS file, one block a paragraph: abstract and body, without references."""
    blocks = []

    def characters(element):
        inner = "".join(characters(child) + (child.tail or "") for child in element)
        text = (element.text or "") + inner if local(element) else ""
        return text + "  " if local(element) in {"cell", "td", "th"} else text

    def walk(element):
        name = local(element)
        if name in ASIDE:
            for abstract in element.iter():
                if local(abstract) == "abstract":
                    walk(abstract)
        elif name in BLOCKS and not any(local(child) in {"row", "tr", "p"} for child in list(element.iter())[1:]):
            text = re.sub(r"[^\S ]+", " ", characters(element)).strip()
            if text:
                blocks.append(text if name in {"row", "tr"} else re.sub(r" +", " ", text))
        else:
            for child in element:
                walk(child)

    walk(ElementTree.fromstring(data))
    return "\n\n".join(blocks) + "\n"


def is_read(output):
    """Whether a report holds a paper that was checked."""
    return any(paper["status"] == "checked" for paper in json.loads(output)["papers"])


def ask(program, path, flat):
    """What the program finds in one paper."""
    with tempfile.TemporaryDirectory() as folder:
        is_xml = path.suffix == ".xml"
        tries = [] if flat and is_xml else [path]
        if is_xml:
            text = Path(folder) / (path.stem + ".txt")
            text.write_text(flat_text(path.read_bytes()), encoding="utf-8")
            tries.append(text)
        for file in tries:
            output = output_of([program, "check", "--all", "--format", "json", str(file)])
            if output is None or not is_read(output):
                continue
            tests, others = parse(output)
            listed = output_of([program, "read", str(file), "--show", "statistics", "--format", "jsonl"])
            if listed is not None:
                tests, _ = parse(listed)
            estimates = output_of([program, "read", str(file), "--show", "estimates", "--format", "jsonl"])
            if estimates is not None:
                others = [json.loads(line) for line in estimates.splitlines()]
            return tests, others
    return None


def saved(folder, digest):
    """What stands in a file of saved output."""
    for name in (digest + ".json", digest + ".jsonl"):
        if (Path(folder) / name).exists():
            return parse((Path(folder) / name).read_text(encoding="utf-8"))
    return None


def table(title, groups):
    """Prints one line for each group of labels."""
    print(f"\n{title:<28}{'listed':>8}{'right':>8}{'partly':>8}{'missing':>9}{'share right':>13}")
    for name, labels in groups:
        count = Counter(label["outcome"] for label in labels)
        share = f"{100 * count['right'] / len(labels):.1f} %" if labels else "-"
        print(f"{name:<28}{len(labels):>8}{count['right']:>8}{count['partly']:>8}{count['missing']:>9}{share:>13}")


def grouped(labels, key):
    """The labels by a column, in the order of their first row."""
    groups = defaultdict(list)
    for label in labels:
        groups[label[key]].append(label)
    return list(groups.items())


def main():
    """Reads the labels, asks the program, prints the comparison."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--corpus", help="the folder of papers")
    options.add_argument("--rederive", default="target/release/rederive", help="the program")
    options.add_argument("--found", help="a folder of saved output instead of a run")
    options.add_argument("--labels", default=Path(__file__).with_suffix(".csv"), help="another list of labels")
    options.add_argument("--flat", action="store_true", help="give XML files as text")
    options.add_argument("--list", action="store_true", help="print each label that is not right")
    options.add_argument("--surplus", action="store_true", help="print each result that no label has")
    args = options.parse_args()
    if not args.corpus and not args.found:
        options.error("--corpus or --found is needed")
    with open(args.labels, encoding="utf-8", newline="") as file:
        labels = list(csv.DictReader(file))
    papers = grouped(labels, "paper_sha256")
    files = papers_by_hash(args.corpus, {digest for digest, _ in papers}) if args.corpus else {}
    surplus = {}
    for digest, own in papers:
        found = saved(args.found, digest) if args.found else None
        if found is None and digest in files:
            found = ask(args.rederive, files[digest], args.flat)
        if found is None:
            print(f"{own[0]['paper_id']}: not read, all of its labels are missing", file=sys.stderr)
            found = [], []
        surplus[own[0]["paper_id"]] = judge(own, *found)
    tests = [label for label in labels if label["kind"] != "ci-estimate"]
    table("test results", [("all", tests)])
    table("by kind", grouped(tests, "kind"))
    table("by place", grouped(tests, "where"))
    table("by paper", grouped(tests, "paper_id"))
    table("estimates with an interval", [("all", [label for label in labels if label["kind"] == "ci-estimate"])])
    print(f"\nsurplus results: {sum(map(len, surplus.values()))}")
    for paper, extra in surplus.items():
        if extra:
            print(f"  {paper}: {len(extra)}")
        if args.surplus:
            for test in extra:
                print(f"    {test['quote']}")
    if args.list:
        print()
        for label in labels:
            if label["outcome"] != "right":
                place = f"{label['where']} {label['page_or_element']}"
                damage = f" [{label['damaged']}]" if label["damaged"] else ""
                what = f"{label['quote']} {label['why']}{damage}".rstrip()
                print(f"{label['paper_id']} {place} {label['outcome']}: {what}")


if __name__ == "__main__":
    main()
