"""Holds `rederive stat` against samples of whole numbers whose statistics are computed here by other means.

Possible rows come from samples drawn at random (n from 2 to 200, over each domain), with means, SDs, t, F and p computed in
exact fractions or by numerical integration and printed with each habit of rounding: none may be called inconsistent.
For small n every sample there is gets enumerated, so that the impossible pairs are known too: all of them have to be called
inconsistent, and none of the others. Run it from the root of the repository with a built program:

    python3 corpora/stat_truth.py target/debug/rederive [--rows 2000] [--seed 1]

It prints a line for each test and leaves with 1 on any disagreement. It needs the standard library only.
"""

import argparse
import csv
import io
import itertools
import math
import random
import subprocess
import sys
from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP
from decimal import Decimal, localcontext
from fractions import Fraction

HABITS = {
    "any": ROUND_HALF_EVEN,
    "half-up": ROUND_HALF_UP,
    "half-even": ROUND_HALF_EVEN,
    "half-down": ROUND_HALF_DOWN,
    "up": ROUND_UP,
    "down": ROUND_DOWN,
}
DOMAINS = {"integers": (None, None), "nonnegative": (0, None), "0:1": (0, 1), "1:5": (1, 5), "1:7": (1, 7), "0:10": (0, 10),
           "-3:3": (-3, 3), "0:100": (0, 100)}


def root(square, digits=60):
    """The square root of a fraction to many digits, exact where there is an exact one."""
    with localcontext() as context:
        context.prec = digits
        n, d = square.numerator, square.denominator
        exact = math.isqrt(n), math.isqrt(d)
        if exact[0] ** 2 == n and exact[1] ** 2 == d:
            return Fraction(*exact)
        return Fraction((Decimal(n) / Decimal(d)).sqrt())


def printed(value, decimals, mode):
    """The number as a paper prints it, with one habit of rounding."""
    scaled = value * 10 ** decimals
    low = scaled.numerator // scaled.denominator
    rest = scaled - low
    away = 1 if value >= 0 else 0
    if rest == 0:
        whole = low
    elif mode in (ROUND_UP, ROUND_DOWN):
        whole = low + (away if mode == ROUND_UP else 1 - away)
    elif rest != Fraction(1, 2):
        whole = low + (rest > Fraction(1, 2))
    elif mode == ROUND_HALF_UP:
        whole = low + away
    elif mode == ROUND_HALF_DOWN:
        whole = low + 1 - away
    else:
        whole = low + low % 2
    sign = "-" if whole < 0 else ""
    digits = str(abs(whole)).rjust(decimals + 1, "0")
    return sign + (digits[:-decimals] + "." + digits[-decimals:] if decimals else digits)


