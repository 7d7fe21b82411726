"""Judging beside its peers, on the same typed answers, in one run: `python -m tests.bench.judging`.

Each cell is thread CPU time to parse and compare one answer. The peers get the text as they like
it (`**`, `exp`, no Greek); we get what a phone types, with the gate, the limits and the verdict.
What was parsed of a typed answer is forgotten before every run; targets stay known, as they do
for us in a chat and for the peers here.
"""

import argparse
import gc
import importlib.util
import statistics
import time

import sympy
from sympy.parsing.sympy_parser import parse_expr

from engine.checking import check, comparing, rounding, terms, warm
from engine.checking.targets import expected
from engine.question import Question
from engine.reading import symbols

# What a phone types, the same for a parser of Python's notation, what is expected, whether right.
ANSWERS = (
    ("1/2", "1/2", "1/2", True),
    ("0,5", "0.5", "1/2", True),
    ("−3", "-3", "-3", True),
    ("2½", "5/2", "5/2", True),
    ("3 1/2", "7/2", "7/2", True),
    ("2*3+1=7", "7", "7", True),
    ("10⁻³", "10**-3", "1/1000", True),
    ("-0,75", "-0.75", "-3/4", True),
    ("12%", "12/100", "3/25", True),
    ("5", "5", "3", False),
    ("7/3", "7/3", "5/2", False),
    ("max(0,-1)", "Max(0,-1)", "0", True),
    ("2r−o+3", "2*r-o+3", "2*r - o + 3", True),
    ("3+2r-o", "3+2*r-o", "2*r - o + 3", True),
    ("2(r+1)-o+1", "2*(r+1)-o+1", "2*r - o + 3", True),
    ("2r+o+3", "2*r+o+3", "2*r - o + 3", False),
    ("-r+2o-3", "-r+2*o-3", "-r + 2*o - 3", True),
    ("6x-7w+11", "6*x-7*w+11", "6*x - 7*w + 11", True),
    ("2(p−t)h", "2*(p-t)*h", "2*h*(p - t)", True),
    ("2hp-2ht", "2*h*p-2*h*t", "2*h*(p - t)", True),
    ("-2(t-p)h", "-2*(t-p)*h", "2*h*(p - t)", True),
    ("2(t-p)h", "2*(t-p)*h", "2*h*(p - t)", False),
    ("(p-t)h", "(p-t)*h", "2*h*(p - t)", False),
    ("a(1-a)", "a*(1-a)", "a*(1 - a)", True),
    ("a-a²", "a-a**2", "a*(1 - a)", True),
    ("a(1+a)", "a*(1+a)", "a*(1 - a)", False),
    ("x*w/x", "x*w/x", "w", True),
    ("(x²-1)/(x-1)", "(x**2-1)/(x-1)", "x + 1", True),
    ("(x+w)³", "(x+w)**3", "x^3 + 3*x^2*w + 3*x*w^2 + w^3", True),
    ("(x+w)³+1", "(x+w)**3+1", "x^3 + 3*x^2*w + 3*x*w^2 + w^3", False),
    ("1/x+1/w", "1/x+1/w", "(x + w)/(x*w)", True),
    ("1/(x+w)", "1/(x+w)", "1/x + 1/w", False),
    ("x^4-w^4", "x**4-w**4", "(x - w)*(x + w)*(x^2 + w^2)", True),
    ("e²/(1+e²)", "exp(2)/(1+exp(2))", "1/(1 + exp(-2))", True),
    ("1/(1+e²)", "1/(1+exp(2))", "1/(1 + exp(-2))", False),
    ("(e²−1)/(e²+1)", "(exp(2)-1)/(exp(2)+1)", "tanh(1)", True),
    ("tanh(1)", "tanh(1)", "(exp(2) - 1)/(exp(2) + 1)", True),
    ("e^z/(1+e^z)²", "exp(z)/(1+exp(z))**2", "exp(-z)/(1 + exp(-z))^2", True),
    ("σ(z)(1−σ(z))", "1/(1+exp(-z))*(1-1/(1+exp(-z)))", "exp(-z)/(1 + exp(-z))^2", True),
    ("σ(z)-σ(z)²", "1/(1+exp(-z))-1/(1+exp(-z))**2", "exp(-z)/(1 + exp(-z))^2", True),
    ("z(1-z)", "z*(1-z)", "exp(-z)/(1 + exp(-z))^2", False),
    ("1-tanh(z)²", "1-tanh(z)**2", "4/(exp(z) + exp(-z))^2", True),
    ("e^(x+w)", "exp(x+w)", "exp(x)*exp(w)", True),
    ("√8", "sqrt(8)", "2*sqrt(2)", True),
    ("√2/2", "sqrt(2)/2", "1/sqrt(2)", True),
    ("ln8", "log(8)", "3*ln(2)", True),
    ("√2+√3", "sqrt(2)+sqrt(3)", "sqrt(5)", False),
    ("2σ(2x)-1", "2/(1+exp(-2*x))-1", "tanh(x)", True),
)
NAMES = ("r", "o", "x", "w", "p", "t", "h", "a", "z")
SCOPE = {**{name: sympy.Symbol(name, real=True) for name in NAMES}, "ln": sympy.log}
KNOWN = {name: getattr(sympy, name) for name in sympy.__all__}  # else made anew at every call


