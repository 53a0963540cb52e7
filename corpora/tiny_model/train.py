"""Trains the tiny model of this folder and writes tiny.gguf.

    python3 -m venv VENV && VENV/bin/pip install torch tokenizers gguf numpy
    VENV/bin/python corpora/tiny_model/train.py --out tiny.gguf

Passages are filled from frames.txt, and `prompts.py` makes of them what `check --model` would ask. The model learns to go on with the
right option. Nothing of corpora/windows is read. A folder with a checkpoint goes on where it stopped.
"""

import argparse
import random
import time
from pathlib import Path

import torch
from torch.nn import functional

import decoder
import passages
import prompts
import vocabulary

OPTIONS_END = "0. none\nTARGET ="


def examples(seed, count):
    """What would be asked about generated passages, with the right answers. One question in six is about a value that has nothing to
    do with the others."""
    draw = random.Random(seed)
    frames = passages.frames()
    found = []
    while len(found) < count:
        window = passages.passage(draw, *draw.choices(frames, passages.weights(frames)))
        row = prompts.asked(window, draw if draw.random() < 1 / 6 else None)
        if row is not None:
            found.append(Example(row))
    return found


class Example:
    """A prompt in parts, so that its options can be put in another order."""

    def __init__(self, row):
        self.head, self.options, self.right = row

    def tokens(self, draw, words, most):
        """Tokens of the prompt and of the answer. At most so many options are shown, the right one among them."""
        answer, most = self.right, min(most, prompts.MOST_OPTIONS)
        shown = list(self.options)
        draw.shuffle(shown)
        if len(shown) > most:
            kept = [option for option in shown if option != answer][: most - 1]
            shown = kept + [answer] if answer in shown else kept
            draw.shuffle(shown)
        body = "".join(f"{at}. {option}\n" for at, option in enumerate(shown, 1))
        prompt = [1] + words.encode(self.head + body + OPTIONS_END)
        return prompt, words.encode(f" {answer}") + words.encode("\n")


def batches(known, words, draw, size, most):
    """Batches of examples of like lengths, without end."""
    while True:
        order = list(known)
        draw.shuffle(order)
        for start in range(0, len(order), size * 16):
            made = [example.tokens(draw, words, most) for example in order[start : start + size * 16]]
            made.sort(key=lambda pair: len(pair[0]) + len(pair[1]))
            parts = [made[at : at + size] for at in range(0, len(made), size)]
            draw.shuffle(parts)
            yield from (part for part in parts if len(part) == size)


def tensors(part):
    """The tokens of a batch, and where the answers stand: rows and places of what predicts them."""
    length = max(len(prompt) + len(answer) for prompt, answer in part)
    tokens = torch.zeros(len(part), length, dtype=torch.long)
    rows, places = [], []
    for row, (prompt, answer) in enumerate(part):
        tokens[row, : len(prompt) + len(answer)] = torch.tensor(prompt + answer)
        rows += [row] * len(answer)
        places += range(len(prompt) - 1, len(prompt) - 1 + len(answer))
    return tokens, torch.tensor(rows), torch.tensor(places)


def loss_of(model, tokens, rows, places):
    """The mean loss of the answers, and the share of answers of which every token is the likeliest."""
    scores = model.scores(model.states(tokens[:, :-1])[rows, places])
    wanted = tokens[rows, places + 1]
    loss = functional.cross_entropy(scores, wanted, reduction="sum") / len(tokens)
    wrong = torch.zeros(len(tokens)).index_add_(0, rows, (scores.argmax(-1) != wanted).float())
    return loss, (wrong == 0).float().mean().item()


def groups(model, rate):
    """Matrices decay, the rest does not."""
    matrices = [weight for weight in model.parameters() if weight.dim() == 2]
    rest = [weight for weight in model.parameters() if weight.dim() != 2]
    return [{"params": matrices, "weight_decay": 0.05}, {"params": rest, "weight_decay": 0.0}]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("tiny.gguf"))
    parser.add_argument("--folder", type=Path, default=Path("tiny_model_work"), help="passages and checkpoints")
    parser.add_argument("--passages", type=int, default=30000)
    parser.add_argument("--words", type=int, default=1200, help="merges of the vocabulary")
    parser.add_argument("--steps", type=int, default=3200)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    arguments.folder.mkdir(exist_ok=True)
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(arguments.threads)
    known, held = examples(arguments.seed, arguments.passages), examples(arguments.seed + 1000, 400)
    task = f"{prompts.SYSTEM}\n<<<\n"
    texts = ["\n".join([example.head.removeprefix(task), *example.options[:6], OPTIONS_END]) for example in known[:6000]]
    # The sample of a name in the task stays in tokens of its own: names have to look the same everywhere.
    fixed = [*prompts.SYSTEM.split("[q1: 12 kg]"), "\n<<<\n", "\n>>>\n", OPTIONS_END]
    words = vocabulary.trained([*texts, *[task + "1. 2. 3. 4. 5. 6. 7. 8. 9. "] * 50], arguments.words, fixed)
    print(f"{len(known)} prompts, {len(words.tokens)} tokens, the task in {len(words.encode(task))}", flush=True)
    model = decoder.Decoder(decoder.Shape(len(words.tokens)))
    at = {token: place for place, token in enumerate(words.tokens)}
    model.begin_alike([at[f"q{n}:"], at[f"{vocabulary.SPACE}q{n}"], at[f"q{n}"]] for n in range(1, 25))
    optimiser = torch.optim.AdamW(groups(model, arguments.rate), lr=arguments.rate, betas=(0.9, 0.98))
    draw = random.Random(arguments.seed)
    checkpoint, first = arguments.folder / "checkpoint.pt", 0
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(kept["model"], strict=False)
        optimiser.load_state_dict(kept["optimiser"])
        first = kept["step"]
        draw.seed(arguments.seed + first)
    print(f"{sum(weight.numel() for weight in model.parameters())} weights", flush=True)
    source, mean, start = None, None, time.time()
    for step in range(first, arguments.steps):
        # Short lists of options first: they are cheap, and what is learnt from them holds for long ones.
        most = 8 if step < 0.7 * arguments.steps else 24
        if source is None or most != shown:
            source, shown = batches(known, words, draw, arguments.batch, most), most
        warm = min(1.0, (step + 1) / 100)
        cool = min(1.0, (arguments.steps - step) / (0.4 * arguments.steps))
        rate = arguments.rate * warm * max(cool, 0.02)
        for group in optimiser.param_groups:
            group["lr"] = rate
        loss, right = loss_of(model, *tensors(next(source)))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        now = (loss.item(), right)
        mean = now if mean is None else tuple(0.98 * old + 0.02 * new for old, new in zip(mean, now))
        if (step + 1) % 50 == 0:
            print(f"{step + 1} {time.time() - start:.0f} s: loss {mean[0]:.3f}, right {mean[1]:.3f}", flush=True)
        if (step + 1) % 250 == 0 or step + 1 == arguments.steps:
            torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": step + 1}, checkpoint)
    model.eval()
    with torch.no_grad():
        part = [example.tokens(random.Random(5), words, 24) for example in held]
        shares = [loss_of(model, *tensors(part[at : at + 20]))[1] for at in range(0, len(part) - 19, 20)]
    print(f"held-out passages of the same frames: {sum(shares) / len(shares):.3f} right")
    decoder.export(model, words, arguments.out, "rederive tiny", "Chooses derivations; made by corpora/tiny_model/train.py")


if __name__ == "__main__":
    main()
