#!/usr/bin/env python3
"""Time `rederive check` beside pdftotext over the same PDF files, one thread each, and measure the memory that it takes.

    python3 corpora/speed.py --files DIR [--rederive PROGRAM] [--rounds N] [--copies N]

A round runs pdftotext over the files, one process a file as it is made to be run, and then `check` once over all of
them with one job. What counts is the user and system time of all processes of a side, the workers of `check` among them.
The least of each side over the rounds is what another load of the machine disturbs least; the ratio is given for it and,
as a range, for the rounds one by one.

Memory is the largest resident size: of the program itself and of any of its workers, over the files once, and over a
folder in which each stands `--copies` times under other names. A program that keeps papers would take more there. The
sizes are read from /proc while the program runs, so this needs Linux. Needs pdftotext on the path.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

TICK = 0.01


def ended(process):
    """Waits for a process and gives its user and system time with that of all processes it waited for itself."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime, usage.ru_stime


def timed(command):
    """The user and system time of a command."""
    return ended(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))


def of_pdftotext(files):
    """The user and system time of pdftotext over the files."""
    times = [timed(["pdftotext", "-enc", "UTF-8", str(path), "-"]) for path in files]
    return tuple(map(sum, zip(*times)))


def check(program, folder):
    """The command that is measured."""
    return [program, "check", str(folder), "--jobs", "1", "--format", "jsonl", "--progress", "none", "--exit-zero"]


def peak(pid):
    """The largest resident size of a process so far in KiB, and nothing where it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


def children(pid):
    """The processes that a process started and that are still there."""
    try:
        threads = os.listdir(f"/proc/{pid}/task")
        return [child for one in threads for child in Path(f"/proc/{pid}/task/{one}/children").read_text().split()]
    except OSError:
        return []


def peaks(program, folder):
    """The largest resident sizes in MiB of the program over a folder and of its workers."""
    process = subprocess.Popen(check(program, folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    own, workers = 0, {}
    while process.poll() is None:
        own = max(own, peak(process.pid))
        for child in children(process.pid):
            workers[child] = max(workers.get(child, 0), peak(child))
        time.sleep(TICK)
    return own / 1024, max(workers.values(), default=0) / 1024


def multiplied(files, copies, folder):
    """Puts each file into a folder under `copies` names, so that each is a paper of its own; the names share its bytes."""
    for at, path in enumerate(files):
        first = Path(folder) / f"{at:04}.pdf"
        shutil.copyfile(path, first)
        for copy in range(1, copies):
            (Path(folder) / f"{at:04}-{copy}.pdf").hardlink_to(first)


def main():
    """Times both over the PDF files of a folder and prints the times, their ratio and the memory of `check`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", required=True, type=Path, help="folder with PDF files")
    parser.add_argument("--rederive", default="target/release/rederive", help="the program")
    parser.add_argument("--rounds", type=int, default=5, help="how often both are timed")
    parser.add_argument("--copies", type=int, default=10, help="how often each file stands in the larger folder")
    options = parser.parse_args()
    files = sorted(options.files.rglob("*.pdf"))

    with tempfile.TemporaryDirectory() as once, tempfile.TemporaryDirectory() as often:
        multiplied(files, 1, once)
        multiplied(files, options.copies, often)
        rounds = [(of_pdftotext(files), timed(check(options.rederive, once))) for _ in range(options.rounds)]
        memory = [peaks(options.rederive, folder) for folder in (once, often)]

    print(f"{len(files)} files, {options.rounds} rounds")
    print(f"{'CPU seconds':<14}{'user':>8}{'system':>8}{'both':>8}")
    least = [min(side, key=sum) for side in zip(*rounds)]
    for name, (user, system) in zip(("pdftotext", "check"), least):
        print(f"{name:<14}{user:>8.2f}{system:>8.2f}{user + system:>8.2f}")
    ratios = sorted(sum(own) / sum(peer) for peer, own in rounds)
    print(f"check to pdftotext: {sum(least[1]) / sum(least[0]):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")
    print(f"{'peak MiB':<14}{'program':>8}{'worker':>8}")
    for count, (own, worker) in zip((len(files), len(files) * options.copies), memory):
        print(f"{f'{count} papers':<14}{own:>8.1f}{worker:>8.1f}")


if __name__ == "__main__":
    main()
