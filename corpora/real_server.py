#!/usr/bin/env python3
"""Put papers to a model behind a real server, llama.cpp's, and compare what comes out of a run, its kept answers and its record.

    python3 corpora/real_server.py --server PROGRAM [--model GGUF] [--rederive PROGRAM] [--papers PATH ...] [--wait SECONDS]

PROGRAM is `llama-server` of llama.cpp, built or installed anywhere outside this repository. The model is the one of our own
making (`tiny_model/tiny.gguf`) where none is given, and the papers are a short text of our own. `rederive` has to be built with
the feature `endpoint`.

The server listens on a free port of the loopback address, wants a key made for the run, and is given `--wait` seconds to be
ready. Then:

1. `model check URL` says what it can do;
2. `check --model URL --votes 3 --record FILE` asks, and a second run takes the answers that were kept;
3. a wrong key is refused, and no key stands in anything that was written;
4. the server is stopped, and the answers that were kept and the record give the report again.

The reports of 2 and 4 have to be the same bytes. It leaves with 1 where anything is not as it has to be, with 2 where the server
could not be started. Standard library only.
"""

import argparse
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Values that follow and that neither a rule nor the search tells of, one of them wrong.
PAPER = """The hold took 1,243 kg of rope and 368 kg of tar. The whole load weighed 1,655 kg at the quay.

A second hold took 52 kg of rope and 31 kg of tar. The whole load weighed 83 kg at the quay.

The first pump ran for 14 h and the second for 23 h. Together they ran for 37 h before the filter was changed.

Each tank holds 125 L and there were 8 of them. The yard can store 1,000 L of water when all are full.
"""
# The tokens of all questions that are asked at once, with room to spare.
CONTEXT = 8192
# What the program may take for one run, in seconds: a server that hangs must not hang this script.
LONGEST = 600


def free_port():
    """A port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def ready(url, process, wait):
    """Whether the server says that it is ready, before the time is over and before it ends."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + wait
    while time.monotonic() < until and process.poll() is None:
        try:
            with direct.open(f"{url}/health", timeout=2) as answer:
                if answer.status == 200:
                    return True
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.2)
    return False


