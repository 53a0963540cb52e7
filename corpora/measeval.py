#!/usr/bin/env python3
"""Scores `rederive read --show quantities` against the gold quantities of MeasEval (SemEval-2021, task 8).

    corpora/measeval.py FOLDER [--binary PATH] [--show missed|extra|both]

FOLDER holds `txt/` (or `text/`) and `tsv/` with one paragraph a file. Gold spans are the annotations of type Quantity.

How spans are compared
  exact    a predicted span has both ends of a gold span
  overlap  precision: the share of predicted spans that share a character with some gold span;
           recall: the share of gold spans that share a character with some predicted span
  chars    the same over single characters
All figures are over the whole folder (micro).

What a predicted span is. MeasEval takes the words and signs of comparison and approximation into a quantity
("approximately 5 mg", "> 99%", "between 5 and 10 mg"), and writes a list as one span where
its unit is printed once. So a span is a quantity with its `modifier`; members of such a list are one span; "from" and
"between" before a range belong to it.
"""

import argparse
import csv
import json
import pathlib
import subprocess
import sys


def gold_spans(path):
    """The gold quantities of one paragraph, as (start, end)."""
    with open(path, encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return sorted({(int(r["startOffset"]), int(r["endOffset"])) for r in rows if r["annotType"] == "Quantity"})


def read(binary, path, show, form):
    """What the binary prints for a file."""
    command = [binary, "read", str(path), "--show", show, "--format", form]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def offsets(original, printed):
    """For each character of the printed text its place in the file; the reader only changes white space."""
    places, at = [], 0
    for character in printed:
        while at < len(original) and original[at] != character and original[at].isspace():
            at += 1
        places.append(at)
        if at < len(original) and (original[at] == character or character.isspace() and original[at].isspace()):
            at += 1
    return places + [at]


def predicted_spans(quantities, text):
    """The spans of the quantities in MeasEval's convention, as offsets of the printed text."""
    spans, lists = [], {}
    unit = lambda quantity: quantity["readings"][0]["unit"]
    shared = {q["list"] for q in quantities if unit(q) and unit(q)["shared"]}
    for quantity in quantities:
        start, end = quantity["start"], quantity["end"]
        modifier = quantity["modifier"]
        if modifier:
            inner = text[modifier["start"]:modifier["end"]]
            start = min(start, modifier["start"] + len(inner) - len(inner.lstrip()))
            end = max(end, modifier["end"])
        if quantity["range"]:
            before = text[:start].rstrip()
            for word in ("from", "between"):
                if before.lower().endswith(word) and not before[: -len(word)][-1:].isalnum():
                    start = len(before) - len(word)
        group = quantity["list"] if quantity["list"] in shared else None
        if group is None:
            spans.append((start, end))
        elif group in lists:
            low, high = spans[lists[group]]
            spans[lists[group]] = (min(low, start), max(high, end))
        else:
            lists[group] = len(spans)
            spans.append((start, end))
    return spans


def f1(hits_p, predicted, hits_r, gold):
    precision = hits_p / predicted if predicted else 0.0
    recall = hits_r / gold if gold else 0.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return precision, recall, both


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--binary", default="target/debug/rederive")
    parser.add_argument("--show", choices=["missed", "extra", "both"])
    options = parser.parse_args()
    counts = dict.fromkeys(["gold", "predicted", "exact", "covered", "touching", "gold_c", "pred_c", "both_c"], 0)
    folder = next(p for p in (options.folder / "txt", options.folder / "text") if p.is_dir())
    for path in sorted(folder.glob("*.txt")):
        tsv = options.folder / "tsv" / (path.stem + ".tsv")
        gold = gold_spans(tsv) if tsv.exists() else []
        original = path.read_text(encoding="utf-8")
        printed = read(options.binary, path, "text", "text").rstrip("\n")
        quantities = [json.loads(line) for line in read(options.binary, path, "quantities", "jsonl").splitlines()]
        places = offsets(original, printed)
        spans = [(places[a], places[b - 1] + 1) for a, b in predicted_spans(quantities, printed)]
        touch = lambda a, b: a[0] < b[1] and b[0] < a[1]
        missed = [g for g in gold if not any(touch(g, s) for s in spans)]
        extra = [s for s in spans if not any(touch(g, s) for g in gold)]
        counts["gold"] += len(gold)
        counts["predicted"] += len(spans)
        counts["exact"] += len(set(gold) & set(spans))
        counts["covered"] += len(gold) - len(missed)
        counts["touching"] += len(spans) - len(extra)
        gold_c = {i for a, b in gold for i in range(a, b)}
        pred_c = {i for a, b in spans for i in range(a, b)}
        counts["gold_c"] += len(gold_c)
        counts["pred_c"] += len(pred_c)
        counts["both_c"] += len(gold_c & pred_c)
        around = lambda a, b: original[max(0, a - 30):a] + "[" + original[a:b] + "]" + original[b:b + 30]
        if options.show in ("missed", "both"):
            for a, b in missed:
                print("missed", path.stem, around(a, b).replace("\n", " "))
        if options.show in ("extra", "both"):
            for a, b in extra:
                print("extra ", path.stem, around(a, b).replace("\n", " "))
        if options.show == "both":
            for a, b in gold:
                if (a, b) not in spans and (a, b) not in missed:
                    other = [original[s:e] for s, e in spans if touch((a, b), (s, e))]
                    print("bounds", path.stem, repr(original[a:b]), other)
    n = counts
    print(f"gold {n['gold']}, predicted {n['predicted']}")
    for name, figures in [
        ("exact", f1(n["exact"], n["predicted"], n["exact"], n["gold"])),
        ("overlap", f1(n["touching"], n["predicted"], n["covered"], n["gold"])),
        ("chars", f1(n["both_c"], n["pred_c"], n["both_c"], n["gold_c"])),
    ]:
        print("{:8} precision {:.3f} recall {:.3f} F1 {:.3f}".format(name, *figures))


if __name__ == "__main__":
    sys.exit(main())
