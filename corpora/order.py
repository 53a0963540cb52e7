#!/usr/bin/env python3
"""Score the order of reading and the gaps between words against the sources of papers.

    python3 corpora/order.py --corpus DIR [--rederive PROGRAM] [--list]

`DIR` has `manifest.csv` (id, file), the PDF files, and `pairs/`: `ID.jats.xml` or the LaTeX of `ID_src/`. The running text
of a source is cut into paragraphs. Titles, floats, captions, footnotes, displayed and inline mathematics and citations by key are
left out, since they may move or are set in other words; a paragraph is broken into runs there. Each run is cut into
pieces of five words. A piece is looked for in a reader's text by its letters and digits alone; one that is not there, or
that is there or in the source more than once, counts for nothing but the share that was found.

* order: the share of neighbouring paragraphs of which the second begins behind the end of the first.
* whole: the share of neighbouring pieces of a run with at most three letters between them. Notes, heads, numbers of
  lines and floats that a reader leaves within a sentence count against it.
* tau: Kendall's tau over the middles of all paragraphs.
* glued, split: of a thousand words in pieces that were found, how many have no gap to the next one, and how many are cut
  in two where the reader has no hyphen at the end of a line.

Papers are in two halves by the hash of their id, so that a layout can be mended by one half and judged by the other.
Needs pdftotext on the path and the packages pypdfium2 and pymupdf.
"""

import argparse
import csv
import hashlib
import re
import unicodedata
from collections import Counter
from itertools import combinations, pairwise
from pathlib import Path
from statistics import median
from xml.etree import ElementTree

import readers

PIECE = 5
CLOSE = 3
BREAK = "\0"
ASIDE = {"fig", "table-wrap", "fn", "disp-formula", "inline-formula", "list", "preformat", "code", "graphic"}
FLOATS = r"figure|table|longtable|tabular|equation|align|gather|eqnarray|multline|verbatim|lstlisting|thebibliography|tikzpicture|subequations|threeparttable|comment|center|verbatimwrite"
TITLES = ("title", "section", "subsection", "subsubsection", "chapter", "paragraph")
DROPPED = r"title|chapter|(?:sub)*section|paragraph|cite\w*|textcite|parencite|ref|eqref|autoref|cref|Cref|pageref|label|url|href|footnote|thanks|includegraphics|input|include|vspace|hspace|bibliography\w*|hypertarget|provideboolean|setboolean|opt|ifthenelse|date|author|institute|address|email|index|glsentry\w*|gls"


def jats_paragraphs(path):
    """The paragraphs of the abstract and the body of a JATS article."""

    def text(element):
        parts = [element.text or ""]
        for child in element:
            parts += [BREAK if child.tag in ASIDE else text(child), child.tail or ""]
        return "".join(parts)

    def walk(element):
        for child in element:
            if child.tag == "p":
                yield text(child)
            elif child.tag not in ASIDE:
                yield from walk(child)

    tree = ElementTree.parse(path)
    for part in ("front//abstract", "body"):
        for element in tree.iterfind(f".//{part}"):
            yield from walk(element)


def braced(text, start):
    """Where the group that opens at `start` ends."""
    depth = 0
    for at in range(start, len(text)):
        if text[at] in "{}" and text[at - 1] != "\\":
            depth += 1 if text[at] == "{" else -1
            if depth == 0:
                return at + 1
    return len(text)


def latex_paragraphs(path):
    """The paragraphs of the document body of a LaTeX file."""
    text = re.sub(r"(?<!\\)%[^\n]*\n?", "", path.read_text("utf-8", "replace"))
    text = text.partition(r"\begin{document}")[2].partition(r"\end{document}")[0]
    text = re.sub(rf"\\begin\{{({FLOATS})(\*?)\}}.*?\\end\{{\1\2\}}", BREAK, text, flags=re.S)
    text = re.sub(r"\\\[.*?\\\]|\$\$.*?\$\$|(?<!\\)\$.*?(?<!\\)\$|\\\(.*?\\\)", BREAK, text, flags=re.S)
    dropped = re.compile(rf"\s?\\({DROPPED})\*?\s*(\[[^\]]*\]\s*)*(?=\{{)")
    while found := dropped.search(text):
        end = braced(text, found.end())
        while text[end : end + 1] == "{":
            end = braced(text, end)
        text = text[: found.start()] + ("\n\n" if found[1] in TITLES else BREAK) + text[end:]
    text = re.sub(r"\\(begin|end)\{[^}]*\}(\[[^\]]*\])?|\\item\b(\[[^\]]*\])?", "\n\n", text)
    text = re.sub(r"\\(emph|textit|textbf|text|textsc|textrm|underline)\s*(?=\{)", "", text)
    text = re.sub(r"\\([%&_#$])", r"\1", text).replace("~", " ").replace("``", '"').replace("''", '"')
    text = re.sub(r"\\[\"'`^]\{?(\w)\}?", BREAK, text)
    text = re.sub(r"\\\\|\\[a-zA-Z]+\*?|\\.", BREAK, text)
    yield from re.split(r"\n\s*\n", re.sub(r"[{}]", "", text))


def squeezed(text):
    """The letters and digits of a text in small letters, with the place of each in the text."""
    letters, places = [], []
    for at, character in enumerate(text):
        for letter in unicodedata.normalize("NFKD", character).lower():
            if letter.isalnum():
                letters.append(letter)
                places.append(at)
    return "".join(letters), places


