#!/usr/bin/env python3
"""Writes distributions.csv: tail probabilities from mpmath at 60 digits, as a reference that shares no code with the crate.

Run: python3 tests/data/distributions.py > tests/data/distributions.csv

Columns: function, statistic, df1, df2 (empty where there is none), p with 25 significant digits. Statistics and degrees of
freedom are decimals that the crate reads exactly. Tails are regularised incomplete beta and gamma functions and erfc. The beta
function is a continued fraction at 60 digits, compared with mpmath's own hypergeometric series wherever that converges.
"""

from mpmath import betainc, erfc, exp, gammainc, log, loggamma, mp, mpf, nstr, sqrt
from mpmath.libmp import NoConvergence

mp.dps = 60


compared = 0


def beta_fraction(a, b, x):
    """I_x(a, b) by its continued fraction (DLMF 8.17.22), evaluated from the front by Lentz's method."""
    tiny, epsilon = mpf(10) ** -200, mpf(10) ** -(mp.dps - 5)
    c, d = mpf(1), 1 / (1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 1_000_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / ((1 + term * d) or tiny)
            c = (1 + term / c) or tiny
            value *= c * d
        if abs(c * d - 1) < epsilon:
            front = exp(a * log(x) + b * log(1 - x) + loggamma(a + b) - loggamma(a) - loggamma(b))
            return front * value / a
    raise ArithmeticError("no convergence")


def beta(a, b, x):
    """The regularised incomplete beta function."""
    global compared
    if x > (a + 1) / (a + b + 2):
        value = 1 - beta_fraction(b, a, 1 - x)
    else:
        value = beta_fraction(a, b, x)
    if a + b < 40:
        try:
            other = betainc(a, b, 0, x, regularized=True)
            assert abs(other - value) < value * mpf(10) ** -30, (a, b, x)
            compared += 1
        except NoConvergence:
            pass
    return value


def gamma_upper(a, x):
    """The regularised upper incomplete gamma function: its series (DLMF 8.7.1) or continued fraction (DLMF 8.9.2)."""
    global compared
    front, epsilon = exp(a * log(x) - x - loggamma(a)), mpf(10) ** -(mp.dps - 5)
    if x < a + 1:
        term = total = 1 / a
        n = a
        while term > total * epsilon:
            n += 1
            term *= x / n
            total += term
        value = 1 - front * total
    else:
        b = x + 1 - a
        c, d = mpf(10) ** 200, 1 / b
        value = d
        for n in range(1, 1_000_000):
            step = -n * (n - a)
            b += 2
            d = 1 / (step * d + b)
            c = b + step / c
            value *= c * d
            if abs(c * d - 1) < epsilon:
                break
        value *= front
    if a < 20:
        other = gammainc(a, x, regularized=True)
        assert abs(other - value) < value * mpf(10) ** -30, (a, x)
        compared += 1
    return value


def t_two_sided(t, df):
    t, df = mpf(t), mpf(df)
    return beta(df / 2, mpf(1) / 2, df / (df + t * t))


def f_upper(x, df1, df2):
    x, df1, df2 = mpf(x), mpf(df1), mpf(df2)
    return beta(df2 / 2, df1 / 2, df2 / (df2 + df1 * x))


def chi2_upper(x, df):
    return gamma_upper(mpf(df) / 2, mpf(x) / 2)


def z_two_sided(z):
    return erfc(mpf(z) / sqrt(mpf(2)))


def r_two_sided(r, df):
    r, df = mpf(r), mpf(df)
    # 1 - I_{r^2}(1/2, df/2) = I_{1-r^2}(df/2, 1/2), which is the t tail with t^2 = r^2 df / (1 - r^2).
    return beta(df / 2, mpf(1) / 2, 1 - r * r)


def row(function, statistic, df1, df2, p):
    if p < mpf("1e-280"):
        return
    print(",".join([function, statistic, df1, df2, nstr(p, 25)]))


def main():
    print("function,statistic,df1,df2,p")
    small = ["0.001", "0.05", "0.3", "0.99", "1", "1.5", "1.96", "2.2", "3.1", "4.75", "7.3", "12", "25.5", "60", "140"]
    degrees = ["0.5", "1", "1.56", "2", "3", "5", "9", "14.2", "28", "60", "120.5", "500", "2500", "20000"]
    for z in small[:13] + ["30", "35"]:
        row("p_z", z, "", "", z_two_sided(z))
    for t in small:
        for df in degrees + ["100000", "1000000"]:
            row("p_t", t, df, "", t_two_sided(t, df))
    for x in small + ["300", "1100"]:
        for df in degrees:
            row("p_chi2", x, df, "", chi2_upper(x, df))
    for x in ["900", "1000", "1100"]:
        row("p_chi2", x, "1000", "", chi2_upper(x, "1000"))
    for x in ["99000", "100000", "101500"]:
        row("p_chi2", x, "100000", "", chi2_upper(x, "100000"))
    for x in small:
        for df1 in ["1", "1.56", "2", "3", "7", "14", "56", "400", "20000"]:
            for df2 in degrees[1:]:
                row("p_f", x, df1, df2, f_upper(x, df1, df2))
    for df1, df2 in [("1", "1000000"), ("3", "100000"), ("100000", "8"), ("20000", "1000000")]:
        for x in ["0.9", "1", "1.01", "2.6"]:
            row("p_f", x, df1, df2, f_upper(x, df1, df2))
    # Far out, where one minus the cumulative probability keeps no digit, and down to the fewest degrees of freedom.
    for x in ["5000", "1e6", "3e9", "1e14", "2e60"]:
        for df1, df2 in [("0.5", "0.5"), ("1", "1"), ("2", "1"), ("1", "2.5"), ("3", "20"), ("7", "3"), ("400", "1.56")]:
            row("p_f", x, df1, df2, f_upper(x, df1, df2))
        for df in ["0.5", "1", "2.5", "9"]:
            row("p_t", x, df, "", t_two_sided(x, df))
    for df1, df2 in [("0.5", "3"), ("0.5", "60"), ("2", "0.5"), ("28", "0.5")]:
        for x in ["0.05", "1", "4.75", "140"]:
            row("p_f", x, df1, df2, f_upper(x, df1, df2))
    for r in ["0.001", "0.05", "0.12", "0.3", "0.45", "0.7", "0.9", "0.99", "0.9999"]:
        for df in degrees[1:]:
            row("p_r", r, df, "", r_two_sided(r, df))
    assert compared > 500, compared


if __name__ == "__main__":
    main()
