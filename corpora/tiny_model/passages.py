"""Fills the frames of frames.txt: passages for training, in the format of corpora/windows.

    python3 passages.py --count 20000 --seed 1 > passages.md

What comes out depends on the arguments alone. No passage of corpora/windows is used.
"""

import argparse
import math
import random
import re
from pathlib import Path

NOUNS = """patients participants women men children samples plots trees cells images sentences students households articles genes birds
teeth trials questions stations records wells farms users nurses fish lakes voters drivers letters papers cases infants workers teachers
seeds plants leaves colonies mice dogs sheep nests islands villages schools clinics trains ships bridges stars galaxies spectra comets
craters asteroids devices batteries panels turbines engines parcels books manuscripts coins tools sherds graves words verbs tokens songs
films games shops firms banks loans claims contracts visits sessions interviews calls scans slides biopsies fractures lesions tumours
implants donors volunteers controls couples twins runners cyclists flights passengers crates bottles filters tubes swabs isolates strains
proteins peptides reads clones embryos larvae bees moths frogs bats seals whales herds flocks reefs springs glaciers storms floods quakes
wards beds posts jobs members delegates bills votes tests items answers sheets pages entries files packets messages events tracks lenses
mirrors sensors probes drones robots""".split()
VERBS = """were included | were positive | were analysed | took part | were treated | had a fracture | agreed | were selected | were found |
completed the task | were measured | answered | showed the effect | were sequenced | survived | were rejected | were late | were damaged |
germinated | had moved | responded | reported pain | lived alone | were insured | were of good quality | carried the mutation | failed |
were repaired | were lost | were new | owned a car | voted | were vaccinated | smoked | were infected | were tagged | were returned |
flowered | were visible | were variable | were in use | had changed | were sold | were signed | could be dated | were illegible | passed |
improved | relapsed | were female | were under age | had no symptoms | were detected | exceeded the limit | were eligible""".split("|")
THINGS = """load volume dose distance mass sample path uptake yield cable intake flow crop harvest reservoir charge tank feed fuel solution
extract solvent water salt protein sugar energy heat power signal current cargo rope pipe wall beam road channel river glacier layer film
coating crystal powder plasma serum blood urine milk grain straw wood timber oil gas steam air dust sediment soil rock ore metal alloy
weight height length depth width area span period duration delay growth loss leakage runoff rainfall demand supply output input traffic
baseline biomass residue filtrate mixture ration diet culture medium""".split()
PLACES = """the north | the south | the first year | the second year | spring | summer | autumn | winter | the city | the valley | the east |
the west | the control group | the pilot | the main study | the archive | the old wing | the clinic | the lower reach | the upper reach |
the morning | the evening | January | June | the first round | the second round | the coast | the laboratory | the field | the hospital |
the training set | the last season | the plain | the highlands | the centre | the outer zone | the first half | the second half |
the district | the new site | the old site | Lisbon | Oslo | Kyoto | Nairobi | Quito | the reference | the survey""".split("|")
UNITS = "kg mg g m km mL L days h ha ms mm µg t m3 kWh MJ W K min mol kJ kPa pc ng GHz MB cm weeks".split()
# The unit of a rate, what it is taken per, and what their product has.
RATES = """mL/min min mL | km/h h km | kg/ha ha kg | m/s s m | g/mol mol g | mg/mL mL mg | MJ/kg kg MJ | W/m2 m2 W | kWh/m2 m2 kWh |
L/h h L | µg/day days µg | mg/L L mg | t/ha ha t | g/m m g | mol/L L mol | g/cm3 cm3 g | km/s/Mpc Mpc km/s | kg/m3 m3 kg | mm/day days mm |
J/s s J | ng/kg/day kg ng/day | m/min min m | m3/s s m3 | kW h kWh | kJ/g g kJ | kg/s s kg | L/ha ha L | mg/m3 m3 mg | µg/mL mL µg |
MB/s s MB | pg/mL mL pg | kg/m m kg | N m J | L/min min L | g/L L g | mg/h h mg | mg/day days mg""".split("|")
DISTRACTORS = """The mean age was {n} years | The <S> was kept for {n} days | The study had {n} <M> | We used {n} <M> as a reference |
The temperature was {n} K | A further {n} <M> <V> in another year | The <S> was {y} at the start | Between visits {n} days went by |
The rate was {p} among <M> | The method is described elsewhere | Details are given in the supplement | No <M> <V> |
Of other <M>, {p} <V> | The <S> had been measured with {y} before | It was repeated {n} times | The device draws {y} |
All <M> were seen in <P> | Earlier work used {n} <M> and {y} of <S> | A <S> of {y} served as control | The <M> lay {y} apart |
Both authors checked the <M> | Costs rose by {p} in <P> | We allowed {y} for the <S> | The second <S> took {n} min |
The limit of detection was {y} | On average {n} <M> were at hand""".split("|")
ASIDES = [" (SD {y})", " ({n} in <P>)", " ({y} in <P>)", " (not counting <M>)", " in <P>", ", unlike in <P>,", " (range not given)", ""]


