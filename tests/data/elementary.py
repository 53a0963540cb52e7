#!/usr/bin/env python3
"""Writes elementary.csv: values of elementary functions from mpmath at 60 digits.

Run: python3 tests/data/elementary.py > tests/data/elementary.csv

Columns: function, argument, second argument (of powers), value with 40 significant digits. Arguments are exact decimals.
"""

from mpmath import exp, log, log10, mp, mpf, nstr, power, sqrt

mp.dps = 60

POSITIVE = ["1e-300", "1e-20", "0.001", "0.1", "0.3333", "0.99999", "1.00001", "1.5", "2", "2.718", "7", "10", "99.5",
            "1000", "123456.789", "1e20", "1e300"]
EXPONENTS = ["-3.5", "-1", "-0.3333", "0.0001", "0.5", "1.7", "2.25", "12.125"]


def main():
    print("function,argument,second,value")
    for name, f in [("ln", log), ("log10", log10), ("sqrt", sqrt)]:
        for x in POSITIVE:
            print(f"{name},{x},,{nstr(f(mpf(x)), 40)}")
    for x in ["-700", "-50.25", "-1", "-1e-10", "0", "1e-10", "0.1", "1", "2.302585", "10", "99.99", "700"]:
        print(f"exp,{x},,{nstr(exp(mpf(x)), 40)}")
    for x in POSITIVE[1:-1]:
        for y in EXPONENTS:
            print(f"^,{x},{y},{nstr(power(mpf(x), mpf(y)), 40)}")


if __name__ == "__main__":
    main()
