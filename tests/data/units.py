#!/usr/bin/env python3
"""Writes units.csv: what unit strings mean, worked out from a table of SI factors that is independent of the program.

Run: python3 tests/data/units.py > tests/data/units.csv

Columns: text, status (ok, ambiguous, rejected), dimension over L M T I Th N J, factor to coherent SI, tags. A factor is an
exact rational, or, with `~` before it, a decimal of 25 digits where pi is in it. An empty field is not checked; `-` means no
tags. For an ambiguous string the row gives one meaning that has to be among those kept. Factors are from the SI brochure,
NIST SP 811, the international yard and pound of 1959, and IAU resolutions; they are typed here by hand.
"""

import csv
import sys
from decimal import Decimal, getcontext
from fractions import Fraction as Q

getcontext().prec = 60
PI = Q(Decimal("3.14159265358979323846264338327950288419716939937510"))
AXES = ["L", "M", "T", "I", "Th", "N", "J"]


def dim(**exponents):
    return tuple(exponents.get(axis, 0) for axis in AXES)


ONE = dim()
YEAR, MONTH = Q(31557600), Q(2629800)

# symbol: (dimension, factor, tags, singular, plural)
UNITS = {
    "m": (dim(L=1), Q(1), {}, "metre", "metres"),
    "g": (dim(M=1), Q(1, 1000), {}, "gram", "grams"),
    "s": (dim(T=1), Q(1), {}, "second", "seconds"),
    "A": (dim(I=1), Q(1), {}, "ampere", "amperes"),
    "K": (dim(Th=1), Q(1), {}, "kelvin", "kelvins"),
    "mol": (dim(N=1), Q(1), {}, "mole", "moles"),
    "cd": (dim(J=1), Q(1), {}, "candela", "candelas"),
    "N": (dim(L=1, M=1, T=-2), Q(1), {}, "newton", "newtons"),
    "Pa": (dim(L=-1, M=1, T=-2), Q(1), {}, "pascal", "pascals"),
    "J": (dim(L=2, M=1, T=-2), Q(1), {}, "joule", "joules"),
    "W": (dim(L=2, M=1, T=-3), Q(1), {}, "watt", "watts"),
    "C": (dim(T=1, I=1), Q(1), {}, "coulomb", "coulombs"),
    "V": (dim(L=2, M=1, T=-3, I=-1), Q(1), {}, "volt", "volts"),
    "Ω": (dim(L=2, M=1, T=-3, I=-2), Q(1), {}, "ohm", "ohms"),
    "S": (dim(L=-2, M=-1, T=3, I=2), Q(1), {}, "siemens", "siemens"),
    "F": (dim(L=-2, M=-1, T=4, I=2), Q(1), {}, "farad", "farads"),
    "H": (dim(L=2, M=1, T=-2, I=-2), Q(1), {}, "henry", "henries"),
    "Wb": (dim(L=2, M=1, T=-2, I=-1), Q(1), {}, "weber", "webers"),
    "T": (dim(M=1, T=-2, I=-1), Q(1), {}, "tesla", "teslas"),
    "L": (dim(L=3), Q(1, 1000), {}, "litre", "litres"),
    "min": (dim(T=1), Q(60), {}, "minute", "minutes"),
    "h": (dim(T=1), Q(3600), {}, "hour", "hours"),
    "d": (dim(T=1), Q(86400), {}, "day", "days"),
    "wk": (dim(T=1), Q(604800), {}, "week", "weeks"),
    "yr": (dim(T=1), YEAR, {}, "year", "years"),
    "ha": (dim(L=2), Q(10000), {}, "hectare", "hectares"),
    "t": (dim(M=1), Q(1000), {}, "tonne", "tonnes"),
    "eV": (dim(L=2, M=1, T=-2), Q(1602176634, 10**28), {}, "electronvolt", "electronvolts"),
    "bar": (dim(L=-1, M=1, T=-2), Q(100000), {}, "bar", "bars"),
    "cal": (dim(L=2, M=1, T=-2), Q("4.184"), {}, "calorie", "calories"),
    "M": (dim(L=-3, N=1), Q(1000), {}, "molar", "molar"),
    "cells": (ONE, Q(1), {"count:cell": 1}, "cell", "cells"),
    "CFU": (ONE, Q(1), {"count:CFU": 1}, "colony-forming unit", "colony-forming units"),
    "PFU": (ONE, Q(1), {"count:PFU": 1}, "plaque-forming unit", "plaque-forming units"),
    "IU": (ONE, Q(1), {"unit:IU": 1}, "international unit", "international units"),
    "copies": (ONE, Q(1), {"count:copy": 1}, "gene copy", "gene copies"),
    "kg bw": (dim(M=1), Q(1), {"body-mass": 1}, "kilogram body weight", "kilograms body weight"),
    "Sv": (dim(L=2, T=-2), Q(1), {"kind:dose-equivalent": 1}, "sievert", "sieverts"),
    "Gy": (dim(L=2, T=-2), Q(1), {"kind:absorbed-dose": 1}, "gray", "grays"),
    "Bq": (dim(T=-1), Q(1), {"kind:activity": 1}, "becquerel", "becquerels"),
    "rad": (ONE, Q(1), {"angle": 1}, "radian", "radians"),
    "Hz": (dim(T=-1), Q(1), None, "hertz", "hertz"),
    "lm": (dim(J=1), Q(1), {"angle": 2}, "lumen", "lumens"),
    "USD": (ONE, Q(1), {"currency:USD": 1}, "dollar", "dollars"),
    "lb": (dim(M=1), Q("0.45359237"), {}, "pound", "pounds"),
    "ft": (dim(L=1), Q("0.3048"), {}, "foot", "feet"),
    "mi": (dim(L=1), Q("1609.344"), {}, "mile", "miles"),
    "Osm": (dim(N=1), Q(1), {"osmole": 1}, "osmole", "osmoles"),
    "Eq": (dim(N=1), Q(1), {"equivalent": 1}, "equivalent", "equivalents"),
    "kat": (dim(T=-1, N=1), Q(1), {}, "katal", "katals"),
}
PREFIXES = {"Y": 24, "Z": 21, "E": 18, "P": 15, "T": 12, "G": 9, "M": 6, "k": 3, "h": 2, "d": -1, "c": -2, "m": -3, "µ": -6,
            "n": -9, "p": -12, "f": -15, "a": -18}