SYLLABLES = "ba be co di fa gro hi ka lin lo ma mer ni o pel qua ra ri sa ste ta tor u va wen xi yl zo ar en".split()


def noun(draw, choices, ending):
    """A noun; one in four is of no language, so that the model learns to read around words that it does not know."""
    if draw.random() < 0.75:
        return draw.choice(choices)
    return "".join(draw.choice(SYLLABLES) for _ in range(draw.choice([2, 3, 3, 4]))) + ending


def one(draw, choices):
    return draw.choice(choices).strip()


def figure(draw, decimals, most=4):
    """A printed number with two to four digits, and its value."""
    digits = draw.choice([2, 3, 3, 4][:most])
    number = draw.randrange(10 ** (digits - 1), 10**digits)
    return number / 10**decimals


def printed(value, decimals, grouped):
    text = f"{max(value, 0):.{decimals}f}"
    whole, _, part = text.partition(".")
    if grouped and len(whole) > 3:
        whole = f"{int(whole):,}"
    return whole + ("." + part if part else "")


def rounded(value, digits):
    """A value to so many significant digits, never in powers of ten."""
    if value <= 0:
        return "0.1"
    places = digits - 1 - math.floor(math.log10(value))
    return printed(value, max(places, 0), True)


def values(draw, form, kind):
    """What stands at {=}, {a}, {b}, {c} and {x} of a frame."""
    grouped = draw.random() < 0.6
    decimals = draw.choice([0, 1, 1, 2])
    unit = draw.choice(UNITS)
    rate, per, product = one(draw, RATES).split()
    percent = lambda value, places=1: printed(value, places, False) + draw.choice(["%", "%", " %"])
    share = lambda: draw.randrange(12, 988) / 10
    count = lambda: figure(draw, 0)
    name = {"count": "", "counts": "", "percent": "", "any": ""}.get(kind, unit)
    a, b, c, x = (figure(draw, 0 if name == "" else decimals) for _ in range(4))
    if kind in ("count", "counts"):
        a, b, c, x = count(), count(), count(), count()
    if form in ("a - b", "a - b - c", "(a - b) / c") and a < b:
        a, b = b, a
    if form == "a - b - c" and a <= b + c:
        a = b + c + count()
    if form == "a / b in %" and a > b:
        a, b = b, a
    if kind == "percent":
        a, b, c, x = share(), share(), share(), share()
        if form == "a - b" and a < b:
            a, b = b, a
    of = {
        "a + b": lambda: a + b, "a + b + c": lambda: a + b + c, "a - b": lambda: a - b, "a - b - c": lambda: a - b - c,
        "a * b": lambda: a * b, "a / b": lambda: a / b, "a / b in %": lambda: 100 * a / b,
        "abs(a - b) / b in %": lambda: 100 * abs(a - b) / b, "exact(100 %) - a": lambda: 100 - a,
        "a * b / c": lambda: a * b / c, "(a + b) / c": lambda: (a + b) / c, "(a - b) / c": lambda: (a - b) / c,
        "a * b * c": lambda: a * b * c, "none": lambda: figure(draw, draw.choice([0, 0, 1, 2])),
    }
    plain = lambda value: printed(value, 0 if name == "" else decimals, grouped)
    with_unit = lambda value, own: f"{printed(value, decimals, grouped)} {own}"
    shown = {letter: f"{plain(value)} {name}".strip() for letter, value in zip("abcx", (a, b, c, x))}
    value = of[form]()
    answer = f"{plain(value)} {name}".strip()
    significant = draw.choice([2, 3, 3, 4])
    if kind == "rate":
        shown["a"], shown["b"] = with_unit(a, rate if form == "a * b" else product), with_unit(b, per)
        answer = f"{rounded(value, significant)} {product if form == 'a * b' else rate}"
    elif kind == "inverse":
        shown["a"], shown["b"] = with_unit(a, product), with_unit(b, rate)
        answer = f"{rounded(value, significant)} {per}"
    elif kind == "counts":
        answer = printed(value, 0 if form == "a * b" else 1, grouped)
    elif kind == "part":
        b, own = count(), share()
        shown["a"], shown["b"], answer = percent(own), printed(b, 0, grouped), printed(own * b / 100, 0, grouped)
    elif kind == "partm":
        own = share()
        shown["a"], answer = percent(own), f"{rounded(own * b / 100, significant)} {unit}"
    elif kind == "mix":
        strength, small = draw.choice([("mM", "µL"), ("mg/mL", "mL"), ("µM", "mL"), ("g/L", "L"), ("mol/L", "mL"), ("µg/mL", "µL")])
        shown = {"a": with_unit(a, strength), "b": with_unit(b, small), "c": with_unit(c, small)}
        answer = f"{rounded(value, significant)} {strength}"
    elif kind == "scale":
        made, base = draw.sample(UNITS, 2)
        shown = {"a": with_unit(a, made), "b": with_unit(b, base), "c": with_unit(c, base)}
        answer = f"{rounded(value, significant)} {made}"
    elif kind == "over":
        shown = {"a": with_unit(a, product), "b": with_unit(b, product), "c": with_unit(c, per)}
        answer = f"{rounded(value, significant)} {rate}"
    elif kind == "triple":
        shown = {"a": with_unit(a, rate), "b": with_unit(b, per), "c": printed(count() % 90 + 2, 0, False)}
        answer = f"{rounded(value, significant)} {product}"
    elif kind == "percent":
        shown = {letter: percent(own) for letter, own in zip("abcx", (a, b, c, x))}
        answer = percent(value)
    elif form in ("a / b in %", "abs(a - b) / b in %"):
        answer = percent(value, draw.choice([0, 1, 1, 2]))
    elif kind == "any":
        own = draw.choice([printed(value, 0, grouped), rounded(value, significant) + " " + draw.choice(UNITS),
                           rounded(value, significant) + " " + rate, percent(share())])
        answer = own
        shown = {letter: printed(count(), 0, grouped) for letter in "abcx"}
        if draw.random() < 0.4:
            shown = {letter: with_unit(figure(draw, decimals), unit) for letter in "abcx"}
    return answer, shown


