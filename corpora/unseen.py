#!/usr/bin/env python3
"""Write openly licensed papers that nobody chose, from a checkout of a repository that holds thousands of them as JATS.

    git clone https://github.com/petermr/tigr2ess CHECKOUT              # anywhere outside this repository
    python3 corpora/unseen.py --checkout CHECKOUT --out DIR --count 2400
    rederive score corpora/labels/findings-unseen.csv DIR

The papers are the files `fulltext.xml` of `COMMIT`, one for each PMC number, in the order of the SHA-256 of their bytes. Of
each stretch the findings were labelled at its first run, before anything was mended by them; `labels/README.md` says which
build that was. A paper is written as `ID.xml`. Needs git and the standard library.
"""

import argparse
import hashlib
import re
import subprocess
import sys
from pathlib import Path

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


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checkout", required=True, type=Path, help="the checkout of the repository")
    parser.add_argument("--out", required=True, type=Path, help="where the papers are written")
    parser.add_argument("--skip", type=int, default=0, help="how many of the papers are passed over")
    parser.add_argument("--count", type=int, required=True, help="how many are written")
    arguments = parser.parse_args()
    papers = []
    for paper, blob in blobs(arguments.checkout).items():
        content = git(arguments.checkout, "cat-file", "blob", blob)
        papers.append((hashlib.sha256(content).hexdigest(), paper, content))
    papers.sort()
    chosen = papers[arguments.skip:arguments.skip + arguments.count]
    arguments.out.mkdir(parents=True, exist_ok=True)
    for _, paper, content in chosen:
        (arguments.out / f"{paper}.xml").write_bytes(content)
    print(f"{len(chosen)} of {len(papers)} papers in {arguments.out}")


if __name__ == "__main__":
    main()
