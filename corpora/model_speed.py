#!/usr/bin/env python3
"""Time the decoder of `rederive model` beside llama.cpp on the same file of random weights, one thread each.

    python3 corpora/model_speed.py --bench PROGRAM [--rederive PROGRAM] [--kind KIND] [--rounds N] [--threads N] [--keep FILE]

PROGRAM of `--bench` is `llama-bench` of llama.cpp, built anywhere outside this repository; without it our side is measured
alone. The file has the shape of Qwen 3 with 0.6 billion parameters, weights of the type KIND (Q4_K, Q6_K or Q8_0) and no
tokenizer; how fast a decoder is does not hang on what the weights say. `--keep FILE` leaves it for further looks.

A round reads a prompt of 256 tokens and then puts 24 tokens behind it one by one, first here and then there, so that a load
of the machine falls on both. Printed are the best rate of each side over the rounds, which another load disturbs least,
their ratio, and the ratios of the rounds as a range; and the largest resident memory of each program, as the system tells it.
llama.cpp measures its 24 tokens behind the prompt (`-d 256`), too. Standard library only; needs Linux.
"""

import argparse
import json
import os
import random
import re
import struct
import subprocess
import tempfile
from pathlib import Path

LAYERS, HIDDEN, INNER, HEADS, KV_HEADS, HEAD, VOCABULARY = 28, 1024, 3072, 16, 8, 128, 151936
PROMPT, DECODE = 256, 24

# The number of the format for each type, the weights of a block, and its bytes.
KINDS = {"F32": (0, 1, 4), "Q8_0": (8, 32, 34), "Q4_K": (12, 256, 144), "Q6_K": (14, 256, 210)}
ALIGNMENT = 32


def half(number):
    """Two bytes of a number of half precision."""
    return struct.pack("<e", number)


def block(kind, chance):
    """A block of random weights whose standard deviation is about 0.03."""
    if kind == "Q8_0":
        return half(0.0004) + chance.randbytes(32)
    if kind == "Q4_K":
        # Scale and minimum are such that the mean is near zero.
        return half(0.00018) + half(0.00018 * 7.5) + chance.randbytes(140)
    return chance.randbytes(208) + half(0.00002)