def run(program, arguments, header, rows):
    """The verdicts of `rederive stat` on the rows."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    done = subprocess.run([program, "stat", *arguments], input=text.getvalue(), capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{arguments}: exit code {done.returncode}: {done.stderr}")
    answers = list(csv.DictReader(io.StringIO(done.stdout)))
    assert len(answers) == len(rows), (len(answers), len(rows))
    return answers


class Tally:
    """Counts rows and disagreements, and shows the first of these."""

    def __init__(self):
        self.wrong = 0

    def judge(self, name, header, rows, answers, expected):
        counts, wrong = {}, []
        for row, answer, allowed in zip(rows, answers, expected):
            counts[answer["verdict"]] = counts.get(answer["verdict"], 0) + 1
            if answer["verdict"] not in allowed:
                wrong.append((row, answer["verdict"], answer["reason"]))
        self.wrong += len(wrong)
        told = ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items()))
        print(f"{name}: {len(rows)} rows ({told}), {len(wrong)} disagreements", flush=True)
        for row, verdict, reason in wrong[:5]:
            print("   ", dict(zip(header, row)), verdict, "|", reason)


def draw(domain, n, random_):
    """A sample of n whole numbers of the domain: flat, in two heaps, or skewed."""
    low, high = domain
    if low is None:
        centre, spread = random_.randint(-20, 60), random_.choice([0, 1, 2, 5, 30])
        return [centre + round(random_.gauss(0, 1) * spread) for _ in range(n)]
    if high is None:
        mean = random_.choice([0.3, 2, 8, 40])
        return [low + int(random_.expovariate(1 / mean)) for _ in range(n)]
    shape = random_.randrange(4)
    if shape == 0:
        return [random_.randint(low, high) for _ in range(n)]
    if shape == 1:
        return [random_.choice([low, high]) for _ in range(n - 1)] + [random_.randint(low, high)]
    if shape == 2:
        centre = random_.randint(low, high)
        return [min(high, max(low, centre + random_.choice([-1, 0, 0, 1]))) for _ in range(n)]
    return [low if random_.random() < 0.8 else random_.randint(low, high) for _ in range(n)]


def moments(sample, items=1):
    n = len(sample)
    total, squares = sum(sample), sum(x * x for x in sample)
    spread = Fraction(squares) - Fraction(total * total, n)
    return Fraction(total, n * items), spread / items ** 2


POSSIBLE = {"consistent"}
IMPOSSIBLE = {"inconsistent"}


def possible_samples(program, tally, count, random_):
    """Means and SDs of real samples: GRIM, GRIMMER, DEBIT and the bounds of an SD have to let all of them pass."""
    for name, domain in DOMAINS.items():
        for habit in HABITS:
            grim, grimmer = [], []
            for _ in range(max(1, count // len(HABITS))):
                n = random_.choice([2, 3, 4, 5, 6, 7, 8, 10, 12, 20, random_.randint(2, 200)])
                items = random_.choice([1, 1, 1, 2, 3, 5])
                answers = [draw(domain, items, random_) for _ in range(n)]
                mean, spread = moments([sum(person) for person in answers], items)
                divisor = random_.choice([n - 1, n])
                mode = random_.choice([ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN]) if habit == "any" else HABITS[habit]
                decimals = random_.choice([0, 1, 2, 2, 2, 3])
                shown = printed(mean, decimals, mode)
                sd = printed(root(spread / divisor), random_.choice([decimals, decimals + 1, 2]), mode)
                grim.append([shown, n, items])
                grimmer.append([shown, sd, n, items, "sample" if divisor == n - 1 else "population"])
            options = [f"--domain={name}", f"--rounding={habit}"]
            answers = run(program, ["grim", f"--rounding={habit}"], ["mean", "n", "items"], grim)
            tally.judge(f"grim, possible, {name}, {habit}", ["mean", "n", "items"], grim, answers, [POSSIBLE] * len(grim))
            for kind in ["sample", "population"]:
                rows = [row[:4] for row in grimmer if row[4] == kind]
                header = ["mean", "sd", "n", "items"]
                answers = run(program, ["grimmer", f"--sd={kind}", *options], header, rows)
                tally.judge(f"grimmer, possible, {name}, {habit}, {kind}", header, rows, answers, [POSSIBLE] * len(rows))
                if None not in domain:
                    answers = run(program, ["sd-range", f"--sd={kind}", *options], header, rows)
                    tally.judge(f"sd-range, possible, {name}, {habit}, {kind}", header, rows, answers, [POSSIBLE] * len(rows))
                if name == "0:1":
                    rows = [row[:3] for row in rows if row[3] == 1]
                    answers = run(program, ["debit", f"--sd={kind}", options[1]], header[:3], rows)
                    tally.judge(f"debit, possible, {habit}, {kind}", header[:3], rows, answers, [POSSIBLE] * len(rows))


def reachable(n, low, high):
    """Every total and sum of squares of n whole numbers from low to high."""
    found = {(0, 0)}
    for _ in range(n):
        found = {(total + x, squares + x * x) for total, squares in found for x in range(low, high + 1)}
    return found


def all_pairs(program, tally, count, random_):
    """All means and SDs that can be printed, judged against every sample there is."""
    sizes = {"0:1": (2, 3, 7, 12, 60), "1:5": (2, 3, 4, 5, 9, 24), "1:7": (2, 3, 5, 11), "0:10": (2, 3, 4, 8), "-3:3": (2, 4, 7, 20)}
    for name, ns in sizes.items():
        low, high = DOMAINS[name]
        for habit in HABITS:
            for kind in ["sample", "population"]:
                rows, expected = [], []
                for n in ns:
                    pairs = [(Fraction(t, n), root((Fraction(q) - Fraction(t * t, n)) / (n - (kind == "sample"))))
                             for t, q in reachable(n, low, high)]
                    # Each printed pair with the modes that print it.
                    shown = {}
                    for decimals in [1, 2]:
                        modes = [ROUND_HALF_UP, ROUND_HALF_DOWN] if habit == "any" else [HABITS[habit]]
                        for mean, sd in pairs:
                            for first, second in itertools.product(modes, modes):
                                shown[(printed(mean, decimals, first), printed(sd, decimals, second))] = True
                        top = math.ceil(float(max(sd for _, sd in pairs)) * 10 ** decimals) + 2
                        want = count // len(ns) // 2 // 4
                        for _ in range(want):
                            mean = printed(random_.choice(pairs)[0], decimals, modes[0])
                            sd = printed(Fraction(random_.randint(0, top), 10 ** decimals), decimals, modes[0])
                            rows.append([mean, sd, n])
                            expected.append(POSSIBLE if (mean, sd) in shown else IMPOSSIBLE)
                        for mean, sd in random_.sample(sorted(shown), min(want, len(shown))):
                            rows.append([mean, sd, n])
                            expected.append(POSSIBLE)
                header = ["mean", "sd", "n"]
                options = [f"--sd={kind}", f"--rounding={habit}"]
                answers = run(program, ["grimmer", f"--domain={name}", *options], header, rows)
                tally.judge(f"grimmer, all of {name}, {habit}, {kind}", header, rows, answers, expected)
                if name == "0:1":
                    answers = run(program, ["debit", *options], header, rows)
                    tally.judge(f"debit, all, {habit}, {kind}", header, rows, answers, expected)


def extremes(program, tally, count, random_):
    """Means and SDs beside the least and the greatest number: every sample is written out, and those count whose extremes these are."""
    header = ["mean", "sd", "n", "min", "max"]
    sizes = [(2, 0, 9), (3, 1, 7), (3, -4, 5), (4, 0, 6), (5, 1, 5), (6, 0, 3), (7, 1, 4), (9, 0, 2), (12, 0, 1), (3, 4, 4)]
    for habit in HABITS:
        modes = [ROUND_HALF_UP, ROUND_HALF_DOWN] if habit == "any" else [HABITS[habit]]
        for kind in ["sample", "population"]:
            rows, expected = [], []
            for n, low, high in sizes:
                real = set()
                for sample in itertools.combinations_with_replacement(range(low, high + 1), n):
                    if sample[0] == low and sample[-1] == high:
                        mean, spread = moments(sample)
                        real.add((mean, root(spread / (n - (kind == "sample")))))
                real = sorted(real)
                shown = {(printed(mean, 2, first), printed(sd, 2, second))
                         for mean, sd in real for first in modes for second in modes}
                want = max(4, count // len(sizes) // 4)
                rows_here = random_.sample(sorted(shown), min(want, len(shown)))
                top = math.ceil(float(max(sd for _, sd in real)) * 100) + 3
                for _ in range(want):
                    # Means of samples with any SD, and any means: most of these no sample has.
                    total = random_.randint(n * low, n * high)
                    rows_here.append((printed(Fraction(total, n), 2, modes[0]),
                                      printed(Fraction(random_.randint(0, top), 100), 2, modes[0])))
                    mean, sd = random_.choice(sorted(shown))
                    rows_here.append((mean, printed(Fraction(sd) + Fraction(random_.choice([-1, 1]), 100), 2, ROUND_HALF_UP)))
                for mean, sd in rows_here:
                    if not sd.startswith("-"):
                        rows.append([mean, sd, n, low, high])
                        expected.append(POSSIBLE if (mean, sd) in shown else IMPOSSIBLE)
            answers = run(program, ["grimmer", f"--sd={kind}", f"--rounding={habit}"], header, rows)
            tally.judge(f"grimmer, extremes, {habit}, {kind}", header, rows, answers, expected)


def all_integers(program, tally, random_):
    """Small sums of squares over all integers and all counts, where every sample is within a small range."""
    for name, low, reach in [("integers", -4, 4), ("nonnegative", 0, 7)]:
        rows, expected = [], []
        for n in [2, 3, 4, 5, 6]:
            limit = 16 if name == "integers" else 49
            found = {pair for pair in reachable(n, low, reach) if pair[1] <= limit}
            for total in range(-n * (name == "integers"), 2 * n + 1):
                for squares in range(math.ceil(Fraction(total * total, n)), limit + 1):
                    spread = Fraction(squares) - Fraction(total * total, n)
                    # Digits enough to tell one sum of squares from the next, and the total from others.
                    mean = printed(Fraction(total, n), 4, ROUND_HALF_EVEN)
                    sd = printed(root(spread / (n - 1)), 4, ROUND_HALF_EVEN)
                    rows.append([mean, sd, n])
                    expected.append(POSSIBLE if (total, squares) in found else IMPOSSIBLE)
        answers = run(program, ["grimmer", f"--domain={name}", "--sd=sample"], ["mean", "sd", "n"], rows)
        tally.judge(f"grimmer, all of {name}", ["mean", "sd", "n"], rows, answers, expected)


def all_means(program, tally):
    """Every mean of two decimals, for n from 2 to 120."""
    for habit in HABITS:
        rows, expected = [], []
        for n in range(2, 121, 3):
            totals = range(-2 * n, 4 * n)
            modes = [ROUND_HALF_UP, ROUND_HALF_DOWN] if habit == "any" else [HABITS[habit]]
            shown = {printed(Fraction(total, n), 2, mode) for total in totals for mode in modes}
            for hundredths in range(-100, 301, 7):
                text = printed(Fraction(hundredths, 100), 2, ROUND_DOWN)
                rows.append([text, n])
                expected.append(POSSIBLE if text in shown else IMPOSSIBLE)
        answers = run(program, ["grim", f"--rounding={habit}"], ["mean", "n"], rows)
        tally.judge(f"grim, all means, {habit}", ["mean", "n"], rows, answers, expected)


def bounds_of_sd(program, tally):
    """The least and greatest SD on a scale, against every sample."""
    for name, ns in {"1:5": (2, 3, 6, 13), "0:10": (2, 3, 5), "-3:3": (4, 9)}.items():
        low, high = DOMAINS[name]
        rows, expected = [], []
        for n in ns:
            for total, pairs in itertools.groupby(sorted(reachable(n, low, high)), key=lambda pair: pair[0]):
                squares = [q for _, q in pairs]
                mean = printed(Fraction(total, n), 6, ROUND_HALF_EVEN)
                ends = [root((Fraction(q) - Fraction(total * total, n)) / (n - 1)) for q in (squares[0], squares[-1])]
                for sd, fits in [(ends[0], True), (ends[1], True), (ends[0] - Fraction(1, 100), False),
                                 (ends[1] + Fraction(1, 100), False)]:
                    if sd >= 0:
                        rows.append([mean, printed(sd, 4, ROUND_HALF_EVEN), n])
                        expected.append(POSSIBLE if fits else IMPOSSIBLE)
        answers = run(program, ["sd-range", f"--domain={name}", "--sd=sample"], ["mean", "sd", "n"], rows)
        tally.judge(f"sd-range, all of {name}", ["mean", "sd", "n"], rows, answers, expected)


def beta_tail(a, b, y):
    """The regularised incomplete beta function by the continued fraction of its textbook (Lentz)."""
    if y <= 0:
        return 0.0
    if y >= 1:
        return 1.0
    if y > (a + 1) / (a + b + 2):
        return 1.0 - beta_tail(b, a, 1 - y)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(y) + b * math.log1p(-y)) / a
    c, d = 1.0, 1.0 - (a + b) * y / (a + 1)
    d = 1.0 / (d or 1e-300)
    value = d
    for m in range(1, 2000):
        for step in (m * (b - m) * y / ((a + 2 * m - 1) * (a + 2 * m)),
                     -(a + m) * (a + b + m) * y / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1.0 / ((1.0 + step * d) or 1e-300)
            c = (1.0 + step / c) or 1e-300
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return front * value


def p_of_f(f, first, second):
    return beta_tail(second / 2, first / 2, second / (second + first * f))


def tests_of_groups(program, tally, count, random_):
    """t and F of drawn groups, computed from the raw data; then with a statistic far off."""
    header = ["m1", "sd1", "n1", "m2", "sd2", "n2", "m3", "sd3", "n3", "F", "t", "p", "test"]
    for habit in HABITS:
        rows, wrong = [], []
        for _ in range(max(1, count // len(HABITS))):
            groups = [[Fraction(round(random_.gauss(centre, 10)), 10) for _ in range(random_.randint(3, 60))]
                      for centre in [random_.randint(20, 60) for _ in range(random_.choice([2, 2, 3]))]]
            if any(len(set(group)) < 2 for group in groups):
                continue
            mode = random_.choice([ROUND_HALF_UP, ROUND_HALF_DOWN]) if habit == "any" else HABITS[habit]
            cells, facts = [], []
            for group in groups:
                mean, spread = moments(group)
                facts.append((mean, spread, len(group)))
                cells += [printed(mean, 2, mode), printed(root(spread / (len(group) - 1)), 2, mode), len(group)]
            cells += [""] * (9 - len(cells))
            size = sum(n for _, _, n in facts)
            grand = sum(mean * n for mean, _, n in facts) / size
            between = sum(n * (mean - grand) ** 2 for mean, _, n in facts) / (len(facts) - 1)
            within = sum(spread for _, spread, _ in facts) / (size - len(facts))
            f = between / within
            p = Fraction(p_of_f(float(f), len(facts) - 1, size - len(facts)))
            test = random_.choice(["F", "t", "p"]) if len(facts) == 2 else random_.choice(["F", "p"])
            form = "oneway"
            if test == "t":
                form = random_.choice(["pooled", "welch", ""])
                square = f
                if form == "welch" or (form == "" and random_.random() < 0.5):
                    square = (facts[0][0] - facts[1][0]) ** 2 / sum(spread / (n - 1) / n for _, spread, n in facts)
                stated = root(square)
            else:
                stated = f if test == "F" else p
            shown = printed(stated, 3 if test == "p" else 2, mode)
            rows.append(cells + [shown if test == name else "" for name in ("F", "t", "p")] + [form])
            # Far enough off that no rounding explains it: four times the statistic and five more.
            off = printed(4 * f + 5, 2, mode)
            wrong.append(cells + [off, "", "", "oneway"])
        options = [f"--rounding={habit}", "--sd=sample"]
        answers = run(program, ["anova", *options], header, rows)
        tally.judge(f"anova, possible, {habit}", header, rows, answers, [POSSIBLE] * len(rows))
        answers = run(program, ["anova", *options], header, wrong)
        tally.judge(f"anova, far off, {habit}", header, wrong, answers, [IMPOSSIBLE] * len(wrong))


def p_of_chi2(value, degrees):
    """The upper tail of chi-squared, from that of one or two degrees of freedom two at a time (Abramowitz and Stegun 26.4.8)."""
    tail, at = (math.erfc(math.sqrt(value / 2)), 1) if degrees % 2 else (math.exp(-value / 2), 2)
    while at < degrees:
        tail += math.exp(at / 2 * math.log(value / 2) - value / 2 - math.lgamma(at / 2 + 1))
        at += 2
    return tail


def p_values(program, tally, count, random_):
    """p of t, F, z, r and chi-squared from true statistics, and p's that are far off."""
    header = ["test", "statistic", "df1", "df2", "p", "tails"]
    rows, wrong = [], []
    for _ in range(count):
        test = random_.choice(["t", "F", "z", "r", "chi2"])
        first, second = random_.randint(1, 6), random_.randint(3, 200)
        value = Fraction(random_.randint(1, 4500), 1000)
        if test == "r":
            value /= 5
            f = float(value) ** 2 * second / (1 - float(value) ** 2)
            p = p_of_f(f, 1, second)
        elif test == "t":
            p = p_of_f(float(value) ** 2, 1, second)
        elif test == "F":
            p = p_of_f(float(value), first, second)
        elif test == "chi2":
            # Values around the degrees of freedom, where p is neither 0 nor 1.
            second = random_.randint(1, 40)
            value = Fraction(random_.randint(1, 3000 * second), 1000)
            p = p_of_chi2(float(value), second)
        else:
            p = math.erfc(float(value) / math.sqrt(2))
        tails = random_.choice(["1", "2"]) if test not in ("F", "chi2") else "2"
        p = Fraction(p) / (2 if tails == "1" else 1)
        df = ["", ""] if test == "z" else [first, second] if test == "F" else [second, ""]
        mode = random_.choice([ROUND_HALF_UP, ROUND_HALF_DOWN])
        shown = printed(value, 2, mode)
        bound = printed(p, 2, ROUND_UP)
        told = random_.choice([printed(p, random_.choice([2, 3, 4]), mode), f"< {bound}"])
        if told.startswith("<") and Fraction(bound) <= p:
            continue
        rows.append([test, shown, *df, told, tails])
        off = p + Fraction(3, 10) if p < Fraction(1, 2) else p - Fraction(3, 10)
        wrong.append([test, shown, *df, printed(off, 3, mode), tails])
    answers = run(program, ["p"], header, rows)
    tally.judge("p, possible", header, rows, answers, [POSSIBLE] * len(rows))
    answers = run(program, ["p"], header, wrong)
    tally.judge("p, off by 0.3", header, wrong, answers, [IMPOSSIBLE] * len(wrong))


