"""Types at random for a while: `python -m tests.engine.checking.fuzz --seconds 60 --seed 1`.

Pieces of answers, corpus rows bent a little, and any characters at all. Ends 1 with the seed's
finds if anything raised, took longer than 50 ms of CPU, or was judged right though the same text
is right for a different value too.
"""

import argparse
import gc
import random
import sys
import time

from engine.checking import check
from engine.question import Question
from tests.engine.checking.test_typed_answers import ROWS

SLOWEST = 0.050
PIECES = (
    "0",
    "1",
    "2",
    "3",
    "7",
    "10",
    "1/2",
    "0,5",
    ".5",
    "1.234",
    "1,234",
    "½",
    "²",
    "⁻³",
    "₁",
    "x",
    "x",
    "y",
    "h1",
    "ŷ",
    "w",
    "e",
    "σ(",
    "sigmoid(",
    "relu(",
    "max(",
    "exp(",
    "ln(",
    "log2(",
    "tanh(",
    "sqrt(",
    "√",
    "softmax(",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "+",
    "-",
    "−",
    "—",
    "*",
    "×",
    "·",
    "/",
    "^",
    "**",
    "=",
    ",",
    ";",
    ":",
    "%",
    ".",
    "'",
    "is",
    "it's",
    "and",
    "minus",
    "12345678901234567890",
    "1e-3",
    "9^9",
    "^64",
    "(x+y)^",
    "2x",
    "3y",
    "\n",
    "\t",
    "z=",
    "∂L/∂w₁=",
    "_",
    "?",
    "!",
)
QUESTIONS = (
    Question("3", slips={"one": "5", "one+two": "8"}),
    Question("sigmoid(2)", places=2, slips={"one": "sigmoid(-2)"}),
    Question("2*x*(y - h1) + w", ("x", "y", "h1", "w"), slips={"one": "x*(y - h1) + w"}),
    Question("relu(x) + sqrt(2)*e^y", ("x", "y", "yhat")),
    Question("(1, 0, 2)", ("x",), slips={"one": "(1, -1, 2)"}),
    Question("[[1, 2], [3, 4]]"),
    Question("2*u1 + 3*u2 == 14 and u1 != 1", size=2),
)


def grown(dice, depth):
    """A formula by the grammar, as wild as depth allows."""
    if depth == 0 or dice.random() < 0.2:
        return dice.choice(
            ("0", "1", "2", "3", "0,5", "1/2", "7", "12", "½", "x", "y", "h1", "ŷ", "w", "e")
        )
    inner = grown(dice, depth - 1)
    match dice.randrange(6):
        case 0:
            return f"({inner})"
        case 1:
            return f"-{inner}"
        case 2:
            name = dice.choice(
                [
                    "sigmoid",
                    "relu",
                    "exp",
                    "ln",
                    "tanh",
                    "sqrt",
                    "step",
                    "sigmoid2",
                    "log2",
                    "√",
                    "σ",
                ]
            )
            return f"{name}({inner})"
        case 3:
            return f"max({inner}; {grown(dice, depth - 1)})"
        case _:
            sign = dice.choice(("+", " - ", "*", "·", "/", "^", "²+", "", " "))
            return inner + sign + grown(dice, depth - 1)


def text(dice):
    match dice.randrange(6):
        case 0:
            return "".join(dice.choices(PIECES, k=dice.randint(1, 24)))
        case 1:
            typed = list(dice.choice(ROWS).values[1])
            for _ in range(dice.randint(1, 3)):
                at = dice.randint(0, len(typed))
                typed[at : at + dice.randint(0, 2)] = dice.choice(PIECES)
            return "".join(typed)
        case 2 | 3 | 4:
            return grown(dice, dice.randint(1, 6))
        case _:
            return "".join(chr(dice.randrange(0x3000)) for _ in range(dice.randint(0, 40)))


def find(question, typed):
    """What is wrong with how this was judged, or nothing."""
    start = time.thread_time()
    try:
        verdict = check(question, typed)
    except Exception as error:  # noqa: BLE001  any at all is a find
        return f"raised {error!r}"
    took = time.thread_time() - start
    if took > SLOWEST:
        return f"took {took * 1000:.0f} ms"
    plain_number = question.expect == "3"
    if verdict.family == "right" and plain_number and check(Question("4"), typed).family == "right":
        return "is both 3 and 4"
    return None


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=0)
    chosen = options.parse_args()
    dice = random.Random(chosen.seed)
    for question in QUESTIONS:
        check(question, "x + e^2")
    gc.freeze()  # as a warmed worker does: a full collection alone takes 20 ms
    until, count, finds, families = time.monotonic() + chosen.seconds, 0, [], {}
    while time.monotonic() < until:
        question, typed = dice.choice(QUESTIONS), text(dice)
        found = find(question, typed)
        if found:
            finds.append(f"{found}: {typed!r} for {question.expect}")
        family = check(question, typed).family if not found else "found"
        families[family] = families.get(family, 0) + 1
        count += 1
    print(f"{count} typed, seed {chosen.seed}: {families}")
    for line in finds[:20]:
        print(line)
    return int(bool(finds))


if __name__ == "__main__":
    sys.exit(main())
