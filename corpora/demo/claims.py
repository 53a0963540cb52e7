#!/usr/bin/env python3
"""Recompute every claim of the demonstration papers and write `truth.csv`.

    env/bin/pip install mpmath
    env/bin/python corpora/demo/claims.py            recompute, look every quote up in its PDF, write truth.csv
    env/bin/python corpora/demo/claims.py --check    the same, but compare with the truth.csv that is committed

Each entry of `claims/*.py` names the paper, the words of the claim, the rule that it is meant for, whether it is an error,
and both sides of it: the value as printed and the formula over the inputs as printed. This file does the arithmetic over
exact fractions (p-values with 40 digits), independently of the Rust code, and refuses an error that is not one under
generous rounding or a look-alike that does not hold.

Every printed number is an interval. Tight: half a unit of the last printed place to both sides. Wide: that, and truncation,
and for a whole number with trailing zeros half a unit of its last digit that is not zero.
"""

import csv
import io
import pathlib
import re
import runpy
import subprocess
import sys
from fractions import Fraction as Q

import mpmath

HERE = pathlib.Path(__file__).resolve().parent
COLUMNS = ["paper", "quote", "code", "is_error", "right_value", "cause"]
mpmath.mp.dps = 40


class Set:
    """A closed interval of exact fractions, once tight and once wide."""

    def __init__(self, tight, wide):
        self.tight, self.wide = tight, wide

    def _with(self, other, operation):
        other = other if isinstance(other, Set) else exact(other)
        def both(a, b):
            ends = [operation(x, y) for x in a for y in b]
            return (min(ends), max(ends))
        return Set(both(self.tight, other.tight), both(self.wide, other.wide))

    def __add__(self, other): return self._with(other, lambda a, b: a + b)
    def __sub__(self, other): return self._with(other, lambda a, b: a - b)
    def __mul__(self, other): return self._with(other, lambda a, b: a * b)
    def __truediv__(self, other): return self._with(other, lambda a, b: a / b)
    def __rmul__(self, other): return exact(other) * self
    def __radd__(self, other): return exact(other) + self
    def __rsub__(self, other): return exact(other) - self
    def __rtruediv__(self, other): return exact(other) / self


def exact(value):
    """A number without rounding: a count, a definition."""
    value = Q(value)
    return Set((value, value), (value, value))


def printed(text):
    """The sets of a number as it stands in the paper: `7,000`, `0.45`, `1,2·10^-3` is given as `1.2e-3`."""
    text = text.replace(",", "").replace(" ", "").replace("−", "-")
    sign = -1 if text.startswith("-") else 1
    text = text.lstrip("+-")
    digits, _, power = text.partition("e")
    unit = Q(10) ** -len(digits.partition(".")[2])
    scale = Q(10) ** int(power or 0)
    value = Q(digits)
    tight = (value - unit / 2, value + unit / 2)
    wide = (value - unit / 2, value + unit)
    zeros = len(digits) - len(digits.rstrip("0")) if "." not in digits and value else 0
    if zeros:
        wide = (min(wide[0], value - Q(10) ** zeros / 2), max(wide[1], value + Q(10) ** zeros / 2))
    def finish(pair):
        pair = (pair[0] * scale * sign, pair[1] * scale * sign)
        return (min(pair), max(pair))
    return Set(finish(tight), finish(wide))


def tail(kind, statistic, *freedom):
    """Two-sided p of t, z, r; upper tail of F, chi2, Q; over the rounding of the statistic."""
    def probability(x):
        x = mpmath.mpf(abs(x).numerator) / abs(x).denominator
        if kind == "z":
            return mpmath.erfc(x / mpmath.sqrt(2))
        if kind in ("chi2", "Q"):
            return mpmath.gammainc(mpmath.mpf(freedom[0]) / 2, x / 2, mpmath.inf, regularized=True)
        if kind == "F":
            a, b = (mpmath.mpf(str(f)) for f in freedom)
            return mpmath.betainc(b / 2, a / 2, 0, b / (b + a * x), regularized=True)
        b = mpmath.mpf(str(freedom[0]))
        if kind == "r":
            x = x * mpmath.sqrt(b / (1 - x * x))
        return mpmath.betainc(b / 2, mpmath.mpf(1) / 2, 0, b / (b + x * x), regularized=True)
    def over(pair):
        ends = [Q(mpmath.nstr(probability(x), 30)) for x in pair]
        low = Q(0) if pair[0] == pair[1] else min(ends)
        return (min(ends), max(ends)) if low >= 0 else pair
    value = printed(statistic)
    return Set(over(value.tight), over(value.wide))