def intervals_and_effects(program, tally, count, random_):
    """Intervals built from an estimate and an error, effect sizes from their formulas, diagnostic measures from counts."""
    z = {"90": 1.6448536269514722, "95": 1.959963984540054, "99": 2.5758293035489004}
    header = ["estimate", "low", "high", "level", "measure", "se", "p"]
    rows, effects, tables = [], [], []
    measures = {
        "sensitivity": lambda tp, fp, fn, tn: Fraction(tp, tp + fn), "specificity": lambda tp, fp, fn, tn: Fraction(tn, tn + fp),
        "ppv": lambda tp, fp, fn, tn: Fraction(tp, tp + fp), "npv": lambda tp, fp, fn, tn: Fraction(tn, tn + fn),
        "accuracy": lambda tp, fp, fn, tn: Fraction(tp + tn, tp + fp + fn + tn), "f1": lambda tp, fp, fn, tn: Fraction(2 * tp, 2 * tp + fp + fn),
        "lr_plus": lambda tp, fp, fn, tn: Fraction(tp, tp + fn) / Fraction(fp, fp + tn),
        "lr_minus": lambda tp, fp, fn, tn: Fraction(fn, tp + fn) / Fraction(tn, fp + tn),
    }
    for _ in range(count):
        level = random_.choice(sorted(z))
        estimate, error = random_.uniform(-3, 3), random_.uniform(0.05, 1)
        ratio = random_.random() < 0.5
        ends = [estimate - z[level] * error, estimate, estimate + z[level] * error]
        if ratio:
            ends = [math.exp(end) for end in ends]
        shown = [printed(Fraction(end), 2, ROUND_HALF_EVEN) for end in ends]
        if not ratio or Fraction(shown[0]) > Fraction(1, 100):
            p = Fraction(math.erfc(abs(estimate) / error / math.sqrt(2)))
            rows.append([shown[1], shown[0], shown[2], level, random_.choice(["ratio" if ratio else "linear", ""]),
                         printed(Fraction(error), 2, ROUND_HALF_EVEN), printed(p, 3, ROUND_HALF_EVEN)])
        f, first, second = Fraction(random_.randint(1, 3000), 100), random_.randint(1, 5), random_.randint(5, 150)
        n1, n2 = random_.randint(3, 80), random_.randint(3, 80)
        effect = random_.choice(["eta2p", "omega2", "d", "r", "phi"])
        value = {"eta2p": lambda: f * first / (f * first + second),
                 "omega2": lambda: first * (f - 1) / (first * (f - 1) + first + second + 1),
                 "d": lambda: root(f) * root(Fraction(1, n1) + Fraction(1, n2)),
                 "r": lambda: root(f / (f + second)), "phi": lambda: root(f / n1)}[effect]()
        t = printed(root(f), 2, ROUND_HALF_EVEN)
        cells = {"effect": effect, "value": printed(value, random_.choice([2, 3]), ROUND_HALF_UP)}
        cells |= {"F": printed(f, 2, ROUND_HALF_UP), "df1": first, "df2": second} if effect in ("eta2p", "omega2") else {}
        cells |= {"t": t, "n1": n1, "n2": n2} if effect == "d" else {}
        cells |= {"t": t, "df": second} if effect == "r" else {}
        cells |= {"chi2": printed(f, 2, ROUND_HALF_UP), "n": n1} if effect == "phi" else {}
        effects.append([cells.get(name, "") for name in ("effect", "value", "t", "F", "chi2", "df", "df1", "df2", "n", "n1", "n2")])
        counts = [random_.randint(1, 200) for _ in range(4)]
        name = random_.choice(sorted(measures))
        tables.append(counts + [printed(measures[name](*counts), 3, ROUND_HALF_UP) if name == other else "" for other in measures])
    answers = run(program, ["ci"], header, rows)
    tally.judge("ci, possible", header, rows, answers, [POSSIBLE] * len(rows))
    # A limit moved by half of the width is in no middle.
    moved = [[row[0], row[1], printed(Fraction(row[2]) * 2 + 5, 2, ROUND_HALF_UP), *row[3:4], row[4], "", ""] for row in rows if row[4]]
    answers = run(program, ["ci"], header, moved)
    tally.judge("ci, a limit moved", header, moved, answers, [IMPOSSIBLE] * len(moved))
    header = ["effect", "value", "t", "F", "chi2", "df", "df1", "df2", "n", "n1", "n2"]
    answers = run(program, ["effect"], header, effects)
    tally.judge("effect, possible", header, effects, answers, [POSSIBLE] * len(effects))
    off = [[row[0], printed(Fraction(row[1]) + Fraction(7, 2), 2, ROUND_HALF_UP), *row[2:]] for row in effects]
    answers = run(program, ["effect"], header, off)
    tally.judge("effect, off by 3.5", header, off, answers, [IMPOSSIBLE] * len(off))
    header = ["tp", "fp", "fn", "tn", *measures]
    answers = run(program, ["diagnostic"], header, tables)
    tally.judge("diagnostic, possible", header, tables, answers, [POSSIBLE] * len(tables))
    off = [row[:4] + [cell and printed(Fraction(cell) * 2 + Fraction(1, 100), 3, ROUND_DOWN) for cell in row[4:]] for row in tables]
    answers = run(program, ["diagnostic"], header, off)
    tally.judge("diagnostic, doubled", header, off, answers, [IMPOSSIBLE] * len(off))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", help="the built rederive")
    parser.add_argument("--rows", type=int, default=2000, help="rows a test, about")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="tests whose function has this in its name")
    arguments = parser.parse_args()
    tally, random_ = Tally(), random.Random(arguments.seed)
    steps = {
        "all_means": lambda: all_means(arguments.program, tally),
        "all_pairs": lambda: all_pairs(arguments.program, tally, arguments.rows, random_),
        "extremes": lambda: extremes(arguments.program, tally, arguments.rows, random_),
        "all_integers": lambda: all_integers(arguments.program, tally, random_),
        "bounds_of_sd": lambda: bounds_of_sd(arguments.program, tally),
        "p_values": lambda: p_values(arguments.program, tally, arguments.rows, random_),
        "tests_of_groups": lambda: tests_of_groups(arguments.program, tally, arguments.rows, random_),
        "intervals_and_effects": lambda: intervals_and_effects(arguments.program, tally, arguments.rows, random_),
        "possible_samples": lambda: possible_samples(arguments.program, tally, arguments.rows, random_),
    }
    for name, step in steps.items():
        if not arguments.only or arguments.only in name:
            step()
    print(f"{tally.wrong} disagreements")
    sys.exit(1 if tally.wrong else 0)


if __name__ == "__main__":
    main()