def matrix(kind, rows, columns, chance):
    """The bytes of a matrix, made of one row of blocks after another; some hundreds of blocks are repeated in other orders."""
    _, weights, _ = KINDS[kind]
    blocks = [block(kind, chance) for _ in range(512)]
    return b"".join(chance.choices(blocks, k=rows * columns // weights))


def tensors(kind):
    """Name, type and shape (columns first, as the format has it) of every tensor."""
    yield "token_embd.weight", kind, (HIDDEN, VOCABULARY)
    for layer in range(LAYERS):
        name = f"blk.{layer}."
        yield name + "attn_norm.weight", "F32", (HIDDEN,)
        yield name + "attn_q.weight", kind, (HIDDEN, HEADS * HEAD)
        yield name + "attn_k.weight", kind, (HIDDEN, KV_HEADS * HEAD)
        yield name + "attn_v.weight", kind, (HIDDEN, KV_HEADS * HEAD)
        yield name + "attn_q_norm.weight", "F32", (HEAD,)
        yield name + "attn_k_norm.weight", "F32", (HEAD,)
        yield name + "attn_output.weight", kind, (HEADS * HEAD, HIDDEN)
        yield name + "ffn_norm.weight", "F32", (HIDDEN,)
        yield name + "ffn_gate.weight", kind, (HIDDEN, INNER)
        yield name + "ffn_up.weight", kind, (HIDDEN, INNER)
        yield name + "ffn_down.weight", kind, (INNER, HIDDEN)
    yield "output_norm.weight", "F32", (HIDDEN,)


def text(string):
    """A text as the format writes it."""
    data = string.encode()
    return struct.pack("<Q", len(data)) + data


def header(listed):
    """Everything before the weights, and where each tensor starts among them."""
    whole = {
        "block_count": LAYERS, "context_length": 40960, "embedding_length": HIDDEN, "feed_forward_length": INNER,
        "attention.head_count": HEADS, "attention.head_count_kv": KV_HEADS, "attention.key_length": HEAD,
        "attention.value_length": HEAD, "vocab_size": VOCABULARY,
    }
    keys = [text("general.architecture") + struct.pack("<I", 8) + text("qwen3")]
    keys.append(text("tokenizer.ggml.model") + struct.pack("<I", 8) + text("none"))
    keys += [text(f"qwen3.{key}") + struct.pack("<II", 4, value) for key, value in whole.items()]
    for key, value in (("attention.layer_norm_rms_epsilon", 1e-6), ("rope.freq_base", 1e6)):
        keys.append(text(f"qwen3.{key}") + struct.pack("<If", 6, value))
    out = [b"GGUF" + struct.pack("<IQQ", 3, len(listed), len(keys)), *keys]
    start = 0
    for name, kind, shape in listed:
        number, weights, size = KINDS[kind]
        out.append(text(name) + struct.pack("<I", len(shape)) + struct.pack(f"<{len(shape)}Q", *shape))
        out.append(struct.pack("<IQ", number, start))
        elements = 1
        for side in shape:
            elements *= side
        start += -(-elements // weights * size // ALIGNMENT) * ALIGNMENT
    return b"".join(out)


def padded(data):
    """Bytes up to the next start of a tensor."""
    return data + bytes(-len(data) % ALIGNMENT)


def write(path, kind):
    """Writes the file, the same for the same kind."""
    chance = random.Random(kind)
    listed = list(tensors(kind))
    with open(path, "wb") as file:
        file.write(padded(header(listed)))
        for _, own, shape in listed:
            if own == "F32":
                data = struct.pack(f"<{shape[0]}f", *[chance.uniform(0.8, 1.2) for _ in range(shape[0])])
            else:
                data = matrix(own, shape[1], shape[0], chance)
            file.write(padded(data))


def run(command, threads):
    """What a program writes, and its largest resident memory in MiB."""
    environment = {**os.environ, "RAYON_NUM_THREADS": str(threads)}
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        written = out.read().decode()
    if process.returncode != 0:
        raise SystemExit(f"{command[0]} left with {process.returncode}\n{written}")
    return written, usage.ru_maxrss / 1024


def of_rederive(program, file, threads):
    """Tokens a second of the prompt and of single tokens, and MiB."""
    command = [program, "model", "bench", str(file), "--prompt", str(PROMPT), "--decode", str(DECODE), "--candidates", "0"]
    written, memory = run(command, threads)
    rates = {name: float(rate) for name, rate in re.findall(r"^(\w+) +([0-9.]+) tokens/s", written, re.M)}
    return rates["prefill"], rates["decode"], memory


def of_llama(program, file, threads):
    """The same of llama.cpp."""
    command = [program, "-m", str(file), "-t", str(threads), "-p", "0", "-n", "0", "-ngl", "0", "-r", "1", "-o", "json"]
    prefill, first = run([*command[:5], "-p", str(PROMPT), *command[7:]], threads)
    decode, second = run([*command[:7], "-n", str(DECODE), "-d", str(PROMPT), *command[9:]], threads)
    return json.loads(prefill)[0]["avg_ts"], json.loads(decode)[0]["avg_ts"], max(first, second)


def told(name, ours, theirs):
    """A line of the table."""
    best = (max(ours), max(theirs)) if name != "memory" else (min(ours), min(theirs))
    ratios = [own / other for own, other in zip(ours, theirs)]
    unit = "MiB" if name == "memory" else "tokens/s"
    return (f"{name:8} {best[0]:8.1f} {best[1]:8.1f} {unit:9} ratio {best[0] / best[1]:.2f}"
            f" ({min(ratios):.2f} to {max(ratios):.2f})")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", help="llama-bench of llama.cpp")
    parser.add_argument("--rederive", default="target/release/rederive", help="our program, built with the feature model")
    parser.add_argument("--kind", default="Q4_K", choices=["Q4_K", "Q6_K", "Q8_0"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="where to leave the file; one that is there is taken")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = arguments.keep or Path(folder) / "random.gguf"
        if not file.exists():
            write(file, arguments.kind)
        ours, theirs = [], []
        for _ in range(arguments.rounds):
            ours.append(of_rederive(arguments.rederive, file, arguments.threads))
            if arguments.bench:
                theirs.append(of_llama(arguments.bench, file, arguments.threads))
        size = file.stat().st_size / 2**20
    print(f"{arguments.kind}, {size:.0f} MiB, threads {arguments.threads}, rounds {arguments.rounds}: here, llama.cpp")
    for place, name in enumerate(("prefill", "decode", "memory")):
        own = [row[place] for row in ours]
        if theirs:
            print(told(name, own, [row[place] for row in theirs]))
        else:
            print(f"{name:8} {min(own):.1f} to {max(own):.1f}")


if __name__ == "__main__":
    main()