def below(text):
    """The half-line of `p < text`."""
    return Set((Q(0), Q(text)), (Q(0), Q(text)))


def above(text):
    """The half-line of `p > text`."""
    return Set((Q(text), Q(1)), (Q(text), Q(1)))


def meets(a, b):
    """Whether two closed intervals have a value in common."""
    return a[0] <= b[1] and b[0] <= a[1]


def judge(claim):
    """Nothing when the claim is what it says to be, else the reason why not."""
    if claim.get("stated") is None:
        return None if not claim["code"] or claim.get("skip") else "no sides to compare"
    stated, derived = claim["stated"], claim["derived"]
    tight, wide = meets(stated.tight, derived.tight), meets(stated.wide, derived.wide)
    expected = claim["holds"]
    found = "tight" if tight else "wide" if wide else "no"
    shown = ", ".join(f"{float(x):.6g}" for x in (*stated.tight, *derived.tight))
    return None if found == expected else f"expected {expected}, found {found} (stated and derived: {shown})"


def words(paper):
    """The text of a paper without white space, hyphens, line numbers and page numbers: quotes are looked up in it."""
    text = subprocess.run(["pdftotext", str(HERE / paper), "-"], capture_output=True, check=True, text=True).stdout
    for ligature, letters in (("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi"), ("ﬄ", "ffl")):
        text = text.replace(ligature, letters)
    return squeeze(re.sub(r"(?m)^\d{1,3}$", "", text))


def squeeze(text):
    """Without white space and hyphens, and with one glyph for each superscript and minus."""
    text = text.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--"))
    return re.sub(r"[\s\-\u00ad\u2010]+", "", text)


def main():
    """Judge every claim and write or compare the table; the exit status is 1 when anything is wrong."""
    claims, faults, texts = [], [], {}
    for path in sorted((HERE / "claims").glob("*.py")):
        book = Book(path.stem + ".pdf")
        runpy.run_path(str(path), init_globals={"book": book, "Q": Q, "P": printed, "N": exact, "tail": tail,
                                                "below": below, "above": above})
        claims += book.claims
    for claim in claims:
        paper = claim["paper"]
        texts.setdefault(paper, words(paper))
        if squeeze(claim["quote"]) not in texts[paper]:
            faults.append(f"{paper}: not in the paper: {claim['quote']}")
        fault = judge(claim)
        if fault:
            faults.append(f"{paper}: {claim['quote']}: {fault}")
    table = io.StringIO()
    writer = csv.DictWriter(table, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({**c, "is_error": "true" if c["is_error"] else "false"} for c in claims)
    target = HERE / "truth.csv"
    if "--check" in sys.argv:
        if target.read_text(encoding="utf-8") != table.getvalue():
            faults.append("truth.csv differs from the claims")
    else:
        target.write_text(table.getvalue(), encoding="utf-8")
    errors = sum(c["is_error"] for c in claims)
    print("\n".join(faults + [f"{len(claims)} claims: {errors} errors, {len(claims) - errors} look-alikes; {len(faults)} faults"]))
    return 1 if faults else 0


class Book:
    """Collects the claims of one paper."""

    def __init__(self, paper):
        self.paper, self.claims = paper, []

    def _add(self, quote, code, is_error, right, cause, **sides):
        self.claims.append(dict(paper=self.paper, quote=quote, code=code, is_error=is_error, right_value=right,
                                cause=cause, **sides))

    def error(self, code, quote, right, cause, stated, derived):
        """A planted error: the wide sets do not meet."""
        self._add(quote, code, True, right, cause, stated=stated, derived=derived, holds="no")

    def right(self, code, quote, stated=None, derived=None, cause="", holds="tight"):
        """A correct claim that the rule should check; `holds` is `wide` where only truncation reconciles."""
        self._add(quote, code, False, "", cause, stated=stated, derived=derived, holds=holds, skip=stated is None)

    def hands_off(self, quote, cause):
        """Text that no rule should touch."""
        self._add(quote, "", False, "", cause)


if __name__ == "__main__":
    sys.exit(main())