def by_sympy(text, **how):
    return parse_expr(text, SCOPE, global_dict=KNOWN, **how)


def ours(typed, _plain, expect):
    return check(Question(expect, NAMES), typed).family == "right"


def targeted(compare):
    known = {}

    def judged(_typed, plain, expect):
        if expect not in known:
            known[expect] = by_sympy(expect.replace("^", "**"))
        return compare(by_sympy(plain), known[expect])

    return judged


def math_verified():
    from math_verify import parse, verify

    def latex(text):
        return f"${sympy.latex(by_sympy(text, evaluate=False))}$"

    written = {plain: latex(plain) for _, plain, _, _ in ANSWERS}
    written |= {expect: latex(expect.replace("^", "**")) for _, _, expect, _ in ANSWERS}

    def judged(_typed, plain, expect):
        return verify(parse(written[expect]), parse(written[plain]))

    return judged


def engines():
    yield "dropwise: gate, sympy's parser, exact", ours
    yield "parse_expr, simplify(a - b) == 0", targeted(lambda a, b: sympy.simplify(a - b) == 0)
    yield "parse_expr, a.equals(b)", targeted(lambda a, b: bool(a.equals(b)))
    if importlib.util.find_spec("math_verify"):
        yield "math-verify", math_verified()


def forget():
    """What was read of a typed answer or found by a comparison; targets are read once a course."""
    comparing.same.cache_clear()
    rounding.floor_of.cache_clear()
    symbols.parsed.cache_clear()
    terms.terms_of.cache_clear()
    sympy.core.cache.clear_cache()
    for _, _, expect, _ in ANSWERS:
        for tree in expected(Question(expect, NAMES)).entries:
            terms.terms_of(tree)
            symbols.expression(tree, NAMES)


def measure(judged, rounds):
    """Milliseconds of every answer in every round, and how many answers are judged rightly."""
    times, right = [], 0
    for turn in range(rounds):
        forget()
        for typed, plain, expect, wanted in ANSWERS:
            start = time.thread_time_ns()
            verdict = judged(typed, plain, expect)
            times.append((time.thread_time_ns() - start) / 1e6)
            right += turn == 0 and verdict == wanted
    return times, right


def row(name, times, right):
    times.sort()
    p99 = times[int(len(times) * 0.99)]
    shown = f"{statistics.median(times):9.3f} {p99:9.3f} {times[-1]:9.3f} {right:4d}/{len(ANSWERS)}"
    print(f"{name:40s} {shown}")
    return p99


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=12)
    rounds = options.parse_args().rounds
    warm()
    for _name, judged in engines():
        measure(judged, 1)
    gc.freeze()
    print(f"{len(ANSWERS)} answers, {rounds} rounds, ms{'':28s} median       p99       max  right")
    best = {name: row(name, *measure(judged, rounds)) for name, judged in engines()}
    own, *peers = best.values()
    print(f"at the 99th percentile {min(peers) / own:.0f} times quicker than the quickest peer")


if __name__ == "__main__":
    main()
