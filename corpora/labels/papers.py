"""What the scripts that compare labels with the program have in common: finding papers, running the program, shares.

It holds nothing of any one list of labels. Nothing but the standard library is needed.
"""

import csv
import hashlib
import json
import subprocess
import sys
from math import sqrt
from pathlib import Path


def output_of(command):
    """The standard output of a command, or None where it failed; exit codes 0 and 1 (something found) are both fine."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode in (0, 1) else None


def run(command):
    """The standard output of a command that has to succeed; exit codes 0 and 1 (something found) are both fine."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def papers_by_hash(corpus, wanted):
    """The papers of a folder by the sha256 of their bytes."""
    found = {}
    for path in sorted(Path(corpus).rglob("*")):
        if path.suffix in {".pdf", ".xml"} and path.is_file():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            if digest in wanted:
                found.setdefault(digest, path)
    return found


def labels_and_files(labels, corpus):
    """The rows of a list of labels with the files of its papers; without one of them there is nothing to compare."""
    with open(labels, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    files = papers_by_hash(corpus, {row["paper_sha256"] for row in rows})
    missing = {row["paper_id"] for row in rows if row["paper_sha256"] not in files}
    if missing:
        sys.exit(f"not in the corpus: {', '.join(sorted(missing))}")
    return rows, files


def report_on(program, files, report):
    """The report on the files: the one that was made before, or that of a run of the program."""
    if report:
        return json.loads(Path(report).read_text(encoding="utf-8"))
    command = [program, "check", "--all", "--format", "json"]
    return json.loads(run(command + [str(files[key]) for key in sorted(files)]))


def wilson(hits, total):
    """The share with Wilson's 95 % interval."""
    if not total:
        return "-"
    z, share = 1.959964, hits / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return f"{100 * share:.1f} % ({100 * max(0, middle - half):.1f} to {100 * (middle + half):.1f})"
