#!/usr/bin/env python3
"""Look at marked copies of PDF files with the eyes of three viewers: poppler, pdfium and MuPDF.

    python3 corpora/marked.py --corpus DIR [--turned N] [--install]

Two kinds of copies are made of every PDF in DIR: `check --annotate` marks its findings, and the example `mark_words`
marks known words on some of its pages, since most papers have no finding. With `--turned N`, the first N papers are also
marked with their pages turned by 90, 180 and 270 degrees, cropped, and set off from the corner of their paper.

Each marked page is drawn before and after, at 144 dots an inch, and for each mark it is asked:

    seen      at least half of the box of each line has changed; of a note, which is only underlined, half of its lower edge
    ink       there is ink in the box, and of the ink that hangs together with it at least 85 % lies in the box
    outside   no pixel changed that is farther than 2.5 points from the boxes of the page
    words     what the viewer itself says stands in the box is what was to be marked (pdfium and MuPDF)

A copy is opened when the viewer draws its pages without a complaint that it does not make of the original. The bytes of
the original have to be the beginning of the copy. Encrypted files are told about and get no copy. Leaves with 1 when a
mark is not seen or changes something elsewhere, or a copy does not open. Needs the packages numpy, pypdfium2 and pymupdf
(`--install` has pip install them) and pdftoppm on the path; says `skipped` without the packages.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

SCALE = 2
REPOSITORY = Path(__file__).resolve().parent.parent


class Poppler:
    """Pages as pdftoppm draws them."""

    name = "poppler"

    def __init__(self, path):
        self.path = path

    def page(self, number):
        command = ["pdftoppm", "-r", str(72 * SCALE), "-cropbox", "-f", str(number), "-l", str(number), str(self.path)]
        done = subprocess.run(command, capture_output=True, check=False)
        header, rest = done.stdout.split(b"\n", 2)[1:]
        width, height = (int(side) for side in header.split())
        picture = numpy.frombuffer(rest.split(b"\n", 1)[1], dtype=numpy.uint8).reshape(height, width, 3)
        return picture, done.stderr.decode("utf-8", "replace").splitlines()

    def words(self, _number, _boxes):
        return None


class Pdfium:
    """Pages as pdfium draws them."""

    name = "pdfium"

    def __init__(self, path):
        self.file = pypdfium2.PdfDocument(path)

    def page(self, number):
        picture = self.file[number - 1].render(scale=SCALE, rev_byteorder=True).to_numpy()
        return picture[:, :, :3], []

    def words(self, number, boxes):
        page = self.file[number - 1]
        text = page.get_textpage()
        turn = page.get_rotation()
        left, bottom, right, top = page.get_bbox()
        width, height = right - left, top - bottom
        found = []
        for box in boxes:
            for at in range(text.count_chars()):
                x0, y0, x1, y1 = text.get_charbox(at)
                x, y = (x0 + x1) / 2 - left, top - (y0 + y1) / 2
                x, y = {0: (x, y), 90: (height - y, x), 180: (width - x, height - y), 270: (y, width - x)}[turn]
                if inside(box, x, y):
                    # By its place among the characters: in texts, those without a meaning are left out and places shift.
                    found.append(chr(pypdfium2.raw.FPDFText_GetUnicode(text, at)))
        return "".join(found)


class MuPdf:
    """Pages as MuPDF draws them."""

    name = "MuPDF"

    def __init__(self, path):
        pymupdf.TOOLS.mupdf_display_errors(False)
        pymupdf.TOOLS.reset_mupdf_warnings()
        self.file = pymupdf.open(path)

    def page(self, number):
        drawn = self.file[number - 1].get_pixmap(dpi=72 * SCALE, annots=True, alpha=False, colorspace=pymupdf.csRGB)
        picture = numpy.frombuffer(drawn.samples, dtype=numpy.uint8).reshape(drawn.height, drawn.width, 3)
        complaints = pymupdf.TOOLS.mupdf_warnings().splitlines()
        return picture, complaints + ["the file was repaired"] * self.file.is_repaired

    def words(self, number, boxes):
        page = self.file[number - 1]
        found = []
        characters = [
            ((pymupdf.Rect(one["bbox"]) * page.rotation_matrix), one["c"])
            for block in page.get_text("rawdict")["blocks"]
            for line in block.get("lines", [])
            for span in line["spans"]
            for one in span["chars"]
        ]
        for box in boxes:
            for place, character in characters:
                if inside(box, (place.x0 + place.x1) / 2, (place.y0 + place.y1) / 2):
                    found.append(character)
        return "".join(found)


VIEWERS = [Poppler, Pdfium, MuPdf]


def inside(box, x, y):
    left, top, right, bottom = box
    return left <= x <= right and top <= y <= bottom


def bounds(corners):
    """The upright box around the corners: left, top, right, bottom."""
    xs, ys = zip(*corners)
    return min(xs), min(ys), max(xs), max(ys)


def pixels(box, room, shape):
    """The slices of a picture that a box grown by `room` points covers."""
    left, top, right, bottom = box
    first = lambda value: max(0, int((value - room) * SCALE))
    last = lambda value, most: min(most, int(-(-(value + room) * SCALE // 1)))
    return slice(first(top), last(bottom, shape[0])), slice(first(left), last(right, shape[1]))


def where(mark, box, shape):
    """The slices in which a mark shows: its box, or its lower edge where the mark is a line."""
    left, _, right, bottom = box
    return pixels((left, bottom, right, bottom), 0.5, shape) if mark.get("level") == "note" else pixels(box, -0.5, shape)


def ink_inside(before, box):
    """The share of ink in the box among all ink that hangs together with it; nothing where there is no ink."""
    window = pixels(box, box[3] - box[1], before.shape)
    grey = before[window].mean(axis=2)
    ink = abs(grey - numpy.median(grey)) > 60

    def grown_by(room):
        part = numpy.zeros_like(ink)
        rows, columns = pixels(box, room, before.shape)
        top, left = window[0].start, window[1].start
        part[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left] = True
        return part

    # The ink well within the box is the words' own; a neighbour may touch the edge.
    grown = ink & grown_by(-0.75)
    if not grown.any():
        return None
    shifts = [(down, along) for down in (-1, 0, 1) for along in (-1, 0, 1)]
    while True:
        wide = numpy.pad(grown, 1)
        height, width = wide.shape
        around = [wide[1 + down : height - 1 + down, 1 + along : width - 1 + along] for down, along in shifts]
        more = numpy.logical_or.reduce(around) & ink
        if (more == grown).all():
            # A point of room: letters lean and hang over their boxes a little.
            return float((grown & grown_by(1.0)).sum() / grown.sum())
        grown = more


def folded(text):
    """The letters and digits of a text; how viewers spell signs differs."""
    return "".join(one for one in unicodedata.normalize("NFKC", text) if one.isascii() and one.isalnum())


def same(said, words, whole):
    """Whether a viewer's words are the marked ones, in any order, since pages that are turned are read in odd ones. Of words
    over the end of a page, a page has a part."""
    said, words = Counter(folded(said)), Counter(folded(words))
    return said == words if whole else said <= words and bool(said)


def look(task):
    """What the viewers see of one copy."""
    kind, original, copy, marks = task
    load()
    rows = []
    prefix = Path(copy).read_bytes().startswith(Path(original).read_bytes())
    pages = sorted({box["page"] for mark in marks for box in mark["boxes"]})
    for viewer in VIEWERS:
        row = {"kind": kind, "file": Path(original).name, "viewer": viewer.name, "prefix": prefix, "opened": True, "notes": [], "marks": []}
        rows.append(row)
        try:
            first, second = viewer(original), viewer(copy)
            for number in pages:
                see_page(row, first, second, number, marks)
        except Exception as error:  # Whatever a viewer does not like is a result here.
            row["opened"] = False
            row["notes"].append(f"{type(error).__name__}: {error}")
    return rows


def see_page(row, first, second, number, marks):
    before, complaints = first.page(number)
    after, more = second.page(number)
    new = [line for line in more if line not in complaints]
    if before.shape != after.shape or new:
        row["opened"] = False
        row["notes"].append(f"p. {number}: " + "; ".join(new or ["another size"]))
        if before.shape != after.shape:
            return
    difference = abs(before.astype(int) - after.astype(int)).max(axis=2)
    changed = difference > 8
    # Viewers blend the edges of colours a little otherwise on pages where something is transparent.
    elsewhere = difference > 32
    for mark in marks:
        for box in (bounds(box["corners"]) for box in mark["boxes"] if box["page"] == number):
            elsewhere[pixels(box, 2.5, before.shape)] = False
    if elsewhere.any():
        row["notes"].append(f"p. {number}: {int(elsewhere.sum())} pixels changed outside of the boxes")
    for mark in marks:
        boxes = [bounds(box["corners"]) for box in mark["boxes"] if box["page"] == number]
        if not boxes:
            continue
        shares = [ink_inside(before, box) for box in boxes]
        said = second.words(number, boxes)
        row["marks"].append({
            "page": number,
            "words": mark["words"],
            "seen": all(changed[where(mark, box, before.shape)].mean() >= 0.5 for box in boxes),
            "clean": not elsewhere.any(),
            "ink": None if None in shares else min(shares),
            "said": said,
            "same": None if said is None else same(said, mark["words"], len(boxes) == len(mark["boxes"])),
        })


def load():
    """The packages, where they are needed: a run without them says what is missing."""
    global numpy, pypdfium2, pymupdf
    import numpy
    import pymupdf
    import pypdfium2


def word_marks(program, kind, files, folder):
    """The copies that the example makes, as tasks; and the files that it refused, with the reason."""
    tasks, refused = [], {}
    done = subprocess.run([*program, str(folder), *map(str, files)], stdout=subprocess.PIPE, text=True, check=True)
    for line in map(json.loads, done.stdout.splitlines()):
        if "refused" in line:
            refused[Path(line["file"]).name] = line["refused"]
        else:
            tasks.append((kind, line["file"], str(Path(folder) / Path(line["file"]).name), line["marks"]))
    return tasks, refused


def finding_marks(program, files, folder):
    """The copies that `check --annotate` makes, as tasks; and what it says on the way."""
    command = [*program, "check", "--progress", "none", "--annotate", "--write", f"{folder}/", "--format", "json", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    by_name = {path.name: path for path in files}
    tasks = []
    for paper in json.loads(done.stdout)["papers"]:
        copy = Path(folder) / "papers" / f"{paper['key']}.pdf"
        marks = [
            {
                "level": finding["level"],
                "words": " ".join(operand["span"]["quote"] for operand in finding["operands"]),
                "boxes": [
                    place["box"] | {"corners": corners(place["box"]["quad"])}
                    for operand in finding["operands"]
                    for place in operand["span"]["places"]
                    if "box" in place
                ],
            }
            for finding in paper["findings"]
            if finding.get("level")
        ]
        if marks and copy.exists():
            tasks.append(("findings", str(by_name[Path(paper["source"]).name]), str(copy), marks))
    return tasks, [line for line in done.stderr.splitlines() if line.startswith("note:")]


def corners(quad):
    return [[point["x"], point["y"]] for point in quad]


def array(numbers):
    return f"[{' '.join(f'{number:g}' for number in numbers)}]"


def turned(files, folder):
    """Variants of the files whose pages are turned, cropped and set off."""
    load()
    made = []
    for path in files:
        for name in ["90", "180", "270", "cropped", "cropped-90", "set-off"]:
            file = pymupdf.open(path)
            for page in file:
                box = page.mediabox
                sides = None
                if name.startswith("cropped"):
                    sides = [box.x0 + 20, box.y0 + 35, box.x1 - 25, box.y1 - 15]
                elif name == "set-off":
                    sides = [box.x0 - 40, box.y0 - 25, box.x1 - 40, box.y1 - 25]
                    file.xref_set_key(page.xref, "MediaBox", array(sides))
                if sides:
                    file.xref_set_key(page.xref, "CropBox", array(sides))
                if name.endswith("0"):
                    page.set_rotation(int(name.split("-")[-1]))
            made.append(Path(folder) / f"{path.stem}-{name}.pdf")
            file.save(made[-1])
    return made


def report(rows, exceptions):
    """The counts of each kind and viewer, and whether all is well."""
    well = True
    for kind in sorted({row["kind"] for row in rows}):
        for viewer in [viewer.name for viewer in VIEWERS]:
            own = [row for row in rows if row["kind"] == kind and row["viewer"] == viewer]
            marks = [(row, mark) for row in own for mark in row["marks"]]
            count = lambda holds: sum(1 for _, mark in marks if holds(mark))
            inked = [mark for _, mark in marks if mark["ink"] is not None]
            said = [mark for _, mark in marks if mark["same"] is not None]
            print(f"{kind:9} {viewer:8} copies {len(own)}, originals a prefix {sum(row['prefix'] for row in own)}, "
                  f"opened {sum(row['opened'] for row in own)}; marks {len(marks)}, seen {count(lambda mark: mark['seen'])}, "
                  f"nothing changed elsewhere {count(lambda mark: mark['clean'])}, with ink {len(inked)}, "
                  f"ink within {sum(mark['ink'] >= 0.85 for mark in inked)}, "
                  f"words agree {sum(mark['same'] for mark in said)} of {len(said)}")
            well &= all(row["opened"] and row["prefix"] for row in own) and all(mark["seen"] and mark["clean"] for _, mark in marks)
            for row in own[: len(own) if exceptions else 0]:
                for note in row["notes"]:
                    print(f"    {row['file']}: {note}")
                for mark in row["marks"]:
                    odd = [] if mark["seen"] else ["not seen"]
                    odd += ["no ink"] if mark["ink"] is None else [f"ink {mark['ink']:.2f}"] if mark["ink"] < 0.85 else []
                    odd += [f"says {mark['said']!r}"] if mark["same"] is False else []
                    if odd:
                        print(f"    {row['file']} p. {mark['page']} {mark['words']!r}: {', '.join(odd)}")
    return well


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True, help="a folder of PDF files")
    parser.add_argument("--turned", type=int, default=0, metavar="N", help="also turn and crop the first N files")
    parser.add_argument("--rederive", help="the program, instead of building it")
    parser.add_argument("--mark-words", help="the example, instead of building it")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--exceptions", action="store_true", help="list what is not as it should be")
    parser.add_argument("--install", action="store_true", help="have pip install the packages first")
    options = parser.parse_args()
    if options.install:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "numpy", "pypdfium2", "pymupdf"], check=False)
    try:
        load()
    except ImportError as error:
        print(f"skipped: {error}")
        return 0
    if not shutil.which("pdftoppm"):
        VIEWERS.remove(Poppler)
        print("pdftoppm is not here: copies are not looked at with poppler")
    cargo = ["cargo", "run", "--quiet", "--release", "--manifest-path", str(REPOSITORY / "Cargo.toml")]
    program = [options.rederive] if options.rederive else [*cargo, "--"]
    example = [options.mark_words] if options.mark_words else [*cargo, "--example", "mark_words", "--"]
    files = sorted(options.corpus.glob("*.pdf"))
    with tempfile.TemporaryDirectory() as folder:
        made = {name: Path(folder) / name for name in ["words", "findings", "turned", "variants"]}
        for path in made.values():
            path.mkdir()
        tasks, refused = word_marks(example, "words", files, made["words"])
        found, notes = finding_marks(program, files, made["findings"])
        tasks += found
        if options.turned:
            variants = turned(files[: options.turned], made["variants"])
            tasks += word_marks(example, "turned", variants, made["turned"])[0]
        print(f"{len(files)} files, {len(tasks)} copies")
        for name, why in sorted(Counter(refused.items())):
            print(f"no copy of {name}: {why}")
        for note in notes:
            print(note)
        with ProcessPoolExecutor(options.jobs) as pool:
            rows = [row for rows in pool.map(look, tasks) for row in rows]
        return 0 if report(rows, options.exceptions) else 1


if __name__ == "__main__":
    sys.exit(main())
