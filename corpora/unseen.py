#!/usr/bin/env python3
"""Write openly licensed papers that nobody chose, from a checkout of a repository that holds thousands of them as JATS.

    git clone https://github.com/petermr/tigr2ess CHECKOUT              # anywhere outside this repository
    python3 corpora/unseen.py --checkout CHECKOUT --out DIR --count 3379
    rederive score corpora/labels/findings-unseen.csv DIR
    python3 corpora/unseen.py --checkout CHECKOUT --labels corpora/labels/findings-unseen.csv --goes 900 1400 2000 2400 3379

The papers are the files `fulltext.xml` of `COMMIT`, one for each PMC number, in the order of the SHA-256 of their bytes. Of
each stretch the findings were labelled at its first run, before anything was mended by them; `labels/README.md` says which
build that was. The last command counts these labels as they were made, by the goes that end with so many papers. A paper is written as `ID.xml`. Needs git and the standard library.
"""

import argparse
import hashlib
import re
import subprocess
import sys
from bisect import bisect_right
from collections import Counter
from csv import DictReader
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "labels"))
from papers import wilson  # noqa: E402

COMMIT = "9612323fd84d69053c1477e4a224f4b85d4a5f4f"
PAPER = re.compile(r"(?:.*/)?(PMC\d+)/fulltext\.xml")


def git(checkout, *words):
    """What a command of git prints, as bytes."""
    done = subprocess.run(["git", "-C", str(checkout), *words], capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr.decode(errors="replace").strip())
    return done.stdout


def blobs(checkout):
    """The first blob of each paper, by its number."""
    found = {}
    for line in git(checkout, "ls-tree", "-r", COMMIT).decode().splitlines():
        entry, path = line.split("\t", 1)
        if matched := PAPER.fullmatch(path):
            found.setdefault(matched[1], entry.split()[2])
    return found


def tally(labels, order, goes):
    """What the labels say, by level and go, and in all: how many findings are right, wrong and arguable."""
    counts = Counter()
    papers = {}
    with labels.open(newline="", encoding="utf-8") as file:
        for row in DictReader(file):
            go = bisect_right(goes, order.index(row["paper_sha256"]))
            for key in (f"go {go + 1}", "all"):
                counts[row["level"], key, row["verdict"]] += 1
                if row["verdict"] == "false":
                    papers.setdefault((row["level"], key), Counter())[row["paper_sha256"]] += 1
    for level in ("error", "warning"):
        for key in [f"go {go + 1}" for go in range(len(goes))] + ["all"]:
            right, wrong, arguable = (counts[level, key, verdict] for verdict in ("true", "false", "arguable"))
            if total := right + wrong + arguable:
                wrong_in = sorted(papers.get((level, key), Counter()).values(), reverse=True)
                print(f"{level:8} {key:6} right {right} of {total} = {wilson(right, total)}, wrong {wrong}, arguable {arguable}; "
                      f"the wrong ones in {len(wrong_in)} papers, {sum(wrong_in[:3])} of them in three")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checkout", required=True, type=Path, help="the checkout of the repository")
    parser.add_argument("--out", type=Path, help="where the papers are written")
    parser.add_argument("--skip", type=int, default=0, help="how many of the papers are passed over")
    parser.add_argument("--count", type=int, default=0, help="how many are written")
    parser.add_argument("--labels", type=Path, help="labels to count, as they were made")
    parser.add_argument("--goes", type=int, nargs="+", default=[], help="with which paper each go ends")
    arguments = parser.parse_args()
    papers = []
    for paper, blob in blobs(arguments.checkout).items():
        content = git(arguments.checkout, "cat-file", "blob", blob)
        papers.append((hashlib.sha256(content).hexdigest(), paper, content))
    papers.sort()
    if arguments.labels:
        tally(arguments.labels, [digest for digest, _, _ in papers], arguments.goes)
    if not arguments.out:
        return
    chosen = papers[arguments.skip:arguments.skip + arguments.count]
    arguments.out.mkdir(parents=True, exist_ok=True)
    for _, paper, content in chosen:
        (arguments.out / f"{paper}.xml").write_bytes(content)
    print(f"{len(chosen)} of {len(papers)} papers in {arguments.out}")


if __name__ == "__main__":
    main()
