#!/usr/bin/env python3
"""Try rederive on odd and damaged PDF files: each must become a row, and give text where other readers find some.

    python3 corpora/robust.py --files DIR [--rederive PROGRAM] [--seconds N] [--install]

The files are checked in one run; then the text of each is read and set beside that of pdftotext, pdfium and PyMuPDF.
Text is due where two of these three find at least 20 characters: as many as the second best of them, characters being
those that are neither spaces nor controls. A file with less than four fifths of that is listed too. Every exception is
listed with the reason that its row gives, or with what explains it: glyphs of unknown meaning, which rederive keeps as
such where others print their codes; invisible text, which it leaves out; or annotations and form fields, which are no
part of the page: pdfium leaves them out as well, and finds no more than rederive then.
Needs what `peers.py` needs. A good set are the files under `test/pdfs` of the project pdf.js.
"""

import argparse
import json
import re
import subprocess
import unicodedata
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import readers

DUE = 20


def characters(pages):
    """How many characters a text has that are neither spaces, controls nor unknown, and how many are unknown."""
    text = unicodedata.normalize("NFKC", "".join(pages or []))
    return sum(unicodedata.category(one)[0] not in "ZC" and one != "\ufffd" for one in text), text.count("\ufffd")


def rows(program, folder, seconds):
    """The row of each file of the folder, by its name, and the exit code of the run."""
    command = [program, "check", str(folder), "--format", "jsonl", "--progress", "none", "--exit-zero"]
    done = subprocess.run([*command, "--timeout-per-paper", str(seconds)], capture_output=True, text=True, check=False)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    return {record["source"]: record for record in records if record["type"] == "paper"}, done


def measured(program, path, seconds):
    """How many characters rederive reads in a file, how many more it calls unknown, and how many each peer reads."""
    own, unknown = characters(readers.of_rederive(program, path, seconds))
    peers = {name: characters(readers.apart(read, path, seconds))[0] for name, read in readers.PEERS.items()}
    return own, unknown, peers


def enough(own, due):
    """Whether `own` is at least four fifths of what is due."""
    return own * 5 >= due * 4


def reason(row, own, unknown, peers):
    """What explains that a file gives less text than is due."""
    if row["reason"] and row["status"] != "no-text":
        return row["reason"]
    if enough(own + unknown, sorted(peers.values())[-2]):
        return f"{unknown} glyphs of unknown meaning"
    if enough(own, peers["pdfium"]):
        return "annotations and form fields are left out"
    hidden = [re.match(r"(?:page \d+: )?(\d+) invisible glyphs", note) for note in row["notes"]]
    if any(hidden) and enough(own + sum(int(match[1]) for match in hidden if match), sorted(peers.values())[-2]):
        return "invisible text is left out"
    return row["reason"] or "unexplained"


def main():
    """Checks every PDF of a folder, compares what is read, and prints counts and exceptions."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", required=True, type=Path, help="folder with PDF files")
    parser.add_argument("--rederive", default="target/release/rederive", help="the program")
    parser.add_argument("--seconds", type=int, default=60, help="the most that a reader may take for a file")
    parser.add_argument("--install", action="store_true", help="install the Python packages first")
    options = parser.parse_args()
    if options.install:
        readers.install()
    files = sorted(options.files.rglob("*.pdf"))
    row_of, run = rows(options.rederive, options.files, options.seconds)
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda path: measured(options.rederive, path, options.seconds), files))

    exceptions = []
    due = with_text = full = 0
    for path, (own, unknown, peers) in zip(files, found):
        name = path.relative_to(options.files).as_posix()
        row = row_of.get(name)
        second = sorted(peers.values())[-2]
        if row is None:
            exceptions.append(("no row", name, own, peers))
        elif row["status"] != "checked" and not row["reason"]:
            exceptions.append(("a row without a reason", name, own, peers))
        elif row["status"] == "failed":
            exceptions.append((f"failed: {row['reason']}", name, own, peers))
        elif second >= DUE and not enough(own, second):
            exceptions.append((reason(row, own, unknown, peers), name, own, peers))
        if second >= DUE:
            due += 1
            with_text += own > 0
            full += enough(own, second)

    print(f"{len(files)} files, {len(row_of)} rows; exit code {run.returncode}")
    for (status, words), count in Counter((row["status"], row["reason"]) for row in row_of.values()).most_common():
        print(f"  {count:>5}  {status}{': ' + words if words else ''}")
    print(f"{due} files in which two of {', '.join(readers.PEERS)} find {DUE} characters or more:")
    print(f"  {with_text:>5}  with text\n  {full:>5}  with four fifths of the second best")
    print(f"{len(exceptions)} exceptions:")
    for why, name, own, peers in sorted(exceptions, key=lambda one: one[:2]):
        counts = ", ".join(f"{reader} {count}" for reader, count in {"rederive": own, **peers}.items())
        print(f"  {why}: {name} ({counts})")
    if run.stderr.strip():
        print(f"standard error of the run:\n{run.stderr.strip()}")


if __name__ == "__main__":
    main()
