#!/usr/bin/env python3
"""Write papers that nobody chose, from checkouts of public repositories that hold thousands of them as JATS and PDF.

    git clone https://github.com/petermr/tigr2ess CHECKOUTS/petermr+tigr2ess      # and the others of unseen.csv
    python3 corpora/unseen.py --checkouts CHECKOUTS --out DIR [--goes 1 2 3 4 5]
    rederive score corpora/labels/findings-unseen.csv DIR
    python3 corpora/unseen.py --checkouts CHECKOUTS --labels corpora/labels/findings-unseen.csv

`unseen.csv` says which papers of which commit make up a go. The kinds are `pmc` (files `fulltext.xml` in a folder named by a
PMC number, or named by it), `jats` (any article with a body), `pdf`, `pdf-low` and `pdf-high` (any, those whose SHA-256 begins
with a byte below 128, and the others), and `manuscript` (PDFs named so). The papers of a row stand in the order of the SHA-256 of their bytes; one that an earlier row
has, by its bytes or its PMC number, or that stands in `public.csv`, is passed over, so the rows are read in order, whatever
goes are asked for. Of each go the findings were labelled at its first run, before anything was mended by them;
`labels/README.md` says by which build. The last command counts these labels as they were made. Needs git and the standard
library.
"""

import argparse
import hashlib
import re
import subprocess
import sys
from collections import Counter
from csv import DictReader
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "labels"))
from papers import wilson  # noqa: E402

PMC_FILE = re.compile(r"(?:.*/)?(PMC\d+)(?:/fulltext)?\.n?xml")
PMC = re.compile(r"PMC\d+")
# What is too small to be an article, and what is too large to be one.
LEAST = {"pmc": 0, "jats": 10_000}
LEAST_PDF = 60_000
MOST = 12_000_000
# How a file of a kind ends, in small letters.
ENDS = {"jats": (".xml", ".nxml"), "pdf": (".pdf",), "pdf-low": (".pdf",), "pdf-high": (".pdf",), "manuscript": ("manuscript.pdf",)}


def git(checkout, *words):
    """What a command of git prints, as bytes."""
    done = subprocess.run(["git", "-C", str(checkout), *words], capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr.decode(errors="replace").strip())
    return done.stdout


def candidates(checkout, commit, kind):
    """The path, the PMC number or none, and the blob of each file of a kind, the first of each number."""
    numbers = set()
    for line in git(checkout, "ls-tree", "-r", "-l", commit).decode().splitlines():
        entry, path = line.split("\t", 1)
        _, _, blob, size = entry.split()
        if not size.isdigit() or int(size) < LEAST.get(kind, LEAST_PDF):
            continue
        if kind == "pmc":
            matched = PMC_FILE.fullmatch(path)
            if matched and matched[1] not in numbers:
                numbers.add(matched[1])
                yield path, matched[1], blob
        elif path.lower().endswith(ENDS[kind]):
            found = PMC.search(path)
            yield path, found[0] if found else None, blob


def belongs(content, digest, kind):
    """Whether the bytes are those of a paper of the kind."""
    if kind == "jats":
        return b"<article" in content[:3000] and b"<body" in content
    half = {"pdf-low": int(digest[:2], 16) < 128, "pdf-high": int(digest[:2], 16) >= 128}
    return kind == "pmc" or len(content) < MOST and half.get(kind, True)


def papers_of(checkouts, wanted):
    """For each paper of the goes, in order: its go, digest, name and bytes."""
    with (HERE / "public.csv").open(newline="", encoding="utf-8") as file:
        digests = {row["sha256"] for row in DictReader(file)}
    numbers = {"xml": set(), "pdf": set()}
    with (HERE / "unseen.csv").open(newline="", encoding="utf-8") as file:
        rows = list(DictReader(file))
    cached = {}
    for row in rows:
        kind = row["kind"]
        key = (row["repository"], kind)
        if key not in cached:
            checkout = checkouts / row["repository"].replace("/", "+")
            if not checkout.is_dir():
                sys.exit(f"{checkout} is missing: a clone of {row['repository']}, which has to hold {row['commit']}")
            found = []
            # A PDF is new where no file of XML before it is of the same article; two PDFs are two papers to a reader.
            for path, number, blob in candidates(checkout, row["commit"], kind):
                if number in numbers["xml"]:
                    continue
                content = git(checkout, "cat-file", "blob", blob)
                digest = hashlib.sha256(content).hexdigest()
                if digest in digests or not belongs(content, digest, kind):
                    continue
                digests.add(digest)
                if number and kind in LEAST:
                    numbers["xml"].add(number)
                # All manuscripts have one name, so their repository is told with it.
                named = f"{row['repository']}/{path}" if kind == "manuscript" else path
                stem = number if kind == "pmc" else re.sub(r"[^A-Za-z0-9._-]+", "_", named.rsplit(".", 1)[0])[-80:].lstrip(".")
                found.append((digest, f"{stem}.{'xml' if kind in LEAST else 'pdf'}", content))
            found.sort()
            cached[key] = found
        first, last = int(row["first"] or 1), int(row["last"] or len(cached[key]))
        if not wanted or row["go"] in wanted:
            for digest, name, content in cached[key][first - 1 : last]:
                yield row["go"], digest, name, content


def tally(labels, papers):
    """What the labels say, by level and go, and in all: how many findings are right, wrong and arguable."""
    goes, sizes = {}, Counter()
    for go, digest, _, _ in papers:
        goes[digest] = go
        sizes[go] += 1
    counts, wrong_in = Counter(), {}
    with labels.open(newline="", encoding="utf-8") as file:
        for row in DictReader(file):
            if row["paper_sha256"] not in goes:
                continue
            for key in (goes[row["paper_sha256"]], "all"):
                counts[row["level"], key, row["verdict"]] += 1
                if row["verdict"] == "false":
                    wrong_in.setdefault((row["level"], key), Counter())[row["paper_sha256"]] += 1
    sizes["all"] = sum(sizes.values())
    for level in ("error", "warning"):
        for key in sizes:
            right, wrong, arguable = (counts[level, key, verdict] for verdict in ("true", "false", "arguable"))
            if total := right + wrong + arguable:
                papers_with = sorted(wrong_in.get((level, key), Counter()).values(), reverse=True)
                print(f"{level:8} go {key:4} {sizes[key]:5} papers: right {right} of {total} = {wilson(right, total)}, wrong {wrong}, "
                      f"arguable {arguable}; the wrong ones in {len(papers_with)} papers, {sum(papers_with[:3])} of them in three")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checkouts", required=True, type=Path, help="the folder of the checkouts, each named OWNER+NAME")
    parser.add_argument("--out", type=Path, help="where the papers are written")
    parser.add_argument("--goes", nargs="+", default=[], help="the goes whose papers are taken; all without it")
    parser.add_argument("--labels", type=Path, help="labels to count, as they were made")
    arguments = parser.parse_args()
    papers = list(papers_of(arguments.checkouts, arguments.goes))
    if arguments.labels:
        tally(arguments.labels, papers)
    if not arguments.out:
        return
    arguments.out.mkdir(parents=True, exist_ok=True)
    names = Counter(name for _, _, name, _ in papers)
    for _, digest, name, content in papers:
        # Names are cut, and papers of two repositories may have one: these are told by their digests.
        (arguments.out / (name if names[name] == 1 else f"{digest[:8]}_{name}")).write_bytes(content)
    print(f"{len(papers)} papers in {arguments.out}")


if __name__ == "__main__":
    main()
