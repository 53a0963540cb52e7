#!/usr/bin/env python3
"""Typeset the demonstration papers of this folder.

    python3 -m venv env && env/bin/pip install typst==0.15.2
    env/bin/python corpora/demo/build.py            write every PDF
    env/bin/python corpora/demo/build.py --check    typeset again, compare with the PDFs that are committed
    env/bin/python corpora/demo/build.py river oats only these papers

The output is a function of the sources, of the typst version and of the fonts, so all three are pinned: another typst is
refused, the creation date is fixed, system fonts are not searched, and the fonts of the three Debian packages are compared by hash.
Not a part of the Rust build: the PDFs are committed, and the tests read those.
"""

import argparse
import datetime
import hashlib
import importlib.metadata
import pathlib
import sys

import typst

TYPST = "0.15.2"
HERE = pathlib.Path(__file__).resolve().parent
CREATED = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
# Debian 12: fonts-crosextra-carlito 20220224-1, fonts-crosextra-caladea 20200211-1, fonts-liberation 1:1.07.4-11.
FONTS = "8ae6107a851902785e89cc43a44056b99caf73a8422a0dae3ee051d68d8de755"
FONT_FOLDERS = [
    "/usr/share/fonts/truetype/crosextra",
    "/usr/share/fonts/truetype/liberation",
]


def fonts_digest():
    """SHA-256 over the names and bytes of the fonts that are not part of typst itself."""
    digest = hashlib.sha256()
    for folder in FONT_FOLDERS:
        for font in sorted(pathlib.Path(folder).glob("*.ttf")):
            digest.update(font.name.encode() + b"\0" + font.read_bytes())
    return digest.hexdigest()


def typeset(source):
    """The bytes of the PDF that `source` gives."""
    return typst.compile(
        str(source),
        font_paths=FONT_FOLDERS,
        ignore_system_fonts=True,
        timestamp=int(CREATED.timestamp()),
    )


def main():
    """Write or compare the papers that were asked for; the exit status is 1 when one differs, 2 when the tools do."""
    parser = argparse.ArgumentParser(description="typeset the demonstration papers")
    parser.add_argument("papers", nargs="*", help="names without extension; all when none is given")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    arguments = parser.parse_args()
    found = importlib.metadata.version("typst")
    if found != TYPST:
        print(f"typst {found} is installed, {TYPST} is needed")
        return 2
    if fonts_digest() != FONTS:
        print("the Debian fonts are missing or of another version; the bytes would differ")
        return 2
    differing = 0
    for source in sorted(HERE.glob("*.typ")):
        if arguments.papers and source.stem not in arguments.papers:
            continue
        target = source.with_suffix(".pdf")
        pdf = typeset(source)
        if not arguments.check:
            target.write_bytes(pdf)
            print(f"{target.name}: {len(pdf)} bytes")
        elif not target.exists() or target.read_bytes() != pdf:
            differing += 1
            print(f"{target.name}: differs from its source")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
