#!/usr/bin/env python3
"""Compare the labelled tables of tables/ with the tables that `rederive read --show document` finds in the same papers.

A labelled cell is right when a cell of the matched grid has its text, stands in a row with the same row label, and has
the same path of headings over it. Texts are compared after NFKC, with one sign for all dashes and without white space.
A table of more than 60 body cells counts with 40 of them, the first by the sha256 of paper, table, row and column.

    python3 corpora/labels/tables.py --corpus DIR [--rederive PROGRAM] [--half first|second] [--list] [--cells]

DIR holds the papers, in any depth; they are found by their sha256. Nothing but the standard library is needed.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from pathlib import Path

from reach import papers_by_hash

# Of a larger table, this many cells count.
ALL, SAMPLE = 60, 40
# What share of its words a grid needs of a labelled table to be taken for it, and for a part of it.
WHOLE, PART = 0.3, 0.12
# A grid with a smaller share of words from labelled tables is a false one.
OWN = 0.3
FOLD = str.maketrans({**dict.fromkeys("‐‑‒–—―−", "-"), "∗": "*", "◦": "°", "’": "'", "∆": "Δ"})


def fold(text):
    """A text as it is compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text.translate(FOLD)).translate(FOLD))


def words(text):
    """The words of a text for the matching of tables."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text.translate(FOLD)).lower())


def same(label, found, near=False):
    """Whether a found text is the labelled one; `near` lets characters differ."""
    if "[...]" in label:
        head, tail = (fold(part) for part in label.split("[...]"))
        text = fold(found)
        return text.startswith(head) and text.endswith(tail) and len(text) > len(head + tail)
    a, b = fold(label), fold(found)
    if a == b:
        return True
    return near and bool(a) and bool(b) and SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.5


class Grid:
    """Rows of (column, span, text), the first of them headings."""

    def __init__(self, rows, header, columns):
        self.rows, self.header, self.columns = rows, header, columns

    @property
    def body(self):
        return self.rows[self.header :]

    def path(self, column):
        """The headings over a column, joined."""
        over = [
            text
            for row in self.rows[: self.header]
            for start, span, text in row
            if start <= column < start + span
        ]
        return " ".join(over)

    def paths(self, cell):
        """The headings over every column of a cell."""
        return [self.path(column) for column in range(cell[0], cell[0] + cell[1])]

    def words(self):
        return Counter(word for row in self.rows for _, _, text in row for word in words(text.replace("[...]", " ")))


def row_label(row):
    """What stands in the first column of a row."""
    return next((text for column, _, text in row if column == 0), "")


def parse(path):
    """The labelled tables of a paper, and the pages of its tables that are not labelled."""
    paper = sha = None
    tables, others = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        if found := re.fullmatch(r"paper (\S+) ([0-9a-f]{64})", line):
            paper, sha = found.groups()
        elif found := re.fullmatch(r"table (.+), page (\d+), header (\d+)", line):
            number, page, header = found.groups()
            tables.append({"paper": paper, "sha": sha, "number": number, "page": int(page), "header": int(header), "lines": []})
        elif found := re.fullmatch(r"other (.+), page (\d+)", line):
            others.append(int(found.group(2)))
        elif line.strip():
            tables[-1]["lines"].append([cell.strip() for cell in re.split(r"(?:^| )\|(?= |$)", line)])
    for table in tables:
        rows = []
        for cells in table["lines"]:
            row = []
            for column, cell in enumerate(cells):
                if cell == "<":
                    row[-1] = (row[-1][0], row[-1][1] + 1, row[-1][2])
                elif cell:
                    row.append((column, 1, cell))
            rows.append(row)
        table["grid"] = Grid(rows, table["header"], max(len(cells) for cells in table["lines"]))
    return tables, others


def grids(program, path):
    """The grids of a paper as (page, Grid, caption)."""
    done = subprocess.run([program, "read", str(path), "--show", "document"], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{path.name}: {done.stderr.strip()}")
    document = json.loads(done.stdout)
    text = document["text"]
    starts = [(line["range"]["start"], line["range"]["end"], line) for line in document["lines"]]
    out = []
    for table in document.get("tables", []):
        first = next(line for start, end, line in starts if end > table["range"]["start"])
        page = int(re.search(r'"page": ?(\d+)', json.dumps(first)).group(1))
        rows = [[] for _ in range(table["rows"])]
        for cell in table["cells"]:
            said = re.sub(r"\s+", " ", text[cell["range"]["start"] : cell["range"]["end"]]).strip()
            for row in range(cell["row"], cell["row"] + cell.get("row_span", 1)):
                rows[row].append((cell["column"], cell.get("column_span", 1), said))
        caption = table.get("caption")
        caption = text[caption["start"] : caption["end"]] if caption else ""
        out.append((page, Grid(rows, table["header_rows"], table["columns"]), caption))
    return out


def align(label, found, near):
    """Which body row of the grid is which labelled one: the pairs in order with the most cells in common."""
    def common(a, b):
        left = [text for _, _, text in b]
        count = 0
        for _, _, text in a:
            hit = next((at for at, other in enumerate(left) if same(text, other, near)), None)
            if hit is not None:
                count += 1
                del left[hit]
        return count

    a, b = label.body, found.body
    best = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    score = [[common(x, y) for y in b] for x in a]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            both = best[i + 1][j + 1] + score[i][j] if score[i][j] else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    pairs, i, j = {}, 0, 0
    while i < len(a) and j < len(b):
        if score[i][j] and best[i][j] == best[i + 1][j + 1] + score[i][j]:
            pairs[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def right_cells(label, found, near=False):
    """The labelled body cells, as (row, index), that are right."""
    pairs = align(label, found, near)
    right = set()
    for i, j in pairs.items():
        row, left = label.body[i], list(found.body[j])
        labelled = same(row_label(row), row_label(left), near) if row_label(row) else not row_label(left)
        alone = len(row) == 1
        for index, cell in enumerate(row):
            if cell[0] > 0 and not labelled and not alone:
                continue
            wanted = label.paths(cell)
            for at, other in enumerate(left):
                over = found.paths(other)
                heads = len(over) == len(wanted) and all(
                    same(want, have, near) if want else not have for want, have in zip(wanted, over)
                )
                # The heading of a group has no column of its own; columns without headings are known by their place.
                place = heads and (any(wanted) or other[0] == cell[0]) or alone
                if same(cell[2], other[2], near) and place:
                    right.add((i, index))
                    del left[at]
                    break
    return right


def right_paths(label, found):
    """How many columns with a heading there are, and how many of them have the right one."""
    paths = [label.path(column) for column in range(label.columns)]
    left = [found.path(column) for column in range(found.columns)]
    count = 0
    for path in filter(None, paths):
        hit = next((at for at, other in enumerate(left) if same(path, other)), None)
        if hit is not None:
            count += 1
            del left[hit]
    return len([path for path in paths if path]), count


def share(part, whole):
    """What share of the words of `part` stand in `whole`."""
    return sum((part & whole).values()) / max(1, sum(part.values()))


def kinds(table, found, parts, merged):
    """What is wrong with a table, in words."""
    label, out = table["grid"], []
    if merged:
        out.append("two tables merged")
    if parts > 1:
        out.append("table cut in parts")
    used = {column for row in found.rows for column, _, _ in row}
    if len(used) < label.columns and not merged:
        out.append("columns merged or missing")
    if len(used) > label.columns and not merged:
        out.append("column split")
    near = align(label, found, True)
    own = label.words()
    spare = [row for at, row in enumerate(found.body) if at not in near.values()]
    if not merged:
        for row in spare:
            said = Counter(word for _, _, text in row for word in words(text))
            if share(said, own) < 0.5:
                out.append("text beside the table drawn in")
            elif any(text and same(text, other, True) for _, _, other in row for text in
                     [cell[2] for head in label.rows[: label.header] for cell in head]):
                out.append("header row taken as body")
            else:
                out.append("row split")
    head = Counter(word for row in found.rows[: found.header] for _, _, text in row for word in words(text))
    for at, row in enumerate(label.body):
        if at not in near:
            said = Counter(word for _, _, text in row for word in words(text.replace("[...]", " ")))
            out.append("body row taken as header" if share(said, head) >= 0.5 else "row merged or missing")
    wanted, right = right_paths(label, found)
    if right < wanted:
        paths = [found.path(column) for column in range(found.columns)]
        close = all(
            any(same(label.path(column), path, True) for path in paths)
            for column in range(label.columns)
            if label.path(column)
        )
        out.append("characters of a heading" if close else "heading over the wrong columns or in pieces")
    if not label.header and found.header:
        out.append("body row taken as header")
    strict, loose = right_cells(label, found), right_cells(label, found, True)
    if loose - strict:
        out.append("characters")
    labels = [
        at for at, to in near.items()
        if not same(row_label(label.body[at]), row_label(found.body[to]), True)
        and (row_label(label.body[at]) or row_label(found.body[to]))
    ]
    if labels:
        out.append("label of another row")
    return sorted(set(out))


def sample(table):
    """The body cells that count, as (row, index)."""
    cells = [(i, index) for i, row in enumerate(table["grid"].body) for index in range(len(row))]
    if len(cells) > ALL:
        def key(cell):
            return hashlib.sha256(f"{table['sha']} {table['number']} {cell[0]} {cell[1]}".encode()).hexdigest()
        cells = sorted(cells, key=key)[:SAMPLE]
    return cells


def judge(table, page_grids):
    """Fills in what was found of a table. `page_grids` are the grids of its page with their places in the paper."""
    own = table["grid"].words()
    shares = sorted(((-share(own, grid.words()), at) for at, grid, _ in page_grids))
    table.update(found=None, right=set(), near=set(), parts=0)
    if shares and -shares[0][0] >= WHOLE:
        at = shares[0][1]
        grid, caption = next((grid, caption) for place, grid, caption in page_grids if place == at)
        table.update(
            found=grid,
            at=at,
            caption=caption,
            parts=sum(
                1 for value, _ in shares if -value >= PART
            ) if share(own, grid.words()) < 0.9 else 1,
            right=right_cells(table["grid"], grid),
            near=right_cells(table["grid"], grid, True),
        )


def summary(tables, false, name):
    """Prints the figures of some tables."""
    cells = [(table, cell) for table in tables for cell in table["sample"]]
    right = sum(cell in table["right"] for table, cell in cells)
    near = sum(cell in table["near"] for table, cell in cells)
    heads = [right_paths(table["grid"], table["found"]) if table["found"] else
             (sum(bool(table["grid"].path(c)) for c in range(table["grid"].columns)), 0) for table in tables]
    wanted, had = sum(head[0] for head in heads), sum(head[1] for head in heads)

    def of(part, whole):
        return f"{part}/{whole} ({100 * part / max(1, whole):.1f} %)"

    print(f"\n{name}: {len({table['sha'] for table in tables})} papers, {len(tables)} tables")
    print(f"  tables found            {of(sum(table['found'] is not None for table in tables), len(tables))}")
    print(f"  captions at their table {of(sum(captioned(table) for table in tables), len(tables))}")
    print(f"  cells right             {of(right, len(cells))}")
    print(f"  right but for characters{of(near, len(cells)):>18}")
    print(f"  heading paths right     {of(had, wanted)}")
    print(f"  tables wholly right     {of(sum(table['whole'] for table in tables), len(tables))}")
    print(f"  wholly, but for characters {of(sum(table['nearly'] for table in tables), len(tables))}")
    print(f"  grids where no table is {false}")


def captioned(table):
    """Whether the caption of the grid names the number of the table."""
    number = re.escape(table["number"].split()[0])
    named = rf"(?:^|\t)\s*tab\w*\.?\s*{number}\b"
    return table["found"] is not None and bool(re.search(named, table["caption"], re.IGNORECASE))


def whole(table, key):
    """Whether nothing is wrong with a table."""
    found, label = table["found"], table["grid"]
    if found is None or table["merged"] or table["parts"] > 1 or len(found.body) != len(label.body):
        return False
    cells = sum(len(row) for row in label.body)
    return len(table[key]) == cells == sum(len(row) for row in found.body)


def main():
    """Reads the labels and the papers, prints the figures."""
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", required=True, help="folder with the papers")
    parser.add_argument("--rederive", default="target/debug/rederive", help="the program")
    parser.add_argument("--half", choices=("first", "second"), help="only every other paper")
    parser.add_argument("--list", action="store_true", help="list every table with what is wrong")
    parser.add_argument("--cells", action="store_true", help="list every cell that counts and is not right, and every false grid")
    options = parser.parse_args()

    labelled = sorted((parse(path) for path in (here / "tables").glob("*.txt")), key=lambda one: one[0][0]["sha"])
    # The mends were made by every other paper, in the order of the hashes, and measured on those between.
    half = {tables[0]["sha"]: ("second" if at % 2 else "first") for at, (tables, _) in enumerate(labelled)}
    labelled = [one for one in labelled if options.half in (None, half[one[0][0]["sha"]])]
    files = papers_by_hash(options.corpus, {tables[0]["sha"] for tables, _ in labelled})
    every, false, miss = [], Counter(), defaultdict(list)
    for tables, others in labelled:
        sha = tables[0]["sha"]
        if sha not in files:
            sys.exit(f"not in the corpus: {tables[0]['paper']}")
        found = list(enumerate(grids(options.rederive, files[sha])))
        for table in tables:
            table["sample"] = sample(table)
            judge(table, [(at, grid, caption) for at, (page, grid, caption) in found if page == table["page"]])
        taken = Counter(table["at"] for table in tables if table["found"])
        for table in tables:
            table["merged"] = table["found"] is not None and taken[table["at"]] > 1
            table["whole"], table["nearly"] = whole(table, "right"), whole(table, "near")
            what = ["missed table"] if table["found"] is None else kinds(table, table["found"], table["parts"], table["merged"])
            table["what"] = what if not table["whole"] else []
            for kind in table["what"]:
                miss[kind].append(table)
        spare = Counter(others)
        for at, (page, grid, caption) in sorted(found, key=lambda one: -sum(one[1][1].words().values())):
            own = sum((table["grid"].words() for table in tables if table["page"] == page), Counter())
            if at in taken or share(grid.words(), own) >= OWN:
                continue
            if spare[page]:
                spare[page] -= 1
                continue
            false[half[sha] == "first"] += 1
            if options.cells:
                said = " / ".join(text for row in grid.rows for _, _, text in row)[:110]
                print(f"no table: {tables[0]['paper']} p. {page}: {len(grid.rows)} x {grid.columns}: {said}")
        every += tables

    for name, own in (("All", every), ("First half", [t for t in every if half[t["sha"]] == "first"]),
                      ("Second half", [t for t in every if half[t["sha"]] == "second"])):
        if own and (options.half is None or name != "All"):
            count = {"All": sum(false.values()), "First half": false[True], "Second half": false[False]}[name]
            summary(own, count, name)
    print("\nKinds of miss, with the number of tables:")
    for kind, own in sorted(miss.items(), key=lambda item: (-len(item[1]), item[0])):
        print(f"  {len(own):>2}  {kind}: " + ", ".join(f"{table['paper']} {table['number']}" for table in own))
    for table in every if options.list or options.cells else []:
        cells = table["sample"]
        right = sum(cell in table["right"] for cell in cells)
        print(f"{half[table['sha']]:>6} {table['paper']} p. {table['page']} table {table['number']}: {right}/{len(cells)} {'; '.join(table['what'])}")
        if options.cells:
            for i, index in cells:
                if (i, index) not in table["right"]:
                    row = table["grid"].body[i]
                    print(f"         row {i + 1} {row_label(row)!r}, {table['grid'].path(row[index][0])!r}: {row[index][2]!r}")


if __name__ == "__main__":
    main()
