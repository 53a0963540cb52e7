#!/usr/bin/env python3
"""Score the order of reading and the gaps between words against the sources of papers.

    python3 corpora/order.py --corpus DIR [DIR ...] [--half first] [--rederive PROGRAM] [--list]

Each `DIR` has `manifest.csv` (id, file), the PDF files, and `pairs/`: `ID.jats.xml` or the LaTeX of `ID_src/`. The running text
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
* maths, stuck: the same pieces once more, with inline mathematics as one word of its letters and digits in the order of
  the source. Formulas whose order on the page is open (fractions, roots, both a lowered and a raised part) stay breaks.
  Of the pieces with a formula, the share that is found, and how many of a thousand gaps beside a formula are missing.

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
from typing import NamedTuple
from xml.etree import ElementTree

import readers

PIECE = 5
CLOSE = 3
BREAK = "\0"
FORMULA = "\1"
ASIDE = {"fig", "table-wrap", "fn", "disp-formula", "inline-formula", "list", "preformat", "code", "graphic"}
FLOATS = r"figure|table|longtable|tabular|equation|align|gather|eqnarray|multline|verbatim|lstlisting|thebibliography|tikzpicture|subequations|threeparttable|comment|center|verbatimwrite"
TITLES = ("title", "section", "subsection", "subsubsection", "chapter", "paragraph")
DROPPED = r"title|chapter|(?:sub)*section|paragraph|cite\w*|textcite|parencite|ref|eqref|autoref|cref|Cref|pageref|label|url|href|footnote|thanks|includegraphics|input|include|vspace|hspace|bibliography\w*|hypertarget|provideboolean|setboolean|opt|ifthenelse|date|author|institute|address|email|index|glsentry\w*|gls"


GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega"
OPEN_MATHML = {"mfrac", "msubsup", "munderover", "munder", "mover", "mtable", "msqrt", "mroot", "mmultiscripts"}
OPEN_LATEX = r"\\(d?frac|tfrac|binom|sqrt|begin|overset|underset|stackrel|sum|prod|int|lim|hat|bar|tilde|vec|dot|substack|ref|cite|label|mathbb|mathcal|mathscr|mathfrak)"


def formula(letters):
    """A formula as one word, or a break where it has no letters."""
    return f"{FORMULA}{''.join(letters.split())}{FORMULA}" if letters.strip() else BREAK


def mathml_formula(element):
    """The inline formula of an element, where its order on the page is that of its source."""
    name = lambda one: one.tag.rpartition("}")[2] if isinstance(one.tag, str) else ""
    if any(name(one) in OPEN_MATHML for one in element.iter()):
        return BREAK
    # The LaTeX that may stand beside is the same formula once more, in a document of its own.
    of = next((one for one in element.iter() if name(one) == "math"), None)
    return BREAK if of is None else formula("".join(of.itertext()))


def latex_formula(source):
    """An inline formula of LaTeX, where its order on the page is that of its source."""
    if re.search(OPEN_LATEX, source) or re.search(r"_(\{[^{}]*\}|.)\^|\^(\{[^{}]*\}|.)_|'", source):
        return BREAK
    source = re.sub(r"\\var(?=[a-z])", r"\\", source)
    for at, letter in enumerate(GREEK.split()):
        capital = chr(0x391 + at)
        source = re.sub(rf"\\{letter}(?![a-zA-Z])", chr(0x3B1 + at), source)
        source = re.sub(rf"\\{letter.capitalize()}(?![a-zA-Z])", capital, source)
    source = re.sub(r"\\(mathrm|text|textrm|mathit|mathbf|textit|rm|bf|it|mathsf|mbox|operatorname|boldsymbol|textbf)(?![a-zA-Z])", "", source)
    source = re.sub(r"\\(log|ln|exp|max|min|sin|cos|tan)(?![a-zA-Z])", r"\1", source)
    # Signs and spaces have no letters; a command of the paper's own says what cannot be known here.
    known = r"\\(times|cdot|pm|mp|leq?|geq?|neq?|sim|approx|ll|gg|lesssim|gtrsim|to|rightarrow|in|circ|left|right|quad|dots|ldots|cdots|infty|equiv|propto|simeq|langle|rangle|mid|prime|deg)(?![a-zA-Z])"
    source = re.sub(known, " ", source)
    return BREAK if re.search(r"\\[a-zA-Z]", source) else formula(re.sub(r"\\.|[{}$~]", "", source))


def jats_paragraphs(path, flat=False):
    """The paragraphs of the abstract and the body of a JATS article; `flat` with inline formulas as words."""

    def text(element):
        parts = [element.text or ""]
        for child in element:
            aside = mathml_formula(child) if flat and child.tag == "inline-formula" else BREAK
            parts += [aside if child.tag in ASIDE else text(child), child.tail or ""]
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


def latex_paragraphs(path, flat=False):
    """The paragraphs of the document body of a LaTeX file; `flat` with inline formulas as words."""
    text = re.sub(r"(?<!\\)%[^\n]*\n?", "", path.read_text("utf-8", "replace"))
    text = text.partition(r"\begin{document}")[2].partition(r"\end{document}")[0]
    text = re.sub(rf"\\begin\{{({FLOATS})(\*?)\}}.*?\\end\{{\1\2\}}", BREAK, text, flags=re.S)
    text = re.sub(r"\\\[.*?\\\]|\$\$.*?\$\$", BREAK, text, flags=re.S)
    inline = lambda found: latex_formula(found[0]) if flat else BREAK
    text = re.sub(r"(?<!\\)\$.*?(?<!\\)\$|\\\(.*?\\\)", inline, text, flags=re.S)
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


class Word(NamedTuple):
    """The letters of a word, and whether it is or touches a formula."""

    letters: str
    maths: bool


def pieces(paragraph):
    """The pieces of each run of a paragraph, each a list of squeezed words."""
    for run in paragraph.split(BREAK):
        # A word that touches a break may go on behind it.
        words = [Word(squeezed(word)[0], FORMULA in word) for word in run.split()][1:-1]
        if all_of := [words[at : at + PIECE] for at in range(0, len(words) - PIECE + 1, PIECE)]:
            # A word without letters, a sign between numbers, cannot be looked for, nor the piece around it.
            yield [piece if all(word.letters for word in piece) else () for piece in all_of]


def key_of(piece):
    """The letters of a piece, by which it is looked for."""
    return "".join(word.letters for word in piece)


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
                if not piece:
                    last = None
                    continue
                key = key_of(piece)
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


def maths(paragraphs, once, text, counts):
    """Counts the pieces with a formula that are found, and the gaps beside their formulas."""
    flat, places = squeezed(text)
    for piece in (piece for paragraph in paragraphs for run in paragraph for piece in run if piece):
        key = key_of(piece)
        if not any(word.maths for word in piece) or once[key] != 1 or len(key) < 12:
            continue
        counts["formulas"] += 1
        at = flat.find(key)
        if at < 0 or flat.find(key, at + 1) >= 0:
            continue
        counts["met"] += 1
        for word, after in pairwise(piece):
            at += len(word.letters)
            if word.maths or after.maths:
                counts["gaps"] += 1
                counts["stuck"] += not re.search(r"\s", text[places[at - 1] + 1 : places[at]])


def words(piece, start, text, places, counts):
    """Counts the words of a piece that are glued to the next one or cut in two."""
    at = start
    for index, word in enumerate(one.letters for one in piece):
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
        f"{share('met', 'formulas'):>8.4f}{1000 * share('stuck', 'gaps'):>8.2f}{counts['formulas']:>7}"
    )


def papers(folders):
    """The folder and the PDF of each paper by its id."""
    found = {}
    for folder in folders:
        with open(folder / "manifest.csv", encoding="utf-8") as file:
            found |= {entry["id"]: (folder, folder / entry["file"]) for entry in csv.DictReader(file)}
    return found


def main():
    """Reads the papers that have a source with all readers and prints their scores."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", required=True, nargs="+", type=Path, help="folders with manifest.csv, PDF files and pairs/")
    parser.add_argument("--rederive", default="target/release/rederive", help="the program")
    parser.add_argument("--half", choices=["first", "second"], help="only the papers of one half")
    parser.add_argument("--list", action="store_true", help="also print a row for each paper")
    options = parser.parse_args()
    read_by = {
        "rederive": lambda path: (readers.document(options.rederive, path) or {"text": ""})["text"],
        "pdftotext": lambda path: "\n".join(readers.of_pdftotext(path)),
        "pdfium": lambda path: "\n".join(readers.of_pdfium(path)),
        "PyMuPDF": lambda path: "\n".join(readers.of_mupdf(path)),
    }
    head = f"{'':<24}{'order':>8}{'whole':>8}{'tau':>8}{'glued':>8}{'split':>8}{'found':>8}{'pairs':>7}{'words':>8}{'maths':>8}{'stuck':>8}{'pieces':>7}"
    totals = {(half, name): (Counter(), []) for half in ("all", "first half", "second half") for name in read_by}
    listed = []
    for key, (folder, path) in sorted(papers(options.corpus).items()):
        half = "second half" if hashlib.sha256(key.encode()).digest()[0] % 2 else "first half"
        if options.half and not half.startswith(options.half):
            continue
        jats = folder / "pairs" / f"{key}.jats.xml"
        # The file with the most words is the paper; tables and equations are files of their own.
        latex = max((folder / "pairs" / f"{key}_src").rglob("*.tex"), key=lambda one: one.stat().st_size, default=None)
        if not jats.exists() and latex is None:
            continue
        of = lambda flat: jats_paragraphs(jats, flat) if jats.exists() else latex_paragraphs(latex, flat)
        plain, flat = ([runs for runs in (list(pieces(one)) for one in of(with_maths)) if any(map(any, runs))] for with_maths in (False, True))
        if len(plain) < 2:
            continue
        once, flat_once = (Counter(key_of(piece) for runs in paragraphs for run in runs for piece in run) for paragraphs in (plain, flat))
        for name, read in read_by.items():
            text = read(path)
            counts, order = score(plain, once, text)
            maths(flat, flat_once, text, counts)
            for part in ("all", half):
                totals[part, name][0].update(counts)
                totals[part, name][1].append(order)
            listed.append(row(f"{key} {half[:6]} {name}", counts, [order]))
    for part in ("all", "first half", "second half"):
        if not totals[part, "rederive"][1]:
            continue
        print(f"{part}: {len(totals[part, 'rederive'][1])} papers\n{head}")
        for name in read_by:
            if totals[part, name][1]:
                print(row(name, *totals[part, name]))
        print()
    if options.list:
        print("\n".join([head, *listed]))


if __name__ == "__main__":
    main()