def pieces(paragraph):
    """The pieces of each run of a paragraph, each a list of squeezed words."""
    for run in paragraph.split(BREAK):
        # A word that touches a break may go on behind it.
        words = [squeezed(word)[0] for word in run.split()][1:-1]
        if all_of := [words[at : at + PIECE] for at in range(0, len(words) - PIECE + 1, PIECE)]:
            yield [piece for piece in all_of if all(piece)]


def tau(values):
    """Kendall's tau of values against their order."""
    signs = [(b > a) - (b < a) for a, b in combinations(values, 2)]
    return sum(signs) / len(signs) if signs else 1.0


def score(paragraphs, once, text):
    """Counts of what stands right in a reader's text."""
    flat, places = squeezed(text)
    counts, spans = Counter(), []
    for paragraph in paragraphs:
        met = []
        for run in paragraph:
            last = None
            for piece in run:
                key = "".join(piece)
                start = flat.find(key) if once[key] == 1 and len(key) >= 12 else -1
                counts["sought"] += once[key] == 1 and len(key) >= 12
                if start < 0 or flat.find(key, start + 1) >= 0:
                    last = None
                    continue
                counts["found"] += 1
                met.append((start, start + len(key)))
                if last is not None:
                    counts["neighbours"] += 1
                    counts["whole"] += 0 <= start - last <= CLOSE
                last = start + len(key)
                words(piece, start, text, places, counts)
        if met:
            spans.append((met[0][0], met[-1][1], median(start for start, _ in met)))
    counts["pairs"] = len(spans) - 1 if spans else 0
    counts["order"] = sum(after[0] >= before[1] for before, after in pairwise(spans))
    return counts, tau([middle for _, _, middle in spans])


def words(piece, start, text, places, counts):
    """Counts the words of a piece that are glued to the next one or cut in two."""
    at = start
    for index, word in enumerate(piece):
        counts["words"] += 1
        between = [text[places[one] + 1 : places[one + 1]] for one in range(at, at + len(word) - 1)]
        counts["split"] += any(re.search(r"\s", gap) and not re.search(r"[-‐‑­–—/\ufffe\x02]", gap) for gap in between)
        at += len(word)
        if index + 1 < len(piece):
            counts["glued"] += not re.search(r"\s", text[places[at - 1] + 1 : places[at]])


def row(name, counts, taus):
    """One line of the table."""
    share = lambda part, whole: counts[part] / max(1, counts[whole])
    rate = lambda part: 1000 * share(part, "words")
    return (
        f"{name:<24}{share('order', 'pairs'):>8.4f}{share('whole', 'neighbours'):>8.4f}{sum(taus) / len(taus):>8.4f}"
        f"{rate('glued'):>8.2f}{rate('split'):>8.2f}{share('found', 'sought'):>8.4f}{counts['pairs']:>7}{counts['words']:>8}"
    )


def main():
    """Reads the papers that have a source with all readers and prints their scores."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", required=True, type=Path, help="folder with manifest.csv, PDF files and pairs/")
    parser.add_argument("--rederive", default="target/release/rederive", help="the program")
    parser.add_argument("--list", action="store_true", help="also print a row for each paper")
    options = parser.parse_args()
    read_by = {
        "rederive": lambda path: (readers.document(options.rederive, path) or {"text": ""})["text"],
        "pdftotext": lambda path: "\n".join(readers.of_pdftotext(path)),
        "pdfium": lambda path: "\n".join(readers.of_pdfium(path)),
        "PyMuPDF": lambda path: "\n".join(readers.of_mupdf(path)),
    }
    head = f"{'':<24}{'order':>8}{'whole':>8}{'tau':>8}{'glued':>8}{'split':>8}{'found':>8}{'pairs':>7}{'words':>8}"
    totals = {(half, name): (Counter(), []) for half in ("all", "first half", "second half") for name in read_by}
    listed = []
    with open(options.corpus / "manifest.csv", encoding="utf-8") as file:
        papers = {entry["id"]: options.corpus / entry["file"] for entry in csv.DictReader(file)}
    for key, path in sorted(papers.items()):
        jats = options.corpus / "pairs" / f"{key}.jats.xml"
        # The file with the most words is the paper; tables and equations are files of their own.
        latex = max((options.corpus / "pairs" / f"{key}_src").rglob("*.tex"), key=lambda one: one.stat().st_size, default=None)
        source = jats_paragraphs(jats) if jats.exists() else latex_paragraphs(latex) if latex else ()
        paragraphs = [runs for runs in (list(pieces(paragraph)) for paragraph in source) if any(runs)]
        if len(paragraphs) < 2:
            continue
        once = Counter("".join(piece) for runs in paragraphs for run in runs for piece in run)
        half = "second half" if hashlib.sha256(key.encode()).digest()[0] % 2 else "first half"
        for name, read in read_by.items():
            counts, order = score(paragraphs, once, read(path))
            for part in ("all", half):
                totals[part, name][0].update(counts)
                totals[part, name][1].append(order)
            listed.append(row(f"{key} {half[:6]} {name}", counts, [order]))
    for part in ("all", "first half", "second half"):
        print(f"{part}: {len(totals[part, 'rederive'][1])} papers\n{head}")
        for name in read_by:
            if totals[part, name][1]:
                print(row(name, *totals[part, name]))
        print()
    if options.list:
        print("\n".join([head, *listed]))


if __name__ == "__main__":
    main()
