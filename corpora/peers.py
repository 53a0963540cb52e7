#!/usr/bin/env python3
"""Compare the text that rederive reads from PDF files with that of other readers.

The reference are the tokens on which pdftotext and pdfium agree: for each page the smaller of their two counts of a
token. A reader's recall is the share of the reference that it has on the same page. PyMuPDF is measured beside them. The
signs that carry numbers are counted over all pages.

    python3 corpora/peers.py --corpus DIR [--rederive PROGRAM] [--misses N]

Before tokens are counted, every text is folded in the same way: NFKC, hyphens at line ends joined, raised and lowered
characters flat, quotes and dashes in one form, marks of punctuation at the ends of tokens dropped. Needs pdftotext on the
path and the packages pypdfium2 and pymupdf; `--install` has pip install them.
"""

import argparse
import re
import unicodedata
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import readers

SIGNS = "−×±≤≥=χµμ<>~"
DASHES = str.maketrans({character: "-" for character in "‐‑‒–—−⁻₋\u00ad"})
QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "ʼ": "'", "′": "'"})
EDGES = ".,;:!?()[]{}\"'*†‡§·•|-"


def tokens(text):
    """The tokens of a page's text with their counts."""
    text = re.sub(r"(\w)[-‐\u00ad]\s*\n\s*(\w)", r"\1\2", text)
    text = unicodedata.normalize("NFKC", text).translate(DASHES).translate(QUOTES)
    return Counter(token for token in (word.strip(EDGES) for word in text.split()) if token)


def classes(token):
    """The classes that a token counts in."""
    yield "words"
    if any(character.isdigit() for character in token):
        yield "with digits"


def main():
    """Reads every PDF of a folder with all readers and prints recalls, counts of signs, and misses."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", required=True, help="folder with PDF files")
    parser.add_argument("--rederive", default="target/release/rederive", help="the program")
    parser.add_argument("--misses", type=int, default=0, help="list so many misses, spread over the papers")
    parser.add_argument("--install", action="store_true", help="install the Python packages first")
    options = parser.parse_args()
    if options.install:
        readers.install()
    files = sorted(Path(options.corpus).rglob("*.pdf"))
    read_by = {"rederive": lambda path: readers.of_rederive(options.rederive, path), **readers.PEERS}
    with ThreadPoolExecutor(2) as pool:
        ours = list(pool.map(read_by["rederive"], files))
    total, found, signs = Counter(), defaultdict(Counter), defaultdict(Counter)
    by_paper, misses = {}, defaultdict(list)
    for path, own in zip(files, ours):
        pages = {name: own if name == "rederive" else read(path) for name, read in read_by.items()}
        paper_total, paper_found = Counter(), Counter()
        for number in range(len(pages["pdfium"])):
            page = {name: tokens(text[number]) if number < len(text) else Counter() for name, text in pages.items()}
            reference = page["pdftotext"] & page["pdfium"]
            for token, count in reference.items():
                for kind in classes(token):
                    total[kind] += count
                    paper_total[kind] += count
                    for name in read_by:
                        have = min(count, page[name][token])
                        found[name][kind] += have
                        if name == "rederive":
                            paper_found[kind] += have
                if page["rederive"][token] < count:
                    misses[path.name].append((number + 1, token, count - page["rederive"][token]))
        for name, text in pages.items():
            whole = unicodedata.normalize("NFC", "".join(text))
            signs[name].update(character for character in whole if character in SIGNS)
        by_paper[path.name] = (paper_found, paper_total)
    print(f"{len(files)} files, {total['words']} tokens agreed on by pdftotext and pdfium, {total['with digits']} with digits\n")
    print(f"{'reader':<12}{'words':>10}{'with digits':>14}" + "".join(f"{sign:>8}" for sign in SIGNS))
    for name in read_by:
        recalls = "".join(f"{found[name][kind] / total[kind]:>{width}.4f}" for kind, width in (("words", 10), ("with digits", 14)))
        print(f"{name:<12}{recalls}" + "".join(f"{signs[name][sign]:>8}" for sign in SIGNS))
    print("\nThe papers with the lowest recall of tokens with digits:")
    share = lambda entry: entry[1][0]["with digits"] / max(1, entry[1][1]["with digits"])
    for name, (own, all_of) in sorted(by_paper.items(), key=share)[:12]:
        print(f"  {own['with digits']:>6} of {all_of['with digits']:>6}  {own['words']:>6} of {all_of['words']:>6}  {name}")
    if options.misses:
        print("\nMisses:")
        spread = [(name, *miss) for name, own in sorted(misses.items()) for miss in own[:: max(1, len(own) * len(misses) // options.misses)]]
        for name, page, token, count in spread[:: max(1, len(spread) // options.misses)][: options.misses]:
            print(f"  {name[:40]:<42}p. {page:<4}{token}  ({count})")


if __name__ == "__main__":
    main()