def chosen(draw, text):
    """The text with one of each choice taken."""
    while (found := re.search(r"\[([^\[\]]*)\]", text)) is not None:
        text = text[: found.start()] + draw.choice(found[1].split("|")) + text[found.end() :]
    return text


def worded(draw, text):
    """The text with its words filled in, and numbers that have nothing to do with the value."""
    text = text.replace("<N>", noun(draw, NOUNS, "s")).replace("<M>", noun(draw, NOUNS, "s"))
    text = text.replace("<S>", noun(draw, THINGS, ""))
    text = re.sub("<V>", lambda _: one(draw, VERBS), text)
    text = re.sub("<P>", lambda _: one(draw, PLACES), text)
    text = re.sub(r"\{n\}", lambda _: printed(figure(draw, 0), 0, True), text)
    text = re.sub(r"\{p\}", lambda _: printed(draw.randrange(12, 988) / 10, 1, False) + "%", text)
    return re.sub(r"\{y\}", lambda _: f"{printed(figure(draw, 1), 1, True)} {draw.choice(UNITS)}", text)


def passage(draw, frame):
    head, text = frame.split(": ", 1)
    form, kind = head.rsplit(" ", 1)
    answer, shown = values(draw, form, kind)
    # A second answer that the form takes in another order of the letters is none.
    text = chosen(draw, text.replace(" | ", " ¦ ")).replace(" ¦ ", " | ")
    sentences = [sentence.strip() for sentence in text.split(" | ")]
    if draw.random() < 0.35:
        at = draw.randrange(len(sentences))
        spots = [spot.end() for spot in re.finditer(r"\{[abc]\}( <[NMS]>)?", sentences[at])]
        if spots:
            spot = draw.choice(spots)
            sentences[at] = sentences[at][:spot] + draw.choice(ASIDES) + sentences[at][spot:]
    for _ in range(draw.choice([0, 0, 0, 1, 1, 2])):
        sentences.insert(draw.randrange(len(sentences) + 1), one(draw, DISTRACTORS))
    text = ". ".join(part[0].upper() + part[1:] for part in (worded(draw, sentence) for sentence in sentences) if part) + "."
    text = re.sub(r"\{([abcx])\}", lambda found: f"{{{found[1]}: {shown[found[1]]}}}", text).replace("{=}", f"{{= {answer}}}")
    if form != "none":
        missing = [letter for letter in "abc" if re.search(rf"\b{letter}\b", form) and f"{{{letter}:" not in text]
        assert not missing, (frame, missing)
    return f"```window {form}\n\n{re.sub(' +', ' ', text).replace(',,', ',').replace(' ,', ',')}\n```\n"


def frames():
    lines = Path(__file__).with_name("frames.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#") and ": " in line]


def weights(known):
    """How often each frame is drawn: those of values that follow from nothing more often than others."""
    return [3 if frame.startswith("none") else 1 for frame in known]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    draw = random.Random(arguments.seed)
    known = frames()
    for _ in range(arguments.count):
        print(passage(draw, *draw.choices(known, weights(known))))


if __name__ == "__main__":
    main()