class Server:
    """llama.cpp's server while the block of a `with` runs."""

    def __init__(self, program, model, wait, folder):
        self.key, self.log = secrets.token_hex(16), folder / "server.log"
        self.url = f"http://127.0.0.1:{free_port()}"
        command = [program, "--model", str(model), "--host", "127.0.0.1", "--port", self.url.rpartition(":")[2], "--alias", model.stem]
        # Questions that are asked at once share the context.
        command += ["--ctx-size", str(CONTEXT)]
        # The key goes by the environment, as no list of processes should show it.
        environment = dict(os.environ, LLAMA_API_KEY=self.key)
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)
        if not ready(self.url, self.process, wait):
            how = "was not ready in time" if self.process.poll() is None else f"ended with {self.process.returncode}"
            self.stop()
            print(f"the server {how}; its last words:\n{self.words()[-2000:]}", file=sys.stderr)
            sys.exit(2)

    def words(self):
        """What the server wrote."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def stop(self):
        """Ends the server, with force where it does not listen."""
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()


class Program:
    """`rederive` with a key; keeps what it writes."""

    def __init__(self, path, folder, papers):
        self.path, self.folder, self.papers, self.written, self.wrong = path, folder, papers, [], []

    def run(self, arguments, key):
        """Runs it; gives the exit code, standard output and seconds."""
        environment = dict(os.environ, REDERIVE_MODEL_KEY=key)
        start = time.monotonic()
        done = subprocess.run(
            [self.path, *arguments], capture_output=True, env=environment, cwd=self.folder, timeout=LONGEST, check=False
        )
        self.written += [done.stdout, done.stderr]
        for line in done.stderr.decode(errors="replace").splitlines():
            print(f"    {line}")
        return done.returncode, done.stdout, time.monotonic() - start

    def check(self, key, *arguments):
        """`check` over the papers, as JSON."""
        fixed = ["--format", "json", "--all", "--exit-zero", "--progress", "none"]
        return self.run(["check", *map(str, self.papers), *fixed, *arguments], key)

    def expect(self, holds, what):
        """Prints whether something is as it has to be."""
        print(f"{'as it should be' if holds else 'NOT SO':16}{what}")
        if not holds:
            self.wrong.append(what)


def uses(report):
    """What the model was asked, summed over the papers, and how many derivations of its came into the report."""
    papers = json.loads(report)["papers"]
    asked = [paper["model"] for paper in papers if paper.get("model")]
    own = sum(finding["code"] == "MD102" for paper in papers for finding in paper["findings"])
    counts = {name: sum(value for use in asked for key, value in use.items() if key == name) for name in ("questions", "votes", "tokens")}
    return ", ".join(f"{count} {name}" for name, count in counts.items()) + f"; {own} derivations of the model"


def compared(program, server):
    """The whole of it; the server is stopped on the way."""
    url = f"{server.url}/v1"
    code, out, _ = program.run(["model", "check", url], server.key)
    print(out.decode().rstrip())
    program.expect(code == 0, "model check: a question gets an answer that can be used")
    name = out.decode().split()[1] if out else ""
    kept = ["--model", url, "--votes", "3", "--model-cache", "answers"]
    code, first, seconds = program.check(server.key, *kept, "--record", "record.jsonl")
    program.expect(code == 0, f"check --model --record: exit code {code}, {seconds:.1f} s")
    program.expect(b"the model gave no answer" not in program.written[-1], "every question gets an answer")
    if code == 0:
        print(f"    {uses(first)}")
    code, second, seconds = program.check(server.key, *kept)
    program.expect((code, second) == (0, first), f"a second run gives the same bytes, {seconds:.1f} s")
    wrong = secrets.token_hex(16)
    code, _, _ = program.check(wrong, "--model", url, "--no-model-cache")
    program.expect(code == 2, f"a wrong key is refused: exit code {code}")
    server.stop()
    code, again, _ = program.check(server.key, *kept, "--model-name", name)
    program.expect((code, again) == (0, first), "the server is gone, and the answers that were kept give the same bytes")
    code, replayed, _ = program.check(server.key, "--replay", "record.jsonl")
    program.expect((code, replayed) == (0, first), "so does the record, without the model")
    files = [path.read_bytes() for path in program.folder.rglob("*") if path.is_file() and path != server.log]
    clean = not any(key.encode() in text for key in (server.key, wrong) for text in program.written + files)
    program.expect(clean, "no key stands in what was written")


def main():
    """Reads the arguments, runs it all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--server", required=True, metavar="PROGRAM", help="llama-server of llama.cpp")
    parser.add_argument("--model", type=Path, default=HERE / "tiny_model" / "tiny.gguf", metavar="GGUF")
    parser.add_argument("--rederive", type=Path, default=HERE.parent / "target" / "debug" / "rederive", metavar="PROGRAM")
    parser.add_argument("--papers", type=Path, nargs="+", default=[], metavar="PATH", help="papers in the place of our own text")
    parser.add_argument("--wait", type=float, default=60, metavar="SECONDS", help="how long the server may take to be ready")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        papers = [path.resolve() for path in arguments.papers]
        if not papers:
            (folder / "paper.txt").write_text(PAPER, encoding="utf-8")
            papers = [Path("paper.txt")]
        program = Program(arguments.rederive.resolve(), folder, papers)
        with Server(arguments.server, arguments.model.resolve(), arguments.wait, folder) as server:
            compared(program, server)
            if program.wrong:
                print(f"the server's last words:\n{server.words()[-2000:]}")
    sys.exit(1 if program.wrong else 0)


if __name__ == "__main__":
    main()