NAMES = {"T": "tera", "G": "giga", "M": "mega", "k": "kilo", "h": "hecto", "d": "deci", "c": "centi", "m": "milli",
         "µ": "micro", "n": "nano", "p": "pico", "f": "femto"}


def lookup(symbol):
    """Dimension, factor, tags, singular and plural of a symbol with its prefix after an underscore: `m_g`."""
    if "_" not in symbol:
        return UNITS[symbol]
    prefix, base = symbol.split("_")
    d, f, tags, one, many = UNITS[base]
    named = NAMES.get(prefix)
    return d, f * Q(10) ** PREFIXES[prefix], tags, named and named + one, named and named + many


def meaning(terms):
    total, factor, tags = list(ONE), Q(1), {}
    for symbol, exponent in terms:
        d, f, own, _, _ = lookup(symbol)
        total = [a + b * exponent for a, b in zip(total, d)]
        factor *= f**exponent
        if own is None or tags is None:
            tags = None
        else:
            for axis, power in own.items():
                tags[axis] = tags.get(axis, 0) + power * exponent
    return tuple(total), factor, tags


def dimension(exponents):
    parts = [axis + (str(e) if e != 1 else "") for axis, e in zip(AXES, exponents) if e]
    return " ".join(parts) or "1"


def tag_text(tags):
    if tags is None:
        return ""
    parts = [axis + (f"^{e}" if e != 1 else "") for axis, e in sorted(tags.items()) if e]
    return " ".join(parts) or "-"


ROWS, SEEN = [], set()


def row(text, status="ok", d="", f="", tags=""):
    assert text not in SEEN, text
    SEEN.add(text)
    ROWS.append([text, status, d, str(f), tags])


def add(text, terms, status="ok", scale=Q(1)):
    if text in SEEN:
        return
    d, f, tags = meaning(terms)
    row(text, status, dimension(d), f * scale, tag_text(tags))


UP = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def plain(symbol):
    return symbol.replace("_", "")


def exponents(terms, join, mark):
    return join.join(plain(s) + (mark(e) if e != 1 else "") for s, e in terms)


def above_and_below(terms):
    return [(s, e) for s, e in terms if e > 0], [(s, -e) for s, e in terms if e < 0]


def power(e):
    return "" if e == 1 else str(e).translate(UP)


def slash(terms):
    top, bottom = above_and_below(terms)
    return "·".join(plain(s) + power(e) for s, e in top) + "".join("/" + plain(s) + power(e) for s, e in bottom)


def slash_caret(terms):
    top, bottom = above_and_below(terms)
    mark = lambda e: "" if e == 1 else f"^{e}"
    return " ".join(plain(s) + mark(e) for s, e in top) + "".join("/" + plain(s) + mark(e) for s, e in bottom)


def bracket(terms):
    top, bottom = above_and_below(terms)
    if len(bottom) < 2:
        return None
    return " ".join(plain(s) + power(e) for s, e in top) + "/(" + "·".join(plain(s) + power(e) for s, e in bottom) + ")"


def bracket_space(terms):
    text = bracket(terms)
    return text and text.replace("·", " ").replace("/(", " / (")


def per(terms):
    top, bottom = above_and_below(terms)
    return "·".join(plain(s) + power(e) for s, e in top) + "".join(" per " + plain(s) + power(e) for s, e in bottom)


def words(terms):
    top, bottom = above_and_below(terms)
    raised = {1: "", 2: "square ", 3: "cubic "}
    if len(top) != 1 or top[0][1] != 1 or any(e > 3 or (e > 1 and lookup(s)[0] != dim(L=1)) for s, e in bottom):
        return None
    if any(lookup(s)[3] is None for s, _ in terms) or any(s == "m_IU" for s, _ in terms):
        return None
    return lookup(top[0][0])[4] + "".join(f" per {raised[e]}{lookup(s)[3]}" for s, e in bottom)


STYLES = [
    slash, slash_caret, bracket, bracket_space, per, words,
    lambda t: exponents(t, " ", str),
    lambda t: exponents(t, " ", lambda e: str(e).replace("-", "−")),
    lambda t: exponents(t, " ", lambda e: str(e).replace("-", "–")),
    lambda t: exponents(t, " ", lambda e: str(e).translate(UP)),
    lambda t: exponents(t, "·", lambda e: str(e).translate(UP)),
    lambda t: exponents(t, " ", lambda e: f"^{e}"),
    lambda t: exponents(t, " ", lambda e: "^{%d}" % e),
    lambda t: exponents(t, "*", lambda e: f"**{e}"),
    lambda t: exponents(t, "⋅", lambda e: str(e).replace("-", "−")),
    lambda t: exponents(t, ".", str),
    lambda t: exponents(t, "•", lambda e: str(e).replace("-", "−")),
    lambda t: exponents(t, " × ", lambda e: f"^({e})"),
    lambda t: exponents(t, "\u00a0", lambda e: str(e).replace("-", "−")),
    lambda t: exponents(t, "\u2009", lambda e: str(e).translate(UP)),
    lambda t: exponents(t, " ", lambda e: f"({e})"),
    lambda t: exponents(t, " ", lambda e: " " + str(e).replace("-", "−") if e < 0 else str(e)),
]

