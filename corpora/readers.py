"""The text of PDF files as rederive and other readers see it, page by page, for the scripts beside this one.

Needs pdftotext on the path and the packages pypdfium2 and pymupdf.
"""

import json
import multiprocessing
import subprocess
import sys

PACKAGES = ["pypdfium2", "pymupdf"]


def install():
    """Has pip install the packages."""
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", *PACKAGES], check=True)


def document(program, path, seconds=None):
    """The document of a file as rederive reads it, or nothing where it reads none."""
    command = [program, "read", str(path), "--show", "document"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    return json.loads(done.stdout) if done.returncode == 0 else None


def of_rederive(program, path, seconds=None):
    """The text of each page as rederive reads it, from the places of its lines."""
    read = document(program, path, seconds)
    if read is None:
        return []
    if "pages" not in read:
        return [read["text"]]
    pages = [[] for _ in read["pages"]]
    text = read["text"]
    last = None
    for line in read["lines"]:
        number = line["place"]["box"]["page"] - 1
        start, end = line["range"]["start"], line["range"]["end"]
        # Lines of a paragraph are joined in the text already: what stands between two of them there stands here too.
        between = text[last[1] : start] if last and last[0] == number else "\n"
        pages[number].append(between + text[start:end])
        last = (number, end)
    return ["".join(page) for page in pages]


def of_pdftotext(path):
    """The text of each page as pdftotext reads it."""
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=False)
    return done.stdout.decode("utf-8", "replace").split("\f")


def of_pdfium(path):
    """The text of each page as pdfium reads it."""
    import pypdfium2

    file = pypdfium2.PdfDocument(str(path))
    return [file[index].get_textpage().get_text_bounded().replace("\r\n", "\n") for index in range(len(file))]


def of_mupdf(path):
    """The text of each page as PyMuPDF reads it."""
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    with pymupdf.open(str(path)) as file:
        return [page.get_text() for page in file]


PEERS = {"pdftotext": of_pdftotext, "pdfium": of_pdfium, "PyMuPDF": of_mupdf}


def apart(read, path, seconds):
    """What `read` gives for the file, in a process of its own: nothing where it fails, crashes or takes too long."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)

    def answer():
        here.close()
        try:
            there.send(read(path))
        except Exception:  # Any failure of a peer on a damaged file is an answer: it reads nothing.
            there.send(None)

    process = context.Process(target=answer)
    process.start()
    there.close()
    try:
        return here.recv() if here.poll(seconds) else None
    except EOFError:
        return None
    finally:
        process.kill()
        process.join()
