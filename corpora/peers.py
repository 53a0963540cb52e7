#!/usr/bin/env python3
"""Compare the text that rederive reads from PDF files with that of other readers.

The reference are the tokens on which pdftotext and pdfium agree: for each page the smaller of their two counts of a
token. A reader's recall is the share of the reference that it has on the same page. PyMuPDF is measured beside them. The
signs that carry numbers are counted over all pages.

    python3 corpora/peers.py --corpus DIR [--rederive PROGRAM] [--misses N]

Before tokens are counted, every text is folded in the same way: NFKC, quotes and dashes in one form, marks of punctuation
at the ends of tokens dropped. Two things that readers may do in either way without an error count alike, and only where
they are seen on the page:

* A raised or lowered character is glued to its base by some readers and parted from it by others. A word that any reader
  writes with script marks ("x₂", "10⁻³") counts by its parts ("x", "2"; "10", "3") for every reader. A digit that is
  lost, or read as another one, is missed as before. Letters have no marks and are not folded.
* A word that ends a line with a hyphen may have it for good or not. Where a reader breaks a word so, the forms with and
  without the hyphen count alike. Behind "/" and a dash the line is joined and the sign kept.

Signs are counted with script marks flat, so that a raised minus is a minus. Needs pdftotext on the path and the packages
pypdfium2 and pymupdf; `--install` has pip install them. `--misses` lists tokens with digits, drawn by the hash of paper,
page and token.
"""

import argparse
import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path

import readers

SIGNS = "−×±≤≥=χµμ<>~"
DASHES = str.maketrans({character: "-" for character in "‐‑‒–—−⁻₋\u00ad"})
QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "ʼ": "'", "′": "'"})
EDGES = ".,;:!?()[]{}\"'*†‡§·•|-"


def is_script(character):
    """Whether the character is a raised or lowered form."""
    return unicodedata.decomposition(character).startswith(("<super>", "<sub>"))


def folded(word):
    """A word in the form in which it is compared."""
    return unicodedata.normalize("NFKC", word).translate(DASHES).translate(QUOTES).strip(EDGES)


BREAK = re.compile(r"(\S*\w)([-‐–/\u00ad]|\ufffe|\x02)[ \t\r]*\n\s*(\w\S*)")


def words(text):
    """The words of a page's text, those that a line end breaks joined again."""
    return BREAK.sub(lambda found: found[1] + (found[2] if found[2] in "–/" else "") + found[3], text).split()


def script_words(text):
    """The words of a page that are written with script marks, flat, with the parts that the marks set apart."""
    found = {}
    for word in words(text):
        if any(map(is_script, word)):
            parts = [folded("".join(group)) for _, group in groupby(word, is_script)]
            found[folded(word)] = [part for part in parts if part]
    return found


def broken_words(text):
    """The words of a page that are broken at a hyphen, as they are with it, each with its form without."""
    return {folded(f"{left}-{right}"): [folded(left + right)] for left, mark, right in BREAK.findall(text) if mark not in "–/"}


def tokens(text, forms):
    """The tokens of a page's text with their counts; a word in `forms` counts by what stands there."""
    found = Counter()
    for word in words(text):
        token = folded(word)
        found.update(forms.get(token, [token] if token else []))
    return found


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
    parser.add_argument("--misses", type=int, default=0, help="list so many misses of tokens with digits")
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
            texts = {name: text[number] if number < len(text) else "" for name, text in pages.items()}
            forms = {}
            for look in (broken_words, script_words):
                for text in texts.values():
                    forms.update(look(text))
            page = {name: tokens(text, forms) for name, text in texts.items()}
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
            flat = (unicodedata.normalize("NFKC", sign) if is_script(sign) else sign for sign in "".join(text))
            whole = unicodedata.normalize("NFC", "".join(flat))
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
        drawn = [(name, *miss) for name, own in misses.items() for miss in own if any(map(str.isdigit, miss[1]))]
        drawn.sort(key=lambda miss: hashlib.sha256(f"{miss[0]} {miss[1]} {miss[2]}".encode()).hexdigest())
        for name, page, token, count in drawn[: options.misses]:
            print(f"  {name[:40]:<42}p. {page:<4}{token}  ({count})")


if __name__ == "__main__":
    main()