COMPOUNDS = """m s-1|m s-2|k_m h-1|c_m s-1|m_m min-1|m_g L-1|µ_g L-1|n_g m_L-1|µ_g m-3|m_g m-3|p_g m_L-1|m_mol L-1|µ_mol L-1
n_mol m_L-1|m_g k_g-1|m_g k_g-1 d-1|n_g k_g-1 d-1|µ_g k_g-1 h-1|m_g kg_bw-1 d-1|n_g kg_bw-1 d-1|µ_g kg_bw-1|m_L min-1 k_g-1
k_g m-2|k_g m-3|g c_m-3|g m_L-1|k_g h-1|t ha-1|t ha-1 yr-1|k_g ha-1 d-1|g m-2 d-1|g m-2 s-1|W m-2|W m-1 K-1|W m-2 K-1
J mol-1 K-1|k_J mol-1|J k_g-1 K-1|k_J k_g-1|k_cal mol-1|k_g m s-2|k_g m2 s-2|k_g m-1 s-1|N m-2|N m-1|m_N m-1|V m-1|k_V c_m-1
S m-1|m_S c_m-1|µ_S c_m-1|Ω m|Ω c_m|A m-2|m_A c_m-2|m_A h g-1|C mol-1|µ_F c_m-2|cells m_L-1|cells µ_L-1|CFU m_L-1|CFU g-1
PFU m_L-1|IU m_L-1|IU L-1|IU d-1|m_IU m_L-1|copies m_L-1|copies µ_L-1|mol L-1 s-1|M-1 s-1|µ_M min-1|m_mol m-2 s-1|µ_mol m-2 s-1
µ_mol min-1|n_mol min-1 m_g-1|L mol-1 c_m-1|m3 s-1|m3 h-1|m3 d-1|L min-1|m_L h-1|m_L min-1|c_m3 s-1|c_m2 s-1|c_m2 V-1 s-1|m2 s-1
Pa s|m_Pa s|M_Pa m-1|k_Pa s-1|Gy min-1|m_Gy h-1|µ_Sv h-1|m_Sv yr-1|Bq k_g-1|Bq L-1|k_Bq m-3|rad s-1|lm W-1|cd m-2|USD k_g-1
USD yr-1|lb ft-3|mi h-1|ft s-2|m_Osm L-1|m_Eq L-1|µ_kat L-1|n_kat m_g-1|k_g mol-1|g mol-1|g L-1 h-1|m_g g-1 h-1|eV K-1|J m-2|J c_m-3
µ_L min-1|m_L k_g-1|L d-1|m_g d-1|m_g h-1 k_g-1|g k_g-1|m_L L-1|m m-1|K min-1|K k_m-1|W c_m-2 µ_m-1|T m-1|Wb m-2|H m-1|F m-1"""


def compounds():
    units = []
    for text in COMPOUNDS.replace("\n", "|").split("|"):
        terms = []
        for part in text.split():
            digits = part.rstrip("0123456789")
            number = part[len(digits):]
            if digits.endswith("-"):
                digits, number = digits[:-1], "-" + number
            terms.append(("kg bw" if digits == "kg_bw" else digits, int(number or 1)))
        units.append(terms)
    return units


def every_style():
    for at, terms in enumerate(compounds()):
        taken, step = 0, at
        while taken < 5:
            style = STYLES[step % len(STYLES)]
            step += 5  # 5 and 22 have no common divisor, so the styles take turns
            text = style(terms)
            if text is not None and text not in SEEN:
                add(text, terms)
            taken += 1


def singles():
    for symbol in "kg|c_m|m_m|µ_m|n_m|k_m|p_m|f_m|µ_g|n_g|p_g|f_g|m_s|µ_s|n_s|p_s|f_s|m_A|µ_A|n_A|k_A|m_K|µ_K|m_mol|µ_mol|n_mol|p_mol|f_mol|" \
            "k_N|M_N|m_N|µ_N|p_N|k_Pa|M_Pa|G_Pa|h_Pa|m_Pa|k_J|M_J|G_J|T_J|m_J|µ_J|k_W|M_W|G_W|T_W|m_W|µ_W|m_V|µ_V|k_V|M_V|k_Ω|M_Ω|m_Ω|m_S|µ_S|" \
            "n_S|µ_F|n_F|p_F|m_H|µ_H|m_T|µ_T|n_T|m_L|d_L|µ_L|n_L|p_L|h_L|m_M|µ_M|n_M|p_M|f_M|k_eV|M_eV|G_eV|m_eV|T_eV|k_cal|m_bar|k_t|M_t|G_t|k_Hz|M_Hz|" \
            "G_Hz|T_Hz|m_Hz|k_Bq|M_Bq|G_Bq|m_Gy|c_Gy|m_Sv|µ_Sv|m_rad|µ_rad|m_Osm|m_Eq|µ_kat|n_kat".split("|"):
        if symbol == "kg":
            symbol = "k_g"
        # A kilotonne, or a knot.
        add(plain(symbol), [(symbol, 1)], "ambiguous" if symbol == "k_t" else "ok")
    for symbol in ["g", "s", "A", "K", "mol", "cd", "W", "V", "Ω", "L", "min", "h", "d", "wk", "yr", "ha", "eV", "bar", "cal", "lb",
                   "ft", "mi", "cells", "CFU", "PFU", "IU", "Hz", "Gy", "Sv", "Bq", "lm", "USD", "Pa", "J", "Wb"]:
        add(symbol, [(symbol, 1)])
    for symbol in ["m", "g", "s", "K", "mol", "N", "Pa", "J", "W", "V", "L", "min", "h", "d", "wk", "yr", "ha", "t", "eV",
                   "m_g", "µ_g", "k_g", "c_m", "µ_m", "n_m", "m_L", "µ_L", "m_mol", "µ_mol", "M_Hz", "k_J", "M_Pa", "lb", "ft", "mi",
                   "Gy", "Sv", "Bq", "CFU", "PFU", "IU", "m_s", "k_W", "k_Pa"]:
        _, _, _, one, many = lookup(symbol)
        add(one, [(symbol, 1)])
        add(many, [(symbol, 1)])
    for text, symbol in [("liter", "L"), ("liters", "L"), ("meters", "m"), ("Meter", "m"), ("mcg", "µ_g"), ("ug", "µ_g"), ("μg", "µ_g"),
                         ("uL", "µ_L"), ("μL", "µ_L"), ("ul", "µ_L"), ("ml", "m_L"), ("dl", "d_L"), ("μm", "µ_m"), ("um", "µ_m"), ("uM", "µ_M"),
                         ("μM", "µ_M"), ("sec", "s"), ("hr", "h"), ("hrs", "h"), ("mins", "min"), ("yrs", "yr"), ("y", "yr"), ("lbs", "lb"),
                         ("\u2126", "Ω"), ("kohm", "k_Ω"), ("msec", "m_s"), ("l", "L"), ("Milligrams", "m_g"), ("KILOGRAMS", "k_g"),
                         ("kilo-gram", None), ("cfu", "CFU"), ("pfu", "PFU"), ("cm³", None), ("mg", "m_g"), ("㎎", "m_g"), ("㎏", "k_g")]:
        if symbol:
            add(text, [(symbol, 1)])
    for text, terms in [("m²", [("m", 2)]), ("m2", [("m", 2)]), ("m^2", [("m", 2)]), ("m**2", [("m", 2)]), ("m³", [("m", 3)]),
                        ("cm³", [("c_m", 3)]), ("cm3", [("c_m", 3)]), ("mm^3", [("m_m", 3)]), ("µm²", [("µ_m", 2)]), ("km2", [("k_m", 2)]),
                        ("s-1", [("s", -1)]), ("s−1", [("s", -1)]), ("s–1", [("s", -1)]), ("s⁻¹", [("s", -1)]), ("s^-1", [("s", -1)]),
                        ("s**-1", [("s", -1)]), ("s^{-1}", [("s", -1)]), ("1/s", [("s", -1)]), ("/s", [("s", -1)]), ("per day", [("d", -1)]),
                        ("/min", [("min", -1)]), ("h-1", [("h", -1)]), ("d⁻¹", [("d", -1)]), ("cm−1", [("c_m", -1)]), ("cm^-1", [("c_m", -1)]),
                        ("nm²", [("n_m", 2)]), ("Å²", None), ("mol%", None), ("square metres", [("m", 2)]), ("cubic centimeters", [("c_m", 3)]),
                        ("sq km", [("k_m", 2)]), ("square kilometers", [("k_m", 2)]), ("metres squared", [("m", 2)]),
                        ("metres per second squared", [("m", 1), ("s", -2)]), ("yr⁻¹", [("yr", -1)]), ("per year", [("yr", -1)]),
                        ("week−1", [("wk", -1)]), ("sq. ft", [("ft", 2)]), ("cu ft", [("ft", 3)]), ("cc", [("c_m", 3)])]:
        if terms:
            add(text, terms)


