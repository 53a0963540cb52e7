"""The vocabulary of the tiny model: pieces of words by pair merges, the fixed words of the prompt in few tokens.

The tokenizer is one of SentencePiece's kind, as GGUF files of the llama family describe it: a list of tokens with scores, of which
neighbours merge, the best score first. What is no token goes byte by byte.
"""

import re
from collections import Counter

from tokenizers import Tokenizer
from tokenizers.models import BPE

SPACE = "\u2581"
UNKNOWN, BEGIN, END = "<unk>", "<s>", "</s>"
# The kinds of tokens in GGUF files.
NORMAL, KIND_UNKNOWN, CONTROL, BYTE = 1, 2, 3, 6


def pieces(text):
    """Words with the space before them; digits, marks and line ends alone."""
    return re.findall(rf"{SPACE}?[^\W\d_]+|{SPACE}?.|\n", text.replace(" ", SPACE))


def pair_merges(texts, size):
    """Tokens by merging the most frequent pair, again and again, within the pieces of the texts."""
    counts = Counter(piece for text in texts for piece in pieces(text))
    words = {piece: list(piece) for piece in counts}
    found = []
    pairs, where = Counter(), {}
    for word, parts in words.items():
        for pair in zip(parts, parts[1:]):
            pairs[pair] += counts[word]
            where.setdefault(pair, set()).add(word)
    while len(found) < size and pairs:
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        if pairs[best] < 2:
            break
        found.append("".join(best))
        for word in sorted(where.pop(best)):
            parts, merged = words[word], []
            for pair in zip(parts, parts[1:]):
                pairs[pair] -= counts[word]
            at = 0
            while at < len(parts):
                if tuple(parts[at : at + 2]) == best:
                    merged.append("".join(best))
                    at += 2
                else:
                    merged.append(parts[at])
                    at += 1
            words[word] = merged
            for pair in zip(merged, merged[1:]):
                pairs[pair] += counts[word]
                where.setdefault(pair, set()).add(word)
        pairs = Counter({pair: count for pair, count in pairs.items() if count > 0})
    return list(dict.fromkeys(found))


class Vocabulary:
    def __init__(self, tokens):
        """`tokens` in the order in which they merge."""
        self.tokens = [UNKNOWN, BEGIN, END] + [f"<0x{byte:02X}>" for byte in range(256)] + tokens
        self.kinds = [KIND_UNKNOWN, CONTROL, CONTROL] + [BYTE] * 256 + [NORMAL] * len(tokens)
        self.scores = [0.0] * 259 + [-float(at) for at in range(len(tokens))]
        known = set(tokens)
        merges = [
            (token[:cut], token[cut:])
            for token in tokens
            for cut in range(1, len(token))
            if token[:cut] in known and token[cut:] in known
        ]
        by_text = {token: at for at, token in enumerate(self.tokens)}
        self.tokenizer = Tokenizer(BPE(by_text, merges, unk_token=UNKNOWN, fuse_unk=True, byte_fallback=True))

    def encode(self, text):
        return self.tokenizer.encode(text.replace(" ", SPACE)).ids


def trained(texts, size, fixed):
    """A vocabulary of letters, merges and numbers of two digits; `fixed` texts become single tokens by a tree of merges."""
    letters = sorted({letter for text in texts for letter in text.replace(" ", SPACE)})
    names = [f"{SPACE}q{n}" for n in range(1, 25)] + [f"q{n}" for n in range(1, 25)] + [f"q{n}:" for n in range(1, 25)]
    digits = [f"{n:02d}" for n in range(100)]
    tokens = letters + digits + pair_merges(texts, size)
    tokens = list(dict.fromkeys(tokens))
    # A name of a value is one token in every place, so its digits go with its letter before they go with each other.
    named = list(dict.fromkeys(["q", f"{SPACE}q"] + names))
    tokens = letters + [token for token in named if token not in letters] + [
        token for token in tokens if token not in named and token not in letters
    ]
    for text in fixed:
        parts = Vocabulary(tokens)
        row = [parts.tokens[at] for at in parts.encode(text)]
        while len(row) > 1:
            row = ["".join(row[at : at + 2]) for at in range(0, len(row), 2)]
            # A pair may stand twice in a row, and a token may not: other programs refuse such a file.
            tokens += [token for token in dict.fromkeys(row) if token not in tokens]
    return Vocabulary(tokens)