def hand():
    """Rows that no rule above makes."""
    mass_l = dimension(dim(M=1, L=-3))
    k = lambda **e: dimension(dim(**e))
    # Per body mass.
    for text in ["mg/kg bw", "mg/kg b.w.", "mg/kg body weight", "mg/kg bodyweight", "mg/kg of body weight", "mg/kg-bw", "mg/(kg bw)",
                 "mg per kg body weight", "mg per kg of body weight", "mg kg−1 bw", "mg kg bw−1", "mg/kg(bw)", "mg/kg body mass",
                 "milligrams per kilogram of body weight"]:
        row(text, "ok", "1", "1/1000000", "body-mass^-1")
    for text in ["µg/kg bw/day", "µg/kg bw per day", "µg/kg bw/d", "µg per kg body weight per day", "µg kg bw−1 day−1", "µg/kg body weight/day",
                 "ug/kg bw/day", "µg/(kg bw·day)", "µg/kg-bw/day", "µg·kg bw⁻¹·day⁻¹"]:
        row(text, "ok", k(T=-1), Q(1, 10**9) / 86400, "body-mass^-1")
    row("mg/kg-day", "ok", k(T=-1), Q(1, 10**6) / 86400, "-")
    row("mg/kg/day", "ok", k(T=-1), Q(1, 10**6) / 86400, "-")
    row("ng/kg/day", "ok", k(T=-1), Q(1, 10**12) / 86400, "-")
    row("mL/kg bw/h", "ok", k(L=3, M=-1, T=-1), Q(1, 10**6) / 3600, "body-mass^-1")
    row("IU/kg bw", "ok", k(M=-1), 1, "body-mass^-1 unit:IU")
    row("g/kg bw/wk", "ok", k(T=-1), Q(1, 1000) / 604800, "body-mass^-1")
    row("kg bw", "ok", k(M=1), 1, "body-mass")
    row("kcal/kg bw", "ok", k(L=2, T=-2), 4184, "body-mass^-1")
    # Bases and substances.
    row("mg/kg dw", "ok", "1", "1/1000000", "basis:dry^-1")
    row("mg/kg dry weight", "ok", "1", "1/1000000", "basis:dry^-1")
    row("µg/g ww", "ok", "1", "1/1000000", "basis:wet^-1")
    row("ng/g lipid", "ok", "1", "1/1000000000", "basis:lipid^-1")
    row("mg/g creatinine", "ok", "1", "1/1000", "of:creatinine^-1")
    row("nmol/min/mg protein", "ok", k(T=-1, M=-1, N=1), Q(1, 1000) / 60, "of:protein^-1")
    row("mg N/L", "ok", mass_l, "1/1000", "of:N")
    row("mg CaCO3/L", "ok", mass_l, "1/1000", "of:CaCO3")
    row("µmol photons m−2 s−1", "ok", k(L=-2, T=-1, N=1), "1/1000000", "of:photons")
    row("mg C m−2 d−1", "ok", k(L=-2, M=1, T=-1), Q(1, 10**6) / 86400, "of:C")
    row("kg CO2e", "ok", k(M=1), 1, "equivalent:CO2")
    row("kg N ha−1", "ok", k(L=-2, M=1), "1/10000", "of:N")
    # Enzymes and arbitrary units.
    for text in ["U", "U/L", "U/mL", "mU/mL", "U/mg", "U/kg", "kU/L", "U mL−1"]:
        row(text, "ambiguous")
    row("units", "ok", "1", 1, "unit:U")
    row("units/mL", "ok", k(L=-3), 10**6, "unit:U")
    row("units per litre", "ok", k(L=-3), 1000, "unit:U")
    row("units/kg", "ok", k(M=-1), 1, "unit:U")
    row("mIU/L", "ok", k(L=-3), 1, "unit:IU")
    row("µIU/mL", "ok", k(L=-3), 1, "unit:IU")
    row("kIU", "ok", "1", 1000, "unit:IU")
    row("IU/day", "ok", k(T=-1), Q(1, 86400), "unit:IU")
    row("I.U.", "ok", "1", 1, "unit:IU")
    row("milli-international units per millilitre", "ok", k(L=-3), 1000, "unit:IU")
    row("kat", "ok", k(T=-1, N=1), 1, "")
    row("EU/mL", "ok", k(L=-3), 1000000, "unit:EU")
    # Counts.
    row("cells/mm³", "ok", k(L=-3), 10**9, "count:cell")
    row("cells/mm3", "ok", k(L=-3), 10**9, "count:cell")
    row("10^6 cells/mL", "ok", k(L=-3), 10**12, "count:cell")
    row("×10^9/L", "ok", k(L=-3), 10**12, "-")
    row("10^9/L", "ok", k(L=-3), 10**12, "-")
    row("10⁹/L", "ok", k(L=-3), 10**12, "-")
    row("× 10⁹/L", "ok", k(L=-3), 10**12, "-")
    row("×109/L", "ambiguous", k(L=-3), 10**12, "-")
    row("CFU/100 mL", "ok", k(L=-3), 10**4, "count:CFU")
    row("cfu/g", "ok", k(M=-1), 1000, "count:CFU")
    row("CFU/cm²", "ok", k(L=-2), 10000, "count:CFU")
    row("CFU·mL−1", "ok", k(L=-3), 10**6, "count:CFU")
    row("MPN/100 mL", "ok", k(L=-3), 10**4, "")
    row("gene copies/L", "ok", k(L=-3), 1000, "count:copy")
    row("beats/min", "ok", k(T=-1), "1/60", "count:beat")
    row("bpm", "ok", k(T=-1), "1/60", "count:beat")
    row("breaths/min", "ok", k(T=-1), "1/60", "count:breath")
    row("per 100,000", "ok", "1", "1/100000", "-")
    row("per 100,000 person-years", "ok", k(T=-1), Q(1, 100000) / YEAR, "count:person^-1")
    row("per 1000 person-years", "ok", k(T=-1), Q(1, 1000) / YEAR, "count:person^-1")
    row("person-years", "ok", k(T=1), YEAR, "count:person")
    row("/1.73 m²", "ok", k(L=-2), Q(100, 173), "-")
    row("mL/min/1.73 m²", "ok", k(L=1, T=-1), Q(1, 10**6) / 60 * Q(100, 173), "-")
    row("mL/min/1.73m2", "ok", k(L=1, T=-1), Q(1, 10**6) / 60 * Q(100, 173), "-")
    row("mL min−1 1.73 m−2", "ok", k(L=1, T=-1), Q(1, 10**6) / 60 * Q(100, 173), "-")
    row("g/100 g", "ok", "1", "1/100", "-")
    row("mg/100 mL", "ok", mass_l, "1/100", "-")
    row("g/dL", "ok", mass_l, 10, "-")
    row("mg/dL", "ok", mass_l, "1/100", "-")
    row("mg/dl", "ok", mass_l, "1/100", "-")
    row("deaths/year", "ok", k(T=-1), 1 / YEAR, "")
    row("log10(CFU/mL)", "ok", "1", "", "")
    row("1000/mm3", "ok", k(L=-3), 10**12, "-")
    row("100/µL", "ok", k(L=-3), 10**11, "-")
    row("5/mm3", "rejected")
    row("cigarettes/day", "ok", k(T=-1), Q(1, 86400), "count:cigarette")
    row("cases per 100,000 population", "ok", "1", Q(1, 100000), "count:case count:person^-1")
    row("deaths per 1000 live births", "ok", "1", Q(1, 1000), "count:birth^-1 count:case")
    row("events per 100 patient-years", "ok", k(T=-1), Q(1, 100) / YEAR, "count:event count:person^-1")
    row("Gy/fraction", "ok", k(L=2, T=-2), 1, "count:fraction^-1 kind:absorbed-dose")
    row("mJy beam−1", "ok", k(M=1, T=-2), Q(1, 10**29), "count:beam^-1")
    row("cmolc kg−1", "ok", k(M=-1, N=1), Q(1, 100), "equivalent")
    row("Wood units", "ok", k(L=-4, M=1, T=-1), Q("133.322387415") * 60000, "-")
    row("mmHg·min/L", "ok", k(L=-4, M=1, T=-1), Q("133.322387415") * 60000, "-")
    row("ng·h/mL", "ok", k(L=-3, M=1, T=1), Q(36, 10000), "-")
    row("ng/mL·h", "ambiguous", k(L=-3, M=1, T=1), Q(36, 10000), "-")
    row("L/100 km", "ok", k(L=2), Q(1, 10**8), "-")
    row("mg/24 h", "ok", k(M=1, T=-1), Q(1, 10**6) / 86400, "-")
    row("L m−2 h−1 bar−1", "ok", k(L=2, M=-1, T=1), Q(1, 1000) / 3600 / 10**5, "-")
    row("dyn·s·cm−5", "ok", k(L=-4, M=1, T=-1), 10**5, "-")
    row("g CO2/km", "ok", k(L=-1, M=1), Q(1, 10**6), "of:CO2")
    row("t CO2e/year", "ok", k(M=1, T=-1), 1000 / YEAR, "equivalent:CO2")
    row("fb−1", "ok", k(L=-2), 10**43, "-")
    row("MHz/T", "ok", k(M=-1, T=1, I=1), 10**6, "")
    row("M−1 cm−1", "ok", k(L=2, N=-1), Q(1, 10), "-")
    row("s−1 mM−1", "ok", k(L=3, T=-1, N=-1), 1, "-")
    row("cm2/(V·s)", "ok", k(M=-1, T=2, I=1), Q(1, 10**4), "-")
    row("J/(mol K)", "ok", k(L=2, M=1, T=-2, Th=-1, N=-1), 1, "-")
    row("kJ/(kg K)", "ok", k(L=2, T=-2, Th=-1), 1000, "-")
    row("J / (kg °C)", "ok", k(L=2, T=-2, Th=-1), 1, "-")
    row("W/(m K)", "ok", k(L=1, M=1, T=-3, Th=-1), 1, "-")
    row("per centimetre", "ok", k(L=-1), 100, "-")
    row("per millilitre", "ok", k(L=-3), 10**6, "-")
    row("feet per second squared", "ok", k(L=1, T=-2), Q("0.3048"), "-")
    row("Gs", "ambiguous", k(M=1, T=-2, I=-1), Q(1, 10**4), "-")
    # Molar.
    per_l = k(L=-3, N=1)
    row("M", "ok", per_l, 1000, "-")
    row("molar", "ok", per_l, 1000, "-")
    row("mol/kg", "ok", k(M=-1, N=1), 1, "-")
    row("molal", "ok", k(M=-1, N=1), 1, "-")
    row("mmol/mol", "ok", "1", "1/1000", "-")
    row("kDa", "ok", k(M=1), Q("1.66053906892e-24"), "-")
    row("Da", "ok", k(M=1), Q("1.66053906892e-27"), "-")
    row("mEq/L", "ok", per_l, 1, "equivalent")
    row("mOsm/kg", "ok", k(M=-1, N=1), "1/1000", "osmole")
    row("mOsmol/L", "ok", per_l, 1, "osmole")
    # Percentages and parts.
    row("%", "ok", "1", "1/100", "ratio:unspecified")
    row("percent", "ok", "1", "1/100", "ratio:unspecified")
    row("per cent", "ok", "1", "1/100", "ratio:unspecified")
    row("‰", "ok", "1", "1/1000", "ratio:unspecified")
    row("per mil", "ok", "1", "1/1000", "ratio:unspecified")
    row("ppm", "ok", "1", "1/1000000", "ratio:unspecified")
    row("ppb", "ok", "1", "1/1000000000", "ratio:unspecified")
    row("parts per million", "ok", "1", "1/1000000", "ratio:unspecified")
    row("parts per billion", "ok", "1", "1/1000000000", "ratio:unspecified")
    row("ppt", "ambiguous", "1", "1/1000000000000", "ratio:unspecified")
    row("ppmv", "ok", "1", "1/1000000", "ratio:volume")
    row("ppbv", "ok", "1", "1/1000000000", "ratio:volume")
    row("ppm (v/v)", "ok", "1", "1/1000000", "ratio:volume")
    for text in ["wt%", "wt.%", "wt %", "wt. %", "% w/w", "% (w/w)", "%w/w", "mass %", "weight %", "% by weight", "w/w %", "%wt"]:
        row(text, "ok", "1", "1/100", "ratio:mass")
    for text in ["vol%", "vol.%", "vol %", "% v/v", "% (v/v)", "v/v %", "% by volume"]:
        row(text, "ok", "1", "1/100", "ratio:volume")
    for text in ["mol%", "mol %", "mole %"]:
        row(text, "ok", "1", "1/100", "ratio:amount")
    for text in ["% w/v", "% (w/v)", "w/v %"]:
        row(text, "ok", mass_l, 10, "ratio:mass-per-volume")
    row("at.%", "ok", "1", "1/100", "ratio:atoms")
    row("at%", "ok", "1", "1/100", "ratio:atoms")
    row("mg%", "ok", mass_l, "1/100", "")
    row("% RH", "ok", "1", "1/100", "ratio:humidity")
    row("percentage points", "ok", "1", "1/100", "ratio:points")
    row("percentage point", "ok", "1", "1/100", "ratio:points")
    row("%/h", "ok", k(T=-1), Q(1, 100) / 3600, "")
    row("% per year", "ok", k(T=-1), Q(1, 100) / YEAR, "")
    row("ppm·h", "ok", k(T=1), Q(3600, 10**6), "ratio:unspecified")
    row("ppb/yr", "ok", k(T=-1), Q(1, 10**9) / YEAR, "")
    # Logarithms: no factor.
    for text in ["pH", "pH units", "dB", "dBA", "dB(A)", "dBm", "log10 CFU/mL", "log CFU/g", "log10 copies/mL", "dB SPL", "mag"]:
        row(text, "ok", "1" if "log" not in text else "", "", "")
    row("dB/km", "ok", k(L=-1), "", "")
    row("dB/cm", "ok", k(L=-1), "", "")
    # Temperatures.
    row("°C", "ok", k(Th=1), 1, "-")
    for text in ["℃", "º C", "deg C", "degrees Celsius", "degree Celsius", "ºC", "° C", "˚C", "degC", "Celsius"]:
        row(text, "ok", k(Th=1), 1, "-")
    row("°F", "ok", k(Th=1), "5/9", "-")
    row("degrees Fahrenheit", "ok", k(Th=1), "5/9", "-")
    row("°C/min", "ok", k(Th=1, T=-1), "1/60", "-")
    row("°C min−1", "ok", k(Th=1, T=-1), "1/60", "-")
    row("°C·d", "ok", k(Th=1, T=1), 86400, "-")
    row("°C-1", "ok", k(Th=-1), 1, "-")
    row("°C per decade", "ok", k(Th=1, T=-1), Q(1, 315576000), "-")
    row("K/W", "ok", k(L=-2, M=-1, T=3, Th=1), 1, "-")
    row("mK", "ok", k(Th=1), "1/1000", "-") if "mK" not in SEEN else None
    # Money.
    for text, axis in [("$", "USD"), ("US$", "USD"), ("€", "EUR"), ("EUR", "EUR"), ("£", "GBP"), ("dollars", "USD"), ("euros", "EUR"), ("CHF", "CHF")]:
        row(text, "ok", "1", 1, f"currency:{axis}")
    row("$/kg", "ok", k(M=-1), 1, "currency:USD")
    row("US$/t", "ok", k(M=-1), "1/1000", "currency:USD")
    row("€/MWh", "ok", k(L=-2, M=-1, T=2), Q(1, 3600000000), "currency:EUR")
    row("$/kWh", "ok", k(L=-2, M=-1, T=2), Q(1, 3600000), "currency:USD")
    row("$/year", "ok", k(T=-1), 1 / YEAR, "currency:USD")
    # Angles.
    pi = lambda q, of=1: "~" + format((Decimal(q.numerator) / Decimal(q.denominator)) * Decimal("3.14159265358979323846264338327950288419716939937510"), ".25g")
    row("rad", "ambiguous", "1", 1, "angle")
    row("mrad", "ok", "1", "1/1000", "angle") if "mrad" not in SEEN else None
    row("sr", "ok", "1", 1, "angle^2")
    for text in ["°", "deg", "degrees", "degree"]:
        row(text, "ok", "1", pi(Q(1, 180)), "angle")
    row("arcmin", "ok", "1", pi(Q(1, 10800)), "angle")
    row("arcsec", "ok", "1", pi(Q(1, 648000)), "angle")
    row("mas", "ok", "1", pi(Q(1, 648000000)), "angle")
    row("arcsec/yr", "ok", k(T=-1), pi(Q(1, 648000) / YEAR), "angle")
    row("°/s", "ok", k(T=-1), pi(Q(1, 180)), "angle")
    row("deg/s", "ok", k(T=-1), pi(Q(1, 180)), "angle")
    row("degrees per second", "ok", k(T=-1), pi(Q(1, 180)), "angle")
    row("W m−2 sr−1", "ok", k(M=1, T=-3), 1, "angle^-2")
    row("rpm", "ambiguous", k(T=-1), "1/60", "count:revolution")
    row("r.p.m.", "ambiguous", k(T=-1), "1/60", "count:revolution")
    # Astronomy and physics.
    row("au", "ok", k(L=1), 149597870700, "-")
    row("AU", "ambiguous", k(L=1), 149597870700, "-")
    parsec = Decimal(149597870700) * 648000 / Decimal("3.14159265358979323846264338327950288419716939937510")
    row("pc", "ok", k(L=1), "~" + format(parsec, ".25g"), "-")
    row("kpc", "ok", k(L=1), "~" + format(parsec * 1000, ".25g"), "-")
    row("Mpc", "ok", k(L=1), "~" + format(parsec * 10**6, ".25g"), "-")
    row("km/s/Mpc", "ok", k(T=-1), "~" + format(1000 / (parsec * 10**6), ".25g"), "-")
    row("km s−1 Mpc−1", "ok", k(T=-1), "~" + format(1000 / (parsec * 10**6), ".25g"), "-")
    row("light years", "ok", k(L=1), 9460730472580800, "-")
    row("ly", "ok", k(L=1), 9460730472580800, "-")
    row("Jy", "ok", k(M=1, T=-2), Q(1, 10**26), "-")
    row("mJy", "ok", k(M=1, T=-2), Q(1, 10**29), "-")
    row("erg/s", "ok", k(L=2, M=1, T=-3), Q(1, 10**7), "-")
    row("erg s−1 cm−2", "ok", k(M=1, T=-3), Q(1, 1000), "-")
    row("Å", "ok", k(L=1), Q(1, 10**10), "-")
    row("Å2", "ok", k(L=2), Q(1, 10**20), "-")
    row("Å−1", "ok", k(L=-1), 10**10, "-")
    row("A˚", "ok", k(L=1), Q(1, 10**10), "-")
    row("angstrom", "ok", k(L=1), Q(1, 10**10), "-")
    speed = Q(299792458)
    row("MeV/c2", "ok", k(M=1), Q(1602176634, 10**22) / speed**2, "-")
    row("GeV/c²", "ok", k(M=1), Q(1602176634, 10**19) / speed**2, "-")
    row("GeV/c", "ok", k(L=1, M=1, T=-1), Q(1602176634, 10**19) / speed, "-")
    for text in ["M☉", "M⊙", "Msun", "M_sun", "M_☉", "solar masses"]:
        row(text, "ok", k(M=1), "", "-")
    for text in ["L☉", "Lsun", "R☉"]:
        row(text, "ok", k(L=2, M=1, T=-3) if text[0] == "L" else k(L=1), "", "-")
    row("Myr", "ok", k(T=1), YEAR * 10**6, "-")
    row("Gyr", "ok", k(T=1), YEAR * 10**9, "-")
    row("Ma", "ok", k(T=1), YEAR * 10**6, "-")
    row("ka", "ok", k(T=1), YEAR * 1000, "-")
    row("kyr", "ok", k(T=1), YEAR * 1000, "-")
    row("mm/yr", "ok", k(L=1, T=-1), Q(1, 1000) / YEAR, "-")
    row("mm yr−1", "ok", k(L=1, T=-1), Q(1, 1000) / YEAR, "-")
    row("month−1", "ok", k(T=-1), 1 / MONTH, "-")
    row("months", "ok", k(T=1), MONTH, "-")
    row("per month", "ok", k(T=-1), 1 / MONTH, "-")
    row("mmHg", "ok", k(L=-1, M=1, T=-2), Q("133.322387415"), "-")
    row("mm Hg", "ok", k(L=-1, M=1, T=-2), Q("133.322387415"), "-")
    row("cmH2O", "ok", k(L=-1, M=1, T=-2), Q("98.0665"), "-")
    row("atm", "ok", k(L=-1, M=1, T=-2), 101325, "-")
    row("Torr", "ok", k(L=-1, M=1, T=-2), Q(101325, 760), "-")
    row("kWh", "ok", k(L=2, M=1, T=-2), 3600000, "-")
    row("kW h", "ok", k(L=2, M=1, T=-2), 3600000, "-")
    row("MWh/yr", "ok", k(L=2, M=1, T=-3), Q(3600000000) / YEAR, "-")
    row("mAh", "ok", k(T=1, I=1), Q(36, 10), "-")
    row("mAh g−1", "ok", k(T=1, M=-1, I=1), 3600, "-")
    row("× g", "ok", k(L=1, T=-2), Q("9.80665"), "-")
    row("×g", "ok", k(L=1, T=-2), Q("9.80665"), "-")
    row("dyn/cm", "ok", k(M=1, T=-2), Q(1, 1000), "-")
    row("cP", "ok", k(L=-1, M=1, T=-1), Q(1, 1000), "-")
    row("Ci", "ok", k(T=-1), 37 * 10**9, "kind:activity")
    row("µCi/mL", "ok", k(L=-3, T=-1), 37 * 10**9, "kind:activity")
    row("mCi", "ok", k(T=-1), 37 * 10**6, "kind:activity")
    row("mrem", "ok", k(L=2, T=-2), Q(1, 10**5), "kind:dose-equivalent")
    row("Gauss", "ok", k(M=1, T=-2, I=-1), Q(1, 10**4), "-")
    # Imperial and customary.
    row("in", "ok", k(L=1), Q("0.0254"), "-")
    row("inches", "ok", k(L=1), Q("0.0254"), "-")
    row("feet", "ok", k(L=1), Q("0.3048"), "-") if "feet" not in SEEN else None
    row("yd", "ok", k(L=1), Q("0.9144"), "-")
    row("oz", "ok", k(M=1), Q("0.028349523125"), "-")
    row("ounces", "ok", k(M=1), Q("0.028349523125"), "-")
    row("mph", "ok", k(L=1, T=-1), Q("0.44704"), "-")
    row("km/h", "ok", k(L=1, T=-1), Q(5, 18), "-") if "km/h" not in SEEN else None
    row("kmph", "ok", k(L=1, T=-1), Q(5, 18), "-")
    row("fps", "ambiguous", k(L=1, T=-1), Q("0.3048"), "-")
    row("ft/s", "ok", k(L=1, T=-1), Q("0.3048"), "-")
    row("knots", "ok", k(L=1, T=-1), Q(1852, 3600), "-")
    row("psi", "ok", k(L=-1, M=1, T=-2), Q("4.4482216152605") / Q("0.00064516"), "-")
    row("lbf", "ok", k(L=1, M=1, T=-2), Q("4.4482216152605"), "-")
    row("lb/ft³", "ok", k(L=-3, M=1), Q("0.45359237") / Q("0.3048") ** 3, "-") if "lb/ft³" not in SEEN else None
    row("gal", "ok", k(L=3), Q("0.003785411784"), "-")
    row("US gallons", "ok", k(L=3), Q("0.003785411784"), "-")
    row("acre", "ok", k(L=2), Q("4046.8564224"), "-")
    row("bu/acre", "ok", k(L=1), Q("0.03523907016688") / Q("4046.8564224"), "-")
    row("lb/acre", "ok", k(L=-2, M=1), Q("0.45359237") / Q("4046.8564224"), "-")
    row("BTU", "ok", k(L=2, M=1, T=-2), Q("1055.05585262"), "-")
    row("hp", "ok", k(L=2, M=1, T=-3), Q("745.69987158227022"), "-")
    row("sq mi", "ok", k(L=2), Q("1609.344") ** 2, "-")
    row("stone", "ok", k(M=1), Q("6.35029318"), "-")
    row("nautical miles", "ok", k(L=1), 1852, "-")
    # Ambiguous.
    row("mg/kg·d", "ambiguous", k(T=-1), Q(1, 10**6) / 86400, "-")
    row("mg/kg d", "ambiguous", k(T=-1), Q(1, 10**6) / 86400, "-")
    row("W/m·K", "ambiguous", k(L=1, M=1, T=-3, Th=-1), 1, "-")
    row("J/mol K", "ambiguous", k(L=2, M=1, T=-2, Th=-1, N=-1), 1, "-")
    row("ng/kg·day", "ambiguous", k(T=1), Q(86400, 10**12), "-")
    row("mol/m²·s", "ambiguous", k(L=-2, T=-1, N=1), 1, "-")
    row("C", "ambiguous", k(Th=1), 1, "-")
    row("F", "ambiguous", k(Th=1), "5/9", "-")
    row("a", "ambiguous", k(T=1), YEAR, "-")
    row("N", "ambiguous", k(L=1, M=1, T=-2), 1, "-")
    row("S", "ambiguous", k(T=1), Q(1, 10**13), "-")
    row("G", "ambiguous", k(L=1, T=-2), Q("9.80665"), "-")
    row("kb", "ambiguous", "1", 1000, "count:base-pair")
    row("Mb", "ambiguous", "1", 1000000, "count:base-pair")
    row("mb", "ambiguous", k(L=-1, M=1, T=-2), 100, "-")
    row("ms−1", "ambiguous", k(L=1, T=-1), 1, "-")
    row("ms-1", "ambiguous", k(L=1, T=-1), 1, "-")
    row("Cal", "ambiguous", k(L=2, M=1, T=-2), 4184, "-")
    row("bps", "ambiguous")
    row("D", "ambiguous")
    # Lost spaces.
    row("mgL−1", "ok", k(L=-3, M=1), "1/1000", "-")
    row("Wm−2", "ok", k(M=1, T=-3), 1, "-")
    row("mgkg−1", "ok", "1", "1/1000000", "-")
    row("µgL−1", "ok", k(L=-3, M=1), "1/1000000", "-")
    row("kgm−3", "ok", k(L=-3, M=1), 1, "-")
    # Rejected.
    for text in ("the|significant|table|control|group|apples|water|time|and|with|between|results|increase|method|value|however|treated|"
                 "BRCA1|TP53|GAPDH|IL-6|TNF-α|CD4|p53|MYC|EGFR|KRAS|HER2|VEGF-A|SARS-CoV-2|"
                 "kg/|m/s/|/|//|mg//L|(mg|mg)|mg/(kg|kg^|m^^2|kg--1|m·|mg L-|per|per per day|kg21|m s21|d21|kg^x|m^1/2|Hz^0.5|5|12 mg|0|-|+|"
                 "!!!|mg;L|mg,kg|☃|mgmgmg|xyzzy|foo/bar|kkg|mµg|kmin|µkg|m/pH|mg/L/|/kg/|()|( )|mg()|kg^0|m^100|m^-|²|⁻¹|^2|-1|mg L−|mg=kg|m<s|"
                 "p < 0.05|n = 12|Fig. 3|et al.|doi|http|mg/the|the/kg|mg per|per|mg and kg|lorem ipsum|1.2.3|ééé|kg?|k g|m/s/s/|·|* m|kg**|"
                 "(((((m)))))|m/(s|m)/s|µ|Ω/|°°|%%|mg kg-1 d-|kg/m3/|x|q|zz").split("|"):
        if text not in SEEN:
            row(text, "rejected")
    row("m" * 300, "rejected")
    row(" ".join(["m"] * 20), "rejected")


def main():
    hand()
    singles()
    every_style()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["text", "status", "dimension", "factor", "tags"])
    for line in ROWS:
        writer.writerow(line)


if __name__ == "__main__":
    main()
